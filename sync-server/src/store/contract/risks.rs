//! Risks and what people say to them.

use xunge_evidence::risk::{ClockReference, Finding};

use super::pieces::id;
use super::samples::at;
use crate::store::{HubStore, RiskAnswerRow, RiskRow, StoreError};

fn risk(line: u64, case: u8, person: &str, finding: Finding) -> RiskRow {
    RiskRow {
        line,
        piece: id(case, 1),
        person: person.parse().unwrap(),
        found_at: at(line.cast_signed()),
        finding,
    }
}

pub(crate) fn risks_are_listed_by_case_and_person_and_never_twice(store: &dyn HubStore) {
    let clock = Finding::ClockStep {
        seconds: 400,
        against: ClockReference::Uptime,
        other: Some(id(2, 1)),
    };
    let mocked = Finding::MockLocation {
        mocked: 1,
        fixes: 2,
    };
    let rows = [
        risk(4, 1, "one", clock),
        risk(5, 1, "one", mocked.clone()),
        risk(9, 2, "one", mocked.clone()),
        risk(11, 3, "two", Finding::CheckByBeneficiary),
    ];
    let add = |row: &RiskRow| store.writing(|write| write.add_risk(row));
    rows.iter().try_for_each(add).unwrap();
    // The same kind on the same piece, under another line.
    let again = risk(12, 1, "two", mocked);
    assert!(matches!(add(&again), Err(StoreError::Conflict(_))));
    store
        .reading(|read| {
            assert_eq!(read.risks(&rows[0].piece.document)?, rows[..2]);
            assert_eq!(read.risk(9)?.as_ref(), Some(&rows[2]));
            assert_eq!(read.risk(10)?, None);
            let lines = |rows: Vec<RiskRow>| rows.iter().map(|row| row.line).collect::<Vec<_>>();
            let one = &rows[0].person;
            assert_eq!(lines(read.risks_of_person(one, None, 2)?), [9, 5]);
            assert_eq!(lines(read.risks_of_person(one, Some(5), 2)?), [4]);
            assert_eq!(lines(read.risks_after(5, 9)?), [9, 11]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn answers_are_added_to_a_risk(store: &dyn HubStore) {
    let answer = |line, risk, text: &str| RiskAnswerRow {
        line,
        risk,
        at: at(1),
        text: text.into(),
    };
    let rows = [
        answer(7, 4, "手机没信号"),
        answer(8, 4, "见照片"),
        answer(9, 5, ""),
    ];
    store
        .writing(|write| rows.iter().try_for_each(|row| write.add_risk_answer(row)))
        .unwrap();
    let answers = |risk| store.reading(|read| read.risk_answers(risk)).unwrap();
    assert_eq!(answers(4), rows[..2]);
    assert_eq!(answers(5), rows[2..]);
    assert!(answers(6).is_empty());
    let twice = store.writing(|write| write.add_risk_answer(&answer(7, 4, "另一个")));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
}
