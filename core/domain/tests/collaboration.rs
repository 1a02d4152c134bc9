//! Registering, settling alone, surveys, supervision, assignment, the ladder, links, proposals, evidence that is lost:
//! each guard from both sides.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use world::{
    CLASS, City, LEAD, NOW, OTHER, OTHER_CLASS, accepted, action, body, declined, full_case,
    full_standing, intent, no, other_case, person, person_id, photo, well_formed,
};
use xunge_domain::case::{
    Act, ActionName as A, Case, CaseState, Decline, Level, ONE_VISIT_MINUTES_MAX, Outcome,
    PhotoPurpose, Ruling, Standing,
};
use xunge_domain::ids::CaseId;
use xunge_domain::person::Role;

struct Desk {
    city: City,
    case: Case,
    standing: Standing,
}

impl Desk {
    fn at(state: CaseState) -> Self {
        Self {
            city: City::new([
                person("worker", &[Role::GridWorker], None),
                person("clerk", &[Role::IntakeClerk], None),
                person("leader", &[Role::ShiftLeader], None),
                person("dispatcher", &[Role::Dispatcher], None),
                person("supervisor", &[Role::SupervisorLead], None),
                person("crew", &[Role::DisposalDept], Some(LEAD)),
                person("crew-mate", &[Role::DisposalDept], Some(LEAD)),
                person("rival", &[Role::DisposalDept], Some(OTHER)),
                person("secretary", &[Role::BranchSecretary], Some(OTHER)),
                person("bodiless", &[Role::BranchSecretary], None),
            ]),
            case: full_case("worker"),
            standing: full_standing(state, "worker", "crew"),
        }
    }

    fn ask(&mut self, by: &str, act: Act) -> Outcome {
        let outcome = self.city.judge(&self.case, &self.standing, by, act.clone());
        let sequence = self.standing.sequence + 1;
        let ruling = Ruling {
            sequence,
            at: NOW.plus_millis(i64::from(sequence)),
            outcome: outcome.clone(),
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        };
        self.standing
            .take(&intent(1_000 + sequence), &action(by, act), &ruling);
        outcome
    }
}

#[test]
fn a_matter_is_settled_alone_when_its_class_is_on_the_list() {
    let mut desk = Desk::at(CaseState::Draft);
    let act = || well_formed(A::SelfHandle, "worker");
    desk.case.facts.class = Some(OTHER_CLASS.into());
    assert_eq!(declined(desk.ask("worker", act())), Decline::NotSelfHandled);
    desk.case.facts.class = Some(CLASS.into());
    assert_eq!(accepted(desk.ask("worker", act())), CaseState::SelfDone);
    assert_eq!(desk.standing.reporter, Some(person_id("worker")));
    assert_eq!(
        accepted(desk.ask("clerk", Act::BeginReview)),
        CaseState::SelfReview
    );
    let silent = Act::Review {
        valid: false,
        reason: String::new(),
    };
    assert_eq!(declined(desk.ask("clerk", silent)), Decline::ReasonMissing);
    assert_eq!(
        accepted(desk.ask("clerk", no(well_formed(A::Review, "clerk")))),
        CaseState::Invalid
    );
}

#[test]
fn a_matter_is_settled_alone_in_one_visit() {
    let minutes_max = ONE_VISIT_MINUTES_MAX;
    let with = |minutes: i32| {
        let mut desk = Desk::at(CaseState::Draft);
        let mut after = photo("worker", PhotoPurpose::After, 7);
        after.entry.at = NOW.plus_millis(i64::from(minutes) * 60_000);
        desk.case.photos = vec![photo("worker", PhotoPurpose::Before, 6), after];
        desk.ask("worker", well_formed(A::SelfHandle, "worker"))
    };
    accepted(with(0));
    accepted(with(minutes_max));
    for minutes in [-1, minutes_max + 1] {
        assert_eq!(
            declined(with(minutes)),
            Decline::NotOneVisit {
                minutes,
                minutes_max
            }
        );
    }
    for purpose in [PhotoPurpose::Before, PhotoPurpose::After] {
        let mut desk = Desk::at(CaseState::Draft);
        desk.case
            .photos
            .retain(|photo| photo.entry.purpose != purpose);
        desk.case.photos.push(photo("crew", purpose, 9));
        let outcome = desk.ask("worker", well_formed(A::SelfHandle, "worker"));
        assert_eq!(declined(outcome), Decline::PhotoMissing { purpose });
    }
}

#[test]
fn a_registered_case_keeps_its_source_and_number() {
    let mut desk = Desk::at(CaseState::Draft);
    desk.case.photos.clear();
    accepted(desk.ask("clerk", well_formed(A::Register, "clerk")));
    let registration = desk.standing.registration.as_ref().unwrap();
    assert_eq!(registration.source.id(), "hotline");
    assert_eq!(registration.external_id.as_deref(), Some("12345-0001"));
}

#[test]
fn a_survey_is_made_for_a_body_with_an_own_photo_near_the_point() {
    let mut desk = Desk::at(CaseState::Filed);
    desk.case.photos = world::photos("secretary");
    let act = || well_formed(A::JointSurvey, "crew");
    let purpose = PhotoPurpose::Verify;
    assert_eq!(
        declined(desk.ask("crew", act())),
        Decline::PhotoMissing { purpose }
    );
    assert_eq!(declined(desk.ask("bodiless", act())), Decline::NoBody);
    assert_eq!(accepted(desk.ask("secretary", act())), CaseState::Filed);
    desk.case.photos.extend(world::photos("crew"));
    accepted(desk.ask("crew", act()));
    let bodies: Vec<_> = desk
        .standing
        .surveys
        .iter()
        .map(|it| it.organisation.clone())
        .collect();
    assert_eq!(
        bodies,
        [body(OTHER), body(LEAD)],
        "two that stand side by side"
    );
}

#[test]
fn a_supervision_is_open_until_the_body_that_has_the_case_answers() {
    let mut desk = Desk::at(CaseState::Disposing);
    let state = accepted(desk.ask("supervisor", well_formed(A::Supervise, "crew")));
    assert_eq!(state, CaseState::Disposing);
    assert_eq!(desk.standing.open_supervisions().count(), 1);
    accepted(desk.ask("dispatcher", well_formed(A::ApplyVoid, "crew")));
    assert_eq!(
        desk.standing.open_supervisions().count(),
        1,
        "the dispatcher answers for nobody"
    );
    accepted(desk.ask("crew", well_formed(A::ApplyExtend, "crew")));
    assert_eq!(desk.standing.open_supervisions().count(), 0);
}

#[test]
fn work_is_given_to_somebody_of_the_body_that_claimed_it() {
    let mut desk = Desk::at(CaseState::Disposing);
    for to in ["rival", "worker", "nobody"] {
        let outcome = desk.ask("crew", well_formed(A::Assign, to));
        assert_eq!(
            declined(outcome),
            Decline::NotSameBody { to: person_id(to) }
        );
    }
    assert_eq!(
        declined(desk.ask("rival", well_formed(A::Assign, "rival"))),
        Decline::NotClaimant
    );
    accepted(desk.ask("crew", well_formed(A::Assign, "crew-mate")));
    assert_eq!(desk.standing.assignee, Some(person_id("crew-mate")));
}

#[test]
fn a_case_climbs_and_descends_rung_by_rung() {
    let mut desk = Desk::at(CaseState::Disposing);
    let down = || well_formed(A::SendDown, "crew");
    let up = || well_formed(A::Escalate, "crew");
    let ends = |level| Decline::LadderEnds { level };
    assert_eq!(
        declined(desk.ask("dispatcher", down())),
        ends(Level::Community)
    );
    for level in [Level::Street, Level::District, Level::City] {
        accepted(desk.ask("dispatcher", up()));
        assert_eq!(desk.standing.rung.level, level);
        assert_eq!(desk.standing.rung.organisation, Some(body(OTHER)));
    }
    assert_eq!(declined(desk.ask("leader", up())), ends(Level::City));
    accepted(desk.ask("leader", down()));
    assert_eq!(desk.standing.rung.level, Level::District);
    let to = Some(body("no-such-body"));
    let unknown = Act::Escalate {
        to,
        reason: "超出能力".into(),
    };
    assert_eq!(declined(desk.ask("leader", unknown)), Decline::UnknownParty);
}

#[test]
fn a_duplicate_is_linked_once_and_unlinked_with_a_reason() {
    let mut desk = Desk::at(CaseState::Reported);
    let itself = Act::LinkDuplicate { of: desk.case.id };
    assert_eq!(declined(desk.ask("clerk", itself)), Decline::LinksItself);
    let unknown = CaseId::from_bytes([7; 16]);
    let elsewhere = Act::LinkDuplicate { of: unknown };
    assert_eq!(declined(desk.ask("clerk", elsewhere)), Decline::UnknownCase);
    let unlink = || well_formed(A::UnlinkDuplicate, "clerk");
    assert_eq!(declined(desk.ask("clerk", unlink())), Decline::NotLinked);
    accepted(desk.ask("clerk", well_formed(A::LinkDuplicate, "clerk")));
    assert_eq!(
        declined(desk.ask("clerk", well_formed(A::LinkDuplicate, "clerk"))),
        Decline::AlreadyLinked
    );
    assert_eq!(desk.standing.duplicates, [other_case()]);
    let silent = Act::UnlinkDuplicate {
        of: other_case(),
        reason: String::new(),
    };
    assert_eq!(declined(desk.ask("clerk", silent)), Decline::ReasonMissing);
    accepted(desk.ask("clerk", unlink()));
    assert_eq!(desk.standing.duplicates, []);
    let reject = |of| Act::Reject {
        reason: "重复".into(),
        duplicate_of: Some(of),
    };
    let elsewhere = desk.ask("clerk", reject(unknown));
    assert_eq!(declined(elsewhere), Decline::UnknownCase);
    let reject = reject(other_case());
    accepted(desk.ask("clerk", reject));
    assert_eq!(
        desk.standing.duplicates,
        [other_case()],
        "a rejection links as well"
    );
}

#[test]
fn a_class_written_after_filing_waits_for_the_shift_leader() {
    let answer = |class: &str, granted| Act::AnswerProposal {
        class: class.into(),
        granted,
        reason: "依据现场照片".into(),
    };
    let mut desk = Desk::at(CaseState::Disposing);
    assert_eq!(
        declined(desk.ask("leader", answer(CLASS, true))),
        Decline::NotProposed
    );
    desk.case.facts.class = Some(OTHER_CLASS.into());
    let class = |desk: &Desk| desk.standing.class(&desk.case.facts).map(str::to_owned);
    assert_eq!(desk.standing.proposal(&desk.case.facts), Some(OTHER_CLASS));
    assert_eq!(class(&desk).as_deref(), Some(CLASS), "what was filed holds");
    // Another class than the one that stands there: it changed while the leader looked.
    assert_eq!(
        declined(desk.ask("leader", answer("20117", true))),
        Decline::NotProposed
    );
    let mut refused = Desk::at(CaseState::Disposing);
    refused.case = desk.case.clone();
    accepted(refused.ask("leader", answer(OTHER_CLASS, false)));
    assert_eq!(refused.standing.proposal(&refused.case.facts), None);
    assert_eq!(class(&refused).as_deref(), Some(CLASS));
    accepted(desk.ask("leader", answer(OTHER_CLASS, true)));
    assert_eq!(class(&desk).as_deref(), Some(OTHER_CLASS));
    assert_eq!(desk.standing.proposal(&desk.case.facts), None);
    // A class that no table knows is nothing anybody can grant.
    desk.case.facts.class = Some("99999".into());
    assert_eq!(
        declined(desk.ask("leader", answer("99999", true))),
        Decline::UnknownClass
    );
}

#[test]
fn a_case_is_closed_when_what_never_comes_is_given_up_with_a_reason() {
    let mut desk = Desk::at(CaseState::ToClose);
    let missing = desk.case.photos[0].entry.original.sha256;
    desk.city.missing = vec![missing];
    let close = || well_formed(A::Close, "leader");
    assert_eq!(
        declined(desk.ask("leader", close())),
        Decline::EvidencePending { missing: 1 }
    );
    let lost = |blobs, reason: &str| Act::DeclareEvidenceLost {
        blobs,
        reason: reason.into(),
    };
    let stored = desk.case.photos[1].entry.original.sha256;
    for blobs in [vec![], vec![stored], vec![missing, stored]] {
        assert_eq!(
            declined(desk.ask("leader", lost(blobs, "手机损毁"))),
            Decline::NotLost
        );
    }
    assert_eq!(
        declined(desk.ask("leader", lost(vec![missing], ""))),
        Decline::ReasonMissing
    );
    accepted(desk.ask("leader", lost(vec![missing], "手机损毁")));
    assert_eq!(accepted(desk.ask("leader", close())), CaseState::Closed);
}

#[test]
fn what_nobody_ever_claimed_cannot_be_reopened() {
    let mut desk = Desk::at(CaseState::Closed);
    desk.standing.claim = None;
    let reopen = well_formed(A::Reopen, "leader");
    assert_eq!(declined(desk.ask("leader", reopen)), Decline::NeverClaimed);
}
