//! What a document is about. A document is of one kind from its first change to its last: the kind follows from what its
//! first change builds on, so no field says it and nobody can change it.

use serde::{Deserialize, Serialize};

/// The kinds there are. A new one gets its own genesis, reader, rules and list row; how it travels is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 案卷.
    Case,
    /// 一事一报到.
    MatterCheckin,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Case, Self::MatterCheckin];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::MatterCheckin => "matter_checkin",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Case => "案卷",
            Self::MatterCheckin => "一事一报到",
        }
    }
}
