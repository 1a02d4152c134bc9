//! Why bytes are not a raw change chunk we take.

use super::leb128::ReadError;

/// Why bytes are not a raw change chunk we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangePartsError {
    /// The bytes end too early, or a count claims more than there is.
    #[error("the change ends too early")]
    Truncated,
    /// The first four bytes are not Automerge's.
    #[error("not an Automerge chunk")]
    Magic,
    /// A whole document: never taken from another party.
    #[error("a document chunk, not a change")]
    DocumentChunk,
    /// A deflated change: only raw ones travel.
    #[error("a compressed change chunk")]
    CompressedChunk,
    /// A bundle of changes.
    #[error("a bundle chunk, not a change")]
    BundleChunk,
    /// A chunk type no version of Automerge we know writes.
    #[error("unknown chunk type {0}")]
    UnknownChunk(u8),
    /// The checksum is not the start of the hash of the contents.
    #[error("the checksum does not fit the contents")]
    Checksum,
    /// Bytes after the chunk.
    #[error("bytes after the end of the chunk")]
    TrailingBytes,
    /// A number that is too large or not in its shortest form.
    #[error("a number is too large or not in its shortest form")]
    Number,
    /// An actor id that is not 16 bytes long.
    #[error("an actor id of {0} bytes, not 16")]
    ActorLength(u64),
    /// A message that is not UTF-8.
    #[error("the message is not UTF-8")]
    Message,
    /// A sequence number or first operation of 0; both count from 1.
    #[error("a sequence number or first operation of 0")]
    Zero,
    /// A column marked as deflated.
    #[error("column {0} is deflated")]
    DeflatedColumn(u32),
    /// A column change chunks do not have.
    #[error("unknown column {0}")]
    UnknownColumn(u32),
    /// A column twice or in the wrong place.
    #[error("column {0} is out of order")]
    ColumnOrder(u32),
    /// A column without bytes; such columns are left out.
    #[error("column {0} is empty")]
    EmptyColumn(u32),
}

impl ChangePartsError {
    /// The stable name of the refusal, for receipts, logs and quarantine.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Truncated => "change_truncated",
            Self::Magic => "change_magic",
            Self::DocumentChunk => "change_document_chunk",
            Self::CompressedChunk => "change_compressed_chunk",
            Self::BundleChunk => "change_bundle_chunk",
            Self::UnknownChunk(_) => "change_unknown_chunk",
            Self::Checksum => "change_checksum",
            Self::TrailingBytes => "change_trailing_bytes",
            Self::Number => "change_number",
            Self::ActorLength(_) => "change_actor_length",
            Self::Message => "change_message",
            Self::Zero => "change_zero",
            Self::DeflatedColumn(_) => "change_deflated_column",
            Self::UnknownColumn(_) => "change_unknown_column",
            Self::ColumnOrder(_) => "change_column_order",
            Self::EmptyColumn(_) => "change_empty_column",
        }
    }
}

impl From<ReadError> for ChangePartsError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Ended => Self::Truncated,
            ReadError::Number => Self::Number,
        }
    }
}
