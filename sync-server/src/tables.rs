//! Grids and classes, read from the store once and kept until the store says that they changed. The judge needs
//! them at every action; reading thousands of polygons each time would be the most expensive thing the hub does.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use xunge_domain::case::clock::{
    ClockTerms, FilingSought, StageLimitTerms, StageSought, StageTerms, TermsSought,
};
use xunge_domain::case::{Facts, GridAnswer};
use xunge_domain::class::{ClassTable, Limit};
use xunge_domain::grid::{GridIndex, UnitGridCode};
use xunge_domain::ids::{Digest, OrganisationId};
use xunge_domain::tables::{
    AreaClass, CalendarDay, CityGrid, HoursTable, LimitTable, LimitUnknown, StageLimitKey,
    StageLimitTable, TableKind,
};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, HoursTerms, due};

use crate::services::city_tables::places::{
    calendar_on, hours_on, limits_on, stage_limits_on, unit_grids_on,
};
use crate::store::rows::MetaKey;
use crate::store::{HubRead, HubTransaction, StoreError};

/// What the judge looks up.
pub struct Tables {
    /// All unit grids.
    pub grids: GridIndex,
    /// The class table in force. Empty before one was loaded.
    pub classes: ClassTable,
    /// The kind of area of each grid, where the city tells them apart.
    pub area_classes: BTreeMap<UnitGridCode, AreaClass>,
    /// Limits in force by area and handling class; where they say nothing, that of the filing condition holds.
    pub limits: LimitTable,
    /// What names all tables of the moment: another one as soon as any is.
    pub sum: Digest,
    /// Holidays and swapped working days of the edition in force, by date.
    pub holidays: Vec<CalendarDay>,
    /// The working calendar that they make; carried years where they say nothing.
    pub calendar: Calendar,
    /// The hours in force by body and season; ordinary ones where the city has no table.
    pub hours: HoursTable,
    /// The limits of stages in force; the sample where the city has no table.
    pub stage_limits: StageLimitTable,
    /// The day, `YYYY-MM-DD`.
    day: String,
}

impl Tables {
    /// What filing fixes for the clock of a case with these facts.
    ///
    /// # Errors
    /// Class or condition are not known, or no limit is for this way of handling.
    pub fn terms(
        &self,
        facts: &Facts,
        filing: &FilingSought<'_>,
    ) -> Result<ClockTerms, LimitUnknown> {
        let hours = self.hours_of(None, &|_| None);
        ClockTerms::find(&TermsSought {
            filing: *filing,
            area_class: self.area_class(facts),
            limits: &self.limits,
            classes: &self.classes,
            calendar: self.calendar.edition(),
            hours: hours.as_ref(),
        })
    }

    /// What a stage that begins today is measured by, of a case with these facts; nothing where no table says anything.
    /// `parent` knows what stands above a body.
    pub fn stage_terms(
        &self,
        facts: &Facts,
        sought: &StageSought<'_>,
        parent: &dyn Fn(&OrganisationId) -> Option<OrganisationId>,
    ) -> Option<StageTerms> {
        let limit = self.stage_limits.find(&StageLimitKey {
            stage: sought.stage,
            area_class: self.area_class(facts),
            handling_class: sought.handling_class,
        });
        let limit = limit.map(|limit| StageLimitTerms {
            limit,
            edition: self.stage_limits.edition().to_owned(),
        });
        StageTerms::of(limit, self.hours_of(sought.lead, parent))
    }

    fn hours_of(
        &self,
        body: Option<&OrganisationId>,
        parent: &dyn Fn(&OrganisationId) -> Option<OrganisationId>,
    ) -> Option<HoursTerms> {
        self.hours.on(body, &self.day, parent)
    }

    fn area_class(&self, facts: &Facts) -> Option<AreaClass> {
        match &facts.unit_grid {
            Some(GridAnswer::Known(code)) => self.area_classes.get(code).copied(),
            _ => None,
        }
    }

    /// When a limit from an instant is due in the hours of the city's centre on that day; `None` for a year that the calendar
    /// does not cover.
    pub fn due_at(&self, limit: Limit, from: Timestamp) -> Option<Timestamp> {
        due(from, limit, &self.calendar, &self.hours.of_city(from)).ok()
    }
}

struct Kept {
    version: i64,
    day: String,
    tables: Arc<Tables>,
}

/// The newest [`Tables`].
#[derive(Default)]
pub struct TablesCache(Mutex<Option<Kept>>);

/// `2025-06-30` in +08:00.
pub fn local_date(now: Timestamp) -> String {
    now.to_string().chars().take(10).collect()
}

impl TablesCache {
    /// The tables as of now. Reads them anew when the store's version or the day changed.
    ///
    /// # Errors
    /// The store's trouble, or tables in it that cannot be right.
    pub fn get(&self, store: &dyn HubRead, now: Timestamp) -> Result<Arc<Tables>, StoreError> {
        let version = store.meta_number(MetaKey::TablesVersion)?.unwrap_or(0);
        let day = local_date(now);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept
            .as_ref()
            .filter(|kept| kept.version == version && kept.day == day)
        {
            return Ok(Arc::clone(&kept.tables));
        }
        let grids = unit_grids_on(store, &day)?;
        let classes_of = |grid: &CityGrid| Some((grid.grid.code, grid.area_class?));
        let classes = store.class_table_on(&day)?;
        let sum = sum(store, version, &day, classes.as_ref())?;
        let (holidays, calendar) = calendar_on(store, &day)?;
        let tables = Arc::new(Tables {
            sum,
            calendar,
            hours: hours_on(store, &day)?,
            stage_limits: stage_limits_on(store, &day)?,
            day: day.clone(),
            area_classes: grids.iter().filter_map(classes_of).collect(),
            limits: limits_on(store, &day)?,
            holidays,
            grids: GridIndex::new(grids.into_iter().map(|grid| grid.grid).collect()).map_err(
                |_| StoreError::Damaged {
                    what: "unit grid table",
                },
            )?,
            classes: classes.unwrap_or_else(|| ClassTable {
                edition: String::new(),
                effective_date: day.clone(),
                sample: true,
                classes: Vec::new(),
            }),
        });
        *kept = Some(Kept {
            version,
            day,
            tables: Arc::clone(&tables),
        });
        Ok(tables)
    }
}

/// The version of the registers, and which edition of each table holds on the day.
fn sum(
    store: &dyn HubRead,
    version: i64,
    day: &str,
    classes: Option<&ClassTable>,
) -> Result<Digest, StoreError> {
    let mut bytes = version.to_be_bytes().to_vec();
    // No device and no judge reads the roster.
    let read = TableKind::ALL
        .into_iter()
        .filter(|kind| *kind != TableKind::Roster);
    for kind in read {
        let number = store
            .table_edition_on(kind, day)?
            .map_or(0, |edition| edition.number);
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    if let Some(classes) = classes {
        bytes.extend_from_slice(classes.edition.as_bytes());
    }
    Ok(Digest::of(&bytes))
}

/// Tells every cache that grids or classes changed. Belongs into the transaction that changes them.
///
/// # Errors
/// The store's trouble.
pub fn note_tables_changed(store: &mut dyn HubTransaction) -> Result<(), StoreError> {
    let version = store.meta_number(MetaKey::TablesVersion)?.unwrap_or(0);
    store.put_meta_number(MetaKey::TablesVersion, version.saturating_add(1))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::store::HubStore;
    use crate::store::contract::samples;
    use crate::store::sqlite::SqliteStore;

    #[test]
    fn a_change_is_seen_at_once_and_nothing_is_read_twice() {
        let store = SqliteStore::in_memory().unwrap();
        let store: &dyn HubStore = &store;
        let cache = TablesCache::default();
        let now = Timestamp::from_millis(1_751_252_400_000);
        let get = || store.reading(|read| cache.get(read, now)).unwrap();
        assert!(get().grids.grids().is_empty());
        store
            .writing(|write| {
                write.put_unit_grids(&[samples::unit_grid(1)])?;
                note_tables_changed(write)
            })
            .unwrap();
        let (first, second) = (get(), get());
        assert_eq!(first.grids.grids().len(), 1);
        assert!(Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn another_day_may_bring_another_edition() {
        let store = SqliteStore::in_memory().unwrap();
        let store: &dyn HubStore = &store;
        let cache = TablesCache::default();
        store
            .writing(|write| {
                write.put_class_table(&samples::class_table("old", "2025-01-01"))?;
                write.put_class_table(&samples::class_table("new", "2025-07-01"))
            })
            .unwrap();
        let edition = |text: &str| {
            let now = Timestamp::from_rfc3339(text).unwrap();
            store
                .reading(|read| cache.get(read, now))
                .unwrap()
                .classes
                .edition
                .clone()
        };
        assert_eq!(edition("2025-06-30T23:59:59+08:00"), "old");
        assert_eq!(edition("2025-07-01T00:00:00+08:00"), "new");
    }
}
