//! The order in which text leaves the device.

use xunge_store::limits::PENDING_DOCUMENTS_MAX;
use xunge_store::{ChangeState, Store, StoreError};

use crate::support::{add_document, document, hash, own_change};

fn names(store: &Store, bytes_max: usize) -> Vec<String> {
    let pending = store
        .read(|reader| reader.pending_changes(bytes_max))
        .unwrap();
    pending
        .into_iter()
        .map(|change| String::from_utf8(change.bytes).unwrap())
        .collect()
}

/// Three documents written to in turn; every change is four bytes.
fn filled() -> Store {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            for number in [3, 1, 2] {
                add_document(tx, number)?;
            }
            for (number, name) in [
                (1, "1 a."),
                (2, "2 a."),
                (1, "1 b."),
                (3, "3 a."),
                (2, "2 b."),
            ] {
                tx.append_change(&own_change(number, name))?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
}

#[test]
fn the_longest_waiting_document_goes_first_and_whole() {
    assert_eq!(
        names(&filled(), 1_000),
        ["1 a.", "1 b.", "2 a.", "2 b.", "3 a."]
    );
}

#[test]
fn urgent_documents_overtake() {
    let mut store = filled();
    store
        .transaction(|tx| tx.set_urgent(document(3), true))
        .unwrap();
    assert_eq!(
        names(&store, 1_000),
        ["3 a.", "1 a.", "1 b.", "2 a.", "2 b."]
    );
    assert!(
        store
            .transaction(|tx| tx.set_urgent(document(9), true))
            .is_err()
    );
}

#[test]
fn a_batch_is_a_prefix_that_fits() {
    let store = filled();
    assert_eq!(names(&store, 12), ["1 a.", "1 b.", "2 a."]);
    assert_eq!(names(&store, 11), ["1 a.", "1 b."]);
    assert_eq!(
        names(&store, 0),
        ["1 a."],
        "the first always goes, or it would wait for ever"
    );
}

#[test]
fn what_was_answered_is_not_sent_again() {
    let mut store = filled();
    store
        .transaction(|tx| {
            tx.set_change_state(document(1), hash("1 a."), ChangeState::Received)?;
            tx.set_change_state(document(2), hash("2 a."), ChangeState::Quarantined)?;
            tx.set_change_state(document(2), hash("2 b."), ChangeState::Dropped)
        })
        .unwrap();
    assert_eq!(names(&store, 1_000), ["1 b.", "3 a."]);
    store
        .read(|reader| {
            assert_eq!(reader.pending_count(None)?, 2);
            assert!(reader.any_pending()?);
            assert_eq!(reader.pending_count(Some(document(1)))?, 1);
            assert_eq!(reader.pending_count(Some(document(2)))?, 0);
            assert_eq!(reader.pending_documents(1)?, [document(1)]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn one_look_walks_a_bounded_number_of_documents() {
    let mut store = Store::open_in_memory().unwrap();
    let many = u16::try_from(PENDING_DOCUMENTS_MAX + 1).unwrap();
    store
        .transaction(|tx| {
            (0..many).try_for_each(|number| {
                add_document(tx, number)?;
                tx.append_change(&own_change(number, "a")).map(drop)
            })
        })
        .unwrap();
    let documents = store
        .read(|reader| reader.pending_documents(usize::MAX))
        .unwrap();
    assert_eq!(documents.len(), PENDING_DOCUMENTS_MAX);
}
