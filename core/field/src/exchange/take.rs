//! Take: what another device made is judged, merged as provisional work of its author, and kept to be handed up.

use std::collections::BTreeSet;

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_store::{ChangeState, NewChange, Tx};
use xunge_sync::carry::{Carried, Certified, Here, Judgement, Work, judge};
use xunge_sync::hub::Appended;
use xunge_sync::keys::PublicKey;

use crate::documents::{Pen, compact, open, open_or_create};
use crate::error::FieldError;
use crate::exchange::photos::Wanted;
use crate::exchange::work::places;
use crate::projection;
use crate::sync::commit::take_rulings;
use crate::sync::recover::leave_lane;

/// By whose word, and when.
#[derive(Clone, Copy)]
pub(crate) struct Judging<'a> {
    pub(crate) pen: Pen<'a>,
    pub(crate) hub: &'a PublicKey,
    pub(crate) now: Timestamp,
}

/// What was taken of some work.
#[derive(Default)]
pub(crate) struct Taken {
    /// Changes that are new here.
    pub(crate) changes: u64,
    /// The cases they are of.
    pub(crate) cases: Vec<DocumentId>,
    /// Whether the hub is not known to have all of it: then its piece is to be handed up.
    pub(crate) for_the_hub: bool,
}

/// Takes the work of one device. Whatever stands against any of it stands against all: the caller's transaction must not
/// be committed then.
///
/// # Errors
/// A certificate or a signature that does not hold, changes that break the rules, or the store's.
pub(crate) fn take_work(
    tx: &Tx<'_>,
    judging: Judging<'_>,
    work: &Work,
    wanted: &mut Wanted,
) -> Result<Taken, FieldError> {
    let certified = work.certificate.verify(judging.hub, judging.now)?;
    let mut taken = Taken::default();
    for carriage in &work.carriages {
        let carried = carriage.verify(&certified.key)?;
        take_document(tx, judging, &certified, &carried, wanted, &mut taken)?;
    }
    Ok(taken)
}

fn take_document(
    tx: &Tx<'_>,
    judging: Judging<'_>,
    certified: &Certified,
    carried: &Carried,
    wanted: &mut Wanted,
    taken: &mut Taken,
) -> Result<(), FieldError> {
    let id = carried.document.document;
    let known = open(tx, id)?;
    let placement = match &known {
        Some(document) => places(tx, document, id, judging.pen)?,
        None => Vec::new(),
    };
    let rows = tx.all_changes(id)?;
    let refused = rows.iter().filter(|change| !change.state.counts());
    let here = Here {
        document: known.unwrap_or_default(),
        placement,
        refused: refused
            .map(|change| ChangeHash(*change.hash.as_bytes()))
            .collect::<BTreeSet<_>>(),
    };
    let judgement = judge(carried, certified, here, judging.hub)?;
    let Judgement::Merges {
        appended,
        document,
        content,
    } = judgement
    else {
        taken.for_the_hub = true;
        return Ok(());
    };
    let mine = Scope::of(&judging.pen.identity.person);
    let seen = places(tx, &document, id, judging.pen)?;
    if !seen.iter().any(|scope| mine.contains(scope)) {
        taken.for_the_hub = true;
        return Ok(());
    }
    let unknown_to_hub =
        |state| !matches!(state, Some(ChangeState::Pulled | ChangeState::Received));
    for change in &carried.document.changes {
        let name = xunge_sync::hub::name_of(&change.bytes);
        let state = tx.change_state(id, Digest::from_bytes(*name.as_bytes()))?;
        taken.for_the_hub |= unknown_to_hub(state);
    }
    if let Some(newest) = carried.document.changes.last() {
        let name = xunge_sync::hub::name_of(&newest.bytes);
        wanted.of(id, content.photos(), Digest::from_bytes(*name.as_bytes()));
    }
    if appended.is_empty() {
        return Ok(());
    }
    taken.changes += appended.len() as u64;
    taken.cases.push(id);
    keep(tx, id, &appended, document.kind())?;
    take_rulings(tx, &content)?;
    leave_lane(tx, id, &document)?;
    projection::save(tx, judging.pen.identity, id, &content, judging.pen.now)?;
    compact(tx, id, &document)
}

fn keep(
    tx: &Tx<'_>,
    id: DocumentId,
    appended: &[Appended],
    kind: DocumentKind,
) -> Result<(), FieldError> {
    open_or_create(tx, id, kind)?;
    for new in appended {
        tx.append_change(&NewChange {
            document: id,
            hash: Digest::from_bytes(*new.change.hash.as_bytes()),
            bytes: &new.change.bytes,
            actor: new.change.actor.as_bytes(),
            sequence: new.change.sequence,
            own: false,
            state: ChangeState::Carried,
            signature: new.signature.as_ref().map(<[u8; 64]>::as_slice),
        })?;
    }
    Ok(())
}
