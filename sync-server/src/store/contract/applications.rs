//! Applications that wait.

use xunge_domain::case::ApplicationKind;
use xunge_domain::person::Role;

use super::samples::{at, document};
use crate::store::{ApplicationRow, HubStore};

fn row(case: u8, kind: ApplicationKind, since: i64) -> ApplicationRow {
    ApplicationRow {
        document: document(case),
        kind,
        by: "crew".parse().unwrap(),
        since: at(since),
        needs: Role::Dispatcher,
    }
}

pub(crate) fn what_waits_is_replaced_and_listed_by_age(store: &dyn HubStore) {
    let put = |case, rows: &[ApplicationRow]| {
        store
            .writing(|write| write.put_applications(&document(case), rows))
            .unwrap();
    };
    let (hold, extend) = (ApplicationKind::Hold, ApplicationKind::Extend);
    put(1, &[row(1, hold, 5), row(1, extend, 3)]);
    put(2, &[row(2, extend, 4)]);
    let list = |after: Option<&ApplicationRow>, limit| {
        store
            .reading(|read| read.waiting_applications(after, limit))
            .unwrap()
    };
    let all = [row(1, extend, 3), row(2, extend, 4), row(1, hold, 5)];
    assert_eq!(list(None, 9), all);
    assert_eq!(list(Some(&all[0]), 1), all[1..2]);
    put(1, &[row(1, hold, 5)]);
    assert_eq!(list(None, 9), all[1..]);
    put(1, &[]);
    put(2, &[]);
    assert!(list(None, 9).is_empty());
}
