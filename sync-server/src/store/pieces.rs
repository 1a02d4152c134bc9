//! Pieces: what devices sealed lately, ready to be held against each other, and which documents are to be looked at.

use xunge_domain::ids::{Digest, DocumentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::risk::{Piece, PieceId};

use super::StoreError;

/// A piece as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRow {
    /// It.
    pub piece: Piece,
    /// Whether the bytes of a photo were looked at: what cannot be drawn is not tried again.
    pub looked: bool,
}

/// A document that waits to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingDocument {
    /// Which.
    pub document: DocumentId,
    /// How often it was noted: what [`WritePieces::note_examined`] is told.
    pub noted: u64,
}

/// Looking pieces up.
pub trait ReadPieces {
    /// Documents that wait to be looked at, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn waiting_documents(&self, limit: usize) -> Result<Vec<WaitingDocument>, StoreError>;

    /// A piece.
    ///
    /// # Errors
    /// The database's trouble.
    fn piece(&self, id: &PieceId) -> Result<Option<PieceRow>, StoreError>;

    /// The pieces a person sealed that came last, newest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn pieces_of_person(
        &self,
        person: &PersonId,
        limit: usize,
    ) -> Result<Vec<PieceRow>, StoreError>;

    /// Photos that are the same file.
    ///
    /// # Errors
    /// The database's trouble.
    fn pieces_of_original(
        &self,
        original: &Digest,
        limit: usize,
    ) -> Result<Vec<PieceRow>, StoreError>;

    /// What every kept photo that came since looks like; at most `limit`, the newest. Cost: a row each.
    ///
    /// # Errors
    /// The database's trouble.
    fn looks_since(
        &self,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<(PieceId, u64)>, StoreError>;

    /// What the kept photos of a document look like, each look once.
    ///
    /// # Errors
    /// The database's trouble.
    fn looks_of(&self, document: &DocumentId) -> Result<Vec<u64>, StoreError>;
}

/// Keeping pieces.
pub trait WritePieces {
    /// Notes that a document is to be looked at.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_examination(&mut self, document: &DocumentId) -> Result<(), StoreError>;

    /// Notes that every document that cites a blob is to be looked at; at most `limit`.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_examination_of_citing(
        &mut self,
        sha256: &Digest,
        limit: usize,
    ) -> Result<(), StoreError>;

    /// Notes that a document was looked at as it was when it had been noted so often.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_examined(&mut self, waiting: &WaitingDocument) -> Result<(), StoreError>;

    /// Keeps a piece. Of one that is kept already only the look is written.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_piece(&mut self, row: &PieceRow) -> Result<(), StoreError>;

    /// Forgets what came before a moment. How many pieces.
    ///
    /// # Errors
    /// The database's trouble.
    fn forget_pieces(&mut self, before: Timestamp) -> Result<u64, StoreError>;
}
