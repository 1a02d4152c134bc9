//! The ladder of schemas. A step is never edited after a release; each is one transaction; a file of a newer
//! version is left as it is and refused politely.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior};

use super::Session;
use crate::store::StoreError;

/// The steps, oldest first.
const STEPS: &[&str] = &[
    include_str!("migrations/001_hub.sql"),
    include_str!("migrations/002_blob_citations.sql"),
    include_str!("migrations/003_former_scopes.sql"),
    include_str!("migrations/004_push_parts.sql"),
    include_str!("migrations/005_log.sql"),
    include_str!("migrations/006_records.sql"),
    include_str!("migrations/007_risks.sql"),
    include_str!("migrations/008_private.sql"),
    include_str!("migrations/009_tables.sql"),
    include_str!("migrations/010_checkins.sql"),
    include_str!("migrations/011_editions.sql"),
    include_str!("migrations/012_clocks.sql"),
    include_str!("migrations/013_tasks.sql"),
    include_str!("migrations/014_places.sql"),
    include_str!("migrations/015_duty.sql"),
];

/// The schema with which the log begins: lines that are older are entered then.
const LOG_BEGINS: usize = 5;

/// The newest schema this program knows.
#[expect(clippy::cast_possible_wrap, reason = "a handful of steps")]
const NEWEST: i64 = STEPS.len() as i64;

/// Brings a database to the newest schema.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // Two processes may open a fresh folder at once: the version counts only inside the write transaction.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > NEWEST {
        return Err(StoreError::NewerSchema {
            found,
            known: NEWEST,
        });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for (number, step) in (1..).zip(STEPS).skip(done) {
        transaction.execute_batch(step)?;
        if number == LOG_BEGINS {
            Session(&transaction, BTreeSet::new()).enter_all()?;
        }
    }
    if found != NEWEST {
        transaction.pragma_update(None, "user_version", NEWEST)?;
    }
    Ok(transaction.commit()?)
}

/// The schema of a database; 0 for an empty file.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let first = schema(&connection);
        migrate(&mut connection).unwrap();
        assert_eq!(schema(&connection), first);
        assert_eq!(version(&connection).unwrap(), NEWEST);
    }

    #[test]
    fn a_newer_version_is_refused_and_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "user_version", NEWEST + 1)
            .unwrap();
        let refused = migrate(&mut connection);
        assert!(
            matches!(refused, Err(StoreError::NewerSchema { found, known }) if found == known + 1)
        );
        assert!(schema(&connection).is_empty());
    }

    #[test]
    fn released_steps_are_frozen() {
        use xunge_domain::ids::Digest;
        let sums: Vec<String> = STEPS
            .iter()
            .map(|step| Digest::of(step.as_bytes()).to_string())
            .collect();
        assert_eq!(sums, FROZEN, "a step was edited; write another one instead");
    }

    const FROZEN: [&str; 15] = [
        "a02afe1a3ee196eb1617e8919e6162526bea80afec1ebe4bc7014239535c54ab",
        "c05eba46035e77013b3a0f832aaa47a517661cf8c774f40ca28877419b456da7",
        "d96665625ef26fa0f593e843bc8fe3ba9b5970fdecf64ea1e728a8263049e68c",
        "dd18ea5627738b7b519247f47cf1c6c0789f58f40a70ace9ff622599a6a3e453",
        "18f241ccb2fcb552ca25603d43d4874c7bf3763ed7420c317d82dc383238405f",
        "a95d04f6cb8ef67e7feb2304e7789b3342b2e6a2a246b7b623de56aa285f7fc5",
        "672432fd84b4aa50bcf90c9e692ab5c00a8e8b66ef0444dc5e8189a10e0392d2",
        "d54a86a1d42eff3519d226ac0d3b73a934893351a4b930d7ede649650c2e7ccd",
        "3cbb321befe615cb02a03b930cbbbb581e4c7205811259dcd754e8df8eb1d3a4",
        "ac0f5e88909149a8a23494c72e37770ceefab802545c21a367d3c1aeeeef752b",
        "e78bfc2cf0bcff6adc90cf74c991261fd4a009f912b3bec4d7c910689b31cd15",
        "b91e67b01e36a2119b3f1b1a2b3d84a5b48b434ac6c39f5781272fddffc1e359",
        "f36f35f9466d360fa279322ede3457c4ed1739dbf04a89930a60fd8c65398550",
        "2db5f587d29a0fe4d45f61e673cd8a6772701552aa9bd84b5ab4018bf278aa15",
        "1929bd3074063d67d903753c27260a3fbfb6d774555b8a534b9cba359dc92747",
    ];
}
