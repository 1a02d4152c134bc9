//! Whose hours count: each body may have its own, from a day on. Data with an edition.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::ids::OrganisationId;

/// Hours that hold from a day on, until the next of the same body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedHours {
    /// First day they hold, `YYYY-MM-DD`.
    pub effective_date: String,
    /// The hours of every working day.
    pub hours: Hours,
}

/// The hours of a city's bodies.
///
/// A clock keeps the hours that held on the day of its start: a change of hours moves no deadline that was given. So summer
/// hours are one more entry each year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentHours {
    /// Name of the edition.
    pub edition: String,
    /// The hours of every body without an entry. At least one.
    pub city: Vec<DatedHours>,
    /// The hours of bodies that differ.
    #[serde(default)]
    pub departments: BTreeMap<OrganisationId, Vec<DatedHours>>,
}

/// What is wrong with such a table.
#[derive(Debug, thiserror::Error)]
pub enum DepartmentHoursError {
    /// Not the JSON this type describes; hours that make no sense are named.
    #[error("the table of hours is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An edition without a name.
    #[error("the table of hours has no edition; give it a name")]
    NoEdition,
    /// Nothing for the bodies without an entry.
    #[error("the table of hours has no hours of the city; at least one entry is needed")]
    NoCity,
    /// An entry that cannot be right.
    #[error("the hours of {of} from {effective_date:?}: {why}")]
    Entry {
        /// The body, or `city`.
        of: String,
        /// As written.
        effective_date: String,
        /// What is wrong.
        why: &'static str,
    },
}

impl DepartmentHours {
    /// Reads and checks a table from JSON.
    ///
    /// # Errors
    /// Unreadable text, or the first entry that cannot be right.
    pub fn from_json(bytes: &[u8]) -> Result<Self, DepartmentHoursError> {
        let table: Self = serde_json::from_slice(bytes)?;
        if table.edition.is_empty() {
            return Err(DepartmentHoursError::NoEdition);
        }
        if table.city.is_empty() {
            return Err(DepartmentHoursError::NoCity);
        }
        check("city", &table.city)?;
        for (organisation, hours) in &table.departments {
            check(organisation.as_str(), hours)?;
        }
        Ok(table)
    }

    /// The hours of a body on a day: its own newest that hold, else the city's. `None` before the first of both.
    pub fn on(&self, organisation: Option<&OrganisationId>, date: Date) -> Option<&Hours> {
        let day = date.to_string();
        let own = organisation.and_then(|id| self.departments.get(id));
        own.and_then(|own| newest(own, &day))
            .or_else(|| newest(&self.city, &day))
    }
}

fn newest<'a>(hours: &'a [DatedHours], day: &str) -> Option<&'a Hours> {
    hours
        .iter()
        .filter(|entry| entry.effective_date.as_str() <= day)
        .max_by_key(|entry| entry.effective_date.as_str())
        .map(|entry| &entry.hours)
}

fn check(of: &str, hours: &[DatedHours]) -> Result<(), DepartmentHoursError> {
    let mut days = BTreeSet::new();
    for entry in hours {
        let date = &entry.effective_date;
        let wrong = |why| {
            Err(DepartmentHoursError::Entry {
                of: of.to_owned(),
                effective_date: date.clone(),
                why,
            })
        };
        if date.len() != 10 || date.parse::<Date>().is_err() {
            return wrong("the effective date is no day; write YYYY-MM-DD");
        }
        if !days.insert(date) {
            return wrong("another entry holds from the same day");
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    const TABLE: &str = r#"{"edition":"e","city":[
        {"effective_date":"2025-01-01","hours":"08:30-12:00,14:00-18:00"},
        {"effective_date":"2025-06-01","hours":"08:30-12:00,15:00-18:30"}],
        "departments":{"sanitation":[{"effective_date":"2025-03-01","hours":"05:00-11:00"}]}}"#;

    #[test]
    fn a_body_has_its_own_hours_from_their_day_on_and_else_the_citys() {
        let table = DepartmentHours::from_json(TABLE.as_bytes()).unwrap();
        let sanitation: OrganisationId = "sanitation".parse().unwrap();
        let other: OrganisationId = "parks".parse().unwrap();
        let on = |organisation: Option<&OrganisationId>, month, day| {
            let hours = table.on(organisation, Date::constant(2025, month, day));
            hours.map(ToString::to_string)
        };
        let spring = Some("08:30-12:00,14:00-18:00".to_owned());
        let summer = Some("08:30-12:00,15:00-18:30".to_owned());
        assert_eq!(on(Some(&sanitation), 2, 28), spring);
        assert_eq!(on(Some(&sanitation), 3, 1), Some("05:00-11:00".into()));
        assert_eq!(on(Some(&other), 5, 31), spring);
        assert_eq!(on(None, 6, 1), summer);
        assert_eq!(table.on(None, Date::constant(2024, 12, 31)), None);
    }

    #[test]
    fn an_entry_that_cannot_be_right_is_named() {
        for (from, to, words) in [
            (
                "2025-03-01",
                "2025-03-32",
                "hours of sanitation from \"2025-03-32\"",
            ),
            (
                "2025-06-01",
                "2025-01-01",
                "hours of city from \"2025-01-01\"",
            ),
            ("05:00-11:00", "11:00-05:00", "ends no later"),
            ("\"e\"", "\"\"", "no edition"),
            ("departments", "department", "unknown field"),
        ] {
            let error = DepartmentHours::from_json(TABLE.replace(from, to).as_bytes());
            let text = error.unwrap_err().to_string();
            assert!(text.contains(words), "{text}");
        }
        let empty = DepartmentHours::from_json(br#"{"edition":"e","city":[]}"#);
        assert!(matches!(empty, Err(DepartmentHoursError::NoCity)));
    }
}
