//! Erasure: the key goes, and what it sealed is noise ever after. What stays says when and why.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Longest reason.
pub const REASON_CHARACTERS_MAX: usize = 200;

/// Why a subject was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureCause {
    /// Somebody asked for it, and an admin did it.
    Asked,
    /// Its time was over.
    Retention,
}

impl ErasureCause {
    /// Every cause.
    pub const ALL: [Self; 2] = [Self::Asked, Self::Retention];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Retention => "retention",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Asked => "应要求删除",
            Self::Retention => "保存期限届满",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Asked => "on request",
            Self::Retention => "its time was over",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.id() == id)
    }
}

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// When, by the hub's clock.
    pub at: Timestamp,
    /// Why.
    pub cause: ErasureCause,
    /// In the words of whoever did it; they name nobody. Empty where nobody did.
    pub reason: String,
}
