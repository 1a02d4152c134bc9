//! SQLite runs the contract on a file and in memory, and what only a file can show.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use super::readers::READERS_MAX;
use super::*;
use xunge_domain::ids::{DocumentId, SubjectId};
use xunge_domain::private::{Erasure, ErasureCause};
use xunge_domain::time::Timestamp;

use crate::store::contract::contract;
use crate::store::rows::{FeedAppend, MetaKey};
use crate::store::{SubjectRow, WRAPPED_KEY_BYTES};

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

/// Every file of a folder, one after the other.
fn bytes_of(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}

/// Which of the keys stand somewhere in the files.
fn found(folder: &Path, keys: &[[u8; WRAPPED_KEY_BYTES]]) -> Vec<usize> {
    let bytes = bytes_of(folder);
    let windows: std::collections::HashSet<&[u8]> = bytes.windows(16).collect();
    let parts = |key: &[u8; WRAPPED_KEY_BYTES]| key.chunks(16).any(|part| windows.contains(part));
    (0..keys.len())
        .filter(|index| parts(&keys[*index]))
        .collect()
}

#[test]
fn of_an_erased_subject_no_part_of_its_key_is_left_in_any_file() {
    const SUBJECTS: u16 = 600;
    let (folder, store) = on_a_file();
    let held: &dyn HubStore = &store;
    let key = |number: u16| {
        let part = |index: u8| {
            let mut bytes = *xunge_domain::ids::Digest::of(&number.to_be_bytes()).as_bytes();
            bytes[0] = index;
            bytes
        };
        let mut key = [0; WRAPPED_KEY_BYTES];
        key[..32].copy_from_slice(&part(0));
        key[32..].copy_from_slice(&part(1)[..16]);
        key
    };
    let id = |number: u16| {
        let digest =
            xunge_domain::ids::Digest::of(&[1, number.to_be_bytes()[0], number.to_be_bytes()[1]]);
        SubjectId::from_slice(&digest.as_bytes()[..16]).unwrap()
    };
    for number in 0..SUBJECTS {
        let subject = SubjectRow {
            id: id(number),
            document: DocumentId::from_bytes([1; 16]),
            created_at: Timestamp::from_millis(i64::from(number)),
            retain_until: Timestamp::from_millis(0),
            erased: None,
        };
        held.writing(|write| write.add_subject(&subject, &key(number)))
            .unwrap();
    }
    let keys: Vec<_> = (0..SUBJECTS).map(key).collect();
    assert_eq!(found(folder.path(), &keys).len(), keys.len());
    // Out of order, each in a commit of its own; every fifth stays.
    let erased = (0..SUBJECTS).map(|number| number * 7 % SUBJECTS);
    for number in erased.filter(|number| number % 5 != 0) {
        let erasure = Erasure {
            at: Timestamp::from_millis(1),
            cause: ErasureCause::Asked,
            reason: "本人要求".repeat(usize::from(number % 9)),
        };
        let done = held.writing(|write| write.erase_subject(&id(number), &erasure));
        assert!(done.unwrap(), "{number}");
    }
    held.scrub().unwrap();
    let left = found(folder.path(), &keys);
    assert!(left.iter().all(|index| index % 5 == 0), "{left:?}");
    assert_eq!(left.len(), keys.len() / 5, "and the others are there");
}

#[test]
fn what_somebody_still_reads_is_scrubbed_later() {
    let (folder, store) = on_a_file();
    let held: &dyn HubStore = &store;
    held.writing(|write| write.put_meta_number(MetaKey::Epoch, 7))
        .unwrap();
    let reader = Connection::open(folder.path().join("xunge.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM meta").unwrap();
    held.writing(|write| write.put_meta_number(MetaKey::Epoch, 8))
        .unwrap();
    store.writer().busy_timeout(Duration::ZERO).unwrap();
    assert!(matches!(held.scrub(), Err(StoreError::Busy)));
    reader.execute_batch("COMMIT").unwrap();
    held.scrub().unwrap();
    let log = folder.path().join("xunge.db-wal");
    assert_eq!(std::fs::metadata(log).unwrap().len(), 0);
}
