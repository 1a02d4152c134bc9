//! The ledger follows the rulings of a case, in the transaction that enters them, whoever wrote what they rule: a clerk in a
//! browser, a clerk's device, or the hub when nobody answered.

use xunge_domain::case::{Act, ActionName, Case, CaseState, Outcome};
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::scope::Scope;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::CaseContent;

use crate::services::notify;
use crate::store::{HubTransaction, StoreError, TaskEnd, TaskKey, TaskRow};

/// A send that was ruled, with one of those it names.
struct Offer<'a> {
    send: IntentId,
    person: &'a PersonId,
    kind: TaskKind,
    asked_by: &'a PersonId,
    at: Timestamp,
    /// Whether its answer is still wanted.
    open: bool,
}

/// An answer that was ruled.
struct Answer<'a> {
    by: &'a PersonId,
    kind: TaskKind,
    at: Timestamp,
}

impl Answer<'_> {
    /// Whether it answers this offer: it came after it, and no later offer to the same person came before it.
    fn is_to(&self, row: &TaskRow, offered: &[(PersonId, TaskKind, Timestamp)]) -> bool {
        let same = |person: &PersonId, kind: TaskKind| person == self.by && kind == self.kind;
        let later = offered.iter().any(|(person, kind, at)| {
            same(person, *kind) && row.offered_at < *at && *at <= self.at
        });
        same(&row.key.person, row.kind) && self.at >= row.offered_at && !later
    }
}

/// Enters new offers, and ends those whose answers are ruled or no longer wanted. Cost: nothing for a case in which nobody was
/// ever sent; else a read, and a row for what is new. Belongs behind the feed, whose places it notes.
///
/// # Errors
/// The store's.
pub(in crate::services) fn follow(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    content: &CaseContent,
    now: Timestamp,
) -> Result<(), StoreError> {
    let case = &content.reading.case;
    let sends = |name| matches!(name, ActionName::SendVerify | ActionName::SendCheck);
    let mut actions = case.actions.iter();
    if !actions.any(|action| sends(action.entry.act.name())) {
        return Ok(());
    }
    let (offers, answers) = told(case, content.standing.state);
    let mut known = write.tasks_of_case(id)?;
    let offered: Vec<(PersonId, TaskKind, Timestamp)> = known
        .iter()
        .map(|row| (row.key.person.clone(), row.kind, row.offered_at))
        .collect();
    for row in &mut known {
        let mut changed = false;
        let answer = answers.iter().find(|answer| answer.is_to(row, &offered));
        if let (None, Some(answer)) = (row.answered_at, answer) {
            row.answered_at = Some(answer.at);
            changed = true;
        }
        let open = offers.iter().any(|offer| {
            offer.open && offer.send == row.key.send && *offer.person == row.key.person
        });
        if row.ended_at.is_none() && (!open || answer.is_some()) {
            row.ended_at = Some(answer.map_or(now, |answer| answer.at));
            row.end = Some(end(row, &offers, answer.is_some()));
            changed = true;
        }
        if changed {
            write.put_task(row)?;
        }
    }
    let mut round = known.iter().map(|row| row.round).max().unwrap_or(0);
    for offer in offers.iter().filter(|offer| offer.open) {
        let key = TaskKey {
            document: *id,
            send: offer.send,
            person: offer.person.clone(),
        };
        if known.iter().any(|row| row.key == key) {
            continue;
        }
        round += 1;
        let feed_seq = write.feed_head(&Scope::Person(key.person.clone()))?;
        write.put_task(&TaskRow {
            kind: offer.kind,
            round,
            asked_by: offer.asked_by.clone(),
            offered_at: offer.at,
            feed_seq,
            delivered_at: None,
            ended_at: None,
            end: None,
            answered_at: None,
            choice: None,
            stuck: None,
            declined: None,
            key: key.clone(),
        })?;
        notify::announce(write, &key.person, now)?;
    }
    Ok(())
}

/// Why an offer is over whose answer is not wanted any more.
fn end(row: &TaskRow, offers: &[Offer<'_>], answered: bool) -> TaskEnd {
    let sent_since = offers
        .iter()
        .any(|offer| offer.open && offer.kind == row.kind && offer.send != row.key.send);
    match (answered, row.declined.is_some(), sent_since) {
        // Who declined and answers all the same has answered.
        (true, ..) => TaskEnd::Answered,
        (false, true, _) => TaskEnd::Declined,
        (false, false, true) => TaskEnd::Replaced,
        (false, false, false) => TaskEnd::Settled,
    }
}

/// What the rulings of a case come to.
fn told(case: &Case, state: CaseState) -> (Vec<Offer<'_>>, Vec<Answer<'_>>) {
    let (mut offers, mut answers): (Vec<Offer<'_>>, Vec<Answer<'_>>) = (Vec::new(), Vec::new());
    for ruling in &case.rulings {
        let Some(action) = case.action(&ruling.id) else {
            continue;
        };
        if !matches!(ruling.entry.outcome, Outcome::Accepted { .. }) {
            continue;
        }
        let (kind, named) = match &action.act {
            Act::SendVerify { to } => (TaskKind::Verify, vec![to]),
            Act::SendCheck { to, also } => {
                (TaskKind::Check, [to].into_iter().chain(also).collect())
            }
            Act::Verify { .. } => {
                offers.iter_mut().for_each(|offer| offer.open = false);
                answers.push(Answer {
                    by: &action.author,
                    kind: TaskKind::Verify,
                    at: ruling.entry.at,
                });
                continue;
            }
            Act::Check { .. } => {
                let own = |offer: &&mut Offer<'_>| *offer.person == action.author;
                offers
                    .iter_mut()
                    .filter(own)
                    .for_each(|offer| offer.open = false);
                answers.push(Answer {
                    by: &action.author,
                    kind: TaskKind::Check,
                    at: ruling.entry.at,
                });
                continue;
            }
            _ => continue,
        };
        offers.iter_mut().for_each(|offer| offer.open = false);
        offers.extend(named.into_iter().map(|person| Offer {
            send: ruling.id,
            person,
            kind,
            asked_by: &action.author,
            at: ruling.entry.at,
            open: true,
        }));
    }
    // Somebody who was sent to check as well looks even after the first check has decided.
    let wanted = |kind| match kind {
        TaskKind::Verify => state == CaseState::Verifying,
        TaskKind::Check => matches!(state, CaseState::Checking | CaseState::ToClose),
    };
    offers
        .iter_mut()
        .for_each(|offer| offer.open &= wanted(offer.kind));
    (offers, answers)
}
