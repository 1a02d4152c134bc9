//! Personal data: subjects, keys, sealed records.

use xunge_domain::ids::{PrivateRecordId, SubjectId};
use xunge_domain::private::{Erasure, ErasureCause, PrivateKind};

use super::samples::{at, document};
use crate::store::{HubStore, PrivateRow, StoreError, SubjectRow, WRAPPED_KEY_BYTES};

fn subject(number: u8, case: u8) -> SubjectRow {
    SubjectRow {
        id: SubjectId::from_bytes([number; 16]),
        document: document(case),
        created_at: at(i64::from(number)),
        retain_until: at(1_000 - i64::from(number)),
        erased: None,
    }
}

const fn key(number: u8) -> [u8; WRAPPED_KEY_BYTES] {
    [number; WRAPPED_KEY_BYTES]
}

fn record(number: u8, of: &SubjectRow) -> PrivateRow {
    PrivateRow {
        id: PrivateRecordId::from_bytes([number; 16]),
        document: of.document,
        subject: of.id,
        number: 1,
        kind: PrivateKind::Phone,
        author: "worker-putian".parse().unwrap(),
        made_at: at(-5),
        received_at: at(i64::from(number)),
        length: 11,
    }
}

fn add(store: &dyn HubStore, subject: &SubjectRow, wrapped: u8, records: &[PrivateRow]) {
    store
        .writing(|write| {
            write.add_subject(subject, &key(wrapped))?;
            for record in records {
                write.add_private_record(record, &[wrapped; 27])?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn subjects_and_records_read_back(store: &dyn HubStore) {
    let (one, two, elsewhere) = (subject(2, 1), subject(1, 1), subject(3, 2));
    let records = [record(9, &one), record(8, &one)];
    add(store, &one, 1, &records);
    add(store, &two, 2, &[]);
    add(store, &elsewhere, 3, &[record(7, &elsewhere)]);
    store
        .reading(|read| {
            assert_eq!(read.subject(&one.id)?.as_ref(), Some(&one));
            assert_eq!(read.subject(&SubjectId::from_bytes([9; 16]))?, None);
            assert_eq!(read.subject_key(&two.id)?, Some(key(2)));
            assert_eq!(read.subjects_of(&document(1))?, [two.clone(), one.clone()]);
            assert_eq!(
                read.private_record(&records[0].id)?.as_ref(),
                Some(&records[0])
            );
            let listed = read.private_records(&document(1))?;
            assert_eq!(listed, [records[1].clone(), records[0].clone()]);
            assert_eq!(read.private_ciphertext(&records[0].id)?, Some(vec![1; 27]));
            let nobodys = PrivateRecordId::from_bytes([1; 16]);
            assert_eq!(read.private_ciphertext(&nobodys)?, None);
            assert_eq!(read.private_record(&nobodys)?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let twice = store.writing(|write| write.add_subject(&one, &key(9)));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
    let twice = store.writing(|write| write.add_private_record(&records[0], &[9]));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
    let kept = store.reading(|read| read.subject_key(&one.id)).unwrap();
    assert_eq!(kept, Some(key(1)), "a conflict leaves nothing");
}

pub(crate) fn an_erased_subject_has_no_key_and_keeps_its_rows(store: &dyn HubStore) {
    assert!(!store.reading(|read| read.any_subject_key()).unwrap());
    let (one, other) = (subject(1, 1), subject(2, 1));
    let records = [record(3, &one), record(4, &other)];
    add(store, &one, 1, &records[..1]);
    add(store, &other, 2, &records[1..]);
    let asked = Erasure {
        at: at(50),
        cause: ErasureCause::Asked,
        reason: "本人要求".into(),
    };
    let later = Erasure {
        at: at(60),
        cause: ErasureCause::Retention,
        reason: String::new(),
    };
    let erase =
        |id: &SubjectId, erasure: &Erasure| store.writing(|write| write.erase_subject(id, erasure));
    assert!(erase(&one.id, &asked).unwrap());
    assert!(!erase(&one.id, &later).unwrap(), "the first erasure stands");
    assert!(!erase(&SubjectId::from_bytes([9; 16]), &later).unwrap());
    store.scrub().unwrap();
    store
        .reading(|read| {
            let erased = read.subject(&one.id)?.unwrap();
            assert_eq!(erased.erased.as_ref(), Some(&asked));
            assert_eq!(read.subject_key(&one.id)?, None);
            assert_eq!(read.private_records(&document(1))?, records);
            assert_eq!(read.private_ciphertext(&records[0].id)?, Some(Vec::new()));
            assert_eq!(read.subject_key(&other.id)?, Some(key(2)));
            assert_eq!(read.private_ciphertext(&records[1].id)?, Some(vec![2; 27]));
            assert!(read.any_subject_key()?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let again = store.writing(|write| write.add_subject(&one, &key(9)));
    assert!(
        matches!(again, Err(StoreError::Conflict(_))),
        "no new key under its name"
    );
    // A write that fails takes the erasure back with it.
    let taken_back = store.writing(|write| {
        write.erase_subject(&other.id, &asked)?;
        Err::<(), _>(StoreError::Busy)
    });
    assert!(taken_back.is_err());
    let kept = store.reading(|read| read.subject_key(&other.id)).unwrap();
    assert_eq!(kept, Some(key(2)));
    assert!(erase(&other.id, &later).unwrap());
    assert!(!store.reading(|read| read.any_subject_key()).unwrap());
}

pub(crate) fn what_is_over_is_told_the_longest_overdue_first(store: &dyn HubStore) {
    let subjects = [subject(1, 1), subject(2, 1), subject(3, 2)];
    for (number, subject) in (1..).zip(&subjects) {
        add(store, subject, number, &[]);
    }
    let over = |seconds, limit| {
        let rows = store.reading(|read| read.expired_subjects(at(seconds), limit));
        let rows = rows.unwrap().into_iter();
        rows.map(|row| row.id.as_bytes()[0]).collect::<Vec<_>>()
    };
    assert_eq!(over(996, 9), [0_u8; 0]);
    assert_eq!(over(999, 9), [3, 2, 1]);
    assert_eq!(over(999, 2), [3, 2]);
    store
        .writing(|write| {
            write.retain_subject(&subjects[2].id, at(2_000))?;
            write.retain_subject(&subjects[1].id, at(1))
        })
        .unwrap();
    assert_eq!(over(999, 9), [2, 1], "never kept for less than before");
}
