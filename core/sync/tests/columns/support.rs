//! What the tests share.

use xunge_documents::NewChange;
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_sync::wire::PushedChange;
use xunge_sync::wire::columns::{Base, BatchDocument, DecodedBatch};

/// A small deterministic generator (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }
}

pub(crate) fn installation(byte: u8) -> InstallationId {
    InstallationId::from_bytes(Random(u64::from(byte)).bytes())
}

pub(crate) fn pushed(change: &NewChange) -> PushedChange {
    PushedChange {
        bytes: change.bytes.clone().into(),
        signature: None,
    }
}

pub(crate) fn document(id: DocumentId, base: Base, changes: &[NewChange]) -> BatchDocument {
    BatchDocument {
        document: id,
        base,
        changes: changes.iter().map(pushed).collect(),
    }
}

/// Whether the batch holds exactly these documents, byte for byte.
pub(crate) fn holds(batch: &DecodedBatch, documents: &[BatchDocument]) -> bool {
    batch.unresolved.is_empty()
        && batch.documents.len() == documents.len()
        && batch
            .documents
            .iter()
            .zip(documents)
            .all(|(came, went)| came.document == went.document && came.changes == went.changes)
}
