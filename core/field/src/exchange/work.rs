//! This device's own work as carriages: its changes of a document with those of the hub that they build on.

use xunge_documents::change_parts::ActorId;
use xunge_documents::{Document, schema};
use xunge_domain::case::fold;
use xunge_domain::checkin::Subject;
use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;
use xunge_store::{ChangeRow, Reader};
use xunge_sync::carry::{CARRIAGE_BYTES_MAX, Carriage, Carried, CarryError, Certified};
use xunge_sync::hub::{Content, checkin_placement, placement};
use xunge_sync::wire::{PushedChange, PushedDocument};

use crate::documents::{Pen, open};
use crate::error::FieldError;

/// Raw bytes of the carriages of one piece: of two hundred cases, some hundred kilobytes once they are packed.
const WORK_BYTES_MAX: usize = 256 * 1024;
/// Left for what stands around the changes of a carriage.
const AROUND_BYTES: usize = 4 * 1024;

/// The scopes of a document as far as they can be told here.
pub(crate) fn places(
    reader: &Reader<'_>,
    document: &Document,
    id: DocumentId,
    pen: Pen<'_>,
) -> Result<Vec<Scope>, FieldError> {
    let grids = &pen.identity.tables.grids;
    match Content::read(document, id) {
        Content::Case(content) => Ok(placement(&content.reading.case, &content.standing, grids)),
        Content::MatterCheckin(content) => {
            // Whoever sees the case it is about.
            let about = content.standing.subject.as_ref().and_then(Subject::case);
            let mut of_case = Vec::new();
            if let Some(case) = about
                && let Some(document) = open(reader, *case)?
            {
                let case = document.read(*case).case;
                of_case = placement(&case, &fold(&case), grids);
            }
            Ok(checkin_placement(&content.standing, &|_| of_case.clone()))
        }
    }
}

/// Whether a change is the genesis of its document, which everybody has.
pub(crate) fn is_genesis(change: &ChangeRow) -> bool {
    schema::is_genesis(change.hash.as_bytes())
}

/// What this device can answer for in a document: all it made, and what the hub signed. `None` where it made nothing, or
/// more than a carriage holds.
pub(crate) fn carriage(
    reader: &Reader<'_>,
    pen: Pen<'_>,
    certified: &Certified,
    id: DocumentId,
) -> Result<Option<Carriage>, FieldError> {
    let mut changes = Vec::new();
    let (mut bytes, mut own) = (0, false);
    for change in reader.all_changes(id)? {
        if !change.state.counts() || is_genesis(&change) {
            continue;
        }
        let signature = change
            .signature
            .as_ref()
            .and_then(|signature| <[u8; 64]>::try_from(signature.as_slice()).ok());
        let actor = <[u8; 16]>::try_from(change.actor.as_slice()).map(ActorId);
        let made_here = actor.is_ok_and(|actor| certified.origin.wrote(&actor, &id));
        if !made_here && signature.is_none() {
            continue;
        }
        own |= made_here;
        bytes += change.bytes.len() + AROUND_BYTES / 64;
        changes.push(PushedChange {
            bytes: change.bytes.into(),
            signature: signature.filter(|_| !made_here).map(Into::into),
        });
    }
    if !own || bytes > CARRIAGE_BYTES_MAX - AROUND_BYTES {
        return Ok(None);
    }
    let carried = Carried {
        installation: certified.origin.installation,
        made_at: pen.now,
        document: PushedDocument {
            document: id,
            changes,
        },
    };
    Ok(Some(Carriage::sign(&carried, pen.ports.signer.as_ref())?))
}

/// Carriages in as few pieces as they fit.
pub(crate) fn batches(carriages: Vec<Carriage>) -> Vec<Vec<Carriage>> {
    let mut batches: Vec<Vec<Carriage>> = Vec::new();
    let mut room = 0;
    for carriage in carriages {
        let bytes = carriage.statement.len();
        match batches.last_mut() {
            Some(last) if bytes <= room => {
                room -= bytes;
                last.push(carriage);
            }
            _ => {
                room = WORK_BYTES_MAX.saturating_sub(bytes);
                batches.push(vec![carriage]);
            }
        }
    }
    batches
}

/// Nothing to carry is an answer, not a file.
pub(crate) fn something(pieces: &[Vec<u8>]) -> Result<(), FieldError> {
    if pieces.is_empty() {
        return Err(CarryError::Nothing.into());
    }
    Ok(())
}
