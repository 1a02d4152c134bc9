//! Columns: whether the hub reads them, in parts as well, and what it and this device both know of a document.

use std::cell::RefCell;

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_store::{Reader, Tx};
use xunge_sync::wire::DocumentChanges;
use xunge_sync::wire::columns::{Agreed, Base, DecodeContext, decode, heads_check};

use crate::error::FieldError;

/// Kept, because an app that starts anew has no answer yet that would say so.
const HUB_READS_COLUMNS: &str = "hub_reads_columns";

pub(crate) fn hub_reads_columns(reader: &Reader<'_>) -> Result<bool, FieldError> {
    Ok(reader.switch(HUB_READS_COLUMNS)?)
}

pub(crate) fn set_hub_reads_columns(tx: &Tx<'_>, reads: bool) -> Result<(), FieldError> {
    Ok(tx.set_switch(HUB_READS_COLUMNS, reads)?)
}

/// Kept beside it.
const HUB_TAKES_PARTS: &str = "hub_takes_parts";

pub(crate) fn hub_takes_parts(reader: &Reader<'_>) -> Result<bool, FieldError> {
    Ok(reader.switch(HUB_TAKES_PARTS)?)
}

pub(crate) fn set_hub_takes_parts(tx: &Tx<'_>, takes: bool) -> Result<(), FieldError> {
    Ok(tx.set_switch(HUB_TAKES_PARTS, takes)?)
}

/// What the hub has of a document: everything it received from this device or sent to it.
pub(crate) fn base(reader: &Reader<'_>, document: DocumentId) -> Result<Base, FieldError> {
    let known = reader.known_to_hub(document)?;
    Ok(if known.is_empty() {
        Base::New
    } else {
        Base::Agreed(agreed(&known))
    })
}

fn agreed(known: &[(Digest, Vec<u8>)]) -> Agreed {
    let named = known.iter();
    Agreed::of_named(named.map(|(hash, bytes)| (ChangeHash(*hash.as_bytes()), bytes.as_slice())))
}

/// The documents of a pulled batch, put together on what is here, and whether that was all of them.
pub(crate) fn put_together(
    reader: &Reader<'_>,
    batch: &[u8],
) -> Result<(Vec<DocumentChanges>, bool), FieldError> {
    let here = Here {
        reader,
        failure: RefCell::default(),
    };
    let decoded = decode(batch, &here);
    if let Some(failure) = here.failure.into_inner() {
        return Err(failure);
    }
    let Ok(decoded) = decoded else {
        // The hub signed it, so it cannot be damaged: a mistake of one side, which raw changes go around.
        return Ok((Vec::new(), false));
    };
    let documents = decoded.documents.into_iter();
    let pulled = documents.map(|document| DocumentChanges {
        document: document.document,
        changes: document.changes,
    });
    Ok((pulled.collect(), decoded.unresolved.is_empty()))
}

/// The documents of this device, without what the hub has not received.
struct Here<'a> {
    reader: &'a Reader<'a>,
    failure: RefCell<Option<FieldError>>,
}

impl DecodeContext for Here<'_> {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        match self.reader.known_to_hub(*document) {
            Ok(known) => {
                let agreed = agreed(&known);
                (heads_check(document, &agreed.heads) == check).then_some(agreed)
            }
            Err(error) => {
                *self.failure.borrow_mut() = Some(error.into());
                None
            }
        }
    }
}
