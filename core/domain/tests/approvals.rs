//! Applications and their answers, holds, extensions, send-backs: what follows in the standing, step by step.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use world::{
    City, LEAD, NOW, OTHER, accepted, body, declined, full_case, full_standing, no, person,
    person_id, photo, well_formed,
};
use xunge_domain::case::{
    Act, ActionName as A, ApplicationKind, Case, CaseState, Decline, ExtensionAsked, HoldCause,
    Outcome, PhotoPurpose, Ruling, SendBackCounts, Standing,
};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;

/// A case under way, and the people who work on it.
struct Desk {
    city: City,
    case: Case,
    standing: Standing,
    minute: i64,
}

impl Desk {
    fn at(state: CaseState) -> Self {
        let city = City::new([
            person("worker", &[Role::GridWorker], None),
            person("worker-two", &[Role::GridWorker], None),
            person("clerk", &[Role::IntakeClerk], None),
            person("leader", &[Role::ShiftLeader], None),
            person("dispatcher", &[Role::Dispatcher], None),
            person("supervisor", &[Role::SupervisorLead], None),
            person("crew", &[Role::DisposalDept], Some(LEAD)),
            person("crew-mate", &[Role::DisposalDept], Some(LEAD)),
            person("rival", &[Role::DisposalDept], Some(OTHER)),
        ]);
        let mut case = full_case("crew");
        for (counter, by) in [(200, "worker"), (201, "worker-two")] {
            case.photos.push(photo(by, PhotoPurpose::Check, counter));
        }
        Self {
            city,
            case,
            standing: full_standing(state, "worker", "crew"),
            minute: 0,
        }
    }

    fn now(&self) -> Timestamp {
        NOW.plus_millis(self.minute * 60_000)
    }

    /// Rules one request and takes the ruling in.
    fn ask(&mut self, by: &str, act: Act) -> Outcome {
        self.minute += 1;
        let outcome = self.city.judge(&self.case, &self.standing, by, act.clone());
        let ruling = Ruling {
            sequence: self.standing.sequence + 1,
            at: self.now(),
            outcome: outcome.clone(),
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        };
        let id = world::intent(1_000 + ruling.sequence);
        self.standing.take(&id, &world::action(by, act), &ruling);
        outcome
    }

    #[track_caller]
    fn done(&mut self, by: &str, action: A) -> CaseState {
        accepted(self.ask(by, well_formed(action, "worker")))
    }

    #[track_caller]
    fn refused(&mut self, by: &str, action: A) -> CaseState {
        accepted(self.ask(by, no(well_formed(action, "worker"))))
    }

    #[track_caller]
    fn declined(&mut self, by: &str, action: A) -> Decline {
        declined(self.ask(by, well_formed(action, "worker")))
    }
}

#[test]
fn an_approval_answers_an_application_and_each_kind_waits_for_its_own() {
    use ApplicationKind as Kind;
    for (apply, approve, kind, by, boss) in [
        (
            A::ApplyExtend,
            A::ApproveExtend,
            Kind::Extend,
            "crew",
            "dispatcher",
        ),
        (
            A::ApplySendBack,
            A::ApproveSendBack,
            Kind::SendBack,
            "crew",
            "dispatcher",
        ),
        (
            A::ApplyHold,
            A::ApproveHold,
            Kind::Hold,
            "crew",
            "dispatcher",
        ),
        (
            A::ApplyVoid,
            A::ApproveVoid,
            Kind::Void,
            "dispatcher",
            "leader",
        ),
    ] {
        let mut desk = Desk::at(CaseState::Disposing);
        assert_eq!(desk.declined(boss, approve), Decline::NotApplied { kind });
        assert_eq!(desk.done(by, apply), CaseState::Disposing);
        let by_whom = person_id(by);
        assert_eq!(
            desk.declined(by, apply),
            Decline::AlreadyApplied { kind, by: by_whom }
        );
        assert_eq!(desk.refused(boss, approve), CaseState::Disposing);
        assert_eq!(desk.declined(boss, approve), Decline::NotApplied { kind });
        assert_eq!(desk.standing.applications, []);
    }
}

#[test]
fn a_refusal_says_why() {
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("crew", A::ApplyExtend);
    let silent = Act::ApproveExtend {
        granted: false,
        reason: "  ".into(),
    };
    assert_eq!(
        declined(desk.ask("dispatcher", silent)),
        Decline::ReasonMissing
    );
    assert!(desk.standing.application(ApplicationKind::Extend).is_some());
}

#[test]
fn the_first_extension_is_the_dispatchers_the_later_ones_the_supervisors() {
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("crew", A::ApplyExtend);
    assert_eq!(
        desk.declined("supervisor", A::ApproveExtend),
        Decline::WrongRole {
            needs: Role::Dispatcher
        }
    );
    desk.done("dispatcher", A::ApproveExtend);
    for count in 2..=3 {
        desk.done("crew", A::ApplyExtend);
        assert_eq!(
            desk.declined("dispatcher", A::ApproveExtend),
            Decline::WrongRole {
                needs: Role::SupervisorLead
            }
        );
        desk.done("supervisor", A::ApproveExtend);
        assert_eq!(desk.standing.extensions.len(), count);
    }
    let first = &desk.standing.extensions[0];
    assert_eq!(first.asked, ExtensionAsked::More(world::TWO_DAYS));
    assert_eq!(first.by, person_id("dispatcher"));
}

#[test]
fn a_refused_extension_does_not_count_as_the_first() {
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("crew", A::ApplyExtend);
    desk.refused("dispatcher", A::ApproveExtend);
    desk.done("crew", A::ApplyExtend);
    desk.done("dispatcher", A::ApproveExtend);
    assert_eq!(desk.standing.extensions.len(), 1);
}

#[test]
fn a_granted_send_back_is_a_mistaken_dispatch_and_a_refused_one_shirking() {
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("crew", A::ApplySendBack);
    desk.refused("dispatcher", A::ApproveSendBack);
    desk.done("crew", A::ApplySendBack);
    desk.done("crew", A::ApplyExtend);
    assert_eq!(
        desk.done("dispatcher", A::ApproveSendBack),
        CaseState::Filed
    );
    let counted: Vec<_> = desk
        .standing
        .send_backs
        .iter()
        .map(|it| it.counts_as)
        .collect();
    assert_eq!(
        counted,
        [SendBackCounts::Shirking, SendBackCounts::MisDispatch]
    );
    // Nobody has the case, and what else they had applied for went with it.
    let standing = &desk.standing;
    assert_eq!((&standing.lead, &standing.claim), (&None, &None));
    assert_eq!(standing.applications, []);
    // A new dispatch and claim begin anew.
    desk.done("dispatcher", A::Dispatch);
    assert_eq!(desk.done("crew-mate", A::Claim), CaseState::Disposing);
    assert_eq!(
        desk.standing.claim.as_ref().unwrap().by,
        person_id("crew-mate")
    );
}

#[test]
fn a_hold_begins_with_its_approval_and_ends_with_its_release() {
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("crew", A::ApplyHold);
    assert_eq!(desk.standing.hold(), None);
    assert_eq!(desk.done("dispatcher", A::ApproveHold), CaseState::OnHold);
    let since = desk.now();
    let hold = desk.standing.hold().unwrap().clone();
    assert_eq!((hold.since, hold.cause), (since, HoldCause::Season));
    assert_eq!(hold.review_at, world::TOMORROW);
    assert_eq!(desk.declined("crew", A::Feedback).code(), "wrong_state");
    assert_eq!(desk.done("dispatcher", A::Release), CaseState::Disposing);
    assert_eq!(desk.standing.hold(), None);
    assert_eq!(desk.standing.holds[0].until, Some(desk.now()));
}

#[test]
fn dates_that_are_named_lie_ahead_of_the_authors_clock() {
    let mut desk = Desk::at(CaseState::Disposing);
    let reason = || "汛期".to_owned();
    let hold = |review_at| Act::ApplyHold {
        cause: HoldCause::Season,
        review_at,
        reason: reason(),
    };
    assert_eq!(declined(desk.ask("crew", hold(NOW))), Decline::DateNotAhead);
    accepted(desk.ask("crew", hold(NOW.plus_millis(1))));
    let until = Act::ApplyExtend {
        asked: ExtensionAsked::Until(NOW),
        reason: reason(),
    };
    assert_eq!(declined(desk.ask("crew", until)), Decline::DateNotAhead);
    let supervise = Act::Supervise {
        opinion: reason(),
        reply_due: NOW,
    };
    assert_eq!(
        declined(desk.ask("supervisor", supervise)),
        Decline::DateNotAhead
    );
}

#[test]
fn void_may_be_applied_for_until_feedback_which_ends_the_application() {
    for state in [
        CaseState::Accepted,
        CaseState::Filed,
        CaseState::Dispatched,
        CaseState::Disposing,
    ] {
        let mut desk = Desk::at(state);
        assert_eq!(desk.done("dispatcher", A::ApplyVoid), state);
        assert_eq!(desk.done("leader", A::ApproveVoid), CaseState::Void);
    }
    let mut desk = Desk::at(CaseState::Disposing);
    desk.done("dispatcher", A::ApplyVoid);
    desk.done("crew", A::Feedback);
    assert_eq!(
        desk.declined("leader", A::ApproveVoid).code(),
        "wrong_state"
    );
    // After rework the old application is gone: what was fed back in between was not known to it.
    desk.done("clerk", A::SendCheck);
    desk.refused("worker", A::Check);
    let kind = ApplicationKind::Void;
    assert_eq!(
        desk.declined("leader", A::ApproveVoid),
        Decline::NotApplied { kind }
    );
}

#[test]
fn two_checks_that_disagree_are_kept_and_block_closing_until_a_third() {
    let mut desk = Desk::at(CaseState::FedBack);
    let both = Act::SendCheck {
        to: person_id("worker"),
        also: Some(person_id("worker-two")),
    };
    accepted(desk.ask("clerk", both));
    assert_eq!(desk.done("worker", A::Check), CaseState::ToClose);
    assert!(!desk.standing.disputed());
    assert_eq!(desk.refused("worker-two", A::Check), CaseState::ToClose);
    assert!(desk.standing.disputed());
    assert_eq!(
        desk.standing.rework, 0,
        "a check beside the first is no rework"
    );
    assert_eq!(desk.declined("leader", A::Close), Decline::Disputed);
    assert_eq!(
        desk.declined("worker-two", A::Check).code(),
        "already_checked"
    );
    assert_eq!(desk.done("clerk", A::SendCheck), CaseState::Checking);
    assert_eq!(desk.done("worker", A::Check), CaseState::ToClose);
    assert_eq!(desk.done("leader", A::Close), CaseState::Closed);
}

#[test]
fn a_failed_check_disputed_by_a_passed_one_still_leads_to_rework() {
    let mut desk = Desk::at(CaseState::FedBack);
    let both = Act::SendCheck {
        to: person_id("worker"),
        also: Some(person_id("worker-two")),
    };
    accepted(desk.ask("clerk", both));
    assert_eq!(desk.refused("worker", A::Check), CaseState::Disposing);
    assert_eq!(desk.done("worker-two", A::Check), CaseState::Disposing);
    assert!(desk.standing.disputed());
    assert_eq!(desk.standing.rework, 1);
    // New works, new checks.
    desk.done("crew", A::Feedback);
    assert!(!desk.standing.disputed());
}

#[test]
fn a_check_after_closing_is_a_review_item_and_only_reopening_moves_the_case() {
    let mut desk = Desk::at(CaseState::FedBack);
    let both = Act::SendCheck {
        to: person_id("worker"),
        also: Some(person_id("worker-two")),
    };
    accepted(desk.ask("clerk", both));
    desk.done("worker", A::Check);
    desk.done("leader", A::Close);
    assert_eq!(desk.refused("worker-two", A::Check), CaseState::Closed);
    assert_eq!(desk.standing.review_items.len(), 1);
    assert!(!desk.standing.disputed());
    assert_eq!(desk.done("leader", A::Reopen), CaseState::Disposing);
    let standing = &desk.standing;
    assert_eq!((standing.round, standing.close_outcome), (2, None));
    assert_eq!(standing.review_items, []);
    assert_eq!(standing.claim.as_ref().unwrap().organisation, body(LEAD));
}

#[test]
fn who_was_not_sent_cannot_dispute_a_check() {
    let mut desk = Desk::at(CaseState::FedBack);
    desk.done("clerk", A::SendCheck);
    desk.done("worker", A::Check);
    assert_eq!(desk.declined("worker-two", A::Check).code(), "wrong_state");
}
