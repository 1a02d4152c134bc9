//! Limits by class, filing condition, area class and handling class (domain.md §4).

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::class::Limit;

/// 管理区域类别: how much a place matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum AreaClass {
    /// 一类.
    #[n(0)]
    First,
    /// 二类.
    #[n(1)]
    Second,
    /// 三类.
    #[n(2)]
    Third,
}

impl AreaClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// 1, 2 or 3.
    pub const fn id(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::First => "一类",
            Self::Second => "二类",
            Self::Third => "三类",
        }
    }
}

/// 处置类别: how much work a matter is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
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
    /// Every class.
    pub const ALL: [Self; 3] = [Self::General, Self::Engineering, Self::Special];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Engineering => "engineering",
            Self::Special => "special",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::General => "一般",
            Self::Engineering => "工程",
            Self::Special => "特殊",
        }
    }
}

/// What a limit depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
pub struct LimitKey {
    /// The minor class, five digits.
    #[n(0)]
    pub class: String,
    /// The filing condition within it.
    #[n(1)]
    pub condition: String,
    /// Where.
    #[n(2)]
    pub area_class: AreaClass,
    /// How much work.
    #[n(3)]
    pub handling_class: HandlingClass,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct LimitRow {
    /// What it depends on.
    #[n(0)]
    pub key: LimitKey,
    /// The limit.
    #[n(1)]
    pub limit: Limit,
}

/// One edition of the limits, ready for look-ups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LimitTable(BTreeMap<LimitKey, Limit>);

impl LimitTable {
    /// The limit; nothing where the table says nothing, then that of the filing condition holds.
    pub fn find(&self, key: &LimitKey) -> Option<Limit> {
        self.0.get(key).copied()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<LimitRow> for LimitTable {
    fn from_iter<Rows: IntoIterator<Item = LimitRow>>(rows: Rows) -> Self {
        Self(rows.into_iter().map(|row| (row.key, row.limit)).collect())
    }
}
