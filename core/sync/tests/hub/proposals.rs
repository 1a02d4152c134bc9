//! What somebody writes among the facts after filing: another class is merged and proposed, everything that rulings
//! rest on is set aside.

use xunge_documents::Edit;
use xunge_domain::case::{Act, ActionName, CaseState, Decline, GridAnswer, Outcome};
use xunge_domain::tables::HandlingClass;
use xunge_sync::hub::rerule;

use crate::support::{CASE, Device, Hub, clerk, code_of, crew};

fn until(hub: &mut Hub, last: ActionName) {
    let acts = [
        Act::Accept,
        Act::File {
            condition: "1".into(),
            handling_class: HandlingClass::General,
        },
        Act::Dispatch {
            lead: "road-dept".parse().unwrap(),
            assist: Vec::new(),
            notify: Vec::new(),
        },
    ];
    for what in acts {
        let name = what.name();
        assert!(hub.acted(&clerk().id, what).ruling.outcome.is_accepted());
        if name == last {
            return;
        }
    }
}

fn class(code: &str) -> Vec<Edit> {
    vec![Edit::Class(code.into())]
}

#[test]
fn anybody_who_has_the_case_may_propose_a_class_after_filing() {
    let (mut hub, mut worker) = Hub::with_report();
    until(&mut hub, ActionName::Dispatch);
    let mut department = Device::pulled(crew("crew-first", "road-dept"), 5, &hub);
    for (device, code) in [(&mut worker, "20102"), (&mut department, "20103")] {
        let change = device.make(class(code));
        let ingested = hub.push(&device.origin, &[&change]);
        assert!(ingested.quarantined.is_empty(), "{:?}", ingested.verdicts);
        let content = ingested.content.case().unwrap();
        let facts = &content.reading.case.facts;
        assert_eq!(content.standing.class(facts), Some("20101"));
        assert_eq!(content.standing.state, CaseState::Dispatched);
    }
    let reading = hub.document.read(CASE);
    let standing = xunge_domain::case::fold(&reading.case);
    let proposed = standing.proposal(&reading.case.facts).unwrap().to_owned();
    // A class that no table knows can be proposed, not granted.
    let answer = |granted| Act::AnswerProposal {
        class: proposed.clone(),
        granted,
        reason: "照片为路面".into(),
    };
    let unknown = hub.acted(&clerk().id, answer(true)).ruling.outcome;
    let reason = Decline::UnknownClass;
    assert_eq!(unknown, Outcome::Declined { reason });
    let refused = hub.acted(&clerk().id, answer(false)).ruling.outcome;
    assert!(refused.is_accepted(), "{refused:?}");
    let case = hub.document.read(CASE).case;
    assert_eq!(xunge_domain::case::fold(&case).proposal(&case.facts), None);
    assert_eq!(rerule(&case, &hub.city), []);
}

#[test]
fn what_rulings_rest_on_is_set_aside_after_filing_with_the_class_that_comes_with_it() {
    let (mut hub, mut worker) = Hub::with_report();
    until(&mut hub, ActionName::File);
    let mut edits = class("20102");
    edits.push(Edit::UnitGrid(GridAnswer::NoGrid("河道".into())));
    let change = worker.make(edits);
    let ingested = hub.push(&worker.origin, &[&change]);
    let codes: Vec<String> = ingested.verdicts.iter().map(code_of).collect();
    assert_eq!(codes, ["ruled_on"]);
}

#[test]
fn between_acceptance_and_filing_the_class_stands_still() {
    let (mut hub, mut worker) = Hub::with_report();
    until(&mut hub, ActionName::Accept);
    let change = worker.make(class("20102"));
    let ingested = hub.push(&worker.origin, &[&change]);
    let codes: Vec<String> = ingested.verdicts.iter().map(code_of).collect();
    assert_eq!(codes, ["ruled_on"]);
}
