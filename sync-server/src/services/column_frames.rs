//! Frames of a pull, column by column, for a device that reads them.

use std::collections::{HashMap, HashSet};

use xunge_documents::change_parts::{ChangeHash, split};
use xunge_documents::schema::opened_kind;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_sync::hub::{HubKey, name_of};
use xunge_sync::wire::columns::{ActorNames, Agreed, Base, BatchDocument, Effort, encode};
use xunge_sync::wire::{ColumnsFrame, DocumentsFrame, Frame, PushedChange};

use crate::store::{HubRead, StoreError};

/// The epoch of a hub that was never restored.
const FIRST_EPOCH: u64 = 1;

/// Who is named in a batch.
pub(super) fn named(hub: &HubKey, authors: &[InstallationId]) -> ActorNames {
    // The first epoch, and this one; what the hub wrote between two restores is spelled out, 16 bytes a frame.
    let mut epochs = vec![hub.epoch, FIRST_EPOCH];
    epochs.dedup();
    let epochs = epochs.into_iter();
    ActorNames {
        devices: authors.to_vec(),
        servers: epochs.map(|epoch| (hub.installation, epoch)).collect(),
    }
}

/// What the frames of one answer share.
pub struct Columns<'a> {
    /// The store they were pulled from.
    pub read: &'a dyn HubRead,
    /// The hub that wrote the rulings.
    pub hub: &'a HubKey,
    /// Devices that may have written, the likeliest first.
    pub authors: &'a [InstallationId],
    /// Changes of the request that is answered: the device has them.
    pub pushed: &'a HashSet<(DocumentId, Digest)>,
}

impl Columns<'_> {
    /// The frame in columns; raw where it has no documents, or too many for a batch.
    ///
    /// # Errors
    /// The store's.
    pub fn frame(&self, frame: &DocumentsFrame) -> Result<Frame, StoreError> {
        if frame.documents.is_empty() {
            return Ok(Frame::Documents(frame.clone()));
        }
        let names = named(self.hub, self.authors);
        match encode(&self.documents(frame)?, &names, Effort::Quick) {
            Ok(batch) => Ok(Frame::Columns(ColumnsFrame {
                batch: batch.into(),
                cursors: frame.cursors.clone(),
                evicted: frame.evicted.clone(),
            })),
            Err(_) => Ok(Frame::Documents(frame.clone())),
        }
    }

    /// Each document once: what came in two entries of its feed builds on one another.
    fn documents(&self, frame: &DocumentsFrame) -> Result<Vec<BatchDocument>, StoreError> {
        let mut documents: Vec<BatchDocument> = Vec::with_capacity(frame.documents.len());
        let mut places = HashMap::new();
        for pulled in &frame.documents {
            let place = *places.entry(pulled.document).or_insert(documents.len());
            match documents.get_mut(place) {
                Some(known) => known.changes.extend(pulled.changes.iter().cloned()),
                None => documents.push(BatchDocument {
                    document: pulled.document,
                    base: self.base(&pulled.document, &pulled.changes)?,
                    changes: pulled.changes.clone(),
                }),
            }
        }
        Ok(documents)
    }

    /// What the device has of a document: everything that arrived before what it gets now, and what it has just sent.
    /// A device that has not says so by asking for raw changes.
    fn base(&self, id: &DocumentId, changes: &[PushedChange]) -> Result<Base, StoreError> {
        let Some(first) = changes.first() else {
            return Ok(Base::New);
        };
        if split(&first.bytes).is_ok_and(|parts| opened_kind(&parts.dependencies).is_some()) {
            return Ok(Base::New);
        }
        let first = Digest::from_bytes(*name_of(&first.bytes).as_bytes());
        let rows = self.read.changes(id, 1, u64::MAX)?;
        let Some(start) = rows.iter().position(|row| row.hash == first) else {
            return Ok(Base::Explicit);
        };
        let (before, after) = rows.split_at(start);
        let sent = after
            .iter()
            .filter(|row| self.pushed.contains(&(*id, row.hash)));
        let known = before.iter().chain(sent);
        let named = known.map(|row| (ChangeHash(*row.hash.as_bytes()), row.bytes.as_slice()));
        Ok(Base::Agreed(Agreed::of_named(named)))
    }
}
