//! What is odd about a piece, with the figures that were measured. Whole numbers: the same on every machine, and never "not a
//! number".

use serde::{Deserialize, Serialize};
use xunge_domain::grid::UnitGridCode;

use super::{PieceId, RiskKind};

/// Against what a clock was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockReference {
    /// What the hub had said before: the device's clock shows an earlier time.
    Beacon,
    /// When the hub received it: the device's clock shows a later time.
    Receipt,
    /// The clock nobody sets: the device's clock was moved between two pieces.
    Uptime,
}

/// What is odd, measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Finding {
    /// See [`RiskKind::MockLocation`].
    MockLocation {
        /// Answers of positioning that are marked.
        mocked: u32,
        /// Of so many.
        fixes: u32,
    },
    /// See [`RiskKind::SpeedJump`].
    SpeedJump {
        /// Between the two places, less what their accuracies explain.
        metres: u32,
        /// Between the two moments.
        seconds: u32,
        /// What that would be.
        kmh: u32,
        /// The piece before.
        other: PieceId,
    },
    /// See [`RiskKind::ClockStep`].
    ClockStep {
        /// How far off.
        seconds: u64,
        /// Against what.
        against: ClockReference,
        /// The piece before, where two were held against each other.
        other: Option<PieceId>,
    },
    /// See [`RiskKind::ReusedPicture`].
    ReusedPicture {
        /// In how many of 64 bits the pictures differ.
        bits: u32,
        /// Whether the bytes of the two files are the same.
        same_bytes: bool,
        /// The piece before.
        other: PieceId,
    },
    /// See [`RiskKind::RephotographedPicture`].
    RephotographedPicture {
        /// In how many of 64 bits the pictures differ.
        bits: u32,
        /// The piece before.
        other: PieceId,
    },
    /// See [`RiskKind::SameSpotAndMoment`].
    SameSpotAndMoment {
        /// Between the two places.
        metres: u32,
        /// Between the two moments.
        seconds: u32,
        /// The photo before the work.
        other: PieceId,
    },
    /// See [`RiskKind::CheckByBeneficiary`].
    CheckByBeneficiary,
    /// See [`RiskKind::OutsideGrid`].
    OutsideGrid {
        /// How far outside.
        metres: u32,
        /// What the fix is worth, where it says so.
        accuracy_metres: Option<u32>,
        /// Outside of which.
        grid: UnitGridCode,
    },
}

impl Finding {
    /// What sort of odd.
    pub const fn kind(&self) -> RiskKind {
        match self {
            Self::MockLocation { .. } => RiskKind::MockLocation,
            Self::SpeedJump { .. } => RiskKind::SpeedJump,
            Self::ClockStep { .. } => RiskKind::ClockStep,
            Self::ReusedPicture { .. } => RiskKind::ReusedPicture,
            Self::RephotographedPicture { .. } => RiskKind::RephotographedPicture,
            Self::SameSpotAndMoment { .. } => RiskKind::SameSpotAndMoment,
            Self::CheckByBeneficiary => RiskKind::CheckByBeneficiary,
            Self::OutsideGrid { .. } => RiskKind::OutsideGrid,
        }
    }

    /// The other piece it speaks of.
    pub const fn other(&self) -> Option<PieceId> {
        match self {
            Self::SpeedJump { other, .. }
            | Self::ReusedPicture { other, .. }
            | Self::RephotographedPicture { other, .. }
            | Self::SameSpotAndMoment { other, .. } => Some(*other),
            Self::ClockStep { other, .. } => *other,
            Self::MockLocation { .. } | Self::CheckByBeneficiary | Self::OutsideGrid { .. } => None,
        }
    }

    /// Which of several of one kind is told: the greater. Ends with the other piece, so that it never depends on an order.
    pub(super) fn strength(&self) -> (u64, u64, std::cmp::Reverse<Option<PieceId>>) {
        let (first, second) = match self {
            Self::MockLocation { mocked, fixes } => (u64::from(*mocked), u64::from(*fixes)),
            Self::SpeedJump { kmh, metres, .. } => (u64::from(*kmh), u64::from(*metres)),
            Self::ClockStep {
                seconds, against, ..
            } => (*seconds, u64::from(*against == ClockReference::Uptime)),
            Self::ReusedPicture {
                bits, same_bytes, ..
            } => (u64::from(*same_bytes), u64::from(u32::MAX - *bits)),
            Self::RephotographedPicture { bits, .. } => (u64::from(u32::MAX - *bits), 0),
            Self::SameSpotAndMoment {
                metres, seconds, ..
            } => (
                u64::from(u32::MAX - *seconds),
                u64::from(u32::MAX - *metres),
            ),
            Self::CheckByBeneficiary => (0, 0),
            Self::OutsideGrid { metres, .. } => (u64::from(*metres), 0),
        };
        (first, second, std::cmp::Reverse(self.other()))
    }
}
