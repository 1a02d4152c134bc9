//! What a limit depends on.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// 管理区域类别: how closely an area is looked after. In files 1, 2 or 3.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[serde(try_from = "u8", into = "u8")]
#[cbor(index_only)]
pub enum AreaClass {
    /// 一类区域.
    #[n(0)]
    First,
    /// 二类区域.
    #[n(1)]
    Second,
    /// 三类区域.
    #[n(2)]
    Third,
}

impl AreaClass {
    /// 1, 2 or 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::First => "一类区域",
            Self::Second => "二类区域",
            Self::Third => "三类区域",
        }
    }
}

/// A number that is no area class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no area class: write 1, 2 or 3")]
pub struct AreaClassUnknown(pub u8);

impl TryFrom<u8> for AreaClass {
    type Error = AreaClassUnknown;

    fn try_from(number: u8) -> Result<Self, AreaClassUnknown> {
        match number {
            1 => Ok(Self::First),
            2 => Ok(Self::Second),
            3 => Ok(Self::Third),
            _ => Err(AreaClassUnknown(number)),
        }
    }
}

impl From<AreaClass> for u8 {
    fn from(class: AreaClass) -> Self {
        class.number()
    }
}

/// How a matter is disposed of: by hand, by works, or by a way of its own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum HandlingClass {
    /// 一般.
    #[n(0)]
    General,
    /// 工程.
    #[n(1)]
    Engineering,
    /// 特殊.
    #[n(2)]
    Special,
}

impl HandlingClass {
    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Engineering => "engineering",
            Self::Special => "special",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::General => "一般",
            Self::Engineering => "工程",
            Self::Special => "特殊",
        }
    }
}

/// What a limit depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LimitKey {
    /// Code of the minor class, five digits.
    pub class: String,
    /// Code of the filing condition.
    pub condition: String,
    /// 管理区域类别.
    pub area_class: AreaClass,
    /// 一般, 工程 or 特殊.
    pub handling_class: HandlingClass,
}
