//! The table of limits: (minor class, filing condition, area class, handling class) → limit. Data with an edition.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::kind::is_day;
use super::limit_key::{HandlingClass, LimitKey};
use crate::class::{ClassTable, Limit};
use crate::working_time::LIMIT_NUMBER_MAX;

/// Rows one table may have: every class and condition of a large city in nine ways.
pub const LIMIT_ROWS_MAX: usize = 100_000;
const CODE_CHARACTERS_MAX: usize = 32;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct LimitRow {
    /// What it holds for.
    #[n(0)]
    #[serde(flatten)]
    pub key: LimitKey,
    /// The disposal limit.
    #[n(1)]
    pub limit: Limit,
}

/// One edition of the table. An old case keeps the edition it was filed under.
///
/// The fallback: where the table has no row for exactly this key, the limit that the class table gives the filing condition
/// holds. There is nothing in between: the limit of another area or another way of handling is never taken instead, since
/// nobody decided that. [`LimitFound`] says which of the two it was. What the class table gives is the limit of ordinary
/// handling: works and special ways need a row.
///
/// The default is the table of a city that has imported none: everything falls back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "LimitFile", into = "LimitFile")]
pub struct LimitTable {
    edition: String,
    effective_date: String,
    rows: BTreeMap<LimitKey, Limit>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitFile {
    edition: String,
    effective_date: String,
    rows: Vec<LimitRow>,
}

/// What is wrong with a table of limits.
#[derive(Debug, thiserror::Error)]
pub enum LimitTableError {
    /// Not the JSON this type describes.
    #[error("the table of limits is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An edition without a name.
    #[error("the table of limits has no edition; give it a name")]
    NoEdition,
    /// The date is no date.
    #[error("effective date {0:?} is no day; write YYYY-MM-DD")]
    EffectiveDate(String),
    /// More than [`LIMIT_ROWS_MAX`].
    #[error("the table of limits has {0} rows; at most {LIMIT_ROWS_MAX} are read")]
    TooMany(usize),
    /// A row that cannot be right.
    #[error("row {row} (class {class:?}, condition {condition:?}): {why}")]
    Row {
        /// Which row, from 1.
        row: usize,
        /// As written.
        class: String,
        /// As written.
        condition: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Where a limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum LimitSource {
    /// The table has a row for exactly this key.
    #[n(0)]
    LimitTable,
    /// It has none: the class table's limit of the filing condition holds.
    #[n(1)]
    ClassTable,
}

impl LimitSource {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::LimitTable => "时限表中有此类别、立案条件、区域和处置方式的专门规定",
            Self::ClassTable => "时限表中没有专门规定，按分类表中该立案条件的时限",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::LimitTable => {
                "the table of limits has a row for this class, condition, area and handling"
            }
            Self::ClassTable => {
                "the table of limits has no such row, so the class table's limit of the condition holds"
            }
        }
    }
}

/// A limit, and why it is that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LimitFound<'a> {
    /// How long.
    pub limit: Limit,
    /// Which table says so.
    pub source: LimitSource,
    /// The edition of that table.
    pub edition: &'a str,
}

/// There is no limit for a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitUnknown {
    /// The class is not in the class table.
    #[error("there is no class {0:?} in this edition of the class table; choose a minor class")]
    Class(String),
    /// The class has no such filing condition.
    #[error("class {class} has no filing condition {condition:?}; choose one of its own")]
    Condition {
        /// The class.
        class: String,
        /// As asked.
        condition: String,
    },
    /// The table of limits has no row for this way of handling, and the class table has that of ordinary handling alone.
    #[error("the table of limits has no row of {} handling for class {class}, condition {condition:?} and this area", handling_class.id())]
    Handling {
        /// The class.
        class: String,
        /// The condition.
        condition: String,
        /// As asked.
        handling_class: HandlingClass,
    },
}

impl LimitUnknown {
    /// Stable code, that of the decline a person meets.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Class(_) => "unknown_class",
            Self::Condition { .. } => "unknown_condition",
            Self::Handling { .. } => "no_limit_of_handling",
        }
    }
}

impl LimitTable {
    /// Builds a table.
    ///
    /// # Errors
    /// No edition, no day, too many rows, or the first row that cannot be right.
    pub fn new(
        edition: String,
        effective_date: String,
        rows: Vec<LimitRow>,
    ) -> Result<Self, LimitTableError> {
        if edition.is_empty() {
            return Err(LimitTableError::NoEdition);
        }
        if !is_day(&effective_date) {
            return Err(LimitTableError::EffectiveDate(effective_date));
        }
        if rows.len() > LIMIT_ROWS_MAX {
            return Err(LimitTableError::TooMany(rows.len()));
        }
        let mut table = BTreeMap::new();
        for (index, LimitRow { key, limit }) in rows.into_iter().enumerate() {
            let (class, condition) = (key.class.clone(), key.condition.clone());
            let wrong = |why| LimitTableError::Row {
                row: index + 1,
                class: class.clone(),
                condition: condition.clone(),
                why,
            };
            if class.len() != 5 || !class.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(wrong("the class must be its code of five digits"));
            }
            if condition.is_empty() || condition.chars().count() > CODE_CHARACTERS_MAX {
                return Err(wrong("the condition must be a code of 1 to 32 characters"));
            }
            if limit.number == 0 || limit.number > LIMIT_NUMBER_MAX {
                return Err(wrong("the limit must be 1 to 100,000 units"));
            }
            if table.insert(key, limit).is_some() {
                return Err(wrong(
                    "another row has the same class, condition, area and handling",
                ));
            }
        }
        Ok(Self {
            edition,
            effective_date,
            rows: table,
        })
    }

    /// A table of rows that were checked when the edition was imported.
    pub fn of_checked(
        edition: String,
        effective_date: String,
        rows: impl IntoIterator<Item = LimitRow>,
    ) -> Self {
        let rows = rows.into_iter().map(|row| (row.key, row.limit)).collect();
        Self {
            edition,
            effective_date,
            rows,
        }
    }

    /// Reads and checks a table from JSON: `{edition, effective_date, rows: [{class, condition, area_class,
    /// handling_class, limit: {number, unit}}]}`.
    ///
    /// # Errors
    /// Unreadable text, or the first row that cannot be right.
    pub fn from_json(bytes: &[u8]) -> Result<Self, LimitTableError> {
        let file: LimitFile = serde_json::from_slice(bytes)?;
        file.try_into()
    }

    /// Name of the edition.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// First day it holds, `YYYY-MM-DD`.
    pub fn effective_date(&self) -> &str {
        &self.effective_date
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the table itself says of a key, without the fallback.
    pub fn row(&self, key: &LimitKey) -> Option<Limit> {
        self.rows.get(key).copied()
    }

    /// The limit of a key, with the fallback that this type explains. `classes` is the edition the case was filed under.
    ///
    /// # Errors
    /// The class table does not know the class or the condition, whatever the table of limits says of it; or no row is of this
    /// way of handling.
    pub fn find<'a>(
        &'a self,
        key: &LimitKey,
        classes: &'a ClassTable,
    ) -> Result<LimitFound<'a>, LimitUnknown> {
        let class = classes
            .find(&key.class)
            .ok_or_else(|| LimitUnknown::Class(key.class.clone()))?;
        let condition = class.condition(&key.condition);
        let condition = condition.ok_or_else(|| LimitUnknown::Condition {
            class: key.class.clone(),
            condition: key.condition.clone(),
        })?;
        Ok(match self.rows.get(key) {
            Some(limit) => LimitFound {
                limit: *limit,
                source: LimitSource::LimitTable,
                edition: &self.edition,
            },
            None if !key.handling_class.is_general() => {
                return Err(LimitUnknown::Handling {
                    class: key.class.clone(),
                    condition: key.condition.clone(),
                    handling_class: key.handling_class,
                });
            }
            None => LimitFound {
                limit: condition.limit,
                source: LimitSource::ClassTable,
                edition: &classes.edition,
            },
        })
    }
}

impl TryFrom<LimitFile> for LimitTable {
    type Error = LimitTableError;

    fn try_from(file: LimitFile) -> Result<Self, LimitTableError> {
        Self::new(file.edition, file.effective_date, file.rows)
    }
}

impl From<LimitTable> for LimitFile {
    fn from(table: LimitTable) -> Self {
        let rows = table.rows.into_iter();
        Self {
            edition: table.edition,
            effective_date: table.effective_date,
            rows: rows.map(|(key, limit)| LimitRow { key, limit }).collect(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::class::LimitUnit;
    use crate::tables::AreaClass;

    const CLASSES: &str = r#"{"edition":"classes","effective_date":"2025-01-01","sample":true,"classes":[
        {"code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
        "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]}]}"#;
    const ROW: &str = r#"{"class":"20115","condition":"1","area_class":1,"handling_class":"engineering",
        "limit":{"number":4,"unit":"work_hour"}}"#;

    fn read(rows: &str) -> Result<LimitTable, LimitTableError> {
        let json =
            format!(r#"{{"edition":"limits","effective_date":"2025-01-01","rows":[{rows}]}}"#);
        LimitTable::from_json(json.as_bytes())
    }

    fn key(class: &str, condition: &str, area_class: AreaClass) -> LimitKey {
        LimitKey {
            handling_class: HandlingClass::General,
            ..works(class, condition, area_class)
        }
    }

    fn works(class: &str, condition: &str, area_class: AreaClass) -> LimitKey {
        LimitKey {
            class: class.into(),
            condition: condition.into(),
            area_class,
            handling_class: HandlingClass::Engineering,
        }
    }

    #[test]
    fn a_row_wins_and_without_one_the_class_table_holds() {
        let classes = ClassTable::from_json(CLASSES.as_bytes()).unwrap();
        let table = read(ROW).unwrap();
        let found = |key: &LimitKey| table.find(key, &classes);
        let row = found(&works("20115", "1", AreaClass::First)).unwrap();
        assert_eq!((row.limit.number, row.limit.unit), (4, LimitUnit::WorkHour));
        assert_eq!(
            (row.source, row.edition),
            (LimitSource::LimitTable, "limits")
        );
        let fallback = found(&key("20115", "1", AreaClass::Second)).unwrap();
        assert_eq!(
            (fallback.limit.number, fallback.limit.unit),
            (7, LimitUnit::WorkDay)
        );
        assert_eq!(
            (fallback.source, fallback.edition),
            (LimitSource::ClassTable, "classes")
        );
        let of_works = found(&works("20115", "1", AreaClass::Second)).unwrap_err();
        assert_eq!(of_works.code(), "no_limit_of_handling");
        assert!(of_works.to_string().contains("engineering"), "{of_works}");
        assert_eq!(
            found(&key("20116", "1", AreaClass::First))
                .unwrap_err()
                .code(),
            "unknown_class"
        );
        assert_eq!(
            found(&key("20115", "2", AreaClass::First))
                .unwrap_err()
                .code(),
            "unknown_condition"
        );
    }

    #[test]
    fn a_table_is_written_as_it_is_read() {
        let table = read(ROW).unwrap();
        let json = serde_json::to_vec(&table).unwrap();
        assert_eq!(LimitTable::from_json(&json).unwrap(), table);
        assert_eq!((table.len(), table.is_empty()), (1, false));
        assert_eq!(table.effective_date(), "2025-01-01");
    }

    #[test]
    fn the_row_that_cannot_be_right_is_named() {
        for (from, to) in [
            ("20115", "2011"),
            ("\"condition\":\"1\"", "\"condition\":\"\""),
            ("\"number\":4", "\"number\":0"),
            ("\"number\":4", "\"number\":100001"),
        ] {
            let error = read(&format!("{ROW},{}", ROW.replace(from, to))).unwrap_err();
            assert!(
                matches!(error, LimitTableError::Row { row: 2, .. }),
                "{error}"
            );
        }
        let error = read(&format!("{ROW},{ROW}")).unwrap_err();
        assert!(error.to_string().contains("another row"), "{error}");
        let error = read(&ROW.replace("\"area_class\":1", "\"area_class\":4")).unwrap_err();
        assert!(error.to_string().contains("no area class"), "{error}");
        let wrong = |edition: &str, date: &str| {
            LimitTable::new(edition.into(), date.into(), Vec::new()).unwrap_err()
        };
        assert!(matches!(
            wrong("", "2025-01-01"),
            LimitTableError::NoEdition
        ));
        assert!(matches!(
            wrong("e", "2025-1-1"),
            LimitTableError::EffectiveDate(_)
        ));
    }
}
