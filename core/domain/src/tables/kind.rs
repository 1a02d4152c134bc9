//! Which tables there are.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::ParseIdError;

/// Longest name of an edition.
pub const EDITION_CHARACTERS_MAX: usize = 60;

/// One of the city's tables.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum TableKind {
    /// Unit grids 单元网格 with their beats and boundaries.
    #[n(0)]
    Grids,
    /// Components 部件.
    #[n(1)]
    Components,
    /// Minor classes 小类 with their filing conditions 立案条件.
    #[n(2)]
    Classes,
    /// Limits 处置时限 by class, condition, area class and handling class.
    #[n(3)]
    Limits,
    /// Days on which work is as on no other day of the week: holidays 节假日 and swapped working days 调休.
    #[n(4)]
    Holidays,
    /// Departments 部门: the tree of organisations.
    #[n(5)]
    Departments,
    /// People 人员.
    #[n(6)]
    People,
    /// Phrases 常用语.
    #[n(7)]
    Phrases,
    /// The roster 排班: shifts, leave, hand-overs. It stays on the hub.
    #[n(8)]
    Roster,
    /// Hours 工作时间 by department.
    #[n(9)]
    Hours,
    /// Limits of the stages 环节时限.
    #[n(10)]
    StageLimits,
}

impl TableKind {
    /// Every table, those first that others refer to.
    pub const ALL: [Self; 11] = [
        Self::Departments,
        Self::Grids,
        Self::Classes,
        Self::Limits,
        Self::StageLimits,
        Self::Holidays,
        Self::Hours,
        Self::Phrases,
        Self::Components,
        Self::People,
        Self::Roster,
    ];

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Grids => "grids",
            Self::Components => "components",
            Self::Classes => "classes",
            Self::Limits => "limits",
            Self::Holidays => "holidays",
            Self::Departments => "departments",
            Self::People => "people",
            Self::Phrases => "phrases",
            Self::Roster => "roster",
            Self::Hours => "hours",
            Self::StageLimits => "stage_limits",
        }
    }

    /// The Chinese name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Grids => "单元网格",
            Self::Components => "部件",
            Self::Classes => "分类与立案条件",
            Self::Limits => "处置时限",
            Self::Holidays => "节假日",
            Self::Departments => "部门",
            Self::People => "人员",
            Self::Phrases => "常用语",
            Self::Roster => "排班",
            Self::Hours => "工作时间",
            Self::StageLimits => "环节时限",
        }
    }

    /// Whether a file is a whole edition. A file of departments or people changes and adds to the register instead: nobody
    /// disappears because a file does not name them.
    pub const fn is_edition(self) -> bool {
        !matches!(self, Self::Departments | Self::People)
    }
}

impl std::fmt::Display for TableKind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.id())
    }
}

/// By the name on the command line, or the Chinese one.
impl std::str::FromStr for TableKind {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.id() == text || kind.zh() == text)
            .ok_or_else(|| {
                ParseIdError::new(
                    "table (departments, grids, classes, limits, stage_limits, holidays, hours, phrases, components, people, roster)",
                    text,
                )
            })
    }
}

/// Whether a text is a day, `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a text can name an edition.
pub fn is_edition(text: &str) -> bool {
    let letters = text.chars().count();
    (1..=EDITION_CHARACTERS_MAX).contains(&letters)
        && text.trim() == text
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_found_by_both_names() {
        for kind in TableKind::ALL {
            assert_eq!(kind.id().parse(), Ok(kind));
            assert_eq!(kind.zh().parse(), Ok(kind));
        }
        assert!("cats".parse::<TableKind>().is_err());
    }

    #[test]
    fn days_and_editions() {
        assert!(is_day("2025-02-28") && !is_day("2025-02-29") && !is_day("2025-2-8"));
        assert!(is_edition("2025年第1版") && !is_edition("") && !is_edition(" a"));
        assert!(!is_edition(&"版".repeat(EDITION_CHARACTERS_MAX + 1)));
    }
}
