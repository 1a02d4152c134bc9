//! Open, suspend, resume, and one process at a time.

use xunge_store::{OpenStoreError, Store, StoreError};

use crate::support::{document, on_both, write_all_tables};

#[test]
fn a_store_travels_between_threads() {
    fn is_send<T: Send>() {}
    is_send::<Store>();
    is_send::<xunge_store::MemoryMedium>();
}

#[test]
fn suspended_means_closed_and_resumed_means_as_before() {
    on_both(|mut store| {
        store.transaction(write_all_tables).unwrap();
        let counters = store.change_counters();
        store.suspend().unwrap();
        store.suspend().unwrap();
        assert!(store.is_suspended());
        let read = store.read(|reader| reader.case_count()).unwrap_err();
        assert_eq!(read.code(), "store_suspended");
        let written = store
            .transaction(|tx| tx.set_setting("a", b"b"))
            .unwrap_err();
        assert!(matches!(written, StoreError::Suspended));
        assert!(matches!(store.check(), Err(StoreError::Suspended)));
        assert_eq!(store.change_counters(), counters, "readable all the same");
        store.resume().unwrap();
        store.resume().unwrap();
        assert!(
            store
                .read(|reader| reader.document(document(1)))
                .unwrap()
                .is_some()
        );
        assert_eq!(store.change_counters(), counters);
    });
}

#[test]
fn a_suspended_store_leaves_no_log_and_no_lock() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.transaction(write_all_tables).unwrap();
    store.suspend().unwrap();
    assert!(!folder.path().join("xunge.db-wal").exists());
    let other = Store::open(folder.path()).unwrap();
    assert!(matches!(store.resume(), Err(OpenStoreError::InUse)));
    assert!(store.is_suspended());
    drop(other);
    store.resume().unwrap();
}

#[test]
fn a_second_opening_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let error = Store::open(folder.path()).err().expect("refused");
    assert!(matches!(error, OpenStoreError::InUse), "{error}");
    assert_eq!(error.code(), "store_in_use");
    store
        .transaction(|tx| tx.set_setting("still", b"mine"))
        .unwrap();
    drop(store);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn counters_move_with_their_tables_and_survive() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let before = store.change_counters();
    store.transaction(|_| Ok::<_, StoreError>(())).unwrap();
    store
        .transaction(|tx| tx.delete_draft(document(5)))
        .unwrap();
    assert_eq!(store.change_counters(), before, "nothing moved");
    store
        .transaction(|tx| {
            tx.set_setting("a", b"1")?;
            tx.set_setting("a", b"2")
        })
        .unwrap();
    let after = store.change_counters();
    assert_eq!(after.sync, before.sync + 1, "once a transaction");
    assert_eq!((after.cases, after.drafts), (before.cases, before.drafts));
    store.transaction(write_all_tables).unwrap();
    let all = store.change_counters();
    assert_eq!(
        (all.cases, all.drafts),
        (before.cases + 1, before.drafts + 1)
    );
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().change_counters(), all);
}
