//! Documents that leave the device, and what keeps them.

use xunge_store::{BlobKind, ChangeState, IntentState, NewBlob, Reason, Store, StoreError, Tx};

use crate::support::{
    add_document, case, document, hash, intent, new_intent, on_both, own_change, write_all_tables,
};

fn drained(store: &Store) -> usize {
    store
        .read(|reader| reader.drained_documents(9))
        .unwrap()
        .len()
}

/// A pulled document without anything that waits, marked as leaving.
fn leaving(tx: &Tx<'_>) -> Result<(), StoreError> {
    add_document(tx, 1)?;
    tx.append_change(&xunge_store::NewChange {
        own: false,
        state: ChangeState::Pulled,
        ..own_change(1, "report")
    })?;
    tx.save_case_row(&case(1, 7, "井盖破损"))?;
    tx.mark_leaving(document(1))?;
    tx.mark_leaving(document(9))
}

#[test]
fn everything_goes_but_the_numbers() {
    on_both(|mut store| {
        store
            .transaction(|tx| {
                write_all_tables(tx)?;
                tx.set_change_state(document(1), hash("report"), ChangeState::Received)?;
                tx.set_intent_state(intent(1), IntentState::Accepted, None)?;
                for used in tx.blobs_of(document(1))? {
                    tx.acknowledge_blob(used.blob.digest)?;
                }
                tx.mark_leaving(document(1))
            })
            .unwrap();
        let before = store
            .read(|reader| reader.document(document(1)))
            .unwrap()
            .unwrap();
        assert_eq!(drained(&store), 1);
        store
            .transaction(|tx| tx.empty_document(document(1)))
            .unwrap();
        assert_eq!(drained(&store), 0);
        store
            .read(|reader| {
                assert_eq!(reader.load_document(document(1))?, None);
                assert_eq!(reader.case_row(document(1))?, None);
                assert_eq!(reader.intent(intent(1))?, None);
                assert!(reader.all_changes(document(1))?.is_empty());
                assert!(reader.blobs_of(document(1))?.is_empty());
                assert_eq!(reader.document_count()?, 0);
                assert!(reader.document_ids(None, 9)?.is_empty());
                Ok::<_, StoreError>(())
            })
            .unwrap();
        // It comes back under the numbers it had, and another actor.
        let again = store
            .transaction(|tx| {
                assert!(add_document(tx, 1)?);
                assert!(!add_document(tx, 1)?, "now it is here");
                tx.document(document(1))
            })
            .unwrap()
            .unwrap();
        assert_eq!(again.intent_counter, before.intent_counter);
        assert_eq!(again.generation, before.generation + 1);
        assert_eq!(again.heads, b"genesis heads");
    });
}

type Write = fn(&Tx<'_>) -> Result<(), StoreError>;

#[test]
fn what_waits_keeps_its_document() {
    let keeps: [Write; 4] = [
        |tx| tx.append_change(&own_change(1, "comment")).map(drop),
        |tx| tx.add_intent(&new_intent(1, 1, "report")).map(drop),
        |tx| {
            tx.add_intent(&new_intent(1, 1, "report"))?;
            let reason = Reason {
                code: "moved_on".into(),
                zh: "已调离".into(),
                en: "moved".into(),
            };
            tx.set_intent_state(intent(1), IntentState::Quarantined, Some(&reason))
        },
        |tx| {
            let photo = NewBlob {
                document: document(1),
                kind: BlobKind::Original,
            };
            let digest = tx.put_blob(&photo, b"bytes")?;
            assert_eq!(tx.drained_documents(9)?.len(), 1, "nothing cites it");
            tx.cite_blob(digest, document(1), hash("report"))
        },
    ];
    for (number, keep) in keeps.into_iter().enumerate() {
        let mut store = Store::open_in_memory().unwrap();
        store.transaction(leaving).unwrap();
        assert_eq!(drained(&store), 1);
        store.transaction(keep).unwrap();
        assert_eq!(drained(&store), 0, "{number}");
    }
}

#[test]
fn a_photo_whose_change_was_refused_keeps_nothing() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            leaving(tx)?;
            let photo = NewBlob {
                document: document(1),
                kind: BlobKind::Original,
            };
            let digest = tx.put_blob(&photo, b"bytes")?;
            tx.cite_blob(digest, document(1), hash("report"))?;
            assert_eq!(tx.drained_documents(9)?.len(), 0, "it is to be sent");
            assert_eq!(tx.blobs_of(document(1))?[0].cited_by, Some(hash("report")));
            tx.set_change_state(document(1), hash("report"), ChangeState::Quarantined)
        })
        .unwrap();
    assert_eq!(drained(&store), 1);
    let used = store.read(|reader| reader.blobs_of(document(1))).unwrap();
    assert_eq!(used[0].cited_by, None, "it is no part of the document");
}

#[test]
fn a_document_that_is_held_again_stays() {
    let mut store = Store::open_in_memory().unwrap();
    store.transaction(leaving).unwrap();
    store
        .transaction(|tx| tx.mark_staying(document(1)))
        .unwrap();
    assert_eq!(drained(&store), 0);
    assert!(
        store
            .read(|reader| reader.case_row(document(1)))
            .unwrap()
            .is_some()
    );
}
