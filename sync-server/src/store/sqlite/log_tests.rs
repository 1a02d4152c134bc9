//! The log on a database that others wrote into: an older schema, an older program, a hand.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use xunge_domain::time::Timestamp;
use xunge_evidence::tree::Frontier;

use super::SqliteStore;
use crate::store::rows::AuditRow;
use crate::store::{HubStore, StoreError};

/// A database as the program left it that knew no log: without the table, and with these statements done.
fn older(statements: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("xunge.db");
    drop(SqliteStore::open(&file).unwrap());
    by_hand(
        &file,
        &format!(
            "DROP TABLE log_node; DROP TABLE record; DROP TABLE piece; DROP TABLE examination; DROP TABLE risk; \
             DROP TABLE risk_answer; DROP INDEX audit_by_time; DROP TABLE subject; DROP TABLE subject_key; \
             DROP TABLE private_record; DROP TABLE table_edition; DROP TABLE table_row; \
             DROP TABLE checkin_projection; DROP TABLE former_change; DROP TABLE text_erasure; DROP TABLE void_pack; DROP TABLE case_clock; DROP TABLE escalation; DROP TABLE task; DROP TABLE notice; \
             DROP TABLE notice_sent; DROP TABLE said_leave; DROP TABLE escalation_notice; DROP TABLE application; DROP INDEX case_projection_place; ALTER TABLE organisation DROP COLUMN party; PRAGMA user_version = 4; {statements}"
        ),
    );
    (folder, file)
}

fn by_hand(file: &std::path::Path, statements: &str) {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute_batch(statements).unwrap();
}

fn insert(seq: u64) -> String {
    format!("INSERT INTO audit VALUES ({seq}, {seq}000, 'clerk', 'login', '{{}}');")
}

fn lines(store: &SqliteStore) -> Vec<AuditRow> {
    let store: &dyn HubStore = store;
    store.reading(|read| read.audit_after(0, 100)).unwrap()
}

fn add(store: &SqliteStore) -> Result<u64, StoreError> {
    let store: &dyn HubStore = store;
    store.writing(|write| {
        let at = Timestamp::from_millis(9);
        write.append_audit(at, "clerk", "logout", &serde_json::json!({}))
    })
}

/// Every kept hash is that of the lines.
fn holds(store: &SqliteStore) {
    let lines = lines(store);
    let store: &dyn HubStore = store;
    let mut tree = Frontier::default();
    store
        .reading(|read| {
            for line in &lines {
                for (place, hash) in tree.append(line.entry().leaf()) {
                    assert_eq!(read.log_node(place)?, Some(hash), "{place:?}");
                }
            }
            assert_eq!(read.log_size()?, tree.size());
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn lines_older_than_the_log_are_entered_in_order() {
    let earlier: String = (1..=5).map(insert).collect();
    let counter = "INSERT INTO counter VALUES ('audit', 5);";
    let (_kept, file) = older(&format!("{earlier}{counter}"));
    let store = SqliteStore::open(&file).unwrap();
    assert_eq!(lines(&store).len(), 5);
    holds(&store);
    assert_eq!(add(&store).unwrap(), 6);
    holds(&store);
}

#[test]
fn where_a_line_was_missing_before_the_log_one_says_so() {
    let earlier: String = [2, 5].map(insert).concat();
    let counter = "INSERT INTO counter VALUES ('audit', 6);";
    let (_kept, file) = older(&format!("{earlier}{counter}"));
    let store = SqliteStore::open(&file).unwrap();
    let words: Vec<String> = lines(&store).into_iter().map(|line| line.what).collect();
    let (missing, login) = ("line_missing", "login");
    assert_eq!(words, [missing, login, missing, missing, login, missing]);
    holds(&store);
    assert_eq!(add(&store).unwrap(), 7, "and the log goes on");
}

#[test]
fn what_an_older_program_added_beside_is_entered_when_asked() {
    let (_kept, file) = older("");
    let store = SqliteStore::open(&file).unwrap();
    add(&store).unwrap();
    let counter = "UPDATE counter SET last = 3 WHERE name = 'audit';";
    by_hand(&file, &format!("{}{}{counter}", insert(2), insert(3)));
    let refused = add(&store);
    assert!(
        matches!(refused, Err(StoreError::Damaged { what: "log" })),
        "a log with a gap would prove nothing: {refused:?}"
    );
    let held: &dyn HubStore = &store;
    let late = |limit| held.writing(|write| write.enter_late_lines(limit)).unwrap();
    assert_eq!((late(1), late(10), late(10)), (1, 1, 0));
    holds(&store);
    assert_eq!(add(&store).unwrap(), 4);
}

#[test]
fn nothing_is_added_to_a_log_that_lacks_a_hash() {
    let (_kept, file) = older("");
    let store = SqliteStore::open(&file).unwrap();
    for _ in 0..3 {
        add(&store).unwrap();
    }
    by_hand(&file, "DELETE FROM log_node WHERE level = 1");
    assert!(matches!(
        add(&store),
        Err(StoreError::Damaged { what: "log" })
    ));
    assert_eq!(lines(&store).len(), 3, "and the line is not there either");
}
