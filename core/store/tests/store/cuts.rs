//! Cut between any two statements: what was committed is there, what was not is not.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use xunge_store::{MemoryMedium, OpenStoreError, Store, StoreError};

use crate::support::{
    add_document, copy_folder, document, dump, hash, own_change, write_all_tables,
};

/// More writes than `write_all_tables` takes.
const WRITES_MAX: u64 = 60;

fn committed(store: &Store) -> (bool, bool, Option<Vec<u8>>) {
    store
        .read(|reader| {
            Ok::<_, StoreError>((
                reader.document(document(1))?.is_some(),
                reader.session()?.is_some(),
                reader.setting("before")?,
            ))
        })
        .unwrap()
}

#[test]
fn power_cut_after_every_write_in_memory() {
    let mut cuts = 0;
    for writes in 0..WRITES_MAX {
        let medium = MemoryMedium::new();
        let mut store = Store::open_medium(&medium).unwrap();
        store
            .transaction(|tx| tx.set_setting("before", b"kept"))
            .unwrap();
        let counters = store.change_counters();
        medium.cut_power_after(writes);
        let outcome = store.transaction(write_all_tables);
        if outcome.is_err() {
            let error = store.read(|reader| reader.setting("before")).unwrap_err();
            assert_eq!(error.code(), "store_io", "dead until opened again");
        }
        drop(store);
        let store = Store::open_medium(&medium).unwrap();
        let whole = outcome.is_ok();
        assert_eq!(
            committed(&store),
            (whole, whole, Some(b"kept".to_vec())),
            "{writes}"
        );
        assert_eq!(store.change_counters() != counters, whole, "{writes}");
        cuts += u64::from(!whole);
    }
    assert!(
        (20..WRITES_MAX).contains(&cuts),
        "{cuts} cuts: every write and the commit"
    );
}

#[test]
fn a_killed_process_leaves_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let live = folder.path().join("live");
    let mut store = Store::open(&live).unwrap();
    store
        .transaction(|tx| {
            tx.set_setting("before", b"kept")?;
            add_document(tx, 7).map(drop)
        })
        .unwrap();
    let taken = Cell::new(0);
    let copy = || {
        let target = folder.path().join(format!("copy-{}", taken.get()));
        copy_folder(&live, &target);
        taken.set(taken.get() + 1);
    };
    store
        .transaction(|tx| {
            for number in 0..20 {
                tx.append_change(&own_change(7, &format!("change {number}")))?;
                copy();
            }
            // Enough to spill uncommitted pages into the log.
            for number in 0..100 {
                tx.set_setting(&format!("large {number}"), &[7; 100_000])?;
            }
            copy();
            write_all_tables(tx)?;
            copy();
            Ok::<_, StoreError>(())
        })
        .unwrap();
    copy();
    for number in 0..taken.get() {
        let store = Store::open(&folder.path().join(format!("copy-{number}"))).unwrap();
        let last = number == taken.get() - 1;
        assert_eq!(
            committed(&store),
            (last, last, Some(b"kept".to_vec())),
            "copy {number}"
        );
        let changes = store
            .read(|reader| reader.all_changes(document(7)))
            .unwrap();
        assert_eq!(changes.len(), if last { 20 } else { 0 }, "copy {number}");
        store.check().unwrap();
    }
}

#[test]
fn a_failed_or_panicking_transaction_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("xunge.db");
    let mut store = Store::open(folder.path()).unwrap();
    store
        .transaction(|tx| tx.set_setting("before", b"kept"))
        .unwrap();
    let counters = store.change_counters();
    store.suspend().unwrap();
    let before = dump(&database);
    store.resume().unwrap();

    let failed = store.transaction(|tx| {
        write_all_tables(tx)?;
        tx.rebind_intent(crate::support::intent(99), hash("x"))
    });
    assert_eq!(failed.unwrap_err().code(), "store_not_found");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.transaction(|tx| -> Result<(), StoreError> {
            write_all_tables(tx)?;
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(store.change_counters(), counters);
    store.suspend().unwrap();
    assert_eq!(dump(&database), before);
}

#[test]
fn the_callers_own_error_comes_through() {
    #[derive(Debug)]
    enum Failure {
        Mine,
        Store(StoreError),
    }
    impl From<StoreError> for Failure {
        fn from(error: StoreError) -> Self {
            Self::Store(error)
        }
    }
    let mut store = Store::open_in_memory().unwrap();
    let mine = store
        .transaction(|_| Err::<(), _>(Failure::Mine))
        .unwrap_err();
    assert!(matches!(mine, Failure::Mine));
    store.suspend().unwrap();
    let suspended = store.transaction(|_| Ok::<_, Failure>(())).unwrap_err();
    assert!(matches!(suspended, Failure::Store(StoreError::Suspended)));
}

#[test]
fn a_medium_serves_one_store_at_a_time() {
    let medium = MemoryMedium::new();
    let store = Store::open_medium(&medium).unwrap();
    assert!(matches!(
        Store::open_medium(&medium),
        Err(OpenStoreError::InUse)
    ));
    drop(store);
    assert!(Store::open_medium(&medium).is_ok());
}

#[test]
fn a_copied_medium_goes_its_own_way() {
    let medium = MemoryMedium::new();
    let mut store = Store::open_medium(&medium).unwrap();
    store.transaction(write_all_tables).unwrap();
    assert!(medium.copy().unwrap().is_none(), "in use");
    drop(store);
    let copy = medium.copy().unwrap().expect("left behind");
    let setting = |store: &Store| store.read(|reader| reader.setting("since")).unwrap();
    let mut store = Store::open_medium(&medium).unwrap();
    store
        .transaction(|tx| tx.set_setting("since", b"the copy"))
        .unwrap();
    let copied = Store::open_medium(&copy).unwrap();
    assert!(committed(&copied).0);
    assert_eq!(setting(&copied), None);
    assert_eq!(setting(&store), Some(b"the copy".to_vec()));
}
