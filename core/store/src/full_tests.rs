//! A full disk, made with SQLite's own page limit.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::io;

use xunge_domain::ids::DocumentId;

use crate::{BlobKind, NewBlob, NewChange, NewDocument, Store, StoreError};

const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

/// Leaves room for this many more pages.
fn limit_pages(store: &Store, more: i64) {
    store
        .read(|reader| {
            let pages: i64 = reader.one("PRAGMA page_count", [], |row| row.get(0))?;
            let sql = format!("PRAGMA max_page_count = {}", pages + more);
            reader.one(&sql, [], |_| Ok(()))
        })
        .unwrap();
}

fn fill(store: &mut Store) -> Result<(), StoreError> {
    store.transaction(|tx| {
        (0..100).try_for_each(|number| tx.set_setting(&format!("filler {number}"), &[7; 10_000]))
    })
}

fn open_with_earlier_data(folder: &std::path::Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    store
        .transaction(|tx| {
            tx.insert_document(&NewDocument {
                id: DOCUMENT,
                snapshot: b"genesis",
                heads: b"heads",
                urgent: false,
            })?;
            tx.set_setting("earlier", b"kept")
        })
        .unwrap();
    store
}

#[test]
fn a_full_disk_is_told_and_earlier_data_is_intact() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open_with_earlier_data(folder.path());
    limit_pages(&store, 20);
    let counters = store.change_counters();
    let error = fill(&mut store).unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(error.code(), "store_full");
    assert!(error.text().next_zh.contains("清理"));
    assert_eq!(store.change_counters(), counters);
    store
        .read(|reader| {
            assert_eq!(reader.setting("earlier")?, Some(b"kept".to_vec()));
            assert_eq!(
                reader.setting("filler 0")?,
                None,
                "nothing of the failed transaction"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store.check().unwrap();

    // Space again: the same store goes on without being opened anew.
    limit_pages(&store, 100_000);
    fill(&mut store).unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    let last = store.read(|reader| reader.setting("filler 99")).unwrap();
    assert_eq!(last.map(|value| value.len()), Some(10_000));
}

#[test]
fn a_transaction_sqlite_ended_by_itself_takes_no_more_writes() {
    let mut store = open_with_earlier_data(tempfile::tempdir().unwrap().path());
    let outcome = store.transaction(|tx| {
        tx.set_setting("half", b"of it")?;
        tx.connection().execute_batch("ROLLBACK").unwrap();
        for refused in [
            tx.set_setting("after", b"it"),
            tx.next_intent_counter(DOCUMENT).map(drop),
            tx.put_blob(&photo(), b"photo").map(drop),
            tx.append_change(&change()).map(drop),
        ] {
            assert_eq!(refused.unwrap_err().code(), "store_rolled_back");
        }
        Ok(())
    });
    assert!(
        matches!(outcome, Err(StoreError::RolledBack)),
        "also when the caller says all is well"
    );
    assert_eq!(store.read(|reader| reader.setting("after")).unwrap(), None);
}

#[test]
fn the_systems_own_words_for_full_are_understood() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
        assert!(matches!(
            StoreError::io("writing", kind.into()),
            StoreError::Full
        ));
    }
    let other = StoreError::io("writing", io::ErrorKind::PermissionDenied.into());
    assert!(matches!(
        other,
        StoreError::Io {
            doing: "writing",
            ..
        }
    ));
}

fn photo() -> NewBlob {
    NewBlob {
        document: DOCUMENT,
        kind: BlobKind::Original,
    }
}

fn change() -> NewChange<'static> {
    NewChange {
        document: DOCUMENT,
        hash: xunge_domain::ids::Digest::of(b"change"),
        bytes: b"change",
        actor: b"actor",
        sequence: 1,
        own: true,
        state: crate::ChangeState::Pending,
        signature: None,
    }
}
