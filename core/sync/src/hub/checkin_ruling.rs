//! The hub rules what was asked for on a check-in, in the order it arrived.

use xunge_documents::{Document, NewChange};
use xunge_domain::case::Keyed;
use xunge_domain::checkin::{
    Action, Decline, JudgeContext, MatterCheckin, Outcome, Ruling, Standing, Subject, fold, judge,
};
use xunge_domain::ids::IntentId;
use xunge_domain::time::Timestamp;

use crate::hub::directory::{Directory, HubKey};
use crate::hub::ruling::RULINGS_PER_CHANGE_MAX;

/// Decides one action on a standing and takes the decision into it.
pub(crate) fn decide(
    checkin: &MatterCheckin,
    standing: &mut Standing,
    action: &Action,
    directory: &dyn Directory,
    now: Timestamp,
) -> Ruling {
    let context = JudgeContext {
        organisation: &|id| directory.organisation(id),
        subject_known: &|subject| match subject {
            Subject::Case(id) | Subject::Project(id) => !directory.scopes_of(id).is_empty(),
            Subject::Place { .. } => true,
        },
    };
    let outcome = match directory.person(&action.author) {
        None => Outcome::Declined {
            reason: Decline::NotParty,
        },
        Some(actor) => judge(checkin, standing, action, &actor, &context),
    };
    let ruling = Ruling {
        sequence: standing.sequence + 1,
        at: now,
        outcome,
    };
    standing.take(action, &ruling);
    ruling
}

/// Rules the actions of `requested` that have no ruling yet, as changes of the hub's. `checkin` is the document as it was
/// read, and has the rulings in it afterwards.
pub(crate) fn rule_checkin(
    document: &mut Document,
    checkin: &mut MatterCheckin,
    requested: &[IntentId],
    hub: &HubKey,
    directory: &dyn Directory,
    now: Timestamp,
) -> Vec<NewChange> {
    let mut standing = fold(checkin);
    let mut rulings: Vec<(IntentId, Ruling)> = Vec::new();
    for id in requested {
        if let (None, Some(action)) = (checkin.ruling(id), checkin.action(id)) {
            let ruling = decide(checkin, &mut standing, action, directory, now);
            rulings.push((*id, ruling));
        }
    }
    let mut changes = Vec::new();
    for rulings in rulings.chunks(RULINGS_PER_CHANGE_MAX) {
        // The document was read without a fault a moment ago, so it takes the rulings.
        if let Ok(Some(change)) = document.rule(hub.actor(), now, rulings) {
            changes.push(change);
            let ruled = rulings.iter().cloned();
            let ruled = ruled.map(|(id, entry)| Keyed { id, entry });
            checkin.rulings.extend(ruled);
        }
    }
    // As they are read.
    let rulings = &mut checkin.rulings;
    rulings.sort_by_key(|ruling| (ruling.entry.sequence, ruling.id));
    changes
}
