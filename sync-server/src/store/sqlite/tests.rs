//! SQLite runs the contract on a file and in memory, and what only a file can show.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use super::readers::READERS_MAX;
use super::*;
use xunge_domain::ids::DocumentId;

use crate::store::contract::contract;
use crate::store::rows::{FeedAppend, MetaKey};

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

/// Counts what [`FeedWatcher`] hears: once a commit.
#[derive(Default)]
struct Heard(std::sync::Mutex<Vec<usize>>);

impl FeedWatcher for Heard {
    fn moved(&self, scopes: BTreeSet<Scope>) {
        self.0.lock().unwrap().push(scopes.len());
    }
}

/// Three writes of which the second and third come while the first is at work, so that they share its transaction.
fn three_at_once(
    store: &SqliteStore,
    second: impl FnMut(&mut dyn HubTransaction) -> Result<(), StoreError> + Send,
) -> [Result<(), StoreError>; 3] {
    fn to_feed(write: &mut dyn HubTransaction, number: u8) -> Result<(), StoreError> {
        write
            .append_feed(&[FeedAppend {
                scope: Scope::Person(format!("worker-{number}").parse().unwrap()),
                document: DocumentId::from_bytes([number; 16]),
                from_arrival: 1,
                upto_arrival: 1,
            }])
            .map(drop)
    }
    let held: &dyn HubStore = store;
    let (begun, begins) = std::sync::mpsc::channel();
    std::thread::scope(|threads| {
        let first = threads.spawn(move || {
            let mut again = false;
            held.writing(|write| {
                let _ = begun.send(());
                while !again && store.writer.waiting() < 2 {
                    std::thread::yield_now();
                }
                again = true;
                to_feed(write, 1)
            })
        });
        begins.recv().unwrap();
        let second = threads.spawn(move || held.writing(second));
        let third = threads.spawn(move || held.writing(|write| to_feed(write, 3)));
        [first, second, third].map(|thread| thread.join().unwrap())
    })
}

fn heads(store: &SqliteStore) -> [u64; 2] {
    let store: &dyn HubStore = store;
    [1, 3].map(|number| {
        let scope = Scope::Person(format!("worker-{number}").parse().unwrap());
        store.reading(|read| read.feed_head(&scope)).unwrap()
    })
}

#[test]
fn writes_that_wait_share_a_commit_and_one_that_fails_takes_back_its_own() {
    let (_kept, store) = on_a_file();
    let heard = Arc::new(Heard::default());
    store.watch_feeds(Arc::clone(&heard) as Arc<dyn FeedWatcher>);
    let ends = three_at_once(&store, |write| {
        write.put_meta_number(MetaKey::Epoch, 7)?;
        Err(StoreError::Abandoned)
    });
    assert!(
        matches!(ends, [Ok(()), Err(StoreError::Abandoned), Ok(())]),
        "{ends:?}"
    );
    assert_eq!(heads(&store), [1, 1]);
    let held: &dyn HubStore = &store;
    assert_eq!(held.reading(|read| read.epoch()).unwrap(), 1);
    assert_eq!(*heard.0.lock().unwrap(), [2], "one commit for both");
}

#[test]
fn a_write_that_fills_the_disk_is_no_trouble_of_those_beside_it() {
    let (_kept, store) = on_a_file();
    {
        let writer = store.writer();
        let pages: i64 = writer
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        writer
            .pragma_update(None, "max_page_count", pages + 4)
            .unwrap();
    }
    let ends = three_at_once(&store, |write| {
        write.put_meta(MetaKey::PublicUrl, &vec![0; 1_000_000])
    });
    assert!(
        matches!(ends, [Ok(()), Err(StoreError::DiskFull), Ok(())]),
        "{ends:?}"
    );
    assert_eq!(heads(&store), [1, 1]);
}

#[test]
fn a_panic_comes_through_and_leaves_nothing() {
    let (_kept, store) = on_a_file();
    let held: &dyn HubStore = &store;
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        held.writing(|write| -> Result<(), StoreError> {
            write.put_meta_number(MetaKey::Epoch, 7)?;
            panic!("planted")
        })
    }));
    assert!(panicked.is_err());
    held.writing(|write| write.put_meta(MetaKey::PublicUrl, b"one"))
        .unwrap();
    assert_eq!(held.reading(|read| read.epoch()).unwrap(), 1);
}
