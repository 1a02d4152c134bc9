//! Which cases a list is about.

use crate::tables::cases::CaseRow;

/// Which cases a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaseFilter {
    /// All.
    #[default]
    All,
    /// Those that have not ended.
    Open,
    /// Those that have.
    Ended,
    /// Those of which something waits to be sent.
    Unsent,
}

impl CaseFilter {
    /// Every filter.
    pub const EVERY: [Self; 4] = [Self::All, Self::Open, Self::Ended, Self::Unsent];

    /// Whether a case is one of them.
    pub fn holds(self, row: &CaseRow) -> bool {
        match self {
            Self::All => true,
            Self::Open => !row.has_ended(),
            Self::Ended => row.has_ended(),
            Self::Unsent => row.unsent > 0,
        }
    }

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Unsent => "unsent",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|filter| filter.id() == id)
    }

    /// What it wants of the end, where it wants something.
    pub(crate) const fn ended(self) -> Option<bool> {
        match self {
            Self::Open => Some(false),
            Self::Ended => Some(true),
            Self::All | Self::Unsent => None,
        }
    }
}
