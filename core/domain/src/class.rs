//! The class table 大类/小类 with its filing conditions: data with an edition, loaded at run time.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Most classes one table may hold.
pub const CLASSES_MAX: usize = 10_000;

/// Something built (部件) or something that happens (事件).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ClassKind {
    /// 部件.
    #[n(0)]
    Component,
    /// 事件.
    #[n(1)]
    Event,
}

/// The four units of a limit (domain.md §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum LimitUnit {
    /// 紧急工作时: clock hours.
    #[n(0)]
    UrgentHour,
    /// 工作时.
    #[n(1)]
    WorkHour,
    /// 工作日.
    #[n(2)]
    WorkDay,
    /// 自然日.
    #[n(3)]
    NaturalDay,
}

impl LimitUnit {
    /// All four, shortest first.
    pub const ALL: [Self; 4] = [
        Self::UrgentHour,
        Self::WorkHour,
        Self::WorkDay,
        Self::NaturalDay,
    ];

    /// The id as files and commands write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::UrgentHour => "urgent_hour",
            Self::WorkHour => "work_hour",
            Self::WorkDay => "work_day",
            Self::NaturalDay => "natural_day",
        }
    }

    /// The unit of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.id() == id)
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::UrgentHour => "紧急工作时",
            Self::WorkHour => "工作时",
            Self::WorkDay => "工作日",
            Self::NaturalDay => "自然日",
        }
    }
}

/// A table limit: a number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    #[n(0)]
    pub number: u32,
    /// Of what.
    #[n(1)]
    pub unit: LimitUnit,
}

/// 立案条件: when a matter of this class is filed, and how long its disposal may take.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct FilingCondition {
    /// Unique within its class, e.g. `1`.
    #[n(0)]
    pub code: String,
    /// In words.
    #[n(1)]
    pub zh: String,
    /// The disposal limit.
    #[n(2)]
    pub limit: Limit,
}

/// How near and how lately another case is likely the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct DuplicateReach {
    /// Within how many metres, beside what the fix leaves open.
    #[n(0)]
    pub radius_metres: u32,
    /// Up to how many days after its end a closed case counts.
    #[n(1)]
    pub window_days: u32,
}

impl DuplicateReach {
    /// Where the table does not say: a component is one thing in one place, 15 m; an event spreads, 50 m; both a week.
    pub const fn of_kind(kind: ClassKind) -> Self {
        let radius_metres = match kind {
            ClassKind::Component => 15,
            ClassKind::Event => 50,
        };
        Self {
            radius_metres,
            window_days: 7,
        }
    }
}

/// 小类.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct MinorClass {
    /// Five digits: 1 component or 2 event, two of the major class, two of the minor.
    #[n(0)]
    pub code: String,
    /// English id, e.g. `road_damage`.
    #[n(1)]
    pub id: String,
    /// Component or event.
    #[n(2)]
    pub kind: ClassKind,
    /// Chinese name of the major class.
    #[n(3)]
    pub major_zh: String,
    /// Chinese name.
    #[n(4)]
    pub zh: String,
    /// English name.
    #[n(5)]
    pub en: String,
    /// At least one.
    #[n(6)]
    pub conditions: Vec<FilingCondition>,
    /// 自行处置: whether a grid worker may settle it on the spot; no, when the table does not say.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_handled: Option<bool>,
    /// 疑似重复: within which reach another case is likely the same matter; by its kind, when the table does not say.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<DuplicateReach>,
}

/// One edition of the table. An old case keeps the edition it was filed under.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct ClassTable {
    /// Name of the edition.
    #[n(0)]
    pub edition: String,
    /// First day it holds, `YYYY-MM-DD`.
    #[n(1)]
    pub effective_date: String,
    /// Whether this is a sample, not a city's own table.
    #[n(2)]
    pub sample: bool,
    /// The classes.
    #[n(3)]
    pub classes: Vec<MinorClass>,
}

/// What is wrong with a class table.
#[derive(Debug, thiserror::Error)]
pub enum ClassTableError {
    /// Not the JSON this type describes.
    #[error("the class table is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// More than [`CLASSES_MAX`].
    #[error("the class table holds {0} classes; at most {CLASSES_MAX} are read")]
    TooMany(usize),
    /// The date is no date.
    #[error("effective date {0:?} is no day; write YYYY-MM-DD")]
    EffectiveDate(String),
    /// A row that cannot be right.
    #[error("class {code:?}: {why}")]
    Row {
        /// The class as written.
        code: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl ClassTable {
    /// Reads and checks a table from JSON.
    ///
    /// # Errors
    /// Unreadable text, or the first row that cannot be right.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ClassTableError> {
        let table: Self = serde_json::from_slice(bytes)?;
        table.check()?;
        Ok(table)
    }

    fn check(&self) -> Result<(), ClassTableError> {
        if self.classes.len() > CLASSES_MAX {
            return Err(ClassTableError::TooMany(self.classes.len()));
        }
        if self.effective_date.parse::<jiff::civil::Date>().is_err() {
            return Err(ClassTableError::EffectiveDate(self.effective_date.clone()));
        }
        let mut seen = std::collections::BTreeSet::new();
        for class in &self.classes {
            let wrong = |why| {
                Err(ClassTableError::Row {
                    code: class.code.clone(),
                    why,
                })
            };
            let first = match class.kind {
                ClassKind::Component => b'1',
                ClassKind::Event => b'2',
            };
            let digits = class.code.as_bytes();
            if digits.len() != 5 || digits[0] != first || !digits.iter().all(u8::is_ascii_digit) {
                return wrong(
                    "the code must be five digits, the first 1 for a component or 2 for an event",
                );
            }
            if class.id.is_empty()
                || !class
                    .id
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_lowercase())
            {
                return wrong("the id must be lower-case English letters and underscores");
            }
            if class.conditions.is_empty() {
                return wrong("at least one filing condition is needed");
            }
            if !seen.insert(class.code.as_str()) || !seen.insert(class.id.as_str()) {
                return wrong("code and id must be unique in the table");
            }
        }
        Ok(())
    }

    /// A class by its code or its English id.
    pub fn find(&self, code_or_id: &str) -> Option<&MinorClass> {
        self.classes
            .iter()
            .find(|class| class.code == code_or_id || class.id == code_or_id)
    }
}

impl MinorClass {
    /// Within which reach another case of it is likely the same matter.
    pub fn duplicate_reach(&self) -> DuplicateReach {
        let given = self.duplicates;
        given.unwrap_or_else(|| DuplicateReach::of_kind(self.kind))
    }

    /// A filing condition by its code.
    pub fn condition(&self, code: &str) -> Option<&FilingCondition> {
        self.conditions
            .iter()
            .find(|condition| condition.code == code)
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn table(code: &str, kind: &str, conditions: &str) -> Result<ClassTable, ClassTableError> {
        let json = format!(
            r#"{{"edition":"e","effective_date":"2025-01-01","sample":true,"classes":[{{"code":"{code}","id":"road_damage",
            "kind":"{kind}","major_zh":"市容环境","zh":"路面破损","en":"Road damage","conditions":{conditions}}}]}}"#
        );
        ClassTable::from_json(json.as_bytes())
    }
    const ONE: &str = r#"[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]"#;

    #[test]
    fn finds_a_class_by_code_and_by_id() {
        let table = table("20115", "event", ONE).expect("a table");
        assert_eq!(table.find("20115"), table.find("road_damage"));
        assert!(
            table
                .find("road_damage")
                .is_some_and(|class| class.condition("1").is_some())
        );
        assert!(table.find("20116").is_none());
    }

    #[test]
    fn names_the_row_that_cannot_be_right() {
        for (code, kind, conditions) in [
            ("2011", "event", ONE),
            ("20115", "component", ONE),
            ("20115", "event", "[]"),
        ] {
            assert!(matches!(
                table(code, kind, conditions),
                Err(ClassTableError::Row { .. })
            ));
        }
        assert!(matches!(
            ClassTable::from_json(b"[]"),
            Err(ClassTableError::Unreadable(_))
        ));
    }
}
