//! Whom to send for a case now: candidates of the roster, their distances, and the draw.

use std::cell::RefCell;

use xunge_domain::case::{Act, Case, GridAnswer, fold};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::geo::Point;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{DocumentId, DutyGridId, PersonId};
use xunge_domain::person::Person;
use xunge_domain::roster::Watch;
use xunge_domain::task::{
    Candidate, Choice, Distance, Draw, MeasuredFrom, Scene, TaskDecline, TaskKind, candidates,
    choose,
};
use xunge_domain::time::Timestamp;

use super::roster::roster_at;
use super::seed::{SeedView, seed_now};
use super::{TaskError, rules};
use crate::app::App;
use crate::services::act::ActError;
use crate::services::documents::open;
use crate::store::{HubRead, StoreError, TaskRow};

/// Pieces of a person that are looked at for a place.
const PIECES: usize = 8;
const MINUTE_MILLIS: i64 = 60 * 1_000;

/// Who is to be sent for what, and why.
pub(super) struct Chosen {
    pub(super) kind: TaskKind,
    pub(super) choice: Choice,
    pub(super) draw: Draw,
    pub(super) seed: SeedView,
}

/// Chooses somebody for a case as of now. Cost: the document, two days of the roster, a look-up for each candidate.
///
/// # Errors
/// Nobody may be sent, no such case, or the store's trouble.
pub(super) fn choose_now(
    app: &App,
    read: &dyn HubRead,
    id: &DocumentId,
    now: Timestamp,
) -> Result<Chosen, TaskError> {
    let tables = app.tables.get(read, now)?;
    let stored = read.document(id)?.ok_or(ActError::UnknownCase)?;
    let document = open(read, id, &stored)?;
    if document.kind() != DocumentKind::Case {
        return Err(ActError::UnknownCase.into());
    }
    let case = document.read(*id).case;
    let standing = fold(&case);
    let kind = TaskKind::due(&standing).ok_or(TaskDecline::NothingDue)?;
    let watches = roster_at(read, now)?.map(|roster| roster.watches(now));
    let trouble = RefCell::new(None);
    let person = |id: &PersonId| {
        read.person(id).unwrap_or_else(|error| {
            trouble.borrow_mut().get_or_insert(error);
            None
        })
    };
    let offers = read.tasks_of_case(id)?;
    let declined = declined(&offers, kind, &case);
    let found = candidates(&Scene {
        kind,
        case: &case,
        standing: &standing,
        duty_grid: beat(&case, &tables.grids),
        watches: watches.as_deref(),
        declined: &declined,
        person: &person,
    });
    if let Some(trouble) = trouble.take() {
        return Err(trouble.into());
    }
    let surveyor = Surveyor {
        read,
        grids: &tables.grids,
        watches: watches.as_deref().unwrap_or_default(),
        point: case.facts.position.as_ref().map(|position| position.point),
        since: now.plus_millis(-i64::from(rules(read)?.position_minutes) * MINUTE_MILLIS),
    };
    let measured: Result<Vec<Candidate>, StoreError> = found?
        .into_iter()
        .map(|person| {
            Ok(Candidate {
                distance: surveyor.distance(&person)?,
                person,
            })
        })
        .collect();
    let (seed, digest) = seed_now(read, now)?;
    let before = offers.iter().map(|task| task.round).max();
    let draw = Draw {
        seed: digest,
        case: *id,
        kind,
        round: before.unwrap_or(0) + 1,
        per_myriad: seed.per_myriad,
    };
    let choice = choose(measured?, &draw).ok_or(TaskDecline::EverybodyAsked)?;
    Ok(Chosen {
        kind,
        choice,
        draw,
        seed,
    })
}

/// Who declined this task. Works that were fed back anew are another one: what was too far or seen before may be so no more.
fn declined(offers: &[TaskRow], kind: TaskKind, case: &Case) -> Vec<PersonId> {
    let fed_back = case.rulings.iter().filter(|ruling| {
        let action = case.action(&ruling.id);
        ruling.entry.outcome.is_accepted()
            && action.is_some_and(|action| matches!(action.act, Act::Feedback { .. }))
    });
    let since = match kind {
        TaskKind::Verify => None,
        TaskKind::Check => fed_back.map(|ruling| ruling.entry.at).max(),
    };
    let of_this = |row: &&TaskRow| {
        row.kind == kind
            && row.declined.is_some()
            && since.is_none_or(|since| row.offered_at >= since)
    };
    let offers = offers.iter().filter(of_this);
    offers.map(|row| row.key.person.clone()).collect()
}

fn beat<'a>(case: &Case, grids: &'a GridIndex) -> Option<&'a DutyGridId> {
    match &case.facts.unit_grid {
        Some(GridAnswer::Known(code)) => grids.get(*code).map(|grid| &grid.duty_grid),
        _ => None,
    }
}

/// Measures how far people have to go.
struct Surveyor<'a> {
    read: &'a dyn HubRead,
    grids: &'a GridIndex,
    watches: &'a [Watch],
    point: Option<Point>,
    since: Timestamp,
}

impl Surveyor<'_> {
    fn distance(&self, who: &PersonId) -> Result<Option<Distance>, StoreError> {
        let Some(point) = self.point else {
            return Ok(None);
        };
        let pieces = self.read.pieces_of_person(who, PIECES)?;
        let lately = pieces.iter().find_map(|row| {
            let piece = &row.piece;
            let known = piece.received_at >= self.since && piece.mocked == 0;
            piece.place.filter(|_| known).map(|place| place.point)
        });
        let (from, start) = match lately {
            Some(point) => (MeasuredFrom::LastPosition, Some(point)),
            None => (MeasuredFrom::BeatCentre, self.centre(who)?),
        };
        Ok(start.map(|start| Distance {
            metres: start.distance_metres(point).round() as u32,
            from,
        }))
    }

    /// The mean of the corners of the unit grids of what somebody is on duty for.
    fn centre(&self, who: &PersonId) -> Result<Option<Point>, StoreError> {
        let mut beats: Vec<DutyGridId> = Vec::new();
        for watch in self.watches.iter().filter(|watch| watch.holder == *who) {
            if watch.duty_grids.is_empty() {
                let owner: Option<Person> = self.read.person(&watch.owner)?;
                beats.extend(owner.into_iter().flat_map(|owner| owner.duty_grids));
            } else {
                beats.extend(watch.duty_grids.iter().cloned());
            }
        }
        let grids = self.grids.grids().iter();
        let corners = grids
            .filter(|grid| beats.contains(&grid.duty_grid))
            .flat_map(|grid| &grid.corners);
        let (mut count, mut longitude, mut latitude) = (0_i64, 0_i64, 0_i64);
        for corner in corners {
            count += 1;
            longitude += i64::from(corner.longitude_e7);
            latitude += i64::from(corner.latitude_e7);
        }
        let middle = |sum: i64| i32::try_from(sum.checked_div(count)?).ok();
        Ok(middle(longitude)
            .zip(middle(latitude))
            .map(|(longitude_e7, latitude_e7)| Point {
                longitude_e7,
                latitude_e7,
            }))
    }
}
