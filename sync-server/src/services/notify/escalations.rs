//! Who is to be told of limits that run out: every level is looked at once, behind the line of the log that was looked at last, and
//! what is to be told is queued in the same transaction. A kill leaves all of it or nothing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::case::clock::{EscalationParty, recipients};
use xunge_domain::ids::{OrganisationId, PersonId};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::EscalationLevel;

use super::queue::announce;
use super::{Channel, Waiting};
use crate::app::App;
use crate::store::rows::MetaKey;
use crate::store::{EscalationRow, HubRead, HubTransaction, StoreError};

/// Levels of one transaction.
const PART: usize = 200;
/// Most people of one party that are told of a level.
const PEOPLE_MAX: usize = 200;
/// What was reached longer ago is recorded and told to nobody: it stands red in the lists, and messages about it would only bury those
/// that can still be acted on. So a hub that was down over night tells in the morning, and one that gets its first cases, its
/// first `notify.json` or an old backup sends no flood.
const TOLD_WITHIN_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Queues what is to be told of the levels that were told to the log since the last look. How many levels are told to somebody.
///
/// # Errors
/// The store's; nothing of this part is queued then.
pub fn announce_escalations(app: &App) -> Result<usize, StoreError> {
    let mut told = 0;
    loop {
        let waits = app.store.reading(|read| {
            let behind = looked_at(read)?;
            Ok::<_, StoreError>(!read.escalations_after(behind, 1)?.is_empty())
        })?;
        if !waits {
            return Ok(told);
        }
        let now = app.clock.now();
        told += app.store.writing(|write| announce_in(write, now))?;
    }
}

/// The line up to which every level was looked at.
fn looked_at(read: &dyn HubRead) -> Result<u64, StoreError> {
    let line = read.meta_number(MetaKey::EscalationsNoted)?.unwrap_or(0);
    u64::try_from(line).map_err(|_| StoreError::Damaged { what: "log line" })
}

fn announce_in(write: &mut dyn HubTransaction, now: Timestamp) -> Result<usize, StoreError> {
    let behind = looked_at(write as &dyn HubRead)?;
    let part = write.escalations_after(behind, PART)?;
    let Some(last) = part.last() else {
        return Ok(0);
    };
    let upto = i64::try_from(last.line).map_err(|_| StoreError::Damaged { what: "log line" })?;
    let mut parties = Parties::default();
    let mut told = 0;
    for row in &part {
        if now.millis_since(row.reached_at) > TOLD_WITHIN_MILLIS
            || !still_stands(write as &dyn HubRead, row)?
        {
            continue;
        }
        let people = parties.people(write as &dyn HubRead, row)?;
        told += usize::from(!people.is_empty());
        for person in &people {
            for channel in Channel::ALL {
                write.add_escalation_notice(person, channel.id(), row.line)?;
            }
            announce(write, person, now)?;
        }
    }
    write.put_meta_number(MetaKey::EscalationsNoted, upto)?;
    Ok(told)
}

/// Whether there is still something to tell of a level: its clock runs, so that somebody can do something about it, and has reached no
/// higher one, which is told instead.
pub(super) fn still_stands(read: &dyn HubRead, row: &EscalationRow) -> Result<bool, StoreError> {
    let clocks = read.clocks(&row.document)?;
    let clock = clocks.iter().find(|clock| clock.clock == row.clock);
    if clock.is_none_or(|clock| clock.stands_in.is_some()) {
        return Ok(false);
    }
    let told = read.escalations(&row.document)?;
    let mut higher = told.iter().filter(|told| told.clock == row.clock);
    Ok(!higher.any(|told| told.level > row.level))
}

/// What a person is to be told by a channel of limits, and the lines that say so; those of which there is nothing to tell any more as
/// well.
///
/// # Errors
/// The store's.
pub(super) fn to_tell(
    read: &dyn HubRead,
    person: &PersonId,
    channel: &str,
    waiting: &mut Waiting,
) -> Result<Vec<u64>, StoreError> {
    let rows = read.escalation_notices(person, channel)?;
    for row in &rows {
        if still_stands(read, row)? {
            match row.level {
                EscalationLevel::DueSoon => waiting.due_soon += 1,
                EscalationLevel::Due => waiting.due += 1,
                EscalationLevel::TwiceOver => waiting.twice_over += 1,
            }
        }
    }
    Ok(rows.iter().map(|row| row.line).collect())
}

/// Looks people up, those of a role once.
#[derive(Default)]
struct Parties {
    by_role: BTreeMap<Role, Vec<(PersonId, Option<OrganisationId>)>>,
}

impl Parties {
    fn people(
        &mut self,
        read: &dyn HubRead,
        row: &EscalationRow,
    ) -> Result<BTreeSet<PersonId>, StoreError> {
        let mut told = BTreeSet::new();
        for party in recipients(row.clock.kind, row.level) {
            let (role, lead) = match party {
                EscalationParty::Everybody(role) => (role, None),
                EscalationParty::LeadDepartment => {
                    let lead = read.case(&row.document)?.and_then(|case| case.lead);
                    let Some(lead) = lead else {
                        continue;
                    };
                    (Role::DisposalDept, Some(lead))
                }
            };
            let people = self.of_role(read, role)?.iter();
            let meant = people.filter(|(_, body)| lead.is_none() || *body == lead);
            told.extend(meant.take(PEOPLE_MAX).map(|(person, _)| person.clone()));
        }
        Ok(told)
    }

    fn of_role(
        &mut self,
        read: &dyn HubRead,
        role: Role,
    ) -> Result<&[(PersonId, Option<OrganisationId>)], StoreError> {
        let people = match self.by_role.entry(role) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let people = read.people_with_role(role)?.into_iter();
                let people = people.map(|person| (person.id, person.organisation));
                place.insert(people.collect())
            }
        };
        Ok(people.as_slice())
    }
}
