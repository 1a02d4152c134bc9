//! New changes on their way: raw, or as one batch of columns where the hub reads them.

use std::collections::{BTreeSet, HashSet};

use minicbor::bytes::ByteArray;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId};

use crate::device::request::{PendingChange, PendingDocument, Session};
use crate::keys::{Signer, SignerError};
use crate::wire::columns::{ActorNames, Base, BatchDocument, Effort, encode};
use crate::wire::{
    ColumnPush, Origin, Push, PushedChange, PushedDocument, column_origin_message, document_digest,
    origin_message, push_digest,
};

/// A push as the device will send it.
pub(crate) enum Pushing {
    Plain(Push),
    Columns(ColumnPush),
}

/// Puts a push together. In columns only where `columns` says that the hub reads them; what does not fit into a batch
/// goes raw all the same. Documents in `spelled` do not rely on what the hub has of them.
pub(crate) fn pushing(
    session: &Session,
    pending: &[PendingDocument],
    columns: bool,
    spelled: &HashSet<DocumentId>,
    signer: &dyn Signer,
) -> Result<Pushing, SignerError> {
    if columns && let Some(push) = in_columns(session, pending, spelled, signer)? {
        return Ok(Pushing::Columns(push));
    }
    plain(session, pending, signer).map(Pushing::Plain)
}

fn plain(
    session: &Session,
    pending: &[PendingDocument],
    signer: &dyn Signer,
) -> Result<Push, SignerError> {
    let hashes: Vec<(DocumentId, Vec<ChangeHash>)> = pending
        .iter()
        .map(|pending| (pending.document, hashes(pending)))
        .collect();
    let digest = push_digest(
        hashes
            .iter()
            .map(|(document, hashes)| (*document, hashes.as_slice())),
    );
    let signature = signer.sign(&origin_message(&session.installation, &digest))?;
    let documents = pending
        .iter()
        .map(|pending| PushedDocument {
            document: pending.document,
            changes: pending.changes.iter().map(pushed).collect(),
        })
        .collect();
    Ok(Push {
        origin: origin(session, signature),
        documents,
    })
}

fn in_columns(
    session: &Session,
    pending: &[PendingDocument],
    spelled: &HashSet<DocumentId>,
    signer: &dyn Signer,
) -> Result<Option<ColumnPush>, SignerError> {
    let documents: Vec<BatchDocument> = pending
        .iter()
        .map(|pending| BatchDocument {
            document: pending.document,
            base: if spelled.contains(&pending.document) {
                Base::Explicit
            } else {
                pending.base.clone()
            },
            changes: pending.changes.iter().map(pushed).collect(),
        })
        .collect();
    let names = ActorNames::device(session.installation);
    let Ok(batch) = encode(&documents, &names, Effort::Quick) else {
        return Ok(None);
    };
    let digest = |pending: &PendingDocument| document_digest(pending.document, &hashes(pending));
    let digests: BTreeSet<Digest> = pending.iter().map(digest).collect();
    let on_agreed = documents.iter().zip(pending);
    let agreed = on_agreed
        .filter(|(document, _)| matches!(document.base, Base::Agreed(_)))
        .map(|(_, pending)| digest(pending))
        .collect();
    let signature = signer.sign(&column_origin_message(&session.installation, &digests))?;
    Ok(Some(ColumnPush {
        origin: origin(session, signature),
        batch: batch.into(),
        agreed,
    }))
}

fn origin(session: &Session, signature: [u8; 64]) -> Origin {
    Origin {
        installation: session.installation,
        signature: signature.into(),
    }
}

fn hashes(pending: &PendingDocument) -> Vec<ChangeHash> {
    pending.changes.iter().map(|change| change.hash).collect()
}

fn pushed(change: &PendingChange) -> PushedChange {
    PushedChange {
        bytes: change.bytes.clone().into(),
        signature: change.signature.map(ByteArray::from),
    }
}
