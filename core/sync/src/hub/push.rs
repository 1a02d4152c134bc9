//! A push as it came, in whichever capability, made into one shape: what follows asks no more how it travelled.

use std::borrow::Cow;
use std::collections::BTreeSet;

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};

use crate::hub::ingest::name_of;
use crate::keys::PublicKey;
use crate::wire::columns::{ColumnsError, DecodeContext, decode};
use crate::wire::{
    ColumnPush, Origin, PartPlace, Push, PushedDocument, column_origin_message, document_digest,
    origin_message, part_origin_message, push_digest,
};

/// A push with its changes as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPush<'a> {
    origin: &'a Origin,
    documents: Cow<'a, [PushedDocument]>,
    /// The names of their changes, document by document.
    hashes: Vec<(DocumentId, Vec<ChangeHash>)>,
    unresolved: Vec<DocumentId>,
    /// What the origin must have signed.
    message: Vec<u8>,
}

impl<'a> OpenedPush<'a> {
    /// Of raw changes. Cost: one hash a change.
    pub fn plain(push: &'a Push) -> Self {
        let hashes: Vec<(DocumentId, Vec<ChangeHash>)> = push.documents.iter().map(named).collect();
        let digest = push_digest(
            hashes
                .iter()
                .map(|(document, hashes)| (*document, hashes.as_slice())),
        );
        Self {
            origin: &push.origin,
            documents: Cow::Borrowed(&push.documents),
            hashes,
            unresolved: Vec::new(),
            message: origin_message(&push.origin.installation, &digest),
        }
    }

    /// Of columns: puts the changes together on what `context` knows. The digests of documents on agreed heads stand
    /// in for those it does not know.
    ///
    /// # Errors
    /// Bytes that are no batch, or not the one that was sent.
    pub fn columns(
        push: &'a ColumnPush,
        context: &dyn DecodeContext,
    ) -> Result<Self, ColumnsError> {
        Self::placed(push, None, context)
    }

    /// Of one part of a push in columns.
    ///
    /// # Errors
    /// As [`Self::columns`].
    pub fn part(
        push: &'a ColumnPush,
        place: PartPlace,
        context: &dyn DecodeContext,
    ) -> Result<Self, ColumnsError> {
        Self::placed(push, Some(place), context)
    }

    fn placed(
        push: &'a ColumnPush,
        place: Option<PartPlace>,
        context: &dyn DecodeContext,
    ) -> Result<Self, ColumnsError> {
        let batch = decode(&push.batch, context)?;
        let hashes: Vec<_> = batch.documents.iter().map(named).collect();
        let mut digests: BTreeSet<Digest> = push.agreed.iter().copied().collect();
        let pushed = hashes.iter();
        digests.extend(pushed.map(|(document, hashes)| document_digest(*document, hashes)));
        Ok(Self {
            origin: &push.origin,
            documents: Cow::Owned(batch.documents),
            hashes,
            unresolved: batch.unresolved,
            message: match place {
                None => column_origin_message(&push.origin.installation, &digests),
                Some(place) => part_origin_message(&push.origin.installation, &digests, place),
            },
        })
    }

    /// Whose changes they claim to be.
    pub const fn installation(&self) -> &InstallationId {
        &self.origin.installation
    }

    /// The changes, dependencies first within each document.
    pub fn documents(&self) -> &[PushedDocument] {
        &self.documents
    }

    /// The name of every change, by its document.
    pub fn hashes(&self) -> impl Iterator<Item = (DocumentId, ChangeHash)> + '_ {
        let documents = self.hashes.iter();
        documents.flat_map(|(document, hashes)| hashes.iter().map(|hash| (*document, *hash)))
    }

    /// Documents that could not be put together here, to be told to the device.
    pub fn unresolved(&self) -> &[DocumentId] {
        &self.unresolved
    }

    /// Whether the push was signed by the key of its origin. Cost: one verification.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.verifies(&self.message, self.origin.signature.as_slice())
    }
}

fn named(pushed: &PushedDocument) -> (DocumentId, Vec<ChangeHash>) {
    let changes = pushed.changes.iter();
    let hashes = changes.map(|change| name_of(&change.bytes)).collect();
    (pushed.document, hashes)
}
