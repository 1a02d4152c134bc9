//! The kinds of risks: stable words, in the log, the API and the store.

use serde::{Deserialize, Serialize};

/// What sort of odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskKind {
    /// The platform marked positioning as mocked.
    MockLocation,
    /// Two places too far apart for the time between.
    SpeedJump,
    /// The device's clock against the hub's, or against the clock nobody sets.
    ClockStep,
    /// A picture that is in another case already, or stands for another stage of this one.
    ReusedPicture,
    /// A picture that looks like one of another case at another place, e.g. a photo of a print.
    RephotographedPicture,
    /// Before and after from one spot and moment.
    SameSpotAndMoment,
    /// The check is by somebody who did the work.
    CheckByBeneficiary,
    /// The place is outside of the case's unit grid.
    OutsideGrid,
}

impl RiskKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::MockLocation,
        Self::SpeedJump,
        Self::ClockStep,
        Self::ReusedPicture,
        Self::RephotographedPicture,
        Self::SameSpotAndMoment,
        Self::CheckByBeneficiary,
        Self::OutsideGrid,
    ];

    /// Stable word.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MockLocation => "mock_location",
            Self::SpeedJump => "speed_jump",
            Self::ClockStep => "clock_step",
            Self::ReusedPicture => "reused_picture",
            Self::RephotographedPicture => "rephotographed_picture",
            Self::SameSpotAndMoment => "same_spot_and_moment",
            Self::CheckByBeneficiary => "check_by_beneficiary",
            Self::OutsideGrid => "outside_grid",
        }
    }

    /// A kind by its word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The Chinese name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::MockLocation => "模拟定位",
            Self::SpeedJump => "位置跳变",
            Self::ClockStep => "时钟偏差",
            Self::ReusedPicture => "重复使用照片",
            Self::RephotographedPicture => "疑似翻拍照片",
            Self::SameSpotAndMoment => "前后照片同时同地",
            Self::CheckByBeneficiary => "处置方自行核查",
            Self::OutsideGrid => "位置在网格外",
        }
    }

    /// The English name.
    pub const fn en(self) -> &'static str {
        match self {
            Self::MockLocation => "Mock location",
            Self::SpeedJump => "Speed jump",
            Self::ClockStep => "Clock step",
            Self::ReusedPicture => "Re-used picture",
            Self::RephotographedPicture => "Picture of a picture, perhaps",
            Self::SameSpotAndMoment => "Before and after from one spot and moment",
            Self::CheckByBeneficiary => "Check by who did the work",
            Self::OutsideGrid => "Outside the grid",
        }
    }
}
