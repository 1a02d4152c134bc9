//! Recover from a quarantine: the refused change stays visible with its reason, the document is rebuilt without it
//! under the next generation of the actor, and what the worker did after it is done again under the same intent ids.

use std::collections::BTreeSet;

use xunge_documents::change_parts::split;
use xunge_documents::guard::inspect;
use xunge_documents::operations::{Key, Operation, decode};
use xunge_documents::schema::Container;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_store::{ChangeRow, ChangeState, IntentRow, IntentState, Reason, StoreError, Tx};
use xunge_sync::testing::{self, Mutant};

use crate::documents::{Pen, Writing, heads_bytes, rebuild};
use crate::error::FieldError;

/// A change the hub will not merge.
pub(crate) struct Refusal {
    pub(crate) hash: Digest,
    pub(crate) reason: Reason,
}

impl Refusal {
    /// The number of the change belongs to another one.
    pub(crate) fn number_taken(hash: Digest) -> Self {
        Self {
            hash,
            reason: Reason {
                code: SEQUENCE_TAKEN.into(),
                zh: "此编号已由另一份数据使用，其内容会自动重报。".into(),
                en: "The number belongs to another change; its content is made anew.".into(),
            },
        }
    }
}

/// The hub's word for a number that a copy of this store used: the content itself is fine.
const SEQUENCE_TAKEN: &str = "sequence_taken";
/// The hub's word for what builds on a refused change of somebody else: the content itself is fine.
const BUILDS_ON_REFUSED: &str = "builds_on_refused";
/// Reasons that say nothing against the content.
const MADE_ANEW: [&str; 2] = [SEQUENCE_TAKEN, BUILDS_ON_REFUSED];
/// The hub's word for an entry or a mark that it has already.
const ENTRY_TAKEN: &str = "entry_taken";

pub(crate) fn recover(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    refusals: &[Refusal],
) -> Result<(), FieldError> {
    let refused = refusals.iter().map(|refusal| refusal.hash).collect();
    rebuild_without(tx, pen, id, &refused, refusals)
}

/// Others' changes that the hub will never merge: a former life of it had, and they came here. They go, with all that
/// builds on them, and own work among that is made anew. Nothing happens where none of them is here.
pub(crate) fn let_go_of(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    refused: &BTreeSet<Digest>,
) -> Result<(), FieldError> {
    let here = |change: &ChangeRow| {
        matches!(change.state, ChangeState::Pulled | ChangeState::Carried)
            && refused.contains(&change.hash)
    };
    if tx.all_changes(id)?.iter().any(here) {
        rebuild_without(tx, pen, id, refused, &[])?;
    }
    Ok(())
}

/// Rebuilds a document without these changes and what builds on them. `refusals` are those of this device's own.
fn rebuild_without(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    refused: &BTreeSet<Digest>,
    refusals: &[Refusal],
) -> Result<(), FieldError> {
    let changes = tx.all_changes(id)?;
    let intents = tx.intents_of_document(id)?;
    let mut again: Vec<&IntentRow> = Vec::new();
    let dropped = building_on(&changes, refused);
    for intent in &intents {
        let refusal = refusals
            .iter()
            .find(|refusal| refusal.hash == intent.change_hash);
        match refusal {
            Some(refusal) if !MADE_ANEW.contains(&refusal.reason.code.as_str()) => {
                tx.set_intent_state(intent.id, IntentState::Quarantined, Some(&refusal.reason))?;
            }
            Some(_) => again.push(intent),
            None if dropped.contains(&intent.change_hash) => again.push(intent),
            None => {}
        }
    }
    for change in changes
        .iter()
        .filter(|change| refused.contains(&change.hash))
    {
        tx.set_change_state(id, change.hash, ChangeState::Quarantined)?;
    }
    for hash in &dropped {
        tx.set_change_state(id, *hash, ChangeState::Dropped)?;
    }
    let document = rebuild(tx, id)?;
    tx.next_generation(id)?;
    tx.replace_snapshot(id, &document.save(), &heads_bytes(&document))?;
    let mut writing = Writing {
        tx,
        pen,
        id,
        document,
    };
    for row in again {
        let mut intent = intent_of(row)?;
        if testing::active(Mutant::AnotherIntentId) {
            intent = renamed(intent, writing.intent_id()?);
        }
        match writing.make(&intent)? {
            Some(change) => tx.rebind_intent(row.id, change)?,
            // All it would create is there already, e.g. from the other copy of this store.
            None => is_there_already(tx, id, row.id, &intent)?,
        }
    }
    leave_lane(tx, id, &writing.document)?;
    writing.finish()
}

/// What a copy of this store had written already lies in the lane until it is pulled: then it is no refused work.
pub(crate) fn leave_lane(
    tx: &Tx<'_>,
    id: DocumentId,
    document: &Document,
) -> Result<(), FieldError> {
    for row in tx.intents_of_document(id)? {
        let taken = |reason: &Reason| reason.code == ENTRY_TAKEN;
        if row.state == IntentState::Quarantined && row.reason.as_ref().is_some_and(taken) {
            let intent = intent_of(&row)?;
            if document.has_written(&intent) {
                is_there_already(tx, id, row.id, &intent)?;
            }
        }
    }
    Ok(())
}

/// The work came by another change than this device's. Its photos are cited by that one now: by a refused change they would
/// be neither offered nor counted, and the copy that wrote it may be gone with them.
fn is_there_already(
    tx: &Tx<'_>,
    id: DocumentId,
    row: IntentId,
    intent: &Intent,
) -> Result<(), FieldError> {
    for edit in &intent.edits {
        let Edit::Photo(entry, photo) = edit else {
            continue;
        };
        let Some(change) = change_with_photo(tx, id, entry)? else {
            continue;
        };
        for cited in photo.cited() {
            match tx.cite_blob(cited.sha256, id, change) {
                // Its file was let go of.
                Err(StoreError::NotFound { .. }) => {}
                other => other?,
            }
        }
    }
    Ok(tx.set_intent_state(row, IntentState::Reapplied, None)?)
}

/// The change of the document that wrote a photo's entry.
fn change_with_photo(
    tx: &Tx<'_>,
    id: DocumentId,
    entry: &IntentId,
) -> Result<Option<Digest>, FieldError> {
    let key = entry.to_string();
    let changes = tx.all_changes(id)?;
    let found = changes.iter().find(|change| {
        let wrote = |operation: &Operation<'_>| {
            Container::of(&operation.object) == Some(Container::Photos)
                && operation.key == Key::Map(&key)
        };
        let inspected = inspect(&change.bytes).ok();
        let operations =
            inspected.and_then(|change| decode(&change).ok().map(|all| all.iter().any(wrote)));
        change.state.counts() && operations.unwrap_or(false)
    });
    Ok(found.map(|change| change.hash))
}

pub(crate) fn intent_of(row: &IntentRow) -> Result<Intent, FieldError> {
    minicbor::decode(&row.content).map_err(|_| FieldError::Invalid { what: "intent" })
}

/// The mistake of the mutant: the same work under another name.
fn renamed(mut intent: Intent, id: IntentId) -> Intent {
    let former = std::mem::replace(&mut intent.id, id);
    for edit in &mut intent.edits {
        match edit {
            Edit::Photo(of, _)
            | Edit::Hazard(of, _)
            | Edit::Comment(of, _)
            | Edit::Action(of, _)
            | Edit::CheckinAction(of, _)
            | Edit::Step(of, _)
                if *of == former =>
            {
                *of = id;
            }
            _ => {}
        }
    }
    intent
}

/// The changes that build on refused ones.
fn building_on(changes: &[ChangeRow], refused: &BTreeSet<Digest>) -> BTreeSet<Digest> {
    let mut dropped = BTreeSet::new();
    // Changes lie in an order that puts dependencies first, so one pass finds all descendants.
    for change in changes
        .iter()
        .filter(|change| change.state.counts() && !refused.contains(&change.hash))
    {
        let builds_on_refused = split(&change.bytes).is_ok_and(|parts| {
            parts.dependencies.iter().any(|dependency| {
                let dependency = Digest::from_bytes(*dependency.as_bytes());
                refused.contains(&dependency) || dropped.contains(&dependency)
            })
        });
        if builds_on_refused {
            dropped.insert(change.hash);
        }
    }
    dropped
}
