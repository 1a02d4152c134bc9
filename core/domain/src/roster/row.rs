//! Rows of the roster, as its table has them.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::{DutyGridId, PersonId};
use crate::time::Timestamp;

/// Longest shift.
pub const SHIFT_HOURS_MAX: i64 = 24;
/// Longest leave in one row.
pub const LEAVE_DAYS_MAX: i64 = 366;

/// What a row of the roster says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum RosterKind {
    /// 班次: on duty.
    #[n(0)]
    Shift,
    /// 请假: not on duty, whatever a shift says.
    #[n(1)]
    Leave,
    /// 交接: what is left of the shift goes to somebody else.
    #[n(2)]
    HandOver,
}

impl RosterKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Shift, Self::Leave, Self::HandOver];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Shift => "shift",
            Self::Leave => "leave",
            Self::HandOver => "hand_over",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Shift => "班次",
            Self::Leave => "请假",
            Self::HandOver => "交接",
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct RosterRow {
    /// Whose.
    #[n(0)]
    pub person: PersonId,
    /// What it says.
    #[n(1)]
    pub kind: RosterKind,
    /// From when; of a hand-over its instant.
    #[n(2)]
    pub from: Timestamp,
    /// Until when, this instant not included; of a hand-over its instant again.
    #[n(3)]
    pub until: Timestamp,
    /// Of a shift: its beats; empty stands for those that the register names for the person.
    #[n(4)]
    pub duty_grids: Vec<DutyGridId>,
    /// Of a hand-over: to whom.
    #[n(5)]
    pub to: Option<PersonId>,
}

impl RosterRow {
    /// Whether an instant lies in it.
    pub fn covers(&self, instant: Timestamp) -> bool {
        self.from <= instant && instant < self.until
    }
}
