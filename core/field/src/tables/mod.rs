//! The tables of the city that the hub gave, kept in memory while the app is open: the first at enrolment, all of them by errands,
//! which keep them fresh.

pub(crate) mod ask;
pub(crate) mod bodies;
pub(crate) mod classes;
mod kept;
pub(crate) mod nearest;
pub(crate) mod phrases;
pub(crate) mod show;

use minicbor::{Decode, Encode};
use xunge_domain::case::{Case, JudgeContext, Standing};
use xunge_domain::class::{ClassTable, Limit};
use xunge_domain::component::ComponentIndex;
use xunge_domain::grid::{GridIndex, UnitGrid};
use xunge_domain::ids::OrganisationId;
use xunge_domain::person::{Organisation, Person};
use xunge_domain::tables::{CalendarDay, HoursTable, Phrase, TableKind};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, due};
use xunge_store::{Reader, Tx};

use crate::error::FieldError;

const CLASSES: &str = "class_table";
const GRIDS: &str = "unit_grids";
const ORGANISATIONS: &str = "organisations";

/// What this device knows of the city.
pub(crate) struct Tables {
    pub(crate) classes: ClassTable,
    pub(crate) grids: GridIndex,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) components: ComponentIndex,
    pub(crate) phrases: Vec<Phrase>,
    /// The working calendar that the server counts with; nothing before it came.
    pub(crate) calendar: Option<Calendar>,
    /// The hours of bodies and seasons; those of a case stand in its rulings.
    pub(crate) hours: HoursTable,
}

impl Tables {
    pub(crate) fn save(
        tx: &Tx<'_>,
        classes: &ClassTable,
        grids: &[UnitGrid],
        organisations: &[Organisation],
    ) -> Result<(), FieldError> {
        tx.set_setting(CLASSES, &encode(classes))?;
        tx.set_setting(ORGANISATIONS, &encode(organisations))?;
        Self::save_grids(tx, grids)
    }

    /// The unit grids alone, when the beats changed.
    pub(crate) fn save_grids(tx: &Tx<'_>, grids: &[UnitGrid]) -> Result<(), FieldError> {
        Ok(tx.set_setting(GRIDS, &encode(grids))?)
    }

    pub(crate) fn load(reader: &Reader<'_>) -> Result<Self, FieldError> {
        let grids: Vec<UnitGrid> = read(reader, GRIDS)?;
        Ok(Self {
            classes: read(reader, CLASSES)?,
            grids: GridIndex::new(grids).map_err(|_| FieldError::Invalid { what: "unit grids" })?,
            organisations: read(reader, ORGANISATIONS)?,
            components: ComponentIndex::new(values(reader, TableKind::Components)?),
            phrases: values(reader, TableKind::Phrases)?,
            calendar: calendar(reader)?,
            hours: hours(reader)?,
        })
    }

    /// The judge's view on this device: it knows its own person, and takes other people at their word.
    pub(crate) fn with_context<Answer>(
        &self,
        me: &Person,
        work: impl FnOnce(&JudgeContext<'_>) -> Answer,
    ) -> Answer {
        work(&JudgeContext {
            classes: &self.classes,
            grids: &self.grids,
            person: &|id| (*id == me.id).then(|| me.clone()),
            organisation_exists: &|id| {
                self.organisations
                    .iter()
                    .any(|organisation| organisation.id == *id)
            },
            stored: &|_| true,
            case_exists: &|_| true,
        })
    }

    /// The edition of the calendar.
    pub(crate) fn calendar_edition(&self) -> Option<String> {
        let calendar = self.calendar.as_ref();
        calendar.map(|calendar| calendar.edition().to_owned())
    }

    /// When a limit from an instant is due in the hours of the city's centre on that day, as the server says it; nothing without a
    /// calendar of that year.
    pub(crate) fn due_at(&self, limit: Limit, from: Timestamp) -> Option<Timestamp> {
        due(
            from,
            limit,
            self.calendar.as_ref()?,
            &self.hours.of_city(from),
        )
        .ok()
    }

    /// What a body is called here; its id where it is not known.
    pub(crate) fn body_name(&self, id: &OrganisationId) -> String {
        let mut bodies = self.organisations.iter();
        let body = bodies.find(|body| body.id == *id);
        body.map_or_else(|| id.to_string(), |body| body.name.clone())
    }

    /// The Chinese name of the class that holds.
    pub(crate) fn class_name(&self, case: &Case, standing: &Standing) -> String {
        self.name_of_class(standing.class(&case.facts).unwrap_or_default())
    }

    /// The Chinese name of a class by its code.
    pub(crate) fn name_of_class(&self, code: &str) -> String {
        self.classes
            .find(code)
            .map_or_else(|| code.to_owned(), |class| class.zh.clone())
    }
}

/// The calendar of the rows here. Rows that make none must not keep the app from opening.
fn calendar(reader: &Reader<'_>) -> Result<Option<Calendar>, FieldError> {
    let kept = kept::kept(reader, TableKind::Holidays)?;
    Ok(kept.and_then(|table| {
        let days: Vec<CalendarDay> = table.values();
        Calendar::of_days(&table.edition, &days).ok()
    }))
}

/// The table of hours; none where the city has none.
fn hours(reader: &Reader<'_>) -> Result<HoursTable, FieldError> {
    let kept = kept::kept(reader, TableKind::Hours)?;
    Ok(kept.map_or_else(HoursTable::default, |table| {
        HoursTable::of_checked(table.edition.clone(), table.values())
    }))
}

/// What the rows of a table say; nothing where none came yet.
fn values<Value>(reader: &Reader<'_>, kind: TableKind) -> Result<Vec<Value>, FieldError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    let kept = kept::kept(reader, kind)?;
    Ok(kept.map(|table| table.values()).unwrap_or_default())
}

fn read<Value>(reader: &Reader<'_>, key: &'static str) -> Result<Value, FieldError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    let bytes = reader.setting(key)?.ok_or(FieldError::NotEnrolled)?;
    minicbor::decode(&bytes).map_err(|_| FieldError::Invalid { what: key })
}

/// CBOR of a value of ours: writing to a vector cannot fail.
pub(crate) fn encode(value: &(impl Encode<()> + ?Sized)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = minicbor::encode(value, &mut bytes);
    bytes
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::class::LimitUnit;
    use xunge_domain::tables::{HoursRow, Season};

    #[test]
    fn limits_of_working_time_count_in_the_centres_hours_of_the_day_they_begin() {
        let day = CalendarDay {
            date: "2025-10-01".into(),
            working: false,
            why: "National Day".into(),
        };
        let row = |season, hours: &str| HoursRow {
            organisation: None,
            season,
            hours: hours.parse().unwrap(),
        };
        let summer = Season {
            from: "07-01".into(),
            until: "08-31".into(),
        };
        let rows = [row(None, "09:00-17:00"), row(Some(summer), "07:00-12:00")];
        let tables = |hours| Tables {
            classes: ClassTable {
                edition: String::new(),
                effective_date: "2025-01-01".into(),
                sample: true,
                classes: Vec::new(),
            },
            grids: GridIndex::new(Vec::new()).unwrap(),
            organisations: Vec::new(),
            components: ComponentIndex::new(Vec::new()),
            phrases: Vec::new(),
            calendar: Calendar::of_days("2025", std::slice::from_ref(&day)).ok(),
            hours,
        };
        let due = |tables: &Tables, from: &str| {
            let limit = Limit {
                number: 1,
                unit: LimitUnit::WorkHour,
            };
            let from = Timestamp::from_local(from).unwrap();
            let due = tables.due_at(limit, from).unwrap();
            due.to_local_minute()
        };
        let city = tables(HoursTable::of_checked("e".into(), rows));
        assert_eq!(due(&city, "2025-06-30 16:30"), "2025-07-01 09:30");
        assert_eq!(due(&city, "2025-07-01 11:30"), "2025-07-02 07:30");
        let none = tables(HoursTable::default());
        assert_eq!(due(&none, "2025-06-30 17:30"), "2025-07-01 09:00");
    }
}
