//! A file that is not what it should be is refused, and stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use xunge_store::{BlobKind, CaseFilter, NewBlob, OpenStoreError, Store};

use crate::support::{document, write_all_tables};

fn filled(folder: &Path) -> PathBuf {
    let mut store = Store::open(folder).unwrap();
    store.transaction(write_all_tables).unwrap();
    folder.join("xunge.db")
}

fn assert_damaged(folder: &Path) {
    let database = folder.join("xunge.db");
    let before = fs::read(&database).unwrap_or_default();
    let error = Store::open(folder).err().expect("refused");
    assert!(matches!(error, OpenStoreError::Damaged { .. }), "{error}");
    assert_eq!(error.code(), "store_damaged");
    assert!(error.text().zh.contains("没有删除"));
    assert_eq!(
        fs::read(&database).unwrap_or_default(),
        before,
        "not touched"
    );
}

#[test]
fn a_garbage_header_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = filled(folder.path());
    let mut bytes = fs::read(&database).unwrap();
    bytes[..100].fill(0xa5);
    fs::write(&database, bytes).unwrap();
    assert_damaged(folder.path());
}

#[test]
fn a_file_cut_short_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = filled(folder.path());
    let bytes = fs::read(&database).unwrap();
    fs::write(&database, &bytes[..bytes.len() / 2]).unwrap();
    assert_damaged(folder.path());
}

#[test]
fn an_emptied_or_missing_database_beside_photos_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = filled(folder.path());
    fs::write(&database, b"").unwrap();
    assert_damaged(folder.path());
    fs::remove_file(&database).unwrap();
    assert_damaged(folder.path());
    assert!(!database.exists(), "no new database hides the loss");
}

#[test]
fn an_empty_file_without_photos_is_an_interrupted_first_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("xunge.db"), b"").unwrap();
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn a_database_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = Connection::open(folder.path().join("xunge.db")).unwrap();
    other.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(other);
    assert_damaged(folder.path());
}

#[test]
fn damage_inside_is_found_on_reading_and_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let database = filled(folder.path());
    let mut bytes = fs::read(&database).unwrap();
    // Every page but the first, which holds the schema.
    bytes[4096..].fill(0xa5);
    fs::write(&database, &bytes).unwrap();
    match Store::open(folder.path()) {
        Err(error) => assert_eq!(error.code(), "store_damaged"),
        Ok(store) => {
            assert_eq!(store.check().unwrap_err().code(), "store_damaged");
            let error = store
                .read(|reader| reader.load_document(document(1)))
                .unwrap_err();
            assert_eq!(error.code(), "store_damaged");
        }
    }
    assert_eq!(fs::metadata(&database).unwrap().len(), bytes.len() as u64);
}

#[test]
fn a_value_nobody_wrote_is_damage_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let database = filled(folder.path());
    let connection = Connection::open(&database).unwrap();
    connection
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON;
             UPDATE change SET state = 77;
             UPDATE intent SET state = -5;
             UPDATE case_row SET severity = 'purple';
             UPDATE session SET token = x'00';
             UPDATE blob SET length = -1;",
        )
        .unwrap();
    drop(connection);
    let mut store = Store::open(folder.path()).unwrap();
    let code = |answer: Result<(), xunge_store::StoreError>| answer.unwrap_err().code();
    let of = document(1);
    assert_eq!(
        code(store.read(|r| r.all_changes(of).map(drop))),
        "store_damaged"
    );
    assert_eq!(
        code(store.read(|r| r.intents_of_document(of).map(drop))),
        "store_damaged"
    );
    assert_eq!(
        code(store.read(|r| r.case_page(CaseFilter::All, None, 9).map(drop))),
        "store_damaged"
    );
    assert_eq!(code(store.read(|r| r.session().map(drop))), "store_damaged");
    assert_eq!(
        code(store.read(|r| r.blobs_of(of).map(drop))),
        "store_damaged"
    );
    // What is whole goes on working.
    let photo = NewBlob {
        document: document(2),
        kind: BlobKind::Original,
    };
    assert!(store.transaction(|tx| tx.put_blob(&photo, b"new")).is_ok());
}
