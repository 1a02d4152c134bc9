//! Why a batch was refused.

use xunge_documents::change_parts::leb128::ReadError;

/// Why a batch was refused, whole. Nothing of it may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// The bytes end too early.
    #[error("the batch ends too early")]
    Truncated,
    /// The compressed part is damaged, cut, or followed by other bytes.
    #[error("the compressed part of the batch is damaged or cut")]
    Compression,
    /// More comes out of the compression, or out of the columns, than fits.
    #[error("the batch holds more bytes than fit")]
    TooLarge,
    /// More documents or changes than fit.
    #[error("the batch holds more documents or changes than fit")]
    TooMany,
    /// A number that is too large or not in its shortest form.
    #[error("a number of the batch is too large or not in its shortest form")]
    Number,
    /// A tag, a reference or a text that means nothing.
    #[error("the batch names something that does not exist")]
    Meaning,
    /// Bytes that no column used.
    #[error("the batch holds bytes that belong to nothing")]
    Unused,
    /// The changes put together again are not the ones that were sent.
    #[error("the changes put together are not the ones that were sent")]
    Digest,
}

impl ColumnsError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Truncated => "columns_truncated",
            Self::Compression => "columns_compression",
            Self::TooLarge => "columns_too_large",
            Self::TooMany => "columns_too_many",
            Self::Number => "columns_number",
            Self::Meaning => "columns_meaning",
            Self::Unused => "columns_unused",
            Self::Digest => "columns_digest",
        }
    }
}

impl From<ReadError> for ColumnsError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Ended => Self::Truncated,
            ReadError::Number => Self::Number,
        }
    }
}
