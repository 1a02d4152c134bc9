//! The list row of a check-in, written in the transaction that changes its document.

use minicbor::{Decode, Encode};
use xunge_domain::checkin::{Initiation, Outcome, StepName, Subject};
use xunge_domain::ids::{DocumentId, OrganisationId};
use xunge_domain::time::Timestamp;
use xunge_store::{CheckinRow, Tx};
use xunge_sync::hub::CheckinContent;

use crate::app::Identity;
use crate::error::FieldError;
use crate::projection::clipped;
use crate::tables::encode;

/// What a list shows beside the row's columns.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ListDetail {
    #[n(0)]
    pub(crate) initiation: Option<Initiation>,
    #[n(1)]
    pub(crate) visiting: Vec<OrganisationId>,
    #[n(2)]
    pub(crate) hosts: Vec<OrganisationId>,
    #[n(3)]
    pub(crate) steps: u32,
    /// Id of the newest step's name.
    #[n(4)]
    pub(crate) last_step: Option<String>,
    /// Whether a request of this person was declined.
    #[n(5)]
    pub(crate) declined: bool,
}

/// Bodies of one side that a list row names: the page names all.
const NAMED_MAX: usize = 4;

pub(crate) fn save(
    tx: &Tx<'_>,
    identity: &Identity,
    id: DocumentId,
    CheckinContent { reading, standing }: &CheckinContent,
    now: Timestamp,
) -> Result<(), FieldError> {
    let checkin = &reading.checkin;
    let me = &identity.person.id;
    let declined = checkin.rulings.iter().any(|ruling| {
        let by_me = checkin
            .action(&ruling.id)
            .is_some_and(|action| action.author == *me);
        by_me && matches!(ruling.entry.outcome, Outcome::Declined { .. })
    });
    let named = |bodies: &[OrganisationId]| bodies.iter().take(NAMED_MAX).cloned().collect();
    let last = checkin.in_order().last().map(|step| step.entry.step.name());
    let detail = ListDetail {
        initiation: standing.initiation,
        visiting: named(&standing.visiting),
        hosts: named(&standing.hosts),
        steps: u32::try_from(checkin.steps.len()).unwrap_or(u32::MAX),
        last_step: last.map(|name: StepName| name.id().to_owned()),
        declined,
    };
    Ok(tx.save_checkin_row(&CheckinRow {
        document: id,
        local_code: id.local_code(),
        title: clipped(&standing.title),
        state: standing.state.id().to_owned(),
        subject_case: standing.subject.as_ref().and_then(Subject::case).copied(),
        updated_at: now,
        view: encode(&detail),
    })?)
}
