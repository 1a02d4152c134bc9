//! New changes on their way: raw, as one batch of columns where the hub reads them, or as several where it takes parts.

use std::collections::{BTreeSet, HashSet};

use minicbor::bytes::ByteArray;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId};

use crate::device::parts::split;
use crate::device::request::{PendingChange, PendingDocument, Session};
use crate::keys::{Signer, SignerError};
use crate::wire::columns::{ActorNames, Base, BatchDocument, Effort, encode};
use crate::wire::{
    ColumnPush, Nonce, Origin, PARTS_MAX, PartPlace, Push, PushedChange, PushedDocument,
    column_origin_message, document_digest, origin_message, part_origin_message, push_digest,
};

/// A push as the device will send it.
pub(crate) enum Pushing {
    Plain(Push),
    Columns(ColumnPush),
    Parts(Vec<ColumnPush>),
}

/// What the hub reads of a push.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Columns,
    /// Columns in parts of so many bytes of raw changes, in a request of this nonce.
    Parts(usize, Nonce),
}

/// A document of a push and the names of its changes.
pub(crate) type Named = (DocumentId, Vec<ChangeHash>);

/// A push and what it names.
#[derive(Default)]
pub(crate) struct Prepared {
    /// `None` where nothing is pushed.
    pub(crate) push: Option<Pushing>,
    /// Part by part; one where the push is whole.
    pub(crate) parts: Vec<Vec<Named>>,
    /// Raw bytes of its changes.
    pub(crate) bytes: usize,
}

/// Puts a push together of what waits, or of the beginning of it. What does not fit into a batch goes raw all the same.
/// Documents in `spelled` do not rely on what the hub has of them.
pub(crate) fn prepare(
    session: &Session,
    pending: &[PendingDocument],
    form: Form,
    spelled: &HashSet<DocumentId>,
    signer: &dyn Signer,
) -> Result<Prepared, SignerError> {
    if pending.is_empty() {
        return Ok(Prepared::default());
    }
    let mut parts = match form {
        Form::Parts(bytes, _) => split(pending, bytes),
        Form::Plain | Form::Columns => vec![pending],
    };
    parts.truncate(PARTS_MAX as usize);
    // A part alone is a push as it always was: nothing is won by cutting it off from its request.
    let nonce = match form {
        Form::Parts(_, nonce) if parts.len() > 1 => Some(nonce),
        _ => None,
    };
    let mut pushes = Vec::new();
    for (number, part) in (0..).zip(&parts) {
        let place = nonce.map(|nonce| PartPlace { nonce, number });
        let columns = match form {
            Form::Plain => None,
            _ => in_columns(session, part, place, spelled, signer)?,
        };
        let Some(push) = columns else {
            break;
        };
        pushes.push(push);
    }
    parts.truncate(pushes.len().max(1));
    let push = match pushes.pop() {
        None => Pushing::Plain(plain(session, parts[0], signer)?),
        Some(last) if nonce.is_some() => {
            pushes.push(last);
            Pushing::Parts(pushes)
        }
        Some(alone) => Pushing::Columns(alone),
    };
    let named = |pending: &PendingDocument| (pending.document, hashes(pending));
    Ok(Prepared {
        push: Some(push),
        bytes: parts
            .iter()
            .copied()
            .flatten()
            .map(PendingDocument::bytes)
            .sum(),
        parts: parts
            .iter()
            .map(|part| part.iter().map(named).collect())
            .collect(),
    })
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
    place: Option<PartPlace>,
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
    let message = match place {
        None => column_origin_message(&session.installation, &digests),
        Some(place) => part_origin_message(&session.installation, &digests, place),
    };
    let signature = signer.sign(&message)?;
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
