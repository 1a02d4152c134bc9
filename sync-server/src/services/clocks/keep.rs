//! Keeping the clocks of a case beside its row, in the transaction that changes it.

use xunge_domain::case::Case;
use xunge_domain::case::clock::{CaseClockReading, listed};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::CaseId;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{ClockState, WorkingTimeError};

use super::read::read_case_clocks;
use crate::app::App;
use crate::services::documents::open;
use crate::store::{ClockRow, HubRead, HubTransaction, StoreError};
use crate::tables::Tables;

/// Cases computed in one transaction.
const PART: usize = 64;

/// Computes the clocks of a case anew and keeps them. Cost: a few microseconds and a row a clock.
///
/// # Errors
/// The store's.
pub fn keep(
    write: &mut dyn HubTransaction,
    tables: &Tables,
    case: &Case,
    now: Timestamp,
) -> Result<(), StoreError> {
    let clocks = read_case_clocks(write as &dyn HubRead, tables, case, now)?;
    let fired = write.escalations(&case.id)?;
    let shown = listed(&clocks).map(|clock| clock.id);
    let rows = clocks.iter().map(|clock| {
        let mut row = row(case.id, clock);
        row.listed = shown == Some(clock.id);
        let told = |level| {
            let mut fired = fired.iter();
            fired.any(|told| told.clock == clock.id && told.level == level)
        };
        let crossings = row.crossings.iter();
        let open = crossings.filter(|crossing| !told(crossing.level));
        row.next_at = open.map(|crossing| crossing.at).min();
        row
    });
    write.put_clocks(&case.id, &rows.collect::<Vec<_>>())
}

fn row(document: CaseId, clock: &CaseClockReading) -> ClockRow {
    let reading = clock.standing();
    let stands = reading.filter(|reading| !matches!(reading.state, ClockState::Running));
    let trouble = match &clock.reading {
        Err(trouble) => Some(trouble.code()),
        Ok((reading, _)) => reading
            .year_missing
            .map(|year| WorkingTimeError::YearMissing { year }.code()),
    };
    ClockRow {
        document,
        clock: clock.id,
        started_at: clock.started_at,
        deadline: clock.due(),
        crossings: reading.map_or_else(Vec::new, |reading| reading.crossings.clone()),
        stands_in: stands.map(|reading| reading.light),
        trouble: trouble.map(str::to_owned),
        listed: false,
        next_at: None,
    }
}

/// Computes the clocks of a case anew whose documents did not change, as when a task of it was delivered. One whose document is damaged
/// keeps those it has.
///
/// # Errors
/// The store's.
pub fn keep_again(
    app: &App,
    write: &mut dyn HubTransaction,
    id: &CaseId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let tables = app.tables.get(write as &dyn HubRead, now)?;
    keep_one(write, &tables, id, now)
}

fn keep_one(
    write: &mut dyn HubTransaction,
    tables: &Tables,
    id: &CaseId,
    now: Timestamp,
) -> Result<(), StoreError> {
    match case(write as &dyn HubRead, id) {
        Ok(Some(case)) => keep(write, tables, &case, now),
        Ok(None) => Ok(()),
        // The doctor tells of it; the others need not wait for it.
        Err(StoreError::Damaged { what }) => {
            tracing::warn!(document.id = %id, error.what = what, "the clocks of a damaged document were not computed");
            Ok(())
        }
        Err(trouble) => Err(trouble),
    }
}

/// Computes the clocks of open cases that have none, as after an update of the hub, or one that could not be computed, as
/// before the holidays of a year were imported. How many cases it looked at.
///
/// # Errors
/// The store's.
pub fn compute_missing(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let mut after = None;
    let mut looked = 0;
    loop {
        let part = app
            .store
            .reading(|read| read.cases_without_clocks(after.as_ref(), PART))?;
        let Some(last) = part.last() else {
            return Ok(looked);
        };
        app.store.writing(|write| {
            let tables = app.tables.get(write as &dyn HubRead, now)?;
            for id in &part {
                keep_one(write, &tables, id, now)?;
            }
            Ok::<_, StoreError>(())
        })?;
        after = Some(*last);
        looked += part.len();
    }
}

fn case(read: &dyn HubRead, id: &CaseId) -> Result<Option<Case>, StoreError> {
    let Some(stored) = read.document(id)? else {
        return Ok(None);
    };
    let document = open(read, id, &stored)?;
    let is_case = document.kind() == DocumentKind::Case;
    Ok(is_case.then(|| document.read(*id).case))
}
