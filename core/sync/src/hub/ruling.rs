//! The hub rules what was asked for, in the order it arrived.

use xunge_documents::{Document, NewChange};
use xunge_domain::case::clock::{
    ClockKind, ClockTerms, Delivery, FilingSought, StageSought, StageTerms,
};
use xunge_domain::case::{Act, Case, CaseState, Keyed};
use xunge_domain::case::{Action, Decline, Outcome, Ruling, Standing, fold, judge};
use xunge_domain::ids::IntentId;
use xunge_domain::time::Timestamp;

use crate::hub::directory::{Directory, HubKey, with_context};
use crate::hub::done_at::proven;

/// Most rulings of one change: far below what the guard of any replica lets in, however much was asked for at once.
pub(crate) const RULINGS_PER_CHANGE_MAX: usize = 256;

/// Decides one action on a standing and takes the decision into it.
pub(crate) fn decide(
    case: &Case,
    standing: &mut Standing,
    (id, action): (&IntentId, &Action),
    (hub, directory): (&HubKey, &dyn Directory),
    now: Timestamp,
) -> Ruling {
    let outcome = match directory.person(&action.author) {
        None => Outcome::Declined {
            reason: Decline::UnknownParty,
        },
        Some(actor) => with_context(directory, |context| {
            judge(case, standing, action, &actor, context)
        }),
    };
    let (outcome, terms) = filed(case, outcome, &action.act, directory);
    let outcome = match (outcome, &action.act) {
        (
            Outcome::Accepted {
                to,
                organisation,
                class,
                ..
            },
            Act::File { .. },
        ) => Outcome::Accepted {
            to,
            case_no: Some(directory.next_case_no(now)),
            organisation,
            class,
        },
        (outcome, _) => outcome,
    };
    let stage = begun(case, standing, &action.act, &outcome, directory);
    let accepted = outcome.is_accepted();
    let delivery = accepted
        .then(|| delivery(case, standing, action, directory))
        .flatten();
    let ruling = Ruling {
        sequence: standing.sequence + 1,
        at: now,
        outcome,
        done_at: accepted.then(|| proven(id, action, hub, now)).flatten(),
        terms,
        stage,
        delivery,
    };
    standing.take(id, action, &ruling);
    ruling
}

/// What a filing that the judge accepts fixes for the clock; declined where the tables have no limit for it.
fn filed(
    case: &Case,
    outcome: Outcome,
    act: &Act,
    directory: &dyn Directory,
) -> (Outcome, Option<ClockTerms>) {
    let (
        Outcome::Accepted {
            class: Some(class), ..
        },
        Act::File {
            condition,
            handling_class,
        },
    ) = (&outcome, act)
    else {
        return (outcome, None);
    };
    let filing = FilingSought {
        class,
        condition,
        handling_class: *handling_class,
    };
    match directory.terms(case, &filing) {
        Ok(terms) => (outcome, terms),
        Err(reason) => (Outcome::Declined { reason }, None),
    }
}

/// What the stage is measured by that an accepted request begins.
fn begun(
    case: &Case,
    standing: &Standing,
    act: &Act,
    outcome: &Outcome,
    directory: &dyn Directory,
) -> Option<StageTerms> {
    let Outcome::Accepted { to, .. } = outcome else {
        return None;
    };
    let stage = match act {
        // Whoever is sent next has a turn of their own.
        Act::SendVerify { .. } => ClockKind::Verify,
        _ => ClockKind::begun(standing.state, *to)?,
    };
    let handling_class = match act {
        Act::File { handling_class, .. } => Some(*handling_class),
        _ => standing.filing.as_ref().map(|filing| filing.handling_class),
    };
    let lead = match act {
        Act::Dispatch { lead, .. } => Some(lead),
        _ => None,
    };
    let sought = StageSought {
        stage,
        handling_class,
        lead,
    };
    directory.stage_terms(case, &sought)
}

/// What became of the offer that an answer, or the sending of somebody else, ends: devices have no ledger of offers.
fn delivery(
    case: &Case,
    standing: &Standing,
    action: &Action,
    directory: &dyn Directory,
) -> Option<Delivery> {
    let ends = matches!(action.act, Act::Verify { .. } | Act::SendVerify { .. });
    if standing.state != CaseState::Verifying || !ends {
        return None;
    }
    // Whoever was sent last stands first.
    let offered_to = standing.verifiers.first()?;
    let delivery = directory.verify_delivery(&case.id, offered_to)?;
    // Whoever answered must have had it, by whatever way.
    let answered = action.author == *offered_to && matches!(action.act, Act::Verify { .. });
    Some(delivery).filter(|delivery| !(answered && *delivery == Delivery::Never))
}

/// Rules the actions of `requested` that have no ruling yet, as changes of the hub's: one, unless very much was
/// asked for. `case` is the document as it was read, and has the rulings in it afterwards.
pub(crate) fn rule_requested(
    document: &mut Document,
    case: &mut Case,
    requested: &[IntentId],
    hub: &HubKey,
    directory: &dyn Directory,
    now: Timestamp,
) -> Vec<NewChange> {
    if requested.is_empty() {
        return Vec::new();
    }
    let mut standing = fold(case);
    let mut rulings = Vec::new();
    for action_id in requested {
        if case.ruling(action_id).is_some() {
            continue;
        }
        if let Some(action) = case.action(action_id) {
            rulings.push((
                *action_id,
                decide(
                    case,
                    &mut standing,
                    (action_id, action),
                    (hub, directory),
                    now,
                ),
            ));
        }
    }
    let mut changes = Vec::new();
    for rulings in rulings.chunks(RULINGS_PER_CHANGE_MAX) {
        // The document was read without a fault a moment ago, so it takes the rulings.
        if let Ok(Some(change)) = document.rule(hub.actor(), now, rulings) {
            changes.push(change);
            let ruled = rulings.iter().cloned();
            case.rulings
                .extend(ruled.map(|(id, entry)| Keyed { id, entry }));
        }
    }
    // As they are read.
    case.rulings
        .sort_by_key(|ruling| (ruling.entry.sequence, ruling.id));
    changes
}

/// One ruling decided anew from the history, beside the one on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reruled {
    /// The action.
    pub action: IntentId,
    /// What is on record.
    pub recorded: Outcome,
    /// What the judge says now.
    pub decided: Outcome,
}

/// Decides every ruled action again, each on the standing of its moment, and returns those that come out
/// otherwise. Case numbers and filed classes are taken from the record.
///
/// The facts, photos and blobs are those of today, not of the moment: a report declined for want of a class is no
/// contradiction once the class is there. A difference that later content explains is not returned.
pub fn rerule(case: &Case, directory: &dyn Directory) -> Vec<Reruled> {
    let mut standing = Standing::unruled();
    let mut differing = Vec::new();
    for ruling in &case.rulings {
        let Some(action) = case.action(&ruling.id) else {
            continue;
        };
        let recorded = &ruling.entry.outcome;
        if let Some(actor) = directory.person(&action.author) {
            let decided = with_context(directory, |context| {
                judge(case, &standing, action, &actor, context)
            });
            let decided = match (decided, recorded) {
                (
                    Outcome::Accepted {
                        to, organisation, ..
                    },
                    Outcome::Accepted { case_no, class, .. },
                ) => Outcome::Accepted {
                    to,
                    case_no: case_no.clone(),
                    organisation,
                    class: class.clone(),
                },
                (decided, _) => decided,
            };
            if decided != *recorded && !explained_by_content(recorded, &decided) {
                differing.push(Reruled {
                    action: ruling.id,
                    recorded: recorded.clone(),
                    decided,
                });
            }
        }
        standing.take(&ruling.id, action, &ruling.entry);
    }
    differing
}

/// Whether what was written or sent after the ruling can be the whole difference.
fn explained_by_content(recorded: &Outcome, decided: &Outcome) -> bool {
    match (recorded, decided) {
        (Outcome::Declined { reason }, Outcome::Accepted { .. }) => of_content(reason),
        (Outcome::Declined { reason }, Outcome::Declined { reason: now }) => {
            of_content(reason) && of_content(now)
        }
        // Facts can be edited. Photos and blobs only come, they never go: what was lost may be found, and a photo
        // that came later may lie outside the one visit. A hub put back from a backup may lack a case that was linked.
        (Outcome::Accepted { .. }, Outcome::Declined { reason }) => {
            of_facts(reason)
                || matches!(
                    reason,
                    Decline::NotLost | Decline::NotOneVisit { .. } | Decline::UnknownCase
                )
        }
        (Outcome::Accepted { .. }, Outcome::Accepted { .. }) => false,
    }
}

const fn of_facts(reason: &Decline) -> bool {
    matches!(
        reason,
        Decline::UnknownClass
            | Decline::UnknownCondition
            | Decline::NoLimitOfHandling { .. }
            | Decline::NoUnitGrid
            | Decline::NotSelfHandled
            | Decline::NotProposed
            | Decline::TooFar { .. }
    )
}

const fn of_content(reason: &Decline) -> bool {
    of_facts(reason)
        || matches!(
            reason,
            Decline::PhotoMissing { .. }
                | Decline::EvidencePending { .. }
                | Decline::NotLost
                | Decline::NotOneVisit { .. }
                | Decline::UnknownCase
        )
}
