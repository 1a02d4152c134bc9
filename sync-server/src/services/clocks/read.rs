//! How the clocks of a case stand, with the calendar that it was filed under.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};
use xunge_domain::case::clock::{
    CaseClockReading, ClockKind, ClockTables, ClockView, Delivery, FilingSought, OpenOffer,
    StageLimits, read_clocks,
};
use xunge_domain::case::{Act, Case};
use xunge_domain::ids::CaseId;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, Hours};

use crate::services::city_tables::places::calendar_named;
use crate::store::{ClockRow, EscalationRow, HubRead, StoreError, TaskRow};
use crate::tables::Tables;

/// Reads the clocks of a case. An edition of the calendar that is in force no more is read from the store; a year that it
/// does not cover comes from the one in force.
///
/// # Errors
/// The store's.
pub fn read_case_clocks(
    read: &dyn HubRead,
    tables: &Tables,
    case: &Case,
    now: Timestamp,
) -> Result<Vec<CaseClockReading>, StoreError> {
    let rulings = case.rulings.iter();
    let terms = rulings.filter_map(|ruling| ruling.entry.terms.as_ref());
    let editions: BTreeSet<&str> = terms.map(|terms| terms.calendar.as_str()).collect();
    let mut earlier = BTreeMap::new();
    for edition in editions {
        if edition == tables.calendar.edition() {
            continue;
        }
        let Some(calendar) = calendar_named(read, edition)? else {
            continue;
        };
        // Too many days for one calendar: then each year is of the edition of the filing or missing.
        let completed = calendar.completed_by(&tables.calendar);
        earlier.insert(edition.to_owned(), completed.unwrap_or(calendar));
    }
    let calendar = |edition: &str| -> Option<&Calendar> {
        if edition == tables.calendar.edition() {
            Some(&tables.calendar)
        } else {
            earlier.get(edition)
        }
    };
    let sent = |action: &Act| matches!(action, Act::SendVerify { .. });
    let offers = if case.actions.iter().any(|action| sent(&action.entry.act)) {
        read.tasks_of_case(&case.id)?
    } else {
        Vec::new()
    };
    let delivered = |offer: &OpenOffer| {
        let row = offers.iter().find(|row| row.key.send == offer.send);
        let delivery = |row: &TaskRow| row.delivered_at.map_or(Delivery::Never, Delivery::At);
        // A hub that kept no ledger counted from the sending.
        Some(row.map_or(Delivery::At(offer.sent_at), delivery))
    };
    // What a ruling does not say was counted so before there were tables of it, and stays so.
    let (hours, stages) = (Hours::ordinary(), StageLimits::default());
    let tables = ClockTables {
        calendar: &calendar,
        calendar_now: Some(&tables.calendar),
        hours: &hours,
        stages: &stages,
        terms_now: &|filing| {
            let class = filing.class.as_deref().or(case.facts.class.as_deref())?;
            let filing = FilingSought {
                class,
                condition: &filing.condition,
                handling_class: filing.handling_class,
            };
            tables.terms(&case.facts, &filing).ok()
        },
        delivered: &delivered,
    };
    Ok(read_clocks(case, &tables, now))
}

/// Clocks as the API shows them.
pub fn clocks_json(clocks: &[CaseClockReading]) -> Value {
    let views: Vec<ClockView> = clocks.iter().map(ClockView::of).collect();
    json!(views)
}

/// A level that was told, as pages and the API show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EscalationView {
    /// The line of the log that says so.
    pub line: u64,
    /// Of which clock.
    pub kind: ClockKind,
    /// The how many-th of its kind.
    pub turn: u32,
    /// 80, 100 or 200.
    pub percent: u16,
    /// What that means, in Chinese.
    pub zh: &'static str,
    /// What that means, in English.
    pub en: &'static str,
    /// When it was reached, RFC 3339.
    pub reached_at: String,
    /// When the hub told, RFC 3339.
    pub fired_at: String,
}

impl EscalationView {
    fn of(row: &EscalationRow) -> Self {
        Self {
            line: row.line,
            kind: row.clock.kind,
            turn: row.clock.turn,
            percent: row.level.percent(),
            zh: row.level.zh(),
            en: row.level.en(),
            reached_at: row.reached_at.to_string(),
            fired_at: row.fired_at.to_string(),
        }
    }
}

/// The highest level that was told of a clock, in percent.
///
/// # Errors
/// The store's.
pub fn highest_told(read: &dyn HubRead, clock: &ClockRow) -> Result<Option<u16>, StoreError> {
    let told = read.escalations(&clock.document)?.into_iter();
    let told = told.filter(|told| told.clock == clock.clock);
    Ok(told.map(|told| told.level.percent()).max())
}

/// What was told of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn escalations(read: &dyn HubRead, case: &CaseId) -> Result<Vec<EscalationView>, StoreError> {
    let rows = read.escalations(case)?;
    Ok(rows.iter().map(EscalationView::of).collect())
}
