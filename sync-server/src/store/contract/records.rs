//! What devices sealed.

use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use crate::store::HubStore;
use crate::store::RecordRow;

fn row(document: u8, installation: u8, seq: u64) -> RecordRow {
    let of = InstallationId::from_bytes([installation; 16]);
    let name = |seq: u64| Digest::of(&[installation, seq as u8]);
    RecordRow {
        document: DocumentId::from_bytes([document; 16]),
        intent: IntentId::new(&of, seq as u32, [0; 3]),
        name: name(seq),
        installation: of,
        seq,
        previous: (seq > 1).then(|| name(seq - 1)),
        received_at: Timestamp::from_millis(seq as i64),
        line: seq + 10,
    }
}

pub(crate) fn records_are_kept_by_case_and_by_chain(store: &dyn HubStore) {
    let rows = [(1, 7, 2), (1, 7, 1), (2, 7, 3), (1, 8, 1)].map(|(d, i, s)| row(d, i, s));
    // Twice: the second time under another name, which changes nothing.
    for again in [false, true] {
        for row in &rows {
            let mut row = row.clone();
            if again {
                row.name = Digest::of(b"another");
            }
            store.writing(|write| write.note_record(&row)).unwrap();
        }
    }
    let case = |number: u8| {
        let id = DocumentId::from_bytes([number; 16]);
        store.reading(|read| read.records(&id)).unwrap()
    };
    assert_eq!(case(1), [rows[1].clone(), rows[0].clone(), rows[3].clone()]);
    assert_eq!(case(2), [rows[2].clone()]);
    assert_eq!(case(3), []);
    let chain = |between, limit| {
        let of = rows[0].installation;
        let chain = store.reading(|read| read.chain(&of, between, limit));
        chain.unwrap().iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    assert_eq!(chain((1, u64::MAX), 9), [1, 2, 3]);
    assert_eq!(chain((2, 2), 9), [2]);
    assert_eq!(chain((1, 3), 2), [1, 2]);
    assert!(chain((4, 9), 2).is_empty());
}

pub(crate) fn cases_with_records_are_listed_by_day(store: &dyn HubStore) {
    // Received at 1, 2, 3 and 4 milliseconds.
    let rows = [(9, 7, 1), (1, 7, 2), (1, 7, 3), (2, 7, 4)].map(|(d, i, s)| row(d, i, s));
    store
        .writing(|write| rows.iter().try_for_each(|row| write.note_record(row)))
        .unwrap();
    let listed = |from, until, after: Option<u8>| -> Vec<u8> {
        let between = (Timestamp::from_millis(from), Timestamp::from_millis(until));
        let after = after.map(|number| DocumentId::from_bytes([number; 16]));
        let list = store.reading(|read| read.documents_with_records(between, after.as_ref(), 9));
        list.unwrap().iter().map(|id| id.as_bytes()[0]).collect()
    };
    assert_eq!(listed(1, 4, None), [1, 9]);
    assert_eq!(listed(2, 5, None), [1, 2]);
    assert_eq!(listed(1, 5, Some(1)), [2, 9]);
    assert!(listed(5, 9, None).is_empty());
}
