//! Batches of changes, column by column. A change as Automerge writes it is mostly hashes and actor ids, which the
//! receiver can work out; the rest is alike from case to case, once what is alike lies together. See `columns.cddl`
//! for the bytes.
//!
//! Everything here is pure. A batch that was decoded is proven to be the one that was encoded, and nothing more:
//! whether its changes are harmless, and its authors entitled, is the guard's and the hub's question as before.

mod agreed;
mod cbor;
mod compression;
mod decode;
mod digest;
mod encode;
mod error;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod hostile;
mod keys;
mod names;
mod streams;
mod tables;
mod text;
mod track;
mod values;

use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_domain::ids::DocumentId;

use crate::wire::{PushedChange, PushedDocument};

pub use compression::{COLUMNS_BYTES_MAX, Effort};
pub use decode::decode;
pub use digest::heads_check;
pub use encode::encode;
pub use error::ColumnsError;
pub use names::ActorNames;

/// Most bytes of all changes of a batch, put together.
pub const REBUILT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most documents of a batch.
pub const DOCUMENTS_MAX: usize = 4_096;
/// Most changes of a batch.
pub const CHANGES_MAX: usize = 16_384;

/// First byte of a batch; another layout would have another.
const LAYOUT: u8 = 1;
const BASE_NEW: u64 = 0;
const BASE_AGREED: u64 = 1;
const BASE_SPELLED: u64 = 2;

/// Changes of one document, dependencies first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchDocument {
    /// Which.
    pub document: DocumentId,
    /// What the receiver has.
    pub base: Base,
    /// What it shall get.
    pub changes: Vec<PushedChange>,
}

/// What the receiver has of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Nothing: the changes begin at genesis.
    New,
    /// What both sides know. The receiver who does not says so, and gets the document again with [`Base::Explicit`].
    Agreed(Agreed),
    /// Unknown: what the changes build on is spelled out, 32 bytes each.
    Explicit,
}

/// A state of a document that both sides can name. Only the heads are checked beforehand, so both must fill the rest
/// by the same rule; where they differ, the document comes out unresolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The newest changes.
    pub heads: Vec<ChangeHash>,
    /// The last change of each author, for what is expected of the next; may be empty.
    pub authors: Vec<LastChange>,
    /// The highest counter of an operation; may be 0.
    pub highest_op: u64,
}

/// The last change of an author at some state of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastChange {
    /// Who.
    pub actor: ActorId,
    /// The change.
    pub hash: ChangeHash,
    /// Its number among the author's.
    pub sequence: u64,
}

/// What a receiver must look up.
pub trait DecodeContext {
    /// The state of `document` whose heads have this [`heads_check`]; `None` when it is not known.
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed>;
}

/// A receiver that knows nothing yet: every document on agreed heads is unresolved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fresh;

impl DecodeContext for Fresh {
    fn agreed(&self, _: &DocumentId, _: [u8; 4]) -> Option<Agreed> {
        None
    }
}

/// What a batch held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedBatch {
    /// Changes, byte for byte, in the order in which they were sent.
    pub documents: Vec<PushedDocument>,
    /// Documents whose base is not known here: to be asked for again.
    pub unresolved: Vec<DocumentId>,
}
