//! What filing fixes for the clock of a case. It stands in the ruling, so an edition that is imported later moves no deadline,
//! and a device without the tables of that day knows it as well.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::class::{ClassTable, Limit};
use crate::tables::{AreaClass, HandlingClass, LimitKey, LimitSource, LimitTable, LimitUnknown};
use crate::working_time::{ClockLimit, Hours, HoursSource, HoursTerms};

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
    /// The hours of a working day, until somebody with other ones has the case.
    #[n(6)]
    pub hours: Hours,
    /// Where the hours come from; nothing where the city has no table of hours: they are the ordinary ones.
    #[cbor(n(7), default, skip_if = "Option::is_none")]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hours_source: Option<HoursSource>,
}

/// What a filing asks for.
#[derive(Debug, Clone, Copy)]
pub struct FilingSought<'a> {
    /// The class it is filed under.
    pub class: &'a str,
    /// The filing condition.
    pub condition: &'a str,
    /// How it is disposed of.
    pub handling_class: HandlingClass,
}

/// What terms are looked up by, and where.
#[derive(Debug, Clone, Copy)]
pub struct TermsSought<'a> {
    /// What is asked for.
    pub filing: FilingSought<'a>,
    /// The kind of area it lies in.
    pub area_class: Option<AreaClass>,
    /// The limits in force.
    pub limits: &'a LimitTable,
    /// The class table in force.
    pub classes: &'a ClassTable,
    /// The edition of the calendar in force.
    pub calendar: &'a str,
    /// The hours of the city's centre; nothing where it has no table of hours.
    pub hours: Option<&'a HoursTerms>,
}

impl ClockTerms {
    /// Looks terms up.
    ///
    /// # Errors
    /// No limit is known for this way of handling; or the class table does not know class or condition, which the judge has
    /// declined before.
    pub fn find(sought: &TermsSought<'_>) -> Result<Self, LimitUnknown> {
        let without = LimitTable::default();
        // Where areas are not told apart no row of the table is meant.
        let limits = sought.area_class.map_or(&without, |_| sought.limits);
        let FilingSought {
            class,
            condition,
            handling_class,
        } = sought.filing;
        let key = LimitKey {
            class: class.to_owned(),
            condition: condition.to_owned(),
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
            hours: sought
                .hours
                .map_or_else(Hours::ordinary, |terms| terms.hours.clone()),
            hours_source: sought.hours.map(|terms| terms.source.clone()),
        })
    }

    /// The hours as terms; nothing where the city had no table of hours.
    pub(super) fn hours_terms(&self) -> Option<HoursTerms> {
        self.hours_source.clone().map(|source| HoursTerms {
            hours: self.hours.clone(),
            source,
        })
    }

    /// Where the hours come from, for a limit that they matter to.
    fn hours_that_matter(&self) -> Option<&HoursSource> {
        let source = self.hours_source.as_ref()?;
        ClockLimit::from(self.limit)
            .needs_calendar()
            .then_some(source)
    }

    /// Where the limit and the hours come from, in Chinese.
    pub fn zh(&self) -> String {
        let area = self.area_class.map_or("", AreaClass::zh);
        let and = if area.is_empty() { "" } else { "、" };
        let mut text = format!(
            "时限依据：{}（版本 {}；{area}{and}{}）。",
            self.source.zh(),
            self.edition,
            self.handling_class.zh()
        );
        if let Some(source) = self.hours_that_matter() {
            text += &format!("立案时的工作时间依据：{}。", source.zh());
        }
        text
    }

    /// Where the limit and the hours come from, in English.
    pub fn en(&self) -> String {
        let area = match self.area_class {
            Some(class) => format!("area class {}, ", class.id()),
            None => String::new(),
        };
        let mut text = format!(
            "The limit: {} (edition {}; {area}{} handling).",
            self.source.en(),
            self.edition,
            self.handling_class.id()
        );
        if let Some(source) = self.hours_that_matter() {
            text += &format!(" The hours at filing: {}.", source.en());
        }
        text
    }
}
