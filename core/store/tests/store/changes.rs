//! Documents and their changes.

use xunge_store::{Appended, ChangeState, NewChange, Store, StoreError};

use crate::support::{add_document, document, hash, on_both, own_change};

fn pulled(name: &str) -> NewChange<'_> {
    NewChange {
        own: false,
        state: ChangeState::Pulled,
        ..own_change(1, name)
    }
}

fn loaded(store: &Store) -> (Vec<u8>, Vec<Vec<u8>>) {
    let document = store
        .read(|reader| reader.load_document(document(1)))
        .unwrap()
        .expect("known");
    assert_eq!(document.row.open_changes as usize, document.changes.len());
    (document.snapshot, document.changes)
}

fn filled() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            add_document(tx, 1)?;
            for name in ["a", "b", "c"] {
                assert_eq!(tx.append_change(&own_change(1, name))?, Appended::New);
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
}

#[test]
fn a_document_opens_as_snapshot_and_what_came_after() {
    let mut store = filled();
    assert_eq!(
        loaded(&store),
        (
            b"genesis".to_vec(),
            vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()]
        )
    );
    store
        .transaction(|tx| {
            tx.replace_snapshot(document(1), b"abc", b"heads")?;
            tx.append_change(&pulled("d"))
        })
        .unwrap();
    assert_eq!(loaded(&store), (b"abc".to_vec(), vec![b"d".to_vec()]));
    let all = store
        .read(|reader| reader.all_changes(document(1)))
        .unwrap();
    assert_eq!(all.len(), 4, "a snapshot takes no change away");
    assert_eq!(store.read(|reader| reader.pending_count(None)).unwrap(), 3);
}

#[test]
fn the_same_change_again_does_nothing() {
    on_both(|mut store| {
        store
            .transaction(|tx| {
                assert!(add_document(tx, 1)?);
                tx.replace_snapshot(document(1), b"later", b"heads")?;
                assert!(!add_document(tx, 1)?);
                tx.append_change(&own_change(1, "a"))?;
                assert_eq!(tx.append_change(&own_change(1, "a"))?, Appended::Known);
                assert_eq!(
                    tx.change_state(document(1), hash("a"))?,
                    Some(ChangeState::Pending)
                );
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(loaded(&store), (b"later".to_vec(), vec![b"a".to_vec()]));
    });
}

#[test]
fn the_genesis_change_may_be_in_every_document() {
    let mut store = filled();
    store
        .transaction(|tx| {
            add_document(tx, 2)?;
            assert_eq!(tx.append_change(&own_change(2, "a"))?, Appended::New);
            tx.set_change_state(document(2), hash("a"), ChangeState::Received)
        })
        .unwrap();
    let state = store
        .read(|reader| reader.change_state(document(1), hash("a")))
        .unwrap();
    assert_eq!(
        state,
        Some(ChangeState::Pending),
        "each document for itself"
    );
}

#[test]
fn pulling_back_an_own_change_is_a_receipt_and_brings_its_signature() {
    let mut store = filled();
    let signed = NewChange {
        signature: Some(b"signature"),
        ..pulled("b")
    };
    let again = store.transaction(|tx| tx.append_change(&signed)).unwrap();
    assert_eq!(again, Appended::Known);
    let forged = NewChange {
        signature: Some(b"another"),
        ..pulled("b")
    };
    store.transaction(|tx| tx.append_change(&forged)).unwrap();
    let row = store
        .read(|reader| reader.change(document(1), hash("b")))
        .unwrap()
        .expect("known");
    assert_eq!(row.state, ChangeState::Received);
    assert!(row.own, "still ours");
    assert_eq!(
        row.signature,
        Some(b"signature".to_vec()),
        "the first stays"
    );
}

#[test]
fn only_a_pending_change_is_received() {
    let mut store = filled();
    store
        .transaction(|tx| {
            assert!(tx.receive_change(document(1), hash("a"))?);
            assert!(!tx.receive_change(document(1), hash("a"))?, "once");
            assert!(!tx.receive_change(document(1), hash("z"))?, "not here");
            tx.set_change_state(document(1), hash("b"), ChangeState::Quarantined)?;
            assert!(!tx.receive_change(document(1), hash("b"))?, "refused");
            assert_eq!(
                tx.change_state(document(1), hash("a"))?,
                Some(ChangeState::Received)
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn refused_changes_leave_the_document_but_not_the_device() {
    let mut store = filled();
    store
        .transaction(|tx| {
            tx.replace_snapshot(document(1), b"abc", b"heads")?;
            assert!(tx.set_change_state(document(1), hash("b"), ChangeState::Quarantined)?);
            assert!(tx.set_change_state(document(1), hash("c"), ChangeState::Dropped)?);
            assert!(!tx.set_change_state(document(1), hash("z"), ChangeState::Dropped)?);
            let accepted: Vec<_> = tx
                .accepted_changes(document(1))?
                .into_iter()
                .map(|row| row.bytes)
                .collect();
            assert_eq!(accepted, [b"a".to_vec()]);
            tx.replace_snapshot(document(1), b"a", b"heads")?;
            assert_eq!(tx.next_generation(document(1))?, 1);
            tx.append_change(&own_change(1, "c again"))
        })
        .unwrap();
    assert_eq!(loaded(&store), (b"a".to_vec(), vec![b"c again".to_vec()]));
    let kept = store
        .read(|reader| reader.change(document(1), hash("b")))
        .unwrap()
        .expect("kept");
    assert_eq!(kept.bytes, b"b");
}

#[test]
fn a_refused_change_the_server_has_after_all_counts_again() {
    let mut store = filled();
    store
        .transaction(|tx| {
            tx.set_change_state(document(1), hash("c"), ChangeState::Quarantined)?;
            tx.replace_snapshot(document(1), b"ab", b"heads")?;
            assert_eq!(
                tx.append_change(&own_change(1, "c"))?,
                Appended::Known,
                "not by our own word"
            );
            assert_eq!(
                tx.change_state(document(1), hash("c"))?,
                Some(ChangeState::Quarantined)
            );
            assert_eq!(tx.append_change(&pulled("c"))?, Appended::Revived);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(
        loaded(&store),
        (b"ab".to_vec(), vec![b"c".to_vec()]),
        "after the snapshot that left it out"
    );
}

#[test]
fn numbers_are_never_given_twice() {
    let mut store = filled();
    store
        .transaction(|tx| {
            assert_eq!(tx.next_intent_counter(document(1))?, 1);
            assert_eq!(tx.next_intent_counter(document(1))?, 2);
            let burnt = NewChange {
                sequence: 9,
                ..own_change(1, "burnt")
            };
            tx.append_change(&burnt)?;
            tx.set_change_state(document(1), hash("burnt"), ChangeState::Quarantined)?;
            assert_eq!(tx.highest_sequence(document(1), b"own actor")?, Some(9));
            assert_eq!(tx.highest_sequence(document(1), b"nobody")?, None);
            tx.next_generation(document(1))?;
            assert_eq!(
                tx.next_intent_counter(document(1))?,
                3,
                "goes on after a quarantine"
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
    for missing in [
        store.transaction(|tx| tx.next_intent_counter(document(9))),
        store.transaction(|tx| tx.next_generation(document(9))),
    ] {
        assert_eq!(missing.unwrap_err().code(), "store_not_found");
    }
}

#[test]
fn document_ids_come_in_pages() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| (1..=7).try_for_each(|number| add_document(tx, number).map(drop)))
        .unwrap();
    store
        .read(|reader| {
            let first = reader.document_ids(None, 5)?;
            assert_eq!(first, (1..=5).map(document).collect::<Vec<_>>());
            assert_eq!(
                reader.document_ids(first.last().copied(), 5)?,
                [document(6), document(7)]
            );
            assert_eq!(reader.document_count()?, 7);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn a_new_epoch_offers_everything_again() {
    let mut store = filled();
    store
        .transaction(|tx| {
            let signed = xunge_store::NewChange {
                signature: Some(&[7; 64]),
                ..pulled("ruling")
            };
            tx.append_change(&signed)?;
            tx.append_change(&pulled("somebody else's"))?;
            tx.set_change_state(document(1), hash("a"), ChangeState::Received)?;
            tx.set_change_state(document(1), hash("b"), ChangeState::Quarantined)?;
            let photo = xunge_store::NewBlob {
                document: document(1),
                kind: xunge_store::BlobKind::Preview,
            };
            let digest = tx.put_blob(&photo, b"photo")?;
            tx.acknowledge_blob(digest)?;
            assert_eq!(tx.pending_count(None)?, 1);
            assert_eq!(tx.offer_everything_again()?, 3);
            let pending: Vec<_> = tx
                .pending_changes(1_000)?
                .into_iter()
                .map(|change| change.bytes)
                .collect();
            assert_eq!(
                pending,
                [b"a".to_vec(), b"c".to_vec(), b"ruling".to_vec()],
                "but nothing refused, and nothing that only its author may offer"
            );
            assert_eq!(
                tx.blob(digest)?.expect("known").state,
                xunge_store::BlobState::Local
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
