//! The parts of requests that rules and limits look at, whatever the verb.

use crate::case::act::Act;
use crate::case::action_name::ActionName;
use crate::case::asked::ExtensionAsked;
use crate::geo::Point;
use crate::time::Timestamp;

impl Act {
    /// The verb of this request.
    pub const fn name(&self) -> ActionName {
        match self {
            Self::Report => ActionName::Report,
            Self::SendVerify { .. } => ActionName::SendVerify,
            Self::Verify { .. } => ActionName::Verify,
            Self::Accept => ActionName::Accept,
            Self::Reject { .. } => ActionName::Reject,
            Self::File { .. } => ActionName::File,
            Self::Dispatch { .. } => ActionName::Dispatch,
            Self::Claim => ActionName::Claim,
            Self::Feedback { .. } => ActionName::Feedback,
            Self::SendCheck { .. } => ActionName::SendCheck,
            Self::Check { .. } => ActionName::Check,
            Self::Close { .. } => ActionName::Close,
            Self::Register { .. } => ActionName::Register,
            Self::ApplyExtend { .. } => ActionName::ApplyExtend,
            Self::ApproveExtend { .. } => ActionName::ApproveExtend,
            Self::ApplySendBack { .. } => ActionName::ApplySendBack,
            Self::ApproveSendBack { .. } => ActionName::ApproveSendBack,
            Self::ApplyHold { .. } => ActionName::ApplyHold,
            Self::ApproveHold { .. } => ActionName::ApproveHold,
            Self::Release { .. } => ActionName::Release,
            Self::ApplyVoid { .. } => ActionName::ApplyVoid,
            Self::ApproveVoid { .. } => ActionName::ApproveVoid,
            Self::JointSurvey { .. } => ActionName::JointSurvey,
            Self::Supervise { .. } => ActionName::Supervise,
            Self::SelfHandle { .. } => ActionName::SelfHandle,
            Self::BeginReview => ActionName::BeginReview,
            Self::Review { .. } => ActionName::Review,
            Self::Reopen { .. } => ActionName::Reopen,
            Self::Assign { .. } => ActionName::Assign,
            Self::Escalate { .. } => ActionName::Escalate,
            Self::SendDown { .. } => ActionName::SendDown,
            Self::LinkDuplicate { .. } => ActionName::LinkDuplicate,
            Self::UnlinkDuplicate { .. } => ActionName::UnlinkDuplicate,
            Self::AnswerProposal { .. } => ActionName::AnswerProposal,
            Self::DeclareEvidenceLost { .. } => ActionName::DeclareEvidenceLost,
        }
    }

    /// Whether a draft becomes a case by it.
    pub const fn begins_a_case(&self) -> bool {
        matches!(
            self,
            Self::Report | Self::Register { .. } | Self::SelfHandle { .. }
        )
    }

    /// The free text of this request with the name of its field: every limit of a text goes through here.
    pub const fn text(&self) -> Option<(&'static str, &str)> {
        Some(match self {
            Self::Verify { note, .. }
            | Self::Feedback { note, .. }
            | Self::Check { note, .. }
            | Self::Release { note }
            | Self::SelfHandle { note, .. }
            | Self::Assign { note, .. } => ("note", note.as_str()),
            Self::Reject { reason, .. }
            | Self::ApplyExtend { reason, .. }
            | Self::ApproveExtend { reason, .. }
            | Self::ApplySendBack { reason, .. }
            | Self::ApproveSendBack { reason, .. }
            | Self::ApplyHold { reason, .. }
            | Self::ApproveHold { reason, .. }
            | Self::ApplyVoid { reason }
            | Self::ApproveVoid { reason, .. }
            | Self::Review { reason, .. }
            | Self::Reopen { reason }
            | Self::Escalate { reason, .. }
            | Self::SendDown { reason, .. }
            | Self::UnlinkDuplicate { reason, .. }
            | Self::AnswerProposal { reason, .. }
            | Self::DeclareEvidenceLost { reason, .. } => ("reason", reason.as_str()),
            Self::JointSurvey { cause, .. } => ("cause", cause.as_str()),
            Self::Supervise { opinion, .. } => ("opinion", opinion.as_str()),
            Self::Report
            | Self::SendVerify { .. }
            | Self::Accept
            | Self::File { .. }
            | Self::Dispatch { .. }
            | Self::Claim
            | Self::SendCheck { .. }
            | Self::Close { .. }
            | Self::Register { .. }
            | Self::BeginReview
            | Self::LinkDuplicate { .. } => return None,
        })
    }

    /// The same words, to be changed.
    pub const fn text_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Verify { note: words, .. }
            | Self::Feedback { note: words, .. }
            | Self::Check { note: words, .. }
            | Self::Release { note: words }
            | Self::SelfHandle { note: words, .. }
            | Self::Assign { note: words, .. }
            | Self::Reject { reason: words, .. }
            | Self::ApplyExtend { reason: words, .. }
            | Self::ApproveExtend { reason: words, .. }
            | Self::ApplySendBack { reason: words, .. }
            | Self::ApproveSendBack { reason: words, .. }
            | Self::ApplyHold { reason: words, .. }
            | Self::ApproveHold { reason: words, .. }
            | Self::ApplyVoid { reason: words }
            | Self::ApproveVoid { reason: words, .. }
            | Self::Review { reason: words, .. }
            | Self::Reopen { reason: words }
            | Self::Escalate { reason: words, .. }
            | Self::SendDown { reason: words, .. }
            | Self::UnlinkDuplicate { reason: words, .. }
            | Self::AnswerProposal { reason: words, .. }
            | Self::DeclareEvidenceLost { reason: words, .. }
            | Self::JointSurvey { cause: words, .. }
            | Self::Supervise { opinion: words, .. } => Some(words),
            Self::Report
            | Self::SendVerify { .. }
            | Self::Accept
            | Self::File { .. }
            | Self::Dispatch { .. }
            | Self::Claim
            | Self::SendCheck { .. }
            | Self::Close { .. }
            | Self::Register { .. }
            | Self::BeginReview
            | Self::LinkDuplicate { .. } => None,
        }
    }

    /// The code this request names, with the name of its field.
    pub fn code(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::File { condition, .. } => Some(("condition", condition)),
            Self::AnswerProposal { class, .. } => Some(("class", class)),
            Self::Register { external_id, .. } => external_id
                .as_deref()
                .map(|external_id| ("external_id", external_id)),
            _ => None,
        }
    }

    /// How long the longest list of this request is.
    pub const fn list_length(&self) -> usize {
        match self {
            Self::Dispatch { assist, notify, .. } => {
                if assist.len() > notify.len() {
                    assist.len()
                } else {
                    notify.len()
                }
            }
            Self::DeclareEvidenceLost { blobs, .. } => blobs.len(),
            _ => 0,
        }
    }

    /// Where the author of a request made on site stood.
    pub const fn point(&self) -> Option<Point> {
        match self {
            Self::Feedback { point, .. }
            | Self::Check { point, .. }
            | Self::JointSurvey { point, .. }
            | Self::SelfHandle { point, .. } => *point,
            _ => None,
        }
    }

    /// The answer that a check, a review or an approval gives; `None` for a request that is no answer.
    pub const fn granted(&self) -> Option<bool> {
        match self {
            Self::Check { passed, .. } => Some(*passed),
            Self::Review { valid, .. } => Some(*valid),
            Self::ApproveExtend { granted, .. }
            | Self::ApproveSendBack { granted, .. }
            | Self::ApproveHold { granted, .. }
            | Self::ApproveVoid { granted, .. }
            | Self::AnswerProposal { granted, .. } => Some(*granted),
            _ => None,
        }
    }

    /// The instant ahead that this request names.
    pub const fn date_ahead(&self) -> Option<Timestamp> {
        match self {
            Self::ApplyExtend {
                asked: ExtensionAsked::Until(at),
                ..
            }
            | Self::ApplyHold { review_at: at, .. }
            | Self::Supervise { reply_due: at, .. } => Some(*at),
            _ => None,
        }
    }
}
