//! The ladder of schemas: numbered steps, each in a transaction of its own, counted by `user_version`.
//!
//! A step that fails leaves the schema of the step before it, whole. A fresh store climbs the same ladder, so its
//! schema cannot differ from an upgraded one.

use rusqlite::{Connection, TransactionBehavior};

use crate::OpenStoreError;
use crate::tables::case_index;

/// The steps, in order. Released steps are never edited.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../migrations/001_first.sql"),
    include_str!("../migrations/002_pending_in_order.sql"),
    include_str!("../migrations/003_presence.sql"),
    include_str!("../migrations/004_packs.sql"),
    include_str!("../migrations/005_moments.sql"),
    include_str!("../migrations/006_carried.sql"),
    include_str!("../migrations/007_records.sql"),
    include_str!("../migrations/008_private.sql"),
    include_str!("../migrations/009_checkins.sql"),
    include_str!("../migrations/010_looks.sql"),
    include_str!("../migrations/011_many_cases.sql"),
];

/// The step that made the indexes over the list rows; what they hold SQL alone cannot make.
const INDEXED_FROM: u32 = 11;

/// Whether a schema has the indexes over the list rows.
pub(crate) const fn is_indexed(version: u32) -> bool {
    version >= INDEXED_FROM
}

/// "Xung" in the file's header: tells our store from any other SQLite file.
pub(crate) const APPLICATION_ID: i32 = 0x5875_6e67;

/// The newest schema this program knows.
pub(crate) fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Looks at a file without writing to it.
///
/// # Errors
/// Newer than this program, or no store of ours.
pub(crate) fn inspect(connection: &Connection) -> Result<(), OpenStoreError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let fresh = found == 0 && application == 0 && objects == 0;
    if !fresh && application != APPLICATION_ID {
        let what = "the file is a database of another program".to_owned();
        return Err(OpenStoreError::Damaged { what });
    }
    if found > newest() {
        let known = newest();
        return Err(OpenStoreError::Newer { found, known });
    }
    if !fresh && (found == 0 || objects == 0) {
        let what = "the database has lost its schema".to_owned();
        return Err(OpenStoreError::Damaged { what });
    }
    Ok(())
}

/// Climbs from wherever the file is to the top of `steps`.
///
/// # Errors
/// SQLite's; the steps before the failed one stay.
pub(crate) fn climb(connection: &mut Connection, steps: &[&str]) -> Result<(), OpenStoreError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: u32 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let Some(step) = usize::try_from(version)
            .ok()
            .and_then(|done| steps.get(done))
        else {
            return Ok(());
        };
        transaction.execute_batch(step)?;
        if version.saturating_add(1) == INDEXED_FROM {
            case_index::fill(&transaction)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", version.saturating_add(1))?;
        transaction.commit()?;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn version(connection: &Connection) -> u32 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT name FROM sqlite_schema ORDER BY name")
            .unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    }

    #[test]
    fn a_failing_step_leaves_the_step_before_it_whole() {
        let mut connection = Connection::open_in_memory().unwrap();
        let broken = [
            "CREATE TABLE a (x)",
            "CREATE TABLE b (x); CREATE TABLE a (x)",
        ];
        assert!(climb(&mut connection, &broken).is_err());
        assert_eq!(version(&connection), 1);
        assert_eq!(tables(&connection), ["a"]);
        climb(&mut connection, &["never run again", "CREATE TABLE b (x)"]).unwrap();
        assert_eq!(version(&connection), 2);
        assert_eq!(tables(&connection), ["a", "b"]);
    }

    #[test]
    fn climbing_at_the_top_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        climb(&mut connection, STEPS).unwrap();
        let before = tables(&connection);
        climb(&mut connection, STEPS).unwrap();
        assert_eq!(tables(&connection), before);
        assert_eq!(version(&connection), newest());
        assert!(inspect(&connection).is_ok());
    }

    #[test]
    fn lists_are_read_off_an_index_in_order() {
        let mut connection = Connection::open_in_memory().unwrap();
        climb(&mut connection, STEPS).unwrap();
        for (sql, index) in [
            (include_str!("sql/case_page.sql"), "case_row_by_time"),
            (include_str!("sql/case_page_by_end.sql"), "case_row_by_end"),
            (include_str!("sql/case_page_unsent.sql"), "case_row_unsent"),
            (include_str!("sql/cases_by_number.sql"), "PRIMARY KEY"),
            (include_str!("sql/search_cases.sql"), "case_text"),
            (include_str!("sql/draft_page.sql"), "draft_by_time"),
            (
                include_str!("sql/pending_of_document.sql"),
                "change_pending",
            ),
            (
                include_str!("sql/accepted_changes.sql"),
                "change_of_document",
            ),
            (
                include_str!("sql/pending_in_order.sql"),
                "change_pending_in_order",
            ),
            (include_str!("sql/intents_in_state.sql"), "intent_by_state"),
            (
                include_str!("sql/intents_of_document.sql"),
                "intent_of_document",
            ),
        ] {
            let mut statement = connection
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
            let rows = statement
                .query_map(rusqlite::params_from_iter(nothing), |row| {
                    row.get::<_, String>(3)
                })
                .unwrap();
            let plan: String = rows.map(Result::unwrap).collect();
            assert!(
                plan.contains(index) && (plan.contains("SEARCH") || plan.contains("COVERING")),
                "{index}: {plan}"
            );
            assert!(!plan.contains("TEMP B-TREE"), "{index}: {plan}");
        }
    }
}
