//! The outbox: what the worker wanted, whatever became of the change.

use xunge_store::{IntentState, Reason, Store, StoreError};

use crate::support::{add_document, document, hash, intent, new_intent, on_both};

fn reason(code: &str) -> Reason {
    Reason {
        code: code.to_owned(),
        zh: "不是你的条目".to_owned(),
        en: "not your entry".to_owned(),
    }
}

fn fill(store: &mut Store) {
    store
        .transaction(|tx| {
            add_document(tx, 1)?;
            add_document(tx, 2)?;
            assert!(tx.add_intent(&new_intent(5, 1, "a"))?);
            assert!(tx.add_intent(&new_intent(3, 1, "b"))?);
            assert!(tx.add_intent(&new_intent(4, 2, "b"))?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn intents_are_found_by_document_and_by_change_in_the_order_they_were_made() {
    on_both(|mut store| {
        fill(&mut store);
        store
            .read(|reader| {
                let of_document: Vec<_> = reader
                    .intents_of_document(document(1))?
                    .iter()
                    .map(|row| row.id)
                    .collect();
                assert_eq!(of_document, [intent(5), intent(3)]);
                let of_change = reader.intents_of_change(document(1), hash("b"))?;
                assert_eq!(of_change.len(), 1, "the other document's has the same hash");
                let row = of_change.first().expect("one");
                assert_eq!(
                    (row.id, row.state, &row.reason),
                    (intent(3), IntentState::Pending, &None)
                );
                assert_eq!(
                    (row.kind.as_str(), row.content.as_slice()),
                    ("add_comment", b"b".as_slice())
                );
                assert_eq!(reader.unsent_count(None)?, 3);
                assert_eq!(reader.unsent_count(Some(document(2)))?, 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn the_same_intent_again_changes_nothing() {
    let mut store = Store::open_in_memory().unwrap();
    fill(&mut store);
    let again = store
        .transaction(|tx| tx.add_intent(&new_intent(5, 2, "other")))
        .unwrap();
    assert!(!again);
    let row = store
        .read(|reader| reader.intent(intent(5)))
        .unwrap()
        .expect("known");
    assert_eq!((row.document, row.change_hash), (document(1), hash("a")));
}

#[test]
fn a_receipt_moves_what_waited_and_leaves_what_was_ruled() {
    let mut store = Store::open_in_memory().unwrap();
    fill(&mut store);
    store
        .transaction(|tx| {
            tx.set_intent_state(intent(3), IntentState::Declined, Some(&reason("too_late")))?;
            assert_eq!(tx.receive_intents(document(1), hash("a"))?, 1);
            assert_eq!(tx.receive_intents(document(1), hash("b"))?, 0);
            assert_eq!(tx.unsent_count(None)?, 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let declined = store
        .read(|reader| reader.intents_in_state(IntentState::Declined, 9))
        .unwrap();
    assert_eq!(declined.first().map(|row| row.id), Some(intent(3)));
}

#[test]
fn refused_work_stays_in_its_lane_with_content_and_reason() {
    let mut store = Store::open_in_memory().unwrap();
    fill(&mut store);
    store
        .transaction(|tx| {
            tx.set_intent_state(
                intent(5),
                IntentState::Quarantined,
                Some(&reason("another_persons_entry")),
            )?;
            tx.set_intent_state(
                intent(3),
                IntentState::Quarantined,
                Some(&reason("revoked")),
            )
        })
        .unwrap();
    let lane = store
        .read(|reader| reader.intents_in_state(IntentState::Quarantined, 1))
        .unwrap();
    assert_eq!(lane.len(), 1, "as many as asked for");
    let row = lane.first().expect("the oldest");
    assert_eq!(row.id, intent(5));
    assert_eq!(
        (row.content.as_slice(), row.reason.clone()),
        (b"a".as_slice(), Some(reason("another_persons_entry")))
    );
    store
        .transaction(|tx| {
            tx.set_intent_state(intent(5), IntentState::Dismissed, None)?;
            tx.rebind_intent(intent(3), hash("b again"))
        })
        .unwrap();
    store
        .read(|reader| {
            assert_eq!(reader.intent_count(IntentState::Quarantined)?, 0);
            let dismissed = reader.intent(intent(5))?.expect("never deleted");
            assert_eq!(
                dismissed.reason,
                Some(reason("another_persons_entry")),
                "the history can still tell"
            );
            let again = reader.intent(intent(3))?.expect("known");
            assert_eq!(
                (again.state, again.change_hash),
                (IntentState::Pending, hash("b again"))
            );
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn every_state_reads_back() {
    let mut store = Store::open_in_memory().unwrap();
    fill(&mut store);
    use IntentState::{Accepted, Declined, Dismissed, Pending, Quarantined, Reapplied, Received};
    for state in [
        Accepted,
        Declined,
        Dismissed,
        Pending,
        Quarantined,
        Reapplied,
        Received,
    ] {
        store
            .transaction(|tx| tx.set_intent_state(intent(5), state, None))
            .unwrap();
        assert_eq!(
            store
                .read(|reader| reader.intent(intent(5)))
                .unwrap()
                .expect("known")
                .state,
            state
        );
    }
}

#[test]
fn an_intent_needs_its_document_and_a_verdict_its_intent() {
    let mut store = Store::open_in_memory().unwrap();
    let orphan = store.transaction(|tx| tx.add_intent(&new_intent(1, 9, "a")).map(drop));
    let unknown =
        store.transaction(|tx| tx.set_intent_state(intent(8), IntentState::Accepted, None));
    let rebound = store.transaction(|tx| tx.rebind_intent(intent(8), hash("a")));
    for error in [orphan, unknown, rebound] {
        assert_eq!(error.unwrap_err().code(), "store_not_found");
    }
}
