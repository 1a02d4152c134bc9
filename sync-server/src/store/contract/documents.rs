//! Changes, snapshots, quarantine.

use xunge_domain::ids::{Digest, InstallationId};

use super::samples::{at, change, document};
use crate::store::rows::{QuarantineRow, SnapshotRow};
use crate::store::{HubStore, StoreError};

pub(crate) fn a_document_grows_by_arrival(store: &dyn HubStore) {
    let (one, other) = (document(1), document(2));
    assert_eq!(store.reading(|read| read.document(&one)).unwrap(), None);
    store
        .writing(|write| {
            write.append_changes(&one, &[change(1, 1), change(2, 2)])?;
            write.append_changes(&other, &[change(1, 1)])?;
            write.append_changes(&one, &[change(3, 3)])
        })
        .unwrap();
    let stored = store.reading(|read| read.document(&one)).unwrap().unwrap();
    assert_eq!(stored.newer, [change(1, 1), change(2, 2), change(3, 3)]);
    assert_eq!((stored.next_arrival(), stored.covered()), (4, 0));
    assert_eq!(stored.snapshot, None);
    store
        .reading(|read| {
            assert_eq!(read.changes(&one, 2, 3)?, [change(2, 2), change(3, 3)]);
            assert_eq!(read.changes(&one, 4, u64::MAX)?, []);
            assert_eq!(read.change(&one, &change(2, 2).hash)?, Some(change(2, 2)));
            assert_eq!(read.change(&other, &change(2, 2).hash)?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn a_snapshot_spares_the_older_changes(store: &dyn HubStore) {
    let document = document(1);
    let snapshot = |upto| SnapshotRow {
        heads: vec![Digest::of(&[upto as u8]), Digest::of(b"x")],
        upto_arrival: upto,
        bytes: vec![upto as u8; 500],
    };
    store
        .writing(|write| {
            write.append_changes(&document, &[change(1, 1), change(2, 2), change(3, 3)])?;
            write.replace_snapshot(&document, &snapshot(1))?;
            write.replace_snapshot(&document, &snapshot(2))
        })
        .unwrap();
    let stored = store
        .reading(|read| read.document(&document))
        .unwrap()
        .unwrap();
    assert_eq!(stored.snapshot, Some(snapshot(2)));
    assert_eq!(stored.newer, [change(3, 3)]);
    assert_eq!((stored.next_arrival(), stored.covered()), (4, 2));
}

pub(crate) fn no_arrival_and_no_hash_twice(store: &dyn HubStore) {
    let document = document(1);
    let append =
        |row| store.writing(|write| write.append_changes(&document, std::slice::from_ref(&row)));
    append(change(1, 1)).unwrap();
    assert!(
        matches!(append(change(1, 2)), Err(StoreError::Conflict(_))),
        "hash"
    );
    assert!(
        matches!(append(change(2, 1)), Err(StoreError::Conflict(_))),
        "arrival"
    );
    append(change(2, 2)).unwrap();
}

pub(crate) fn documents_are_listed_once_each(store: &dyn HubStore) {
    store
        .writing(|write| {
            for number in [3, 1, 2] {
                write.append_changes(&document(number), &[change(1, 1), change(2, 2)])?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .reading(|read| {
            assert_eq!(read.documents(None, 2)?, [document(1), document(2)]);
            assert_eq!(read.documents(Some(&document(2)), 2)?, [document(3)]);
            assert_eq!(read.documents(Some(&document(3)), 2)?, []);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn quarantine_keeps_the_first_verdict(store: &dyn HubStore) {
    let row = |code: &str, number: u8| QuarantineRow {
        document: document(1),
        hash: Digest::of(&[number]),
        installation: Some(InstallationId::from_bytes([5; 16])),
        code: code.into(),
        reason: "forged".into(),
        bytes: vec![number; 10],
        at: at(i64::from(number)),
    };
    store
        .writing(|write| {
            assert!(write.quarantine(&row("forged_actor", 1))?);
            assert!(
                !write.quarantine(&row("removal", 1))?,
                "a second time nothing happens"
            );
            assert!(write.quarantine(&row("removal", 2))?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .reading(|read| {
            let first = read.quarantined(&document(1), &Digest::of(&[1]))?;
            assert_eq!(first, Some(row("forged_actor", 1)));
            assert_eq!(read.quarantined(&document(2), &Digest::of(&[1]))?, None);
            let of = read.quarantine_of(&InstallationId::from_bytes([5; 16]), 10)?;
            assert_eq!(of, [row("forged_actor", 1), row("removal", 2)]);
            assert_eq!(
                read.quarantine_of(&InstallationId::from_bytes([6; 16]), 10)?,
                []
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
