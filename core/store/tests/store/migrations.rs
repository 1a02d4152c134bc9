//! The ladder of schemas, and the frozen stores of every released one.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use xunge_store::{CaseFilter, ChangeState, IntentState, OpenStoreError, Store};

use crate::support::{document, hash, intent, schema, session, write_all_tables};

/// A store as the first release wrote it. Frozen: never regenerated.
const V001: &str = include_str!("../../fixtures/v001.sql");

fn from_fixture(folder: &Path, sql: &str) -> PathBuf {
    let database = folder.join("xunge.db");
    let connection = Connection::open(&database).unwrap();
    connection.execute_batch(sql).unwrap();
    database
}

#[test]
fn every_frozen_store_opens_and_ends_at_the_fresh_schema() {
    let fresh = tempfile::tempdir().unwrap();
    drop(Store::open(fresh.path()).unwrap());
    let frozen = tempfile::tempdir().unwrap();
    let database = from_fixture(frozen.path(), V001);
    let store = Store::open(frozen.path()).unwrap();
    store
        .read(|reader| {
            assert_eq!(reader.session()?, Some(session(1)));
            let loaded = reader.load_document(document(1))?.expect("the document");
            assert_eq!(loaded.changes, [b"report".to_vec(), b"ruling".to_vec()]);
            assert_eq!(
                reader.change_state(document(1), hash("report"))?,
                Some(ChangeState::Pending)
            );
            assert_eq!(
                reader.intent(intent(1))?.expect("the intent").state,
                IntentState::Pending
            );
            assert_eq!(
                reader.case_row(document(1))?.expect("the row").title,
                "井盖破损"
            );
            let found = reader.search_cases("盖破", None, 9)?;
            assert_eq!(found.len(), 1, "the index was made of the rows");
            let place = found[0].place.expect("a place");
            let near = reader.nearest_cases(place, 10, CaseFilter::All, 9)?;
            assert_eq!(near, found);
            assert_eq!(reader.blobs_of(document(1))?.len(), 2);
            assert_eq!(reader.drafts(None, 9)?.len(), 1);
            assert_eq!(reader.cursors()?.len(), 1);
            assert_eq!(reader.setting("class_table")?, Some(b"classes".to_vec()));
            Ok::<_, xunge_store::StoreError>(())
        })
        .unwrap();
    drop(store);
    assert_eq!(schema(&database), schema(&fresh.path().join("xunge.db")));
}

#[test]
fn a_newer_store_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("xunge.db");
    let mut store = Store::open(folder.path()).unwrap();
    store.transaction(write_all_tables).unwrap();
    drop(store);
    // The newer version is still in the log, as a killed newer app leaves it.
    let newer = Connection::open(&database).unwrap();
    newer.execute_batch("PRAGMA user_version = 999").unwrap();
    let copy = tempfile::tempdir().unwrap();
    crate::support::copy_folder(folder.path(), copy.path());
    drop(newer);

    let files = |folder: &Path| {
        ["xunge.db", "xunge.db-wal"].map(|name| fs::read(folder.join(name)).unwrap())
    };
    let before = files(copy.path());
    assert!(!before[1].is_empty(), "a log to leave alone");
    for _ in 0..2 {
        let error = Store::open(copy.path()).err().expect("refused");
        assert!(
            matches!(
                error,
                OpenStoreError::Newer {
                    found: 999,
                    known: 11
                }
            ),
            "{error}"
        );
        assert_eq!(error.code(), "store_newer");
        assert!(error.text().next_zh.contains("升级"));
        assert!(files(copy.path()) == before, "to the byte");
    }
}

#[test]
fn the_pragmas_that_keep_promises_are_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.transaction(|tx| tx.set_setting("a", b"b")).unwrap();
    assert!(
        folder.path().join("xunge.db-wal").exists(),
        "the log is in use"
    );
    assert!(
        !folder.path().join("xunge.db-shm").exists(),
        "no mapped index"
    );
    let missing =
        store.transaction(|tx| tx.append_change(&crate::support::own_change(1, "orphan")));
    assert_eq!(missing.unwrap_err().code(), "store_not_found");
}
