//! Reasons are read by people and by programs: each has one code and two texts, and survives both encodings.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use std::collections::BTreeSet;

use world::{LEAD, NOW, body, person_id};
use xunge_domain::case::{ApplicationKind, CaseState, Decline, Level, PhotoPurpose};
use xunge_domain::person::Role;
use xunge_domain::tables::HandlingClass;

fn all() -> Vec<Decline> {
    let metres_max = 200;
    vec![
        Decline::WrongRole {
            needs: Role::IntakeClerk,
        },
        Decline::WrongState {
            is: CaseState::Closed,
            needs: CaseState::Reported,
        },
        Decline::AlreadyClaimed {
            by: person_id("crew"),
            organisation: body(LEAD),
            at: NOW,
        },
        Decline::UnknownClass,
        Decline::UnknownCondition,
        Decline::NoUnitGrid,
        Decline::PhotoMissing {
            purpose: PhotoPurpose::Check,
        },
        Decline::ReasonMissing,
        Decline::NotLeadParty,
        Decline::NotClaimant,
        Decline::NotAssigned {
            to: person_id("worker"),
        },
        Decline::Beneficiary,
        Decline::TooFar {
            metres: Some(201),
            metres_max,
        },
        Decline::EvidencePending { missing: 3 },
        Decline::UnknownParty,
        Decline::AlreadyChecked { at: NOW },
        Decline::Disputed,
        Decline::NotApplied {
            kind: ApplicationKind::Extend,
        },
        Decline::AlreadyApplied {
            kind: ApplicationKind::Hold,
            by: person_id("crew"),
        },
        Decline::NotSelfHandled,
        Decline::NotOneVisit {
            minutes: 121,
            minutes_max: 120,
        },
        Decline::NotSameBody {
            to: person_id("worker"),
        },
        Decline::LadderEnds { level: Level::City },
        Decline::AlreadyLinked,
        Decline::NotLinked,
        Decline::LinksItself,
        Decline::NotProposed,
        Decline::NotLost,
        Decline::NeverClaimed,
        Decline::DateNotAhead,
        Decline::NoBody,
        Decline::UnknownCase,
        Decline::NoLimitOfHandling {
            handling_class: HandlingClass::Engineering,
        },
    ]
}

/// Fails to compile when a reason is added, so that [`all`] is not forgotten.
fn place(reason: &Decline) -> usize {
    match reason {
        Decline::WrongRole { .. } => 0,
        Decline::WrongState { .. } => 1,
        Decline::AlreadyClaimed { .. } => 2,
        Decline::UnknownClass => 3,
        Decline::UnknownCondition => 4,
        Decline::NoUnitGrid => 5,
        Decline::PhotoMissing { .. } => 6,
        Decline::ReasonMissing => 7,
        Decline::NotLeadParty => 8,
        Decline::NotClaimant => 9,
        Decline::NotAssigned { .. } => 10,
        Decline::Beneficiary => 11,
        Decline::TooFar { .. } => 12,
        Decline::EvidencePending { .. } => 13,
        Decline::UnknownParty => 14,
        Decline::AlreadyChecked { .. } => 15,
        Decline::Disputed => 16,
        Decline::NotApplied { .. } => 17,
        Decline::AlreadyApplied { .. } => 18,
        Decline::NotSelfHandled => 19,
        Decline::NotOneVisit { .. } => 20,
        Decline::NotSameBody { .. } => 21,
        Decline::LadderEnds { .. } => 22,
        Decline::AlreadyLinked => 23,
        Decline::NotLinked => 24,
        Decline::LinksItself => 25,
        Decline::NotProposed => 26,
        Decline::NotLost => 27,
        Decline::NeverClaimed => 28,
        Decline::DateNotAhead => 29,
        Decline::NoBody => 30,
        Decline::UnknownCase => 31,
        Decline::NoLimitOfHandling { .. } => 32,
    }
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

#[test]
fn every_reason_has_its_own_code_and_its_own_words_in_both_languages() {
    let reasons = all();
    assert_eq!(
        reasons.iter().map(place).collect::<Vec<_>>(),
        (0..33).collect::<Vec<_>>()
    );
    let distinct = |texts: Vec<String>| texts.into_iter().collect::<BTreeSet<_>>().len();
    assert_eq!(
        distinct(reasons.iter().map(|reason| reason.code().into()).collect()),
        reasons.len()
    );
    assert_eq!(
        distinct(reasons.iter().map(Decline::zh).collect()),
        reasons.len()
    );
    assert_eq!(
        distinct(reasons.iter().map(Decline::en).collect()),
        reasons.len()
    );
}

#[test]
fn the_words_are_in_the_language_they_claim_and_hold_the_facts() {
    let nowhere = Decline::TooFar {
        metres: None,
        metres_max: 200,
    };
    for reason in all().into_iter().chain([nowhere]) {
        let (zh, en) = (reason.zh(), reason.en());
        assert!(zh.chars().filter(|it| is_han(*it)).count() >= 8, "{zh}");
        assert!(zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
        assert!(
            en.split(' ').count() >= 5 && !en.chars().any(is_han),
            "{en}"
        );
        let facts: &[&str] = match &reason {
            Decline::TooFar {
                metres: Some(_), ..
            } => &["201", "200"],
            Decline::TooFar { .. } => &["200"],
            Decline::EvidencePending { .. } => &["3"],
            Decline::NotAssigned { .. } | Decline::NotSameBody { .. } => &["worker"],
            Decline::AlreadyApplied { .. } => &["crew"],
            Decline::NotOneVisit { .. } => &["121", "120"],
            _ => &[],
        };
        for fact in facts {
            assert!(zh.contains(fact) && en.contains(fact), "{fact}: {zh} {en}");
        }
    }
}

#[test]
fn a_reason_survives_json_and_cbor_and_its_code_is_the_tag() {
    for reason in all() {
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["code"], reason.code());
        assert_eq!(serde_json::from_value::<Decline>(json).unwrap(), reason);
        let bytes = minicbor::to_vec(&reason).unwrap();
        assert_eq!(minicbor::decode::<Decline>(&bytes).unwrap(), reason);
    }
}
