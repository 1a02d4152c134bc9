//! What filing fixes for the clock of a case. It stands in the ruling, so an edition that is imported later moves no deadline,
//! and a device without the tables of that day knows it as well.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::class::{ClassTable, Limit};
use crate::tables::{AreaClass, HandlingClass, LimitKey, LimitSource, LimitTable, LimitUnknown};
use crate::working_time::Hours;

/// By which limit, calendar and hours a case is measured.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct ClockTerms {
    /// The disposal limit.
    #[n(0)]
    pub limit: Limit,
    /// Which table says so.
    #[n(1)]
    pub source: LimitSource,
    /// The edition of that table.
    #[n(2)]
    pub edition: String,
    /// The kind of area it lies in; nothing where the city tells none apart.
    #[n(3)]
    pub area_class: Option<AreaClass>,
    /// How it is disposed of.
    #[n(4)]
    pub handling_class: HandlingClass,
    /// The edition of the calendar.
    #[n(5)]
    pub calendar: String,
    /// The hours of a working day.
    #[n(6)]
    pub hours: Hours,
}

/// What terms are looked up by, and where.
#[derive(Debug, Clone, Copy)]
pub struct TermsSought<'a> {
    /// The class it is filed under.
    pub class: &'a str,
    /// The filing condition.
    pub condition: &'a str,
    /// The kind of area it lies in.
    pub area_class: Option<AreaClass>,
    /// The limits in force.
    pub limits: &'a LimitTable,
    /// The class table in force.
    pub classes: &'a ClassTable,
    /// The edition of the calendar in force.
    pub calendar: &'a str,
    /// The hours in force.
    pub hours: &'a Hours,
}

impl ClockTerms {
    /// Looks terms up. Works and special ways of handling are nobody's to choose at filing yet: it is the ordinary one.
    ///
    /// # Errors
    /// The class table does not know class or condition; the judge has declined that before.
    pub fn find(sought: &TermsSought<'_>) -> Result<Self, LimitUnknown> {
        let handling_class = HandlingClass::General;
        let without = LimitTable::default();
        // Where areas are not told apart no row of the table is meant.
        let limits = sought.area_class.map_or(&without, |_| sought.limits);
        let key = LimitKey {
            class: sought.class.to_owned(),
            condition: sought.condition.to_owned(),
            area_class: sought.area_class.unwrap_or(AreaClass::First),
            handling_class,
        };
        let found = limits.find(&key, sought.classes)?;
        Ok(Self {
            limit: found.limit,
            source: found.source,
            edition: found.edition.to_owned(),
            area_class: sought.area_class,
            handling_class,
            calendar: sought.calendar.to_owned(),
            hours: sought.hours.clone(),
        })
    }

    /// Where the limit comes from, in Chinese.
    pub fn zh(&self) -> String {
        let area = self.area_class.map_or("", AreaClass::zh);
        let and = if area.is_empty() { "" } else { "、" };
        format!(
            "时限依据：{}（版本 {}；{area}{and}{}）。",
            self.source.zh(),
            self.edition,
            self.handling_class.zh()
        )
    }

    /// Where the limit comes from, in English.
    pub fn en(&self) -> String {
        let area = match self.area_class {
            Some(class) => format!("area class {}, ", class.id()),
            None => String::new(),
        };
        format!(
            "The limit: {} (edition {}; {area}{} handling).",
            self.source.en(),
            self.edition,
            self.handling_class.id()
        )
    }
}
