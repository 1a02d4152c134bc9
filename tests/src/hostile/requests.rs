//! Every request there is, once.

use xunge_domain::case::{
    Act, Action, CloseOutcome, ExtensionAsked, HoldCause, SendBackCause, Source,
};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::Digest;
use xunge_domain::tables::HandlingClass;

use super::history::{at, document_id, organisation, person, point};

/// Every request there is.
pub(super) fn actions() -> Vec<Action> {
    let note = || "已更换".to_owned();
    let limit = Limit {
        number: 2,
        unit: LimitUnit::WorkDay,
    };
    let acts = [
        Act::Report,
        Act::SendVerify { to: person() },
        Act::Verify {
            result: Some(true),
            note: note(),
        },
        Act::Accept,
        Act::Reject {
            reason: "重复上报".into(),
            duplicate_of: Some(document_id(0)),
        },
        Act::File {
            condition: "1".into(),
            handling_class: HandlingClass::General,
        },
        Act::Dispatch {
            lead: organisation(),
            assist: vec![organisation()],
            notify: vec![],
        },
        Act::Claim,
        Act::Feedback {
            point: Some(point()),
            note: note(),
        },
        Act::SendCheck {
            to: person(),
            also: None,
        },
        Act::Check {
            passed: true,
            point: None,
            note: note(),
        },
        Act::Close {
            outcome: CloseOutcome::Normal,
        },
        Act::Register {
            source: Source::Hotline,
            external_id: Some("12345-1".into()),
        },
        Act::ApplyExtend {
            asked: ExtensionAsked::More(limit),
            reason: note(),
        },
        Act::ApplyExtend {
            asked: ExtensionAsked::Until(at(20)),
            reason: note(),
        },
        Act::ApproveExtend {
            granted: false,
            reason: note(),
        },
        Act::ApplySendBack {
            cause: SendBackCause::NotExist,
            reason: note(),
        },
        Act::ApproveSendBack {
            granted: true,
            reason: note(),
        },
        Act::ApplyHold {
            cause: HoldCause::Engineering,
            review_at: at(20),
            reason: note(),
        },
        Act::ApproveHold {
            granted: true,
            reason: note(),
        },
        Act::Release { note: note() },
        Act::ApplyVoid { reason: note() },
        Act::ApproveVoid {
            granted: false,
            reason: note(),
        },
        Act::JointSurvey {
            point: Some(point()),
            cause: note(),
            estimate: Some(limit),
        },
        Act::Supervise {
            opinion: note(),
            reply_due: at(20),
        },
        Act::SelfHandle {
            point: Some(point()),
            note: note(),
        },
        Act::BeginReview,
        Act::Review {
            valid: false,
            reason: note(),
        },
        Act::Reopen { reason: note() },
        Act::Assign {
            to: person(),
            note: note(),
        },
        Act::Escalate {
            to: Some(organisation()),
            reason: note(),
        },
        Act::SendDown {
            to: None,
            reason: note(),
        },
        Act::LinkDuplicate { of: document_id(0) },
        Act::UnlinkDuplicate {
            of: document_id(0),
            reason: note(),
        },
        Act::AnswerProposal {
            class: "20115".into(),
            granted: true,
            reason: note(),
        },
        Act::DeclareEvidenceLost {
            blobs: vec![Digest::of(b"lost")],
            reason: note(),
        },
    ];
    acts.into_iter()
        .map(|act| Action {
            author: person(),
            at: at(9),
            act,
            seal: None,
            session: None,
        })
        .collect()
}
