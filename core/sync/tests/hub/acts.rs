//! People in browsers, claims that come too late, where a case is placed, and ruling history anew.

use xunge_documents::schema::Container;
use xunge_documents::testing::{ForgedWrite, forge};
use xunge_documents::{Document, Edit};
use xunge_domain::case::{
    Act, CaseState, CloseOutcome, Decline, Outcome, PhotoPurpose, StaffSession,
};
use xunge_domain::ids::PersonId;
use xunge_domain::tables::HandlingClass;
use xunge_sync::hub::{Reruled, rerule};
use xunge_sync::keys::Signer as _;
use xunge_sync::wire::{Verdict, server_change_message};

use crate::support::{CASE, Device, Hub, NOW, cbor, clerk, crew, point};

fn dispatch() -> Act {
    Act::Dispatch {
        lead: "road-dept".parse().unwrap(),
        assist: vec!["water-dept".parse().unwrap()],
        notify: vec!["centre".parse().unwrap()],
    }
}

fn dispatched() -> (Hub, Device) {
    let (mut hub, device) = Hub::with_report();
    let clerk = clerk().id;
    for what in [
        Act::Accept,
        Act::File {
            condition: "1".into(),
            handling_class: HandlingClass::General,
        },
        dispatch(),
    ] {
        let acted = hub.acted(&clerk, what);
        assert!(acted.ruling.outcome.is_accepted(), "{:?}", acted.ruling);
    }
    (hub, device)
}

/// The whole life of a case: devices and browsers in turn.
fn closed() -> Hub {
    let (mut hub, mut worker) = dispatched();
    let mut crew = Device::pulled(crew("crew-first", "road-dept"), 5, &hub);
    let (_, claim) = crew.ask(Act::Claim);
    let (id, photo) = (crew.next_id(), crew.photo(PhotoPurpose::After));
    let after = crew.make(vec![Edit::Photo(id, photo)]);
    let (_, feedback) = crew.ask(Act::Feedback {
        point: Some(point()),
        note: "已修复".into(),
    });
    hub.push(&crew.origin, &[&claim, &after, &feedback]);
    let clerk = clerk().id;
    let to = worker.origin.person.id.clone();
    hub.acted(&clerk, Act::SendCheck { to, also: None });
    worker.document = hub.document.clone();
    let (id, photo) = (worker.next_id(), worker.photo(PhotoPurpose::Check));
    let seen = worker.make(vec![Edit::Photo(id, photo)]);
    let (_, check) = worker.ask(Act::Check {
        passed: true,
        point: Some(point()),
        note: "属实".into(),
    });
    hub.push(&worker.origin, &[&seen, &check]);
    // Too early once, then with every photo stored.
    let close = Act::Close {
        outcome: CloseOutcome::Normal,
    };
    let early = hub.acted(&clerk, close.clone());
    assert!(matches!(
        early.ruling.outcome,
        Outcome::Declined {
            reason: Decline::EvidencePending { missing: 3 }
        }
    ));
    let case = hub.document.read(CASE).case;
    let cited = case.photos.iter().flat_map(|photo| photo.entry.cited());
    hub.city
        .stored
        .borrow_mut()
        .extend(cited.map(|blob| blob.sha256));
    let closed = hub.acted(&clerk, close);
    assert_eq!(
        closed.content.case().unwrap().standing.state,
        CaseState::Closed
    );
    hub
}

#[test]
fn an_act_in_a_browser_is_one_signed_change_with_action_and_ruling() {
    let (mut hub, _) = Hub::with_report();
    let before = hub.document.changes().len();
    let acted = hub.acted(&clerk().id, Act::Accept);
    assert_eq!(hub.document.changes().len(), before + 1);
    let change = &acted.appended.change;
    assert_eq!(change.actor, hub.key.actor());
    let message = server_change_message(&CASE, &change.hash);
    let key = hub.key.key.public_key();
    assert!(key.verifies(&message, &acted.appended.signature.unwrap()));
    let case = &acted.content.case().unwrap().reading.case;
    let action = case
        .actions
        .iter()
        .find(|action| action.entry.act == Act::Accept);
    let action = action.unwrap();
    assert_eq!(action.entry.author, clerk().id);
    assert_eq!(action.entry.session, Some(StaffSession { id: "s1".into() }));
    assert_eq!(action.id.prefix(), hub.key.installation.prefix());
    assert_eq!(case.ruling(&action.id), Some(&acted.ruling));
    assert_eq!(acted.ruling.sequence, 2);
    assert_eq!(
        acted.content.case().unwrap().standing.state,
        CaseState::Accepted
    );
}

#[test]
fn a_declined_act_is_written_too_and_an_unknown_author_is_declined() {
    let (mut hub, _) = Hub::with_report();
    let ghost: PersonId = "ghost".parse().unwrap();
    let declined = hub.acted(&ghost, Act::Accept);
    assert_eq!(
        declined.ruling.outcome,
        Outcome::Declined {
            reason: Decline::UnknownParty
        }
    );
    assert_eq!(
        declined.content.case().unwrap().standing.state,
        CaseState::Reported
    );
    assert_eq!(
        declined.content.case().unwrap().reading.case.actions.len(),
        2
    );
    // The next act gets an id of its own.
    let accepted = hub.acted(&clerk().id, Act::Accept);
    assert_eq!(
        accepted.content.case().unwrap().reading.case.actions.len(),
        3
    );
}

#[test]
fn filing_gives_a_number_and_a_declined_filing_takes_none() {
    let (mut hub, _) = Hub::with_report();
    let clerk = clerk().id;
    hub.acted(&clerk, Act::Accept);
    let file = |condition: &str| Act::File {
        condition: condition.into(),
        handling_class: HandlingClass::General,
    };
    let declined = hub.acted(&clerk, file("9"));
    assert_eq!(declined.content.case().unwrap().standing.case_no, None);
    let filed = hub.acted(&clerk, file("1"));
    assert_eq!(
        filed.content.case().unwrap().standing.case_no.as_deref(),
        Some("2026-0001")
    );
}

#[test]
fn a_late_claim_is_told_who_was_first() {
    let (mut hub, _) = dispatched();
    let mut first = Device::pulled(crew("crew-first", "road-dept"), 5, &hub);
    let mut second = Device::pulled(crew("crew-second", "road-dept"), 6, &hub);
    let ((_, early), (late_id, late)) = (first.ask(Act::Claim), second.ask(Act::Claim));
    assert_eq!(
        hub.push(&first.origin, &[&early]).verdicts,
        [Verdict::Received]
    );
    let ingested = hub.push(&second.origin, &[&late]);
    assert_eq!(ingested.verdicts, [Verdict::Received]);
    let ruling = ingested
        .content
        .case()
        .unwrap()
        .reading
        .case
        .ruling(&late_id)
        .unwrap();
    assert_eq!(
        ruling.outcome,
        Outcome::Declined {
            reason: Decline::AlreadyClaimed {
                by: "crew-first".parse().unwrap(),
                organisation: "road-dept".parse().unwrap(),
                at: NOW,
            }
        }
    );
    assert_eq!(
        ingested.content.case().unwrap().standing.state,
        CaseState::Disposing
    );
    let claim = ingested
        .content
        .case()
        .unwrap()
        .standing
        .claim
        .clone()
        .unwrap();
    assert_eq!(claim.by.as_str(), "crew-first");
}

#[test]
fn a_case_is_placed_where_it_was_reported_and_with_everybody_who_has_a_task() {
    let scopes =
        |hub: &Hub| -> Vec<String> { hub.placement.iter().map(ToString::to_string).collect() };
    let (mut hub, _) = Hub::with_report();
    assert_eq!(scopes(&hub), ["grid:putian-1", "person:worker-putian"]);
    let to = "worker-weilai".parse().unwrap();
    hub.acted(&clerk().id, Act::SendVerify { to });
    assert_eq!(
        scopes(&hub),
        [
            "grid:putian-1",
            "person:worker-putian",
            "person:worker-weilai"
        ]
    );
    // Asked to verify, the colleague of another beat may write.
    let mut colleague = Device::pulled(crate::support::other_worker(), 4, &hub);
    let change = colleague.comment("现场");
    assert_eq!(
        hub.push(&colleague.origin, &[&change]).verdicts,
        [Verdict::Received]
    );

    let (hub, _) = dispatched();
    assert_eq!(
        scopes(&hub),
        [
            "grid:putian-1",
            "org:centre",
            "org:road-dept",
            "org:water-dept",
            "person:worker-putian"
        ]
    );
    let (mut hub, _) = dispatched();
    let mut crew = Device::pulled(crew("crew-first", "road-dept"), 5, &hub);
    let (_, claim) = crew.ask(Act::Claim);
    let (id, photo) = (crew.next_id(), crew.photo(PhotoPurpose::After));
    let after = crew.make(vec![Edit::Photo(id, photo)]);
    let (_, feedback) = crew.ask(Act::Feedback {
        point: Some(point()),
        note: "已修复".into(),
    });
    hub.push(&crew.origin, &[&claim, &after, &feedback]);
    let to = "worker-weilai".parse().unwrap();
    hub.acted(&clerk().id, Act::SendCheck { to, also: None });
    assert!(scopes(&hub).contains(&"person:worker-weilai".to_owned()));
}

#[test]
fn an_honest_history_is_ruled_the_same_again() {
    let hub = closed();
    let case = hub.document.read(CASE).case;
    assert_eq!(case.rulings.len(), 10, "ten rulings, one of them declined");
    assert_eq!(rerule(&case, &hub.city), []);
}

#[test]
fn a_tampered_ruling_is_found() {
    let (hub, _) = Hub::with_report();
    let case = hub.document.read(CASE).case;
    let report = case.rulings[0].clone();
    let mut tampered = report.entry.clone();
    tampered.outcome = Outcome::Accepted {
        to: CaseState::Closed,
        case_no: None,
        organisation: None,
        class: None,
    };
    // Written over with the hub's own hand: what a thief of its key, or a bug, could do.
    let mut document: Document = hub.document.clone();
    let bytes = cbor(&tampered);
    let key = report.id.to_string();
    let write = ForgedWrite::Bytes(Container::Rulings, &key, &bytes);
    forge(&mut document, hub.key.actor(), &[write]).unwrap();
    let case = document.read(CASE).case;
    assert_eq!(
        rerule(&case, &hub.city),
        [Reruled {
            action: report.id,
            recorded: tampered.outcome,
            decided: report.entry.outcome,
        }]
    );
}
