//! Personal data that waits for the server, and leaves once it has it.

use xunge_domain::ids::{PrivateRecordId, SubjectId};
use xunge_domain::private::PrivateKind;
use xunge_store::limits::PRIVATE_BYTES_MAX;
use xunge_store::{
    Draft, IntentState, NewIntent, NewPrivate, PrivateState, Reason, Store, StoreError, Tx,
};

use crate::support::{add_document, at, document, intent, new_intent, own_change};

const SECRET: &[u8] = b"13812345678";

pub(crate) fn record(number: u8, case: u16) -> NewPrivate<'static> {
    NewPrivate {
        id: PrivateRecordId::from_bytes([number; 16]),
        document: document(case),
        subject: SubjectId::from_bytes([1; 16]),
        number: 1,
        kind: PrivateKind::Phone,
        length: 11,
        content: SECRET,
        made_at: at(i64::from(number)),
    }
}

fn reason() -> Reason {
    Reason {
        code: "private_case".into(),
        zh: "不在范围内".into(),
        en: "not yours".into(),
    }
}

/// A document whose report waits to be sent.
fn reported(tx: &Tx<'_>) -> Result<(), StoreError> {
    add_document(tx, 1)?;
    tx.append_change(&own_change(1, "report"))?;
    tx.add_intent(&NewIntent {
        kind: "report",
        ..new_intent(1, 1, "report")
    })?;
    Ok(())
}

fn waiting(store: &Store, behind: u64) -> Vec<u8> {
    let rows = store
        .read(|reader| reader.waiting_private(behind, 9))
        .unwrap();
    rows.iter().map(|row| row.id.as_bytes()[0]).collect()
}

#[test]
fn it_waits_for_the_report_and_a_draft_waits_longer() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            reported(tx)?;
            tx.save_draft(&Draft {
                id: document(2),
                content: Vec::new(),
                updated_at: at(1),
            })?;
            tx.keep_private(&record(1, 1))?;
            tx.keep_private(&record(2, 2))?;
            // Of a case that is here no more, or came from others.
            tx.keep_private(&record(3, 3))
        })
        .unwrap();
    assert_eq!(waiting(&store, 0), [3]);
    store
        .transaction(|tx| tx.set_intent_state(intent(1), IntentState::Received, None))
        .unwrap();
    assert_eq!(waiting(&store, 0), [1, 3]);
    let first = store.read(|reader| reader.waiting_private(0, 1)).unwrap();
    assert_eq!(waiting(&store, first[0].arrival), [3]);
    store
        .transaction(|tx| tx.delete_draft(document(2)))
        .unwrap();
    assert_eq!(waiting(&store, 0), [1, 2, 3]);
    let count = store.read(|reader| reader.waiting_private_count()).unwrap();
    assert_eq!(count, 3);
}

#[test]
fn what_the_server_keeps_leaves_and_what_it_refuses_stays_for_its_author() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| {
            for number in 1..=4 {
                tx.keep_private(&record(number, 1))?;
            }
            tx.private_kept(record(1, 1).id)?;
            tx.private_refused(record(2, 1).id, &reason(), false)?;
            tx.private_refused(record(3, 1).id, &reason(), true)?;
            // The last word is the first one.
            tx.private_refused(record(1, 1).id, &reason(), true)?;
            tx.private_kept(record(2, 1).id)
        })
        .unwrap();
    let rows = store.read(|reader| reader.private_of(document(1))).unwrap();
    let found: Vec<_> = rows
        .iter()
        .map(|row| (row.state.clone(), row.content.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (PrivateState::Kept, None),
            (PrivateState::Refused(reason()), Some(SECRET)),
            (PrivateState::Refused(reason()), None),
            (PrivateState::Waiting, Some(SECRET)),
        ]
    );
    assert_eq!(waiting(&store, 0), [4]);
    let counts = store.read(|reader| reader.private_counts(document(1)));
    assert_eq!(counts.unwrap(), (1, 1));
    let delete = |store: &mut Store, number| {
        store
            .transaction(|tx| tx.delete_private(record(number, 1).id))
            .unwrap()
    };
    assert!(!delete(&mut store, 1), "the note that there was one stays");
    assert!(delete(&mut store, 2) && !delete(&mut store, 2));
    store
        .transaction(|tx| tx.delete_private_of(document(1)))
        .unwrap();
    let left = store.read(|reader| reader.private_of(document(1))).unwrap();
    assert_eq!(left.len(), 2);
    assert!(!format!("{left:?}").contains("138"));
}

#[test]
fn a_record_has_one_name_and_a_limit() {
    let mut store = Store::open_in_memory().unwrap();
    store
        .transaction(|tx| tx.keep_private(&record(1, 1)))
        .unwrap();
    assert!(
        store
            .transaction(|tx| tx.keep_private(&record(1, 2)))
            .is_err()
    );
    let long = vec![0; PRIVATE_BYTES_MAX + 1];
    let larger = NewPrivate {
        content: &long,
        ..record(2, 1)
    };
    let refused = store.transaction(|tx| tx.keep_private(&larger));
    assert_eq!(refused.unwrap_err().code(), "store_too_large");
    let row = store
        .read(|reader| reader.private_record(record(1, 1).id))
        .unwrap();
    assert_eq!(
        row.map(|row| (row.document, row.number, row.length)),
        Some((document(1), 1, 11))
    );
}
