//! The clocks of a case as this device computes them: from the rulings, with the calendar that the server gave. Limits and hours
//! stand in the rulings, of the disposal and of each stage, so a device needs no other table, and no network.

use minicbor::{Decode, Encode};
use xunge_domain::case::Case;
use xunge_domain::case::clock::{
    CaseClockReading, ClockTables, ClockView, Delivery, StageLimits, listed, read_clocks,
};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::DocumentId;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{ClockState, EscalationLevel, Hours, Light};
use xunge_store::Reader;
use xunge_sync::wire::OfferedTask;

use crate::app::FieldApp;
use crate::documents::open;
use crate::error::FieldError;
use crate::sealing::hub_now;
use crate::tables::Tables;
use crate::tasks::kept::kept;

/// What a list row keeps of the clock it shows: enough to know the light at any time.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ListedClock {
    #[n(0)]
    pub(crate) due: Timestamp,
    /// When it turns yellow, or did.
    #[n(1)]
    due_soon_at: Option<Timestamp>,
    /// Id of its light while it stands still.
    #[n(2)]
    stands_in: Option<String>,
}

impl ListedClock {
    /// The clock that lists show, where it can be computed.
    pub(crate) fn of(tables: &Tables, case: &Case, now: Timestamp) -> Option<Self> {
        // A row is written once and read for long: of a delivery it says nothing.
        let clocks = clocks_of((tables, &[]), case, now);
        let reading = listed(&clocks)?.standing()?;
        let mut crossings = reading.crossings.iter();
        let soon = crossings.find(|crossing| crossing.level == EscalationLevel::DueSoon);
        let runs = matches!(reading.state, ClockState::Running);
        Some(Self {
            due: reading.deadline,
            due_soon_at: soon.map(|crossing| crossing.at),
            stands_in: (!runs).then(|| reading.light.id().to_owned()),
        })
    }

    pub(crate) fn light(&self, now: Timestamp) -> Light {
        let stands_in = self.stands_in.as_deref().and_then(Light::from_id);
        match (stands_in, self.due_soon_at) {
            (Some(light), _) => light,
            (None, _) if now > self.due => Light::Red,
            (None, Some(soon)) if now >= soon => Light::Yellow,
            (None, _) => Light::Green,
        }
    }
}

/// Reads the clocks of a case with the tables that are here, and with what the hub told of this person's tasks.
pub(crate) fn clocks_of(
    (tables, tasks): (&Tables, &[OfferedTask]),
    case: &Case,
    now: Timestamp,
) -> Vec<CaseClockReading> {
    let here = tables.calendar.as_ref();
    // What a ruling does not say was counted so before there were tables of it, and stays so.
    let (hours, stages) = (Hours::ordinary(), StageLimits::default());
    let tables = ClockTables {
        calendar: &|edition| here.filter(|calendar| calendar.edition() == edition),
        calendar_now: here,
        hours: &hours,
        stages: &stages,
        // A filing of before rulings held its limit: the server knows the area, this device may not. Nothing is guessed.
        terms_now: &|_| None,
        delivered: &|offer| {
            let own = tasks.iter().find(|task| {
                (task.document, task.kind, task.offered_at)
                    == (case.id, TaskKind::Verify, offer.sent_at)
            });
            own.map(|task| Delivery::At(task.delivered_at))
        },
    };
    read_clocks(case, &tables, now)
}

pub(crate) fn views_of(
    tables: (&Tables, &[OfferedTask]),
    case: &Case,
    now: Timestamp,
) -> Vec<ClockView> {
    let clocks = clocks_of(tables, case, now);
    clocks.iter().map(ClockView::of).collect()
}

/// The clock of a row that was written before the calendar was here.
pub(crate) fn listed_anew(
    reader: &Reader<'_>,
    tables: &Tables,
    id: DocumentId,
    now: Timestamp,
) -> Result<Option<ListedClock>, FieldError> {
    let document = open(reader, id)?.filter(|document| document.kind() == DocumentKind::Case);
    Ok(document.and_then(|document| ListedClock::of(tables, &document.read(id).case, now)))
}

impl FieldApp {
    /// The clocks of a case, in the order of their starts: limit, deadline, light, and why. Works offline; "now" is the
    /// hub's clock as far as it is known here, else the device's, and counts as no earlier than the last ruling. Opens the document: about 1 ms.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn clocks(&self, id: DocumentId) -> Result<Vec<ClockView>, FieldError> {
        let tables = &self.identity()?.tables;
        self.store.read(|reader| {
            let now = hub_now(reader, &self.ports)?;
            let document =
                open(reader, id)?.filter(|document| document.kind() == DocumentKind::Case);
            let document = document.ok_or(FieldError::NotFound { what: "case" })?;
            let tasks = kept(reader)?;
            Ok(views_of((tables, &tasks), &document.read(id).case, now))
        })
    }
}
