//! What two people make of one text apart, merged as the CRDT would merge it.

use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, ObjId, ReadDoc};

use crate::change_parts::ActorId;
use xunge_domain::document_kind::DocumentKind;

use crate::schema::{Container, genesis};

/// Both edits of a text, character by character, in a document of its own, of which nothing travels. Fixed actors, so
/// that the same texts always merge alike.
pub(crate) fn merged_text(from: &str, mine: &str, theirs: &str) -> Result<String, AutomergeError> {
    let seen = scratch(&genesis(DocumentKind::Case), ActorId([1; 16]), from)?;
    let mut merged = scratch(&seen, ActorId([2; 16]), mine)?;
    merged.merge(&mut scratch(&seen, ActorId([3; 16]), theirs)?)?;
    description_of(&merged).and_then(|text| merged.text(text))
}

/// A copy of a document with another description.
fn scratch(
    document: &Automerge,
    actor: ActorId,
    written: &str,
) -> Result<Automerge, AutomergeError> {
    let mut copy = document.clone();
    copy.set_actor(actor.into());
    let text = description_of(&copy)?;
    let mut transaction = copy.transaction();
    transaction.update_text(&text, written)?;
    transaction.commit();
    Ok(copy)
}

fn description_of(document: &Automerge) -> Result<ObjId, AutomergeError> {
    Container::Description
        .find(document)
        .ok_or(AutomergeError::Fail)
}
