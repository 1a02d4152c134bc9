//! Requests with everything they need, and sometimes with a no.

use xunge_domain::case::{
    Act, ActionName as A, Case, CloseOutcome, ExtensionAsked, HoldCause, SendBackCause, Source,
    Standing,
};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::ids::{Digest, DocumentId, PersonId};
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

use crate::people::{CLASSES, LEAD, OTHER, body, here};
use crate::support::Xorshift;

fn person(id: &str) -> PersonId {
    id.parse().unwrap()
}

/// A request of this verb by somebody who sees the case like this.
pub(crate) fn act(
    name: A,
    case: &Case,
    standing: &Standing,
    (at, missing): (Timestamp, &[Digest]),
    random: &mut Xorshift,
) -> Act {
    let yes = !random.one_in(4);
    let point = Some(here());
    let reason = || "情况属实".to_owned();
    let ahead = at.plus_millis(86_400_000);
    let worker = |random: &mut Xorshift| person(random.pick::<&str>(&["worker-one", "worker-two"]));
    let other_case = DocumentId::from_bytes([random.below(2) as u8 + 1; 16]);
    match name {
        A::Report => Act::Report,
        A::SendVerify => Act::SendVerify { to: worker(random) },
        A::Verify => Act::Verify {
            result: Some(yes),
            note: reason(),
        },
        A::Accept => Act::Accept,
        A::Reject => Act::Reject {
            reason: reason(),
            duplicate_of: random.one_in(2).then_some(other_case),
        },
        A::File => Act::File {
            condition: "1".into(),
            handling_class: HandlingClass::General,
        },
        A::Dispatch => Act::Dispatch {
            lead: body(LEAD),
            assist: vec![body(OTHER)],
            notify: Vec::new(),
        },
        A::Claim => Act::Claim,
        A::Feedback => Act::Feedback {
            point,
            note: reason(),
        },
        A::SendCheck => Act::SendCheck {
            to: person("worker-one"),
            also: (!random.one_in(4)).then(|| person("worker-two")),
        },
        A::Check => Act::Check {
            passed: yes,
            point,
            note: reason(),
        },
        A::Close => Act::Close {
            outcome: *random.pick(CloseOutcome::ALL),
        },
        A::Register => Act::Register {
            source: *random.pick(Source::ALL),
            external_id: None,
        },
        A::ApplyExtend => Act::ApplyExtend {
            asked: ExtensionAsked::Until(ahead),
            reason: reason(),
        },
        A::ApplySendBack => Act::ApplySendBack {
            cause: *random.pick(SendBackCause::ALL),
            reason: reason(),
        },
        A::ApplyHold => Act::ApplyHold {
            cause: *random.pick(HoldCause::ALL),
            review_at: ahead,
            reason: reason(),
        },
        A::ApplyVoid => Act::ApplyVoid { reason: reason() },
        A::ApproveExtend => Act::ApproveExtend {
            granted: yes,
            reason: reason(),
        },
        A::ApproveSendBack => Act::ApproveSendBack {
            granted: yes,
            reason: reason(),
        },
        A::ApproveHold => Act::ApproveHold {
            granted: yes,
            reason: reason(),
        },
        A::ApproveVoid => Act::ApproveVoid {
            granted: yes,
            reason: reason(),
        },
        A::Release => Act::Release { note: reason() },
        A::JointSurvey => Act::JointSurvey {
            point,
            cause: reason(),
            estimate: Some(Limit {
                number: 7,
                unit: LimitUnit::WorkDay,
            }),
        },
        A::Supervise => Act::Supervise {
            opinion: reason(),
            reply_due: ahead,
        },
        A::SelfHandle => Act::SelfHandle {
            point,
            note: reason(),
        },
        A::BeginReview => Act::BeginReview,
        A::Review => Act::Review {
            valid: yes,
            reason: reason(),
        },
        A::Reopen => Act::Reopen { reason: reason() },
        A::Assign => Act::Assign {
            to: person(random.pick::<&str>(&["crew", "crew-two", "rival"])),
            note: String::new(),
        },
        A::Escalate => Act::Escalate {
            to: Some(body(OTHER)),
            reason: reason(),
        },
        A::SendDown => Act::SendDown {
            to: None,
            reason: reason(),
        },
        A::LinkDuplicate => Act::LinkDuplicate { of: other_case },
        A::UnlinkDuplicate => Act::UnlinkDuplicate {
            of: standing.duplicates.first().copied().unwrap_or(other_case),
            reason: reason(),
        },
        A::AnswerProposal => Act::AnswerProposal {
            class: standing
                .proposal(&case.facts)
                .unwrap_or(CLASSES[0])
                .to_owned(),
            granted: yes,
            reason: reason(),
        },
        A::DeclareEvidenceLost => Act::DeclareEvidenceLost {
            blobs: missing.to_vec(),
            reason: reason(),
        },
    }
}
