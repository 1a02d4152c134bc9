//! What an honest city does is merged and ruled.

use xunge_domain::case::{Act, CaseState, CloseOutcome, Decline, Outcome, PhotoPurpose};
use xunge_domain::scope::Scope;
use xunge_sync::hub::rerule;
use xunge_sync::wire::Verdict;

use crate::city::{LEAD, body, here, person_id};
use crate::world::{CASE, Hub, Phone, reported, unsigned};

fn scope(text: &str) -> Scope {
    text.parse().unwrap()
}

fn accepted(outcome: &Outcome, to: CaseState) {
    assert!(
        matches!(outcome, Outcome::Accepted { to: led, .. } if *led == to),
        "{outcome:?} instead of {to:?}"
    );
}

fn filed(hub: &mut Hub) {
    accepted(&hub.act("clerk", Act::Accept), CaseState::Accepted);
    let condition = "1".into();
    accepted(
        &hub.act("leader", Act::File { condition }),
        CaseState::Filed,
    );
}

fn dispatched(hub: &mut Hub) {
    filed(hub);
    let lead = body(LEAD);
    let dispatch = Act::Dispatch {
        lead,
        assist: vec![],
        notify: vec![],
    };
    accepted(&hub.act("dispatcher", dispatch), CaseState::Dispatched);
}

/// A whole life through phones and browsers.
fn closed() -> Hub {
    let (mut hub, worker) = reported();
    dispatched(&mut hub);
    let mut crew = Phone::new("crew", 2);
    hub.pull(&mut crew);
    let claim = crew.asks(Act::Claim);
    let point = Some(here());
    let note = String::new();
    let feedback = crew.asks_with_photo(PhotoPurpose::After, Act::Feedback { point, note });
    let done = hub.push(&crew, &[unsigned(&claim), unsigned(&feedback)]);
    assert_eq!(done.verdicts, [Verdict::Received, Verdict::Received]);
    assert_eq!(done.standing.state, CaseState::FedBack);
    let to = person_id("neighbour");
    accepted(
        &hub.act("clerk", Act::SendCheck { to }),
        CaseState::Checking,
    );
    let mut neighbour = Phone::new("neighbour", 3);
    hub.pull(&mut neighbour);
    let check = Act::Check {
        passed: true,
        point,
        note: String::new(),
    };
    let check = neighbour.asks_with_photo(PhotoPurpose::Check, check);
    hub.push(&neighbour, &[unsigned(&check)]);
    let outcome = CloseOutcome::Normal;
    let pending = hub.act("leader", Act::Close { outcome });
    assert_eq!(
        pending,
        Outcome::Declined {
            reason: Decline::EvidencePending { missing: 3 }
        }
    );
    for photo in hub.stored.document.read(CASE).case.photos {
        hub.city.stored.insert(photo.entry.original.sha256);
    }
    accepted(
        &hub.act("leader", Act::Close { outcome }),
        CaseState::Closed,
    );
    drop(worker);
    hub
}

#[test]
fn a_report_is_received_ruled_and_placed() {
    let (hub, worker) = reported();
    assert_eq!(
        hub.stored.placement,
        [scope("grid:putian-1"), scope("person:worker")]
    );
    assert_eq!(hub.stored.log.len(), 2, "the report and its ruling");
    assert_eq!(worker.document.heads(), hub.stored.document.heads());
}

#[test]
fn a_report_that_lacks_something_is_merged_and_declined_with_the_reason() {
    for (without, code) in [
        (0, "unknown_class"),
        (2, "no_unit_grid"),
        (3, "no_unit_grid"),
        (4, "photo_missing"),
    ] {
        let (mut hub, mut worker) = (Hub::new(1), Phone::new("worker", 1));
        let mut edits = worker.report_edits();
        edits.remove(without);
        let report = worker.write(edits);
        let done = hub.push(&worker, &[unsigned(&report)]);
        assert_eq!(done.verdicts, [Verdict::Received]);
        let ruling = hub.last_ruling();
        let Outcome::Declined { reason } = ruling.outcome else {
            panic!("{code} was to be declined");
        };
        assert_eq!(reason.code(), code);
        assert_eq!(hub.state(), CaseState::Draft);
        assert!(done.placement.contains(&scope("person:worker")));
    }
}

#[test]
fn the_second_claim_is_told_who_was_first_and_stays_in_the_history() {
    let (mut hub, _) = reported();
    dispatched(&mut hub);
    let (mut crew, mut late) = (Phone::new("crew", 2), Phone::new("colleague", 3));
    hub.pull(&mut crew);
    hub.pull(&mut late);
    let (first, second) = (crew.asks(Act::Claim), late.asks(Act::Claim));
    hub.push(&crew, &[unsigned(&first)]);
    let done = hub.push(&late, &[unsigned(&second)]);
    assert_eq!(done.verdicts, [Verdict::Received]);
    let Outcome::Declined {
        reason: Decline::AlreadyClaimed {
            by, organisation, ..
        },
    } = hub.last_ruling().outcome
    else {
        panic!("the second claim was to be told who was first");
    };
    assert_eq!((by, organisation), (person_id("crew"), body(LEAD)));
    assert_eq!(
        hub.stored.document.read(CASE).case.actions.len(),
        done.reading.case.rulings.len()
    );
}

#[test]
fn a_whole_life_closes_and_is_ruled_alike_a_second_time() {
    let hub = closed();
    let case = hub.stored.document.read(CASE).case;
    assert_eq!(hub.state(), CaseState::Closed);
    let sequences: Vec<u32> = case
        .rulings
        .iter()
        .map(|ruling| ruling.entry.sequence)
        .collect();
    assert_eq!(sequences, (1..=10).collect::<Vec<_>>());
    assert_eq!(rerule(&case, &hub.city), []);
}

#[test]
fn a_tampered_ruling_is_found_wherever_it_stands() {
    let hub = closed();
    let honest = hub.stored.document.read(CASE).case;
    for index in 0..honest.rulings.len() {
        let mut case = honest.clone();
        let ruling = &mut case.rulings[index];
        let evidence_pending = matches!(
            ruling.entry.outcome,
            Outcome::Declined {
                reason: Decline::EvidencePending { .. }
            }
        );
        ruling.entry.outcome = Outcome::Declined {
            reason: Decline::NotLeadParty,
        };
        let id = ruling.id;
        let found = rerule(&case, &hub.city);
        // Where evidence was pending then, it is here now, so the judge would say yes: that differs as well.
        assert!(
            found.iter().any(|again| again.action == id),
            "ruling {index}, evidence pending: {evidence_pending}"
        );
    }
}

#[test]
fn an_unknown_author_is_declined_not_merged_silently() {
    let (mut hub, _) = reported();
    let outcome = hub.act("nobody", Act::Accept);
    assert_eq!(
        outcome,
        Outcome::Declined {
            reason: Decline::UnknownParty
        }
    );
}
