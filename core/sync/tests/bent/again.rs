//! Rulings decided a second time: an honest history has nothing to answer for, a tampered one has.

use xunge_documents::Edit;
use xunge_domain::case::{Act, Case, CaseState, Decline, Outcome};
use xunge_domain::tables::HandlingClass;
use xunge_sync::hub::{Directory as _, rerule};
use xunge_sync::wire::Verdict;

use crate::world::{CASE, Hub, Phone, action_entry, reported, unsigned};

/// A report without a class is declined; the class is set, and the report is made again.
fn mended() -> (Hub, Case) {
    let (mut hub, mut worker) = (Hub::new(1), Phone::new("worker", 1));
    let mut edits = worker.report_edits();
    let class = edits.remove(0);
    let first = worker.write(edits);
    hub.push(&worker, &[unsigned(&first)]);
    assert_eq!(hub.state(), CaseState::Draft);
    let id = worker.next_id();
    let again = worker.write(vec![
        class,
        Edit::Action(id, action_entry("worker", Act::Report)),
    ]);
    let done = hub.push(&worker, &[unsigned(&again)]);
    assert_eq!(done.verdicts, [Verdict::Received]);
    assert_eq!(hub.state(), CaseState::Reported);
    (hub, done.content.case().unwrap().reading.case.clone())
}

#[test]
fn a_report_mended_after_it_was_declined_is_no_contradiction() {
    let (hub, case) = mended();
    assert_eq!(case.rulings.len(), 2);
    assert_eq!(rerule(&case, &hub.city), []);
}

#[test]
fn a_class_edited_after_filing_is_no_contradiction() {
    let (mut hub, mut worker) = reported();
    hub.act("clerk", Act::Accept);
    let condition = "1".into();
    hub.act(
        "leader",
        Act::File {
            condition,
            handling_class: HandlingClass::General,
        },
    );
    hub.pull(&mut worker);
    let edit = worker.write(vec![Edit::Class("99999".into())]);
    let done = hub.push(&worker, &[unsigned(&edit)]);
    assert!(hub.city.classes().find("99999").is_none());
    assert_eq!(
        rerule(&done.content.case().unwrap().reading.case, &hub.city),
        []
    );
}

#[test]
fn a_ruling_against_role_or_state_is_found_all_the_same() {
    let (hub, honest) = mended();
    for index in 0..honest.rulings.len() {
        let reason = Decline::NotLeadParty;
        let mut case = honest.clone();
        case.rulings[index].entry.outcome = Outcome::Declined { reason };
        let id = case.rulings[index].id;
        let found = rerule(&case, &hub.city);
        assert!(found.iter().any(|again| again.action == id), "{index}");
    }
    let mut case = honest;
    let to = CaseState::Closed;
    case.rulings[1].entry.outcome = Outcome::Accepted {
        to,
        case_no: None,
        organisation: None,
        class: None,
    };
    assert_eq!(rerule(&case, &hub.city).len(), 1);
    assert_eq!(case.id, CASE);
}
