//! Every guard, from both sides: what it lets through and what it declines, with the reason it gives.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use world::{
    City, LEAD, NOW, OTHER, accepted, action, body, declined, full_case, full_standing, grid_code,
    intent, metres_north, person, person_id, photo, well_formed,
};
use xunge_domain::case::{
    Act, Action, ActionName, BlobReference, Case, CaseState, Checks, Decline,
    FEEDBACK_DISTANCE_METRES_MAX, GridAnswer, Keyed, Outcome, PhotoPurpose, REASON_CHARACTERS_MIN,
    Ruling, Standing, transitions_of,
};
use xunge_domain::ids::{Digest, InstallationId, IntentId};
use xunge_domain::person::Role;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

/// One scene: the people of a case, and one request that lacks nothing. A test spoils it in one place.
struct Scene {
    city: City,
    case: Case,
    standing: Standing,
    act: Act,
    by: &'static str,
}

impl Scene {
    fn new(action: ActionName, state: CaseState) -> Self {
        let by = match transitions_of(action).next().map(|row| row.role) {
            Some(Role::GridWorker) => "worker",
            Some(Role::IntakeClerk) => "clerk",
            Some(Role::ShiftLeader) => "leader",
            Some(Role::Dispatcher) => "dispatcher",
            _ => "crew",
        };
        let city = City::new([
            person("worker", &[Role::GridWorker], None),
            person("other-worker", &[Role::GridWorker], Some(OTHER)),
            person("inside-worker", &[Role::GridWorker], Some(LEAD)),
            person("clerk", &[Role::IntakeClerk], None),
            person("leader", &[Role::ShiftLeader], None),
            person("dispatcher", &[Role::Dispatcher], None),
            person("crew", &[Role::DisposalDept, Role::GridWorker], Some(LEAD)),
            person("crew-mate", &[Role::DisposalDept], Some(LEAD)),
            person("rival", &[Role::DisposalDept], Some(OTHER)),
            person("bodiless", &[Role::DisposalDept], None),
        ]);
        Self {
            city,
            case: full_case(by),
            standing: full_standing(state, "worker", "crew"),
            act: well_formed(action, "worker"),
            by,
        }
    }

    fn rule(&self) -> Outcome {
        self.city
            .judge(&self.case, &self.standing, self.by, self.act.clone())
    }
}

fn report() -> Scene {
    Scene::new(ActionName::Report, CaseState::Draft)
}

fn feedback() -> Scene {
    Scene::new(ActionName::Feedback, CaseState::Disposing)
}

#[test]
fn a_report_needs_a_class_of_the_table() {
    let mut scene = report();
    accepted(scene.rule());
    for class in [None, Some(String::new()), Some("99999".into())] {
        scene.case.facts.class = class;
        assert_eq!(declined(scene.rule()), Decline::UnknownClass);
    }
}

#[test]
fn a_report_needs_the_unit_grid_in_which_its_point_lies() {
    let mut scene = report();
    for answer in [None, Some(GridAnswer::Known(grid_code(2)))] {
        scene.case.facts.unit_grid = answer;
        assert_eq!(declined(scene.rule()), Decline::NoUnitGrid);
    }
    let mut nowhere = report();
    nowhere.case.facts.position = None;
    assert_eq!(declined(nowhere.rule()), Decline::NoUnitGrid);
    let mut outside = report();
    outside.case.facts.position.as_mut().unwrap().point = "113.5,34.5".parse().unwrap();
    assert_eq!(declined(outside.rule()), Decline::NoUnitGrid);
}

#[test]
fn a_report_without_a_grid_says_why() {
    let mut scene = report();
    scene.case.facts.position = None;
    for (reason, holds) in [
        ("", false),
        (" 河 \n", false),
        ("河道", true),
        ("新建道路，尚未划格", true),
    ] {
        scene.case.facts.unit_grid = Some(GridAnswer::NoGrid(reason.into()));
        let outcome = scene.rule();
        assert_eq!(outcome.is_accepted(), holds, "{reason:?}");
        if !holds {
            assert_eq!(declined(outcome), Decline::NoUnitGrid);
        }
    }
}

/// Without the author's own photo of this purpose the action is declined, whatever other photos there are.
#[track_caller]
fn needs_photo(mut scene: Scene, purpose: PhotoPurpose, stranger: &str) {
    accepted(scene.rule());
    scene
        .case
        .photos
        .retain(|photo| photo.entry.purpose != purpose);
    assert_eq!(declined(scene.rule()), Decline::PhotoMissing { purpose });
    scene.case.photos.push(photo(stranger, purpose, 7));
    assert_eq!(declined(scene.rule()), Decline::PhotoMissing { purpose });
    scene.case.photos.push(photo(scene.by, purpose, 8));
    accepted(scene.rule());
}

#[test]
fn report_verify_and_check_need_the_authors_own_photo() {
    needs_photo(report(), PhotoPurpose::Found, "other-worker");
    needs_photo(
        Scene::new(ActionName::Verify, CaseState::Verifying),
        PhotoPurpose::Verify,
        "other-worker",
    );
    needs_photo(
        Scene::new(ActionName::Check, CaseState::Checking),
        PhotoPurpose::Check,
        "other-worker",
    );
}

#[test]
fn feedback_needs_a_photo_after_the_works_by_the_body_that_did_them() {
    needs_photo(feedback(), PhotoPurpose::After, "rival");
    needs_photo(feedback(), PhotoPurpose::After, "bodiless");
    needs_photo(feedback(), PhotoPurpose::After, "unknown");
    let mut scene = feedback();
    scene.case.photos = vec![photo("crew-mate", PhotoPurpose::After, 1)];
    accepted(scene.rule());
}

#[test]
fn a_verify_or_check_task_is_done_by_the_one_it_was_sent_to() {
    for (action, state) in [
        (ActionName::Verify, CaseState::Verifying),
        (ActionName::Check, CaseState::Checking),
    ] {
        let mut scene = Scene::new(action, state);
        scene.standing.verifiers = vec![person_id("other-worker")];
        scene.standing.checks.sent_to = vec![person_id("other-worker")];
        let to = person_id("other-worker");
        assert_eq!(declined(scene.rule()), Decline::NotAssigned { to });
        scene.standing.verifiers.clear();
        scene.standing.checks = Checks::default();
        assert_eq!(declined(scene.rule()), Decline::UnknownParty);
    }
    // The two tasks are not one: who verifies need not be who checks.
    let mut scene = Scene::new(ActionName::Verify, CaseState::Verifying);
    scene.standing.checks.sent_to = vec![person_id("other-worker")];
    accepted(scene.rule());
}

#[test]
fn tasks_go_to_grid_workers_who_are_known() {
    for (action, state) in [
        (ActionName::SendVerify, CaseState::Reported),
        (ActionName::SendCheck, CaseState::FedBack),
    ] {
        let mut scene = Scene::new(action, state);
        accepted(scene.rule());
        for to in ["stranger", "clerk", "rival"] {
            scene.act = well_formed(action, to);
            assert_eq!(declined(scene.rule()), Decline::UnknownParty, "{to}");
        }
    }
}

#[test]
fn who_did_the_work_or_belongs_to_its_body_is_not_asked_to_check_it() {
    let mut scene = Scene::new(ActionName::SendCheck, CaseState::FedBack);
    for to in ["crew", "inside-worker"] {
        scene.act = well_formed(ActionName::SendCheck, to);
        assert_eq!(declined(scene.rule()), Decline::Beneficiary, "{to}");
    }
    for to in ["worker", "other-worker"] {
        scene.act = well_formed(ActionName::SendCheck, to);
        accepted(scene.rule());
    }
}

#[test]
fn a_rejection_says_why() {
    let mut scene = Scene::new(ActionName::Reject, CaseState::Reported);
    let short = "字".repeat(REASON_CHARACTERS_MIN - 1);
    for (reason, holds) in [
        ("", false),
        ("   \t", false),
        (short.as_str(), false),
        (&format!("  {short}  "), false),
        ("重复", true),
    ] {
        scene.act = Act::Reject {
            reason: reason.into(),
            duplicate_of: None,
        };
        let outcome = scene.rule();
        assert_eq!(outcome.is_accepted(), holds, "{reason:?}");
        if !holds {
            assert_eq!(declined(outcome), Decline::ReasonMissing);
        }
    }
}

#[test]
fn filing_takes_a_condition_of_the_class() {
    let mut scene = Scene::new(ActionName::File, CaseState::Accepted);
    accepted(scene.rule());
    for condition in ["", "2", "1 "] {
        scene.act = Act::File {
            condition: condition.into(),
            handling_class: HandlingClass::General,
        };
        assert_eq!(declined(scene.rule()), Decline::UnknownCondition);
    }
    scene.case.facts.class = None;
    assert_eq!(declined(scene.rule()), Decline::UnknownClass);
}

#[test]
fn a_case_is_dispatched_to_bodies_that_exist() {
    let mut scene = Scene::new(ActionName::Dispatch, CaseState::Filed);
    accepted(scene.rule());
    let (known, ghost) = (body(OTHER), body("ghost-dept"));
    for (lead, assist, notify) in [
        (&ghost, &known, &known),
        (&known, &ghost, &known),
        (&known, &known, &ghost),
    ] {
        scene.act = Act::Dispatch {
            lead: lead.clone(),
            assist: vec![known.clone(), assist.clone()],
            notify: vec![known.clone(), notify.clone()],
        };
        assert_eq!(declined(scene.rule()), Decline::UnknownParty);
    }
}

#[test]
fn the_leading_body_claims_and_nobody_else() {
    let mut scene = Scene::new(ActionName::Claim, CaseState::Dispatched);
    scene.standing.claim = None;
    let Outcome::Accepted { organisation, .. } = scene.rule() else {
        panic!("the lead may claim");
    };
    assert_eq!(organisation, Some(body(LEAD)));
    for by in ["rival", "bodiless"] {
        scene.by = by;
        assert_eq!(declined(scene.rule()), Decline::NotLeadParty, "{by}");
    }
    // No lead is nobody's lead, not that of a person without a body.
    scene.standing.lead = None;
    assert_eq!(declined(scene.rule()), Decline::NotLeadParty);
}

#[test]
fn the_second_claim_is_told_who_was_first() {
    let mut scene = Scene::new(ActionName::Claim, CaseState::Disposing);
    scene.by = "crew-mate";
    let reason = declined(scene.rule());
    assert_eq!(
        reason,
        Decline::AlreadyClaimed {
            by: person_id("crew"),
            organisation: body(LEAD),
            at: world::NOW
        }
    );
    for text in [reason.zh(), reason.en()] {
        assert!(text.contains("crew") && text.contains(LEAD), "{text}");
        assert!(text.contains("2025-06-30 11:00"), "{text}");
    }
}

#[test]
fn the_body_that_claimed_feeds_back_and_nobody_else() {
    let mut scene = feedback();
    scene.case.photos = world::photos("crew-mate");
    for by in ["crew", "crew-mate"] {
        scene.by = by;
        accepted(scene.rule());
    }
    for by in ["rival", "bodiless"] {
        scene.by = by;
        assert_eq!(declined(scene.rule()), Decline::NotClaimant, "{by}");
    }
    scene.standing.claim = None;
    assert_eq!(declined(scene.rule()), Decline::NotClaimant);
}

#[test]
fn feedback_is_given_near_the_point() {
    let metres_max = FEEDBACK_DISTANCE_METRES_MAX;
    let at = |point| Act::Feedback {
        point,
        note: String::new(),
    };
    let mut scene = feedback();
    scene.act = at(Some(metres_north(f64::from(metres_max))));
    accepted(scene.rule());
    scene.act = at(Some(metres_north(f64::from(metres_max + 1))));
    assert_eq!(
        declined(scene.rule()),
        Decline::TooFar {
            metres: Some(metres_max + 1),
            metres_max
        }
    );
    scene.act = at(None);
    assert_eq!(
        declined(scene.rule()),
        Decline::TooFar {
            metres: None,
            metres_max
        }
    );
    // A case without a point has nothing to be near to.
    scene.case.facts.position = None;
    accepted(scene.rule());
}

#[test]
fn a_case_is_closed_when_every_photo_it_cites_has_arrived() {
    let mut scene = Scene::new(ActionName::Close, CaseState::ToClose);
    accepted(scene.rule());
    let preview = BlobReference {
        sha256: Digest::of(b"preview"),
        length: 7,
    };
    let first = &mut scene.case.photos[0].entry;
    first.preview = Some(preview);
    scene.city.missing = vec![preview.sha256, first.original.sha256];
    assert_eq!(
        declined(scene.rule()),
        Decline::EvidencePending { missing: 2 }
    );
    scene.city.missing.pop();
    assert_eq!(
        declined(scene.rule()),
        Decline::EvidencePending { missing: 1 }
    );
    // What another system keeps is not waited for.
    scene.case.photos[0].entry.elsewhere = true;
    accepted(scene.rule());
}

/// A ruling that the scene's case has on record.
fn ruled(scene: &mut Scene, counter: u32, sequence: u32, act: Act, at: Timestamp) {
    let id = intent(counter);
    let entry = Action {
        at,
        ..action(scene.by, act)
    };
    scene.case.actions.push(Keyed { id, entry });
    let outcome = Outcome::Accepted {
        to: CaseState::Disposing,
        case_no: None,
        organisation: None,
        class: None,
    };
    let entry = Ruling {
        sequence,
        at: NOW,
        outcome,
        done_at: None,
        terms: None,
        stage: None,
        delivery: None,
    };
    scene.case.rulings.push(Keyed { id, entry });
}

#[test]
fn the_photo_of_an_earlier_round_is_no_photo_of_this_one() {
    let purpose = PhotoPurpose::Check;
    let mut scene = Scene::new(ActionName::Check, CaseState::Checking);
    scene.case.photos = Vec::new();
    let (act, by) = (scene.act.clone(), scene.by);
    // Round one: the act and the photo that was written with it.
    ruled(&mut scene, 10, 3, act.clone(), NOW);
    scene.case.photos.push(photo(by, purpose, 9));
    scene.case.photos.push(photo(by, purpose, 11));
    assert_eq!(declined(scene.rule()), Decline::PhotoMissing { purpose });

    // A later one of the same device counts, also when its clock was put back meanwhile.
    let mut later = photo(by, purpose, 12);
    later.entry.at = NOW.plus_millis(-60_000);
    scene.case.photos.push(later);
    accepted(scene.rule());
    scene.case.photos.pop();

    // Of another device of the author's only the clock can say.
    let elsewhere = InstallationId::from_bytes([2; 16]);
    for (millis, counts) in [(-1, false), (0, false), (1, true)] {
        let mut other = photo(by, purpose, 1);
        other.id = IntentId::new(&elsewhere, 1, [0; 3]);
        other.entry.at = NOW.plus_millis(millis);
        scene.case.photos.push(other);
        assert_eq!(scene.rule().is_accepted(), counts, "{millis}");
        scene.case.photos.pop();
    }

    // Another verb, another person and a ruling that came later than this one take nothing away.
    scene.case.actions.clear();
    scene.case.rulings.clear();
    ruled(&mut scene, 10, 8, act, NOW);
    accepted(scene.rule());
    scene.case.rulings.clear();
    ruled(
        &mut scene,
        12,
        3,
        well_formed(ActionName::Verify, "worker"),
        NOW,
    );
    accepted(scene.rule());
}
