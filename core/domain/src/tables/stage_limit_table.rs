//! The table of stage limits 环节时限: how long each stage may take. Data with an edition.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::limit_key::{AreaClass, HandlingClass};
use crate::case::clock::ClockKind;
use crate::class::{Limit, LimitUnit};
use crate::working_time::{ClockLimit, StageLimit};

/// The units of a stage: minutes, and the four of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum StageUnit {
    /// 分钟: of the clock, day and night.
    #[n(0)]
    Minute,
    /// 工作分钟: of working time.
    #[n(1)]
    WorkMinute,
    /// 紧急工作时.
    #[n(2)]
    UrgentHour,
    /// 工作时.
    #[n(3)]
    WorkHour,
    /// 工作日.
    #[n(4)]
    WorkDay,
    /// 自然日.
    #[n(5)]
    NaturalDay,
}

impl StageUnit {
    /// Every unit, shortest first.
    pub const ALL: [Self; 6] = [
        Self::Minute,
        Self::WorkMinute,
        Self::UrgentHour,
        Self::WorkHour,
        Self::WorkDay,
        Self::NaturalDay,
    ];

    /// The id as files write it.
    pub const fn id(self) -> &'static str {
        match self.limit_unit() {
            Some(unit) => unit.id(),
            None if matches!(self, Self::WorkMinute) => "work_minute",
            None => "minute",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self.limit_unit() {
            Some(unit) => unit.zh(),
            None if matches!(self, Self::WorkMinute) => "工作分钟",
            None => "分钟",
        }
    }

    /// The unit of a limit that it is; nothing for minutes.
    const fn limit_unit(self) -> Option<LimitUnit> {
        match self {
            Self::Minute | Self::WorkMinute => None,
            Self::UrgentHour => Some(LimitUnit::UrgentHour),
            Self::WorkHour => Some(LimitUnit::WorkHour),
            Self::WorkDay => Some(LimitUnit::WorkDay),
            Self::NaturalDay => Some(LimitUnit::NaturalDay),
        }
    }
}

/// What a stage may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StageAllowance {
    /// How many.
    #[n(0)]
    pub number: u32,
    /// Of what.
    #[n(1)]
    pub unit: StageUnit,
}

impl From<StageAllowance> for ClockLimit {
    fn from(StageAllowance { number, unit }: StageAllowance) -> Self {
        match unit.limit_unit() {
            Some(unit) => Limit { number, unit }.into(),
            None if unit == StageUnit::Minute => StageLimit::any(number).into(),
            None => StageLimit::working(number).into(),
        }
    }
}

/// What the limit of a stage depends on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
pub struct StageLimitKey {
    /// Which stage; never the disposal, whose limit is that of the table of limits.
    #[n(0)]
    pub stage: ClockKind,
    /// 管理区域类别: where; nothing for everywhere.
    #[cbor(n(1), default)]
    pub area_class: Option<AreaClass>,
    /// 一般, 工程 or 特殊; nothing for each. Before a case is filed it has none.
    #[cbor(n(2), default)]
    pub handling_class: Option<HandlingClass>,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StageLimitRow {
    /// What it holds for.
    #[n(0)]
    #[serde(flatten)]
    pub key: StageLimitKey,
    /// How long.
    #[n(1)]
    pub limit: StageAllowance,
}

/// One edition of the table. The default is that of a city that has imported none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StageLimitTable {
    edition: String,
    rows: BTreeMap<StageLimitKey, StageAllowance>,
}

impl StageLimitTable {
    /// A table of rows that were checked when the edition was imported.
    pub fn of_checked(edition: String, rows: impl IntoIterator<Item = StageLimitRow>) -> Self {
        let rows = rows.into_iter().map(|row| (row.key, row.limit)).collect();
        Self { edition, rows }
    }

    /// Name of the edition; empty where none was imported.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The limit of a stage: the row that says most about it. Area comes before handling, and a row that names an area or a
    /// handling is never taken for another one. Nothing where no row holds.
    pub fn find(&self, key: &StageLimitKey) -> Option<StageAllowance> {
        let everywhere = StageLimitKey {
            area_class: None,
            ..*key
        };
        let tried = [*key, without_handling(*key), everywhere];
        let mut tried = tried.into_iter().chain([without_handling(everywhere)]);
        tried.find_map(|key| self.rows.get(&key).copied())
    }
}

const fn without_handling(key: StageLimitKey) -> StageLimitKey {
    StageLimitKey {
        handling_class: None,
        ..key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(area: Option<AreaClass>, handling: Option<HandlingClass>) -> StageLimitKey {
        StageLimitKey {
            stage: ClockKind::Dispatch,
            area_class: area,
            handling_class: handling,
        }
    }

    #[test]
    fn the_row_that_says_most_holds_and_none_of_another_area() {
        let (first, second) = (Some(AreaClass::First), Some(AreaClass::Second));
        let works = Some(HandlingClass::Engineering);
        let rows = [
            (key(None, None), 1),
            (key(None, works), 2),
            (key(first, None), 3),
            (key(first, works), 4),
        ];
        let rows = rows.map(|(key, number)| StageLimitRow {
            key,
            limit: StageAllowance {
                number,
                unit: StageUnit::WorkHour,
            },
        });
        let table = StageLimitTable::of_checked("e".into(), rows);
        let found = |key: StageLimitKey| table.find(&key).map(|limit| limit.number);
        assert_eq!(found(key(first, works)), Some(4));
        assert_eq!(found(key(first, Some(HandlingClass::General))), Some(3));
        assert_eq!(found(key(second, works)), Some(2));
        assert_eq!(found(key(second, None)), Some(1));
        assert_eq!(found(key(None, None)), Some(1));
        let of_first = StageLimitTable::of_checked("e".into(), rows[2..].iter().copied());
        assert_eq!(of_first.find(&key(second, works)), None);
        assert_eq!(StageLimitTable::default().find(&key(first, works)), None);
    }

    #[test]
    fn every_unit_is_a_limit_of_a_clock() {
        let mut ids = std::collections::BTreeSet::new();
        for unit in StageUnit::ALL {
            let limit = ClockLimit::from(StageAllowance { number: 7, unit });
            let works = ["work_minute", "work_hour", "work_day"].contains(&unit.id());
            assert_eq!(limit.needs_calendar(), works, "{}", unit.id());
            assert!(ids.insert(unit.id()) && ids.insert(unit.zh()));
        }
        let minutes = StageAllowance {
            number: 30,
            unit: StageUnit::Minute,
        };
        assert_eq!(ClockLimit::from(minutes), StageLimit::any(30).into());
    }
}
