//! A new edition: a text of the case was erased, and the hub's document begins anew without it. What is here of the former one is
//! destroyed; own work that is not in the new one is made again there, under the same intent ids.

use minicbor::bytes::ByteArray;
use xunge_documents::guard::Inspected;
use xunge_documents::{Document, Edit, Intent, edition_begun_by};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_store::{ChangeState, IntentState, NewChange, Tx};
use xunge_sync::hub::Content;

use crate::app::FieldApp;
use crate::documents::{Pen, Writing, heads_bytes};
use crate::error::FieldError;
use crate::sync::commit::take_rulings;
use crate::sync::recover::{intent_of, leave_lane};
use crate::tables::encode;

/// Older pages of the store hold what was erased.
const REWRITE_DUE: &str = "rewrite_due";

/// A pulled change with the hub's signature, where it has one.
pub(crate) type Pulled<'a> = (Inspected<'a>, Option<&'a ByteArray<64>>);

/// What pulled changes are to a document that is here.
pub(crate) enum Edition {
    /// Of this edition, or of one this device begins with.
    This,
    /// They begin another edition, at this place.
    Next(usize),
    /// Of a former one: a hub that was put back to a backup has not got this one back yet. It is offered, and theirs is not taken.
    Former,
}

/// Which edition pulled changes are of. What the hub has now is what counts, unless it is older than what is here.
pub(crate) fn edition_of(
    tx: &Tx<'_>,
    id: DocumentId,
    document: &Document,
    pulled: &[Pulled<'_>],
) -> Result<Edition, FieldError> {
    let begun =
        |(change, signature): &Pulled<'_>| signature.and_then(|_| edition_begun_by(change.parts()));
    let last = pulled.iter().rposition(|change| begun(change).is_some());
    let Some((place, foundation)) = last.and_then(|place| Some((place, pulled.get(place)?))) else {
        let former = |(change, _): &Pulled<'_>| document.is_of_former_edition(change.parts());
        return Ok(if pulled.iter().any(former) {
            Edition::Former
        } else {
            Edition::This
        });
    };
    let number = begun(foundation).unwrap_or_default();
    if document.contains(&foundation.0.hash()) || tx.all_changes(id)?.is_empty() {
        Ok(Edition::This)
    } else if number < document.edition() {
        Ok(Edition::Former)
    } else {
        Ok(Edition::Next(place))
    }
}

/// Takes a new edition in the place of what is here. False when one of its changes builds on something that is missing.
pub(crate) fn take_edition(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    id: DocumentId,
    pulled: &[Pulled<'_>],
) -> Result<bool, FieldError> {
    let Some((foundation, _)) = pulled.first() else {
        return Ok(true);
    };
    let hash_of = |change: &Inspected<'_>| Digest::from_bytes(*change.hash().as_bytes());
    tx.replace_changes(id, hash_of(foundation))?;
    let mut document = Document::new();
    let mut whole = true;
    for (change, signature) in pulled {
        if document.apply_inspected(change).is_err() {
            whole = false;
            continue;
        }
        tx.append_change(&NewChange {
            document: id,
            hash: hash_of(change),
            bytes: change.raw(),
            actor: change.parts().actor.as_bytes(),
            sequence: change.parts().sequence,
            own: false,
            state: ChangeState::Pulled,
            signature: signature.map(|signature| signature.as_slice()),
        })?;
    }
    tx.next_generation(id)?;
    tx.replace_snapshot(id, &document.save(), &heads_bytes(&document))?;
    let mut writing = Writing {
        tx,
        pen,
        id,
        document,
    };
    carry_over(&mut writing)?;
    take_rulings(tx, &Content::read(&writing.document, id))?;
    leave_lane(tx, id, &writing.document)?;
    writing.finish()?;
    tx.set_switch(REWRITE_DUE, true)?;
    Ok(whole)
}

/// Own work that the edition lacks is made again; all other intents forget what was erased.
fn carry_over(writing: &mut Writing<'_>) -> Result<(), FieldError> {
    let (tx, id) = (writing.tx, writing.id);
    let erased = writing.document.read(id).case.erased;
    for row in tx.intents_of_document(id)? {
        let intent = intent_of(&row)?;
        let settled = matches!(row.state, IntentState::Quarantined | IntentState::Dismissed);
        let pending = row.state == IntentState::Pending;
        if writing.document.has_written(&intent) && pending {
            // The answer that said so was lost.
            tx.set_intent_state(row.id, IntentState::Received, None)?;
        }
        let lacks = !writing.document.has_written(&intent) && (pending || intent.is_keyed());
        if settled || !lacks {
            tx.set_intent_content(row.id, &encode(&intent.without(&erased)))?;
            continue;
        }
        let before = writing.document.read(id).case.facts.description;
        match writing.make(&intent)? {
            Some(change) => tx.rebind_intent(row.id, change)?,
            None => tx.set_intent_state(row.id, IntentState::Reapplied, None)?,
        }
        let after = writing.document.read(id).case.facts.description;
        tx.set_intent_content(row.id, &encode(&rebased(intent, &before, &after)))?;
    }
    Ok(())
}

/// An edit of the description says what it made of the text that is there now, and nothing of the one before.
fn rebased(mut intent: Intent, before: &str, after: &str) -> Intent {
    for edit in &mut intent.edits {
        if let Edit::Redescription { from, to } = edit {
            before.clone_into(from);
            after.clone_into(to);
        }
    }
    intent
}

impl FieldApp {
    /// Writes the store anew without what new editions left in older pages, where that is due. What fails is tried again behind the
    /// next answer: the work is done and nobody waits for this.
    pub(crate) fn rewrite_where_due(&mut self) -> Result<(), FieldError> {
        if !self.store.read(|reader| reader.switch(REWRITE_DUE))? {
            return Ok(());
        }
        if self.store.rewrite().is_ok() {
            self.store
                .transaction(|tx| tx.set_switch(REWRITE_DUE, false))?;
        }
        Ok(())
    }
}
