//! SQLite runs the contract on a file and in memory, and what only a file can show.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use super::readers::READERS_MAX;
use super::*;
use crate::store::contract::contract;
use crate::store::rows::MetaKey;

fn on_a_file() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("xunge.db")).unwrap();
    (folder, store)
}

contract!(file, super::on_a_file());
contract!(memory, ((), super::SqliteStore::in_memory().unwrap()));

#[test]
fn what_was_committed_is_there_after_reopening_and_the_file_is_durable() {
    let (folder, store) = on_a_file();
    let held: &dyn HubStore = &store;
    held.writing(|write| write.put_meta_number(MetaKey::Epoch, 7))
        .unwrap();
    {
        let writer = store.writer();
        let pragma = |name| writer.pragma_query_value(None, name, |row| row.get::<_, String>(0));
        assert_eq!(pragma("journal_mode").unwrap(), "wal");
        let full: i64 = writer
            .pragma_query_value(None, "synchronous", |row| row.get(0))
            .unwrap();
        assert_eq!(full, 2, "FULL");
    }
    assert!(store.integrity_problems().unwrap().is_empty());
    drop(store);
    let store = SqliteStore::open(&folder.path().join("xunge.db")).unwrap();
    let store: &dyn HubStore = &store;
    assert_eq!(store.reading(|read| read.epoch()).unwrap(), 7);
}

#[test]
fn two_processes_may_work_on_one_file() {
    let (folder, first) = on_a_file();
    let second = SqliteStore::open(&folder.path().join("xunge.db")).unwrap();
    let (first, second): (&dyn HubStore, &dyn HubStore) = (&first, &second);
    second
        .writing(|write| write.put_meta(MetaKey::PublicUrl, b"one"))
        .unwrap();
    assert_eq!(
        first
            .reading(|read| read.meta(MetaKey::PublicUrl))
            .unwrap()
            .unwrap(),
        b"one"
    );
}

#[test]
fn a_file_that_is_no_database_is_told_as_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("xunge.db");
    std::fs::write(
        &file,
        b"this is a letter, not a database, and long enough to be looked at ".repeat(20),
    )
    .unwrap();
    assert!(matches!(
        SqliteStore::open(&file),
        Err(StoreError::Damaged { .. })
    ));
    let newer = folder.path().join("newer.db");
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(
        SqliteStore::open(&newer),
        Err(StoreError::NewerSchema { found: 99, .. })
    ));
}

#[test]
fn a_full_disk_is_told_as_such_and_nothing_is_half_written() {
    let (_kept, store) = on_a_file();
    {
        let writer = store.writer();
        let pages: i64 = writer
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        writer.pragma_update(None, "max_page_count", pages).unwrap();
    }
    let held: &dyn HubStore = &store;
    let refused = held.writing(|write| {
        write.put_meta_number(MetaKey::Epoch, 7)?;
        write.put_meta(MetaKey::PublicUrl, &vec![0; 1_000_000])
    });
    assert!(matches!(refused, Err(StoreError::DiskFull)));
    assert_eq!(held.reading(|read| read.epoch()).unwrap(), 1);
}

#[test]
fn more_threads_than_readers_wait_their_turn() {
    let (_kept, store) = on_a_file();
    let store: &dyn HubStore = &store;
    std::thread::scope(|threads| {
        for _ in 0..READERS_MAX * 4 {
            threads.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(store.reading(|read| read.epoch()).unwrap(), 1);
                }
            });
        }
    });
}
