//! Days on which work is as on no other day of the week.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A statutory holiday, or a weekend day that is worked instead.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct CalendarDay {
    /// `YYYY-MM-DD`.
    #[n(0)]
    pub date: String,
    /// Whether people work.
    #[n(1)]
    pub working: bool,
    /// Which holiday; may be empty.
    #[n(2)]
    pub why: String,
}
