//! Leaves that people said.

use xunge_domain::ids::{DutyNoteId, PersonId};

use super::samples::at;
use crate::store::{HubStore, LeaveRow, StoreError};

fn person(text: &str) -> PersonId {
    text.parse().unwrap()
}

fn leave(number: u8, who: &str, from: i64, until: i64) -> LeaveRow {
    LeaveRow {
        id: DutyNoteId::from_bytes([number; 16]),
        person: person(who),
        from: at(from),
        until: at(until),
        words: "复诊".into(),
        made_at: at(1),
        received_at: at(2),
        taken_back_at: None,
    }
}

pub(crate) fn leaves_are_found_while_they_last_and_until_they_are_taken_back(store: &dyn HubStore) {
    let rows = [
        leave(1, "a", 10, 20),
        leave(2, "b", 5, 15),
        leave(3, "a", 30, 40),
    ];
    store
        .writing(|write| rows.iter().try_for_each(|row| write.add_leave(row)))
        .unwrap();
    let twice = store.writing(|write| write.add_leave(&rows[0]));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
    let ids = |rows: Vec<LeaveRow>| {
        let ids = rows.into_iter().map(|row| row.id.as_bytes()[0]);
        ids.collect::<Vec<_>>()
    };
    let on = |instant| ids(store.reading(|read| read.leaves_at(at(instant))).unwrap());
    // The first instant is in it, the last is not.
    assert_eq!((on(4), on(5), on(10)), (vec![], vec![2], vec![2, 1]));
    assert_eq!((on(14), on(15), on(20)), (vec![2, 1], vec![1], vec![]));
    let after = |instant, who: Option<&str>, limit| {
        let who = who.map(person);
        let found = store.reading(|read| read.leaves_after(at(instant), who.as_ref(), limit));
        ids(found.unwrap())
    };
    assert_eq!(after(0, None, 9), [2, 1, 3]);
    assert_eq!(after(15, None, 9), [1, 3]);
    assert_eq!(after(0, Some("a"), 9), [1, 3]);
    assert_eq!(after(0, None, 1), [2]);
    let one = |number| {
        let id = DutyNoteId::from_bytes([number; 16]);
        store.reading(|read| read.leave(&id)).unwrap()
    };
    assert_eq!((one(1).as_ref(), one(9)), (Some(&rows[0]), None));
    let back = |instant| {
        let id = rows[0].id;
        store.writing(|write| write.take_back_leave(&id, at(instant)))
    };
    back(12).unwrap();
    back(13).unwrap();
    assert_eq!(one(1).unwrap().taken_back_at, Some(at(12)));
    assert_eq!((on(11), after(0, Some("a"), 9)), (vec![2], vec![3]));
}
