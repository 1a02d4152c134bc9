//! Check-ins in lists.

use xunge_domain::checkin::{CheckinState, Initiation, StepName};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::store::rows::ListCursor;
use crate::store::rows::MembershipRow;
use crate::store::{CheckinFilter, CheckinRow, HubStore};

fn row(number: u8) -> CheckinRow {
    CheckinRow {
        document: DocumentId::from_bytes([number; 16]),
        title: format!("第 {number} 事"),
        state: CheckinState::Opened,
        initiation: Some(Initiation::Visit),
        subject_case: None,
        opened_by: "secretary".parse().ok(),
        opened_at: Some(Timestamp::from_millis(5)),
        updated_at: Timestamp::from_millis(i64::from(number)),
        step_count: 3,
        last_step: Some(StepName::Survey),
        photo_count: 1,
        heads: vec![Digest::of(&[number])],
        standing: "{}".into(),
    }
}

/// A row reads back, and a newer one takes its place; filters join, newest first, and a part goes on behind the last.
pub(crate) fn checkins_are_listed_newest_first(store: &dyn HubStore) {
    let case = DocumentId::from_bytes([77; 16]);
    let scope: Scope = "org:ring-road".parse().unwrap();
    store
        .writing(|write| {
            (1..=4).try_for_each(|number| write.put_checkin(&row(number)))?;
            let mut newer = row(2);
            newer.state = CheckinState::UnderWay;
            newer.subject_case = Some(case);
            newer.updated_at = Timestamp::from_millis(9);
            write.put_checkin(&newer)?;
            write.put_membership(&MembershipRow {
                document: row(3).document,
                scope: scope.clone(),
                upto_arrival: 1,
            })
        })
        .unwrap();
    let list = |filter: CheckinFilter, after, limit| -> Vec<u8> {
        let rows = store
            .reading(|read| read.checkins(&filter, after, limit))
            .unwrap();
        rows.iter().map(|row| row.document.as_bytes()[0]).collect()
    };
    let all = CheckinFilter::default;
    assert_eq!(list(all(), None, 9), [2, 4, 3, 1]);
    let after = ListCursor {
        at: row(4).updated_at,
        document: row(4).document,
    };
    assert_eq!(list(all(), Some(after), 1), [3]);
    let state = Some(CheckinState::UnderWay);
    assert_eq!(list(CheckinFilter { state, ..all() }, None, 9), [2]);
    let subject_case = Some(case);
    assert_eq!(
        list(
            CheckinFilter {
                subject_case,
                ..all()
            },
            None,
            9
        ),
        [2]
    );
    let scopes = vec![scope];
    assert_eq!(list(CheckinFilter { scopes, ..all() }, None, 9), [3]);
    let kept = store
        .reading(|read| read.checkin(&row(4).document))
        .unwrap();
    assert_eq!(kept, Some(row(4)));
    assert_eq!(store.reading(|read| read.checkin(&case)).unwrap(), None);
}
