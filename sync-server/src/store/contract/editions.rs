//! Editions: what is left of a former one.

use xunge_domain::case::{TextErasureCause, TextPlace};
use xunge_domain::ids::Digest;
use xunge_domain::scope::Scope;

use super::samples::{at, change, document};
use crate::store::rows::{FeedAppend, QuarantineRow, SnapshotRow};
use crate::store::{HubStore, StoreError, TextErasureRow};

fn hash(number: u8) -> Digest {
    change(number, 1).hash
}

pub(crate) fn of_a_replaced_history_the_names_stay(store: &dyn HubStore) {
    let id = document(1);
    store
        .writing(|write| {
            write.append_changes(&id, &[change(1, 1), change(2, 2)])?;
            write.append_changes(&document(2), &[change(1, 1)])?;
            write.replace_snapshot(
                &id,
                &SnapshotRow {
                    heads: vec![hash(2)],
                    upto_arrival: 2,
                    bytes: vec![7; 9],
                },
            )?;
            write.quarantine(&QuarantineRow {
                document: id,
                hash: hash(9),
                installation: None,
                code: "removal".into(),
                reason: "no\nno".into(),
                bytes: vec![1; 40],
                at: at(3),
            })?;
            assert!(!write.has_former_changes(&id)?);
            write.replace_changes(&id, &[hash(5), hash(1)])?;
            assert!(write.document(&id)?.is_none());
            assert_eq!(write.former_changes(&id)?.len(), 3);
            for former in [hash(1), hash(2), hash(5)] {
                assert!(write.is_former_change(&id, &former)?);
            }
            assert!(!write.is_former_change(&id, &hash(9))?);
            assert!(!write.has_former_changes(&document(2))?);
            let aside = write.quarantined(&id, &hash(9))?;
            assert_eq!(
                aside.map(|row| (row.code, row.bytes.len())),
                Some(("removal".into(), 0))
            );
            write.append_changes(&id, &[change(3, 3)])?;
            assert_eq!(write.documents(None, 9)?, [id, document(2)]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn orders_are_kept_by_their_lines(store: &dyn HubStore) {
    let order = |line, place| TextErasureRow {
        line,
        document: document(1),
        edition: 2,
        place,
        cause: TextErasureCause::Ordered,
        at: at(4),
        who: "admin".into(),
        reason: "本人要求".into(),
    };
    let (one, two) = (order(7, TextPlace::Title), order(3, TextPlace::Address));
    store
        .writing(|write| {
            write.add_text_erasure(&one)?;
            write.add_text_erasure(&two)
        })
        .unwrap();
    let twice = store.writing(|write| write.add_text_erasure(&one));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
    store
        .reading(|read| {
            assert_eq!(
                read.text_erasures(&document(1))?,
                [two.clone(), one.clone()]
            );
            assert!(read.text_erasures(&document(2))?.is_empty());
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn packs_are_void_up_to_the_last_entry_of_the_document(store: &dyn HubStore) {
    let scope = |text: &str| -> Scope { text.parse().unwrap() };
    let (here, left, other) = (scope("grid:a"), scope("grid:b"), scope("grid:c"));
    let entry = |scope: &Scope, number, from_arrival, upto_arrival| FeedAppend {
        scope: scope.clone(),
        document: document(number),
        from_arrival,
        upto_arrival,
    };
    store
        .writing(|write| {
            write.append_feed(&[entry(&here, 1, 1, 1), entry(&left, 1, 1, 1)])?;
            write.append_feed(&[entry(&left, 1, 0, 0), entry(&other, 2, 1, 1)])?;
            write.append_feed(&[entry(&here, 2, 1, 1), entry(&left, 2, 1, 1)])?;
            write.append_feed(&[entry(&here, 1, 2, 2)])?;
            write.void_packs_of(&document(1))?;
            assert_eq!(write.void_packs()?, [(here.clone(), 3), (left.clone(), 2)]);
            assert_eq!(
                (write.void_below(&here)?, write.void_below(&other)?),
                (3, 0)
            );
            write.append_feed(&[entry(&here, 1, 3, 3)])?;
            write.void_packs_of(&document(1))?;
            assert_eq!(write.void_below(&here)?, 4);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
