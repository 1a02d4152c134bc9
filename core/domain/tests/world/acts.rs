//! Requests that lack nothing, and standings in which they are due.

use xunge_domain::case::{
    Act, ActionName, Application, ApplicationKind, Asked, CaseState, CheckMade, Checks,
    CloseOutcome, Extension, ExtensionAsked, HoldCause, Level, Rung, SendBackCause, Source,
    Standing,
};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Role;
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use super::{
    CLASS, CONDITION, LEAD, NOW, OTHER, OTHER_CLASS, body, full_case, full_standing, here, intent,
    person_id,
};

/// Tomorrow, by the author's clock.
pub(crate) const TOMORROW: Timestamp = NOW.plus_millis(86_400_000);
pub(crate) const TWO_DAYS: Limit = Limit {
    number: 2,
    unit: LimitUnit::WorkDay,
};

pub(crate) fn other_case() -> DocumentId {
    DocumentId::from_bytes([8; 16])
}

pub(crate) fn check(passed: bool) -> Act {
    Act::Check {
        passed,
        point: Some(here()),
        note: "现场查看".into(),
    }
}

/// A request of this verb that lacks nothing. Tasks go to `to`; every answer is yes.
pub(crate) fn well_formed(action: ActionName, to: &str) -> Act {
    let to = person_id(to);
    let reason = || "情况属实".to_owned();
    let point = Some(here());
    match action {
        ActionName::Report => Act::Report,
        ActionName::SendVerify => Act::SendVerify { to },
        ActionName::Verify => Act::Verify {
            result: Some(true),
            note: "属实".into(),
        },
        ActionName::Accept => Act::Accept,
        ActionName::Reject => Act::Reject {
            reason: "不在辖区".into(),
            duplicate_of: None,
        },
        ActionName::File => Act::File {
            condition: CONDITION.into(),
            handling_class: HandlingClass::General,
        },
        ActionName::Dispatch => Act::Dispatch {
            lead: body(LEAD),
            assist: vec![body(OTHER)],
            notify: Vec::new(),
        },
        ActionName::Claim => Act::Claim,
        ActionName::Feedback => Act::Feedback {
            point,
            note: "已修补".into(),
        },
        ActionName::SendCheck => Act::SendCheck { to, also: None },
        ActionName::Check => check(true),
        ActionName::Close => Act::Close {
            outcome: CloseOutcome::Normal,
        },
        ActionName::Register => Act::Register {
            source: Source::Hotline,
            external_id: Some("12345-0001".into()),
        },
        ActionName::ApplyExtend => Act::ApplyExtend {
            asked: ExtensionAsked::More(TWO_DAYS),
            reason: reason(),
        },
        ActionName::ApplySendBack => Act::ApplySendBack {
            cause: SendBackCause::WrongOwner,
            reason: reason(),
        },
        ActionName::ApplyHold => Act::ApplyHold {
            cause: HoldCause::Season,
            review_at: TOMORROW,
            reason: reason(),
        },
        ActionName::ApplyVoid => Act::ApplyVoid { reason: reason() },
        ActionName::ApproveExtend => Act::ApproveExtend {
            granted: true,
            reason: String::new(),
        },
        ActionName::ApproveSendBack => Act::ApproveSendBack {
            granted: true,
            reason: String::new(),
        },
        ActionName::ApproveHold => Act::ApproveHold {
            granted: true,
            reason: String::new(),
        },
        ActionName::ApproveVoid => Act::ApproveVoid {
            granted: true,
            reason: String::new(),
        },
        ActionName::Release => Act::Release { note: reason() },
        ActionName::JointSurvey => Act::JointSurvey {
            point,
            cause: "重车碾压".into(),
            estimate: Some(TWO_DAYS),
        },
        ActionName::Supervise => Act::Supervise {
            opinion: "尽快处置".into(),
            reply_due: TOMORROW,
        },
        ActionName::SelfHandle => Act::SelfHandle {
            point,
            note: "已清理".into(),
        },
        ActionName::BeginReview => Act::BeginReview,
        ActionName::Review => Act::Review {
            valid: true,
            reason: String::new(),
        },
        ActionName::Reopen => Act::Reopen { reason: reason() },
        ActionName::Assign => Act::Assign {
            to,
            note: String::new(),
        },
        ActionName::Escalate => Act::Escalate {
            to: Some(body(OTHER)),
            reason: reason(),
        },
        ActionName::SendDown => Act::SendDown {
            to: None,
            reason: reason(),
        },
        ActionName::LinkDuplicate => Act::LinkDuplicate { of: other_case() },
        ActionName::UnlinkDuplicate => Act::UnlinkDuplicate {
            of: other_case(),
            reason: reason(),
        },
        ActionName::AnswerProposal => Act::AnswerProposal {
            class: CLASS.into(),
            granted: true,
            reason: String::new(),
        },
        ActionName::DeclareEvidenceLost => Act::DeclareEvidenceLost {
            blobs: full_case("anybody").photos[0]
                .entry
                .cited()
                .map(|blob| blob.sha256)
                .collect(),
            reason: "手机损毁".into(),
        },
    }
}

/// The same request with the answer no, and why.
pub(crate) fn no(act: Act) -> Act {
    let granted = false;
    let reason = "理由不足".to_owned();
    match act {
        Act::Check { .. } => check(false),
        Act::ApproveExtend { .. } => Act::ApproveExtend { granted, reason },
        Act::ApproveSendBack { .. } => Act::ApproveSendBack { granted, reason },
        Act::ApproveHold { .. } => Act::ApproveHold { granted, reason },
        Act::ApproveVoid { .. } => Act::ApproveVoid { granted, reason },
        Act::Review { .. } => Act::Review {
            valid: granted,
            reason,
        },
        Act::AnswerProposal { class, .. } => Act::AnswerProposal {
            class,
            granted,
            reason,
        },
        other => other,
    }
}

pub(crate) fn application(kind: ApplicationKind) -> Application {
    Application {
        id: intent(50),
        by: person_id("applicant"),
        at: NOW,
        asked: match kind {
            ApplicationKind::Extend => Asked::Extend {
                asked: ExtensionAsked::Until(TOMORROW),
            },
            ApplicationKind::SendBack => Asked::SendBack {
                cause: SendBackCause::NotExist,
            },
            ApplicationKind::Hold => Asked::Hold {
                cause: HoldCause::NoOwner,
                review_at: TOMORROW,
            },
            ApplicationKind::Void => Asked::Void,
        },
        reason: "情况属实".into(),
    }
}

/// A standing in `state` in which everything is there that `action` by `role` answers to: the application, the task,
/// the link. Whether the state suits is another matter.
pub(crate) fn standing_for(action: ActionName, state: CaseState, role: Role, by: &str) -> Standing {
    let mut standing = full_standing(state, by, "colleague");
    let apply = |standing: &mut Standing, kind| standing.applications.push(application(kind));
    match action {
        ActionName::ApproveExtend => {
            apply(&mut standing, ApplicationKind::Extend);
            if role == Role::SupervisorLead {
                standing.extensions.push(Extension {
                    application: intent(51),
                    asked: ExtensionAsked::More(TWO_DAYS),
                    by: person_id("dispatcher"),
                    at: NOW,
                });
            }
        }
        ActionName::ApproveSendBack => apply(&mut standing, ApplicationKind::SendBack),
        ActionName::ApproveHold => apply(&mut standing, ApplicationKind::Hold),
        ActionName::ApproveVoid => apply(&mut standing, ApplicationKind::Void),
        ActionName::Check if state != CaseState::Checking => {
            standing.checks = Checks {
                sent_to: vec![person_id("outsider"), person_id(by)],
                made: vec![CheckMade {
                    id: intent(52),
                    by: person_id("outsider"),
                    passed: true,
                    at: NOW,
                }],
            };
        }
        ActionName::SendDown => {
            standing.rung = Rung {
                level: Level::Street,
                since: Some(NOW),
                organisation: None,
            };
        }
        ActionName::UnlinkDuplicate => standing.duplicates.push(other_case()),
        ActionName::AnswerProposal => {
            standing.filing.as_mut().unwrap().class = Some(OTHER_CLASS.into());
        }
        _ => {}
    }
    standing
}
