//! The messages of the capability `columns`: a batch in the place of raw changes, and what a device signs for it.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;

use crate::wire::{Origin, PartPlace, push_digest};

/// New changes as one batch of columns, in the place of a plain push.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ColumnPush {
    /// Whose they are: a signature over [`column_origin_message`].
    #[n(0)]
    pub origin: Origin,
    /// The batch.
    #[n(1)]
    pub batch: ByteVec,
    /// [`document_digest`] of each document on agreed heads. The hub may be unable to put one of them together, and
    /// must then still be able to check the signature over the others.
    #[n(2)]
    pub agreed: Vec<Digest>,
}

/// Pulled documents as one batch of columns, to be committed together with the cursors.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ColumnsFrame {
    /// The batch.
    #[n(0)]
    pub batch: ByteVec,
    /// How far each feed is known once this frame is committed.
    #[n(1)]
    pub cursors: Vec<(Scope, u64)>,
    /// As in [`DocumentsFrame`](crate::wire::DocumentsFrame).
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub evicted: Vec<DocumentId>,
}

/// The digest of one document of a push.
pub fn document_digest(document: DocumentId, hashes: &[ChangeHash]) -> Digest {
    push_digest([(document, hashes)])
}

/// What a device signs to stand for a push in columns: the digests of its documents, sorted.
pub fn column_origin_message(installation: &InstallationId, digests: &BTreeSet<Digest>) -> Vec<u8> {
    [
        b"xunge origin columns".as_slice(),
        installation.as_bytes(),
        digest_of(digests).as_bytes(),
    ]
    .concat()
}

/// What a device signs to stand for one part of a push: the same, and its place. Otherwise whoever is on the way could
/// leave a part out, or put an older one in its stead, and the device would take another's receipt for its own.
pub fn part_origin_message(
    installation: &InstallationId,
    digests: &BTreeSet<Digest>,
    place: PartPlace,
) -> Vec<u8> {
    [
        b"xunge origin part".as_slice(),
        &place.nonce,
        &place.number.to_be_bytes(),
        installation.as_bytes(),
        digest_of(digests).as_bytes(),
    ]
    .concat()
}

fn digest_of(digests: &BTreeSet<Digest>) -> Digest {
    let digests: Vec<u8> = digests
        .iter()
        .flat_map(|digest| *digest.as_bytes())
        .collect();
    Digest::of(&digests)
}
