//! Tasks and notices.

use xunge_domain::duty::DeclineCause;
use xunge_domain::ids::{InstallationId, IntentId, PersonId};
use xunge_domain::task::TaskKind;

use super::samples::{at, document};
use crate::store::{HubStore, NoticeRow, StoreError, TaskDeclined, TaskEnd, TaskKey, TaskRow};

fn person(text: &str) -> PersonId {
    text.parse().unwrap()
}

fn task(case: u8, round: u32, who: &str) -> TaskRow {
    TaskRow {
        key: TaskKey {
            document: document(case),
            send: IntentId::new(&InstallationId::from_bytes([1; 16]), round, [0; 3]),
            person: person(who),
        },
        kind: TaskKind::Check,
        round,
        asked_by: person("clerk"),
        offered_at: at(i64::from(round)),
        feed_seq: u64::from(round) + 10,
        delivered_at: None,
        ended_at: None,
        end: None,
        answered_at: None,
        choice: None,
        stuck: None,
        declined: None,
    }
}

pub(crate) fn offers_are_found_by_case_and_while_they_wait(store: &dyn HubStore) {
    let mut rows = [task(1, 1, "a"), task(2, 2, "a"), task(1, 3, "b")];
    let put = |row: &TaskRow| store.writing(|write| write.put_task(row));
    rows.iter().try_for_each(put).unwrap();
    let case = |number| store.reading(|read| read.tasks_of_case(&document(number)));
    assert_eq!(case(1).unwrap(), [rows[0].clone(), rows[2].clone()]);
    let waits = |who: &str| store.reading(|read| read.open_tasks_of(&person(who)));
    assert_eq!(waits("a").unwrap(), rows[..2]);
    // What is delivered waits for its answer, what has ended waits for nothing.
    rows[0].delivered_at = Some(at(5));
    rows[1] = TaskRow {
        ended_at: Some(at(6)),
        end: Some(TaskEnd::Undelivered),
        answered_at: Some(at(9)),
        choice: Some("{}".into()),
        stuck: Some("nobody_on_duty".into()),
        declined: Some(TaskDeclined {
            at: at(5),
            cause: DeclineCause::Other,
            words: "路不通".into(),
        }),
        ..rows[1].clone()
    };
    rows.iter().try_for_each(put).unwrap();
    assert_eq!(waits("a").unwrap(), rows[..1]);
    assert_eq!(case(2).unwrap(), rows[1..2]);
    let open = |after: Option<&TaskRow>, limit| {
        let after = after.map(|row| (row.offered_at, row.key.clone()));
        store
            .reading(|read| read.open_tasks(after.clone(), limit))
            .unwrap()
    };
    assert_eq!(open(None, 9), [rows[0].clone(), rows[2].clone()]);
    assert_eq!(open(None, 1), rows[..1]);
    assert_eq!(open(Some(&rows[0]), 9), rows[2..]);
    assert!(open(Some(&rows[2]), 9).is_empty());
}

pub(crate) fn notices_wait_and_are_counted(store: &dyn HubStore) {
    let notice = |who: &str, since, not_before| NoticeRow {
        person: person(who),
        channel: "sms".into(),
        since: at(since),
        not_before: at(not_before),
        attempts: 2,
    };
    let rows = [notice("b", 2, 2), notice("a", 1, 5)];
    store
        .writing(|write| rows.iter().try_for_each(|row| write.put_notice(row)))
        .unwrap();
    let due = |now| store.reading(|read| read.due_notices(at(now), 9)).unwrap();
    assert_eq!(due(4), rows[..1]);
    assert_eq!(due(5), [rows[1].clone(), rows[0].clone()]);
    let sent = |who: Option<&str>, since| {
        let who = who.map(person);
        store
            .reading(|read| read.notices_sent("sms", who.as_ref(), at(since)))
            .unwrap()
    };
    store
        .writing(|write| {
            assert!(write.remove_notice(&person("b"), "sms")?);
            assert!(!write.remove_notice(&person("b"), "sms")?);
            write.note_notice_sent("sms", &person("b"), at(6), at(0))?;
            write.note_notice_sent("wecom", &person("b"), at(7), at(0))?;
            write.note_notice_sent("sms", &person("a"), at(8), at(0))?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(due(9), rows[1..]);
    assert_eq!(sent(None, 0), [at(6), at(8)]);
    assert_eq!(sent(Some("b"), 0), [at(6)]);
    assert_eq!(sent(Some("b"), 6), []);
    store
        .writing(|write| write.note_notice_sent("sms", &person("a"), at(9), at(8)))
        .unwrap();
    assert_eq!(sent(None, 0), [at(8), at(9)]);
}
