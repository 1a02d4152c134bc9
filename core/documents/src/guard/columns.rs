//! Measures the columns run by run: how many rows each claims, and whether they
//! agree. Nothing is allocated and nothing is repeated, so a run of twenty
//! million costs what a run of two costs.

use super::{GuardError, KEY_BYTES_MAX, OPS_PER_CHANGE_MAX, PREDECESSORS_PER_CHANGE_MAX};
use crate::change_parts::{ChangeParts, ColumnSpec};
use crate::operations::{BooleanRuns, Cell, ColumnFault, Run, Runs, meta_length};

/// How many rows a column may claim, and the refusal beyond it.
#[derive(Clone, Copy)]
struct Limit {
    rows: u64,
    refusal: fn(ColumnSpec) -> GuardError,
}

const OPERATIONS: Limit = Limit {
    rows: OPS_PER_CHANGE_MAX as u64,
    refusal: |column| GuardError::TooManyOperations { column },
};

const PREDECESSORS: Limit = Limit {
    rows: PREDECESSORS_PER_CHANGE_MAX as u64,
    refusal: |column| GuardError::TooManyPredecessors { column },
};

/// What a column was found to hold.
#[derive(Default)]
struct Measure {
    rows: u64,
    nulls: u64,
}

impl Measure {
    fn add(&mut self, count: u64, column: ColumnSpec, limit: Limit) -> Result<(), GuardError> {
        // Both sides are checked below the limit, so the sum cannot overflow.
        if count > limit.rows || self.rows + count > limit.rows {
            return Err((limit.refusal)(column));
        }
        self.rows += count;
        Ok(())
    }
}

/// Goes over the runs of a column; `look` sees each run's count and value.
fn measure_column<'a, C: Cell<'a>>(
    parts: &ChangeParts<'a>,
    column: ColumnSpec,
    limit: Limit,
    mut look: impl FnMut(u64, C) -> Result<(), GuardError>,
) -> Result<Measure, GuardError> {
    let mut runs = Runs::<C>::new(parts.column(column));
    let mut measure = Measure::default();
    while let Some(run) = runs.next().map_err(|fault| fault.at(column))? {
        match run {
            Run::Null(count) => {
                measure.add(count, column, limit)?;
                measure.nulls += count;
            }
            Run::Repeat(count, value) => {
                measure.add(count, column, limit)?;
                look(count, value)?;
            }
            Run::Literal(value) => {
                measure.add(1, column, limit)?;
                look(1, value)?;
            }
        }
    }
    Ok(measure)
}

/// Checks that a column has a value in each of `expected` rows.
fn full(column: ColumnSpec, measure: &Measure, expected: u64) -> Result<(), GuardError> {
    if measure.nulls > 0 {
        return Err(ColumnFault::Null.at(column).into());
    }
    same_rows(column, measure.rows, expected)
}

fn same_rows(column: ColumnSpec, found: u64, expected: u64) -> Result<(), GuardError> {
    if found == expected {
        Ok(())
    } else {
        Err(GuardError::RowCount {
            column,
            expected,
            found,
        })
    }
}

/// Measures a column that is left out when it holds only nulls.
fn nullable<'a, C: Cell<'a>>(
    parts: &ChangeParts<'a>,
    column: ColumnSpec,
    expected: u64,
    look: impl FnMut(u64, C) -> Result<(), GuardError>,
) -> Result<(), GuardError> {
    if parts.column(column).is_empty() {
        return Ok(());
    }
    let measure = measure_column(parts, column, OPERATIONS, look)?;
    same_rows(column, measure.rows, expected)?;
    if measure.nulls == measure.rows {
        return Err(GuardError::OnlyNulls { column });
    }
    Ok(())
}

/// How many operations the change holds, once all columns agree on it.
pub(super) fn measure(parts: &ChangeParts<'_>) -> Result<usize, GuardError> {
    let action = measure_column::<u64>(parts, ColumnSpec::ACTION, OPERATIONS, ignore)?;
    let rows = action.rows;
    full(ColumnSpec::ACTION, &action, rows)?;
    nullable::<u64>(parts, ColumnSpec::OBJECT_ACTOR, rows, ignore)?;
    nullable::<u64>(parts, ColumnSpec::OBJECT_COUNTER, rows, ignore)?;
    nullable::<u64>(parts, ColumnSpec::KEY_ACTOR, rows, ignore)?;
    nullable::<i64>(parts, ColumnSpec::KEY_COUNTER, rows, ignore)?;
    nullable::<&str>(parts, ColumnSpec::KEY_TEXT, rows, |_, key| key_length(key))?;
    measure_insert(parts, rows)?;
    measure_values(parts, rows)?;
    measure_predecessors(parts, rows)?;
    // At most OPS_PER_CHANGE_MAX by now.
    usize::try_from(rows).map_err(|_| GuardError::TooManyOperations {
        column: ColumnSpec::ACTION,
    })
}

fn ignore<C>(_count: u64, _value: C) -> Result<(), GuardError> {
    Ok(())
}

fn key_length(key: &str) -> Result<(), GuardError> {
    let bytes = key.len();
    if bytes == 0 || bytes > KEY_BYTES_MAX {
        return Err(GuardError::KeyLength { bytes });
    }
    Ok(())
}

fn measure_insert(parts: &ChangeParts<'_>, expected: u64) -> Result<(), GuardError> {
    let column = ColumnSpec::INSERT;
    let mut runs = BooleanRuns::new(parts.column(column));
    let mut measure = Measure::default();
    while let Some((count, _)) = runs.next().map_err(|fault| fault.at(column))? {
        measure.add(count, column, OPERATIONS)?;
    }
    same_rows(column, measure.rows, expected)
}

fn measure_values(parts: &ChangeParts<'_>, expected: u64) -> Result<(), GuardError> {
    let column = ColumnSpec::VALUE_META;
    let present = parts.column(ColumnSpec::VALUE).len() as u64;
    let mut claimed = 0u64;
    let measure = measure_column::<u64>(parts, column, OPERATIONS, |count, meta| {
        claimed = meta_length(meta)
            .saturating_mul(count)
            .saturating_add(claimed);
        Ok(())
    })?;
    full(column, &measure, expected)?;
    if claimed != present {
        return Err(GuardError::ValueBytes { claimed, present });
    }
    Ok(())
}

fn measure_predecessors(parts: &ChangeParts<'_>, expected: u64) -> Result<(), GuardError> {
    let column = ColumnSpec::PREDECESSOR_COUNT;
    let mut claimed = 0u64;
    let measure = measure_column::<u64>(parts, column, OPERATIONS, |count, predecessors| {
        claimed = predecessors.saturating_mul(count).saturating_add(claimed);
        if claimed > PREDECESSORS.rows {
            return Err((PREDECESSORS.refusal)(column));
        }
        Ok(())
    })?;
    full(column, &measure, expected)?;
    let actors = measure_column::<u64>(parts, ColumnSpec::PREDECESSOR_ACTOR, PREDECESSORS, ignore)?;
    full(ColumnSpec::PREDECESSOR_ACTOR, &actors, claimed)?;
    let counters =
        measure_column::<i64>(parts, ColumnSpec::PREDECESSOR_COUNTER, PREDECESSORS, ignore)?;
    full(ColumnSpec::PREDECESSOR_COUNTER, &counters, claimed)
}
