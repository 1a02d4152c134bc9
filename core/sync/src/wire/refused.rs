//! What the hub will not take: a device or a request, or changes.

use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DocumentId};

/// A refusal, with cause and next step.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct RefusedFrame {
    /// Stable code.
    #[n(0)]
    pub code: String,
    /// In Chinese.
    #[n(1)]
    pub zh: String,
    /// In English.
    #[n(2)]
    pub en: String,
}

/// Changes of one document that are quarantined.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct RefusedChanges {
    /// Which document.
    #[n(0)]
    pub document: DocumentId,
    /// Their names.
    #[n(1)]
    pub changes: Vec<Digest>,
}
