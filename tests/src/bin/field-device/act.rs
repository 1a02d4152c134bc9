//! `act`: every request that somebody makes of a case that is there.

use std::path::PathBuf;

use clap::Args;
use xunge_field::domain::case::{
    Act, ActionName, CloseOutcome, ExtensionAsked, HoldCause, PhotoPurpose, SendBackCause,
};
use xunge_field::domain::class::{Limit, LimitUnit};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, OrganisationId, PersonId};
use xunge_field::domain::tables::HandlingClass;
use xunge_field::domain::time::Timestamp;
use xunge_field::{ActRequest, FieldApp, PhotoInput};

use crate::output::{End, Failure};
use crate::run::{read, saved};

/// A request with what it may need.
#[derive(Debug, Args)]
pub(crate) struct ActArguments {
    case: String,
    /// The verb, as `xunge rules` names it: claim, feedback, apply_extend, approve_hold…
    action: String,
    #[arg(long)]
    photo: Option<PathBuf>,
    #[arg(long, allow_hyphen_values = true)]
    at: Option<Point>,
    /// What was done or seen, or why.
    #[arg(long, default_value = "")]
    reason: String,
    /// The answer is no: the check failed, the matter is not true, the application is refused.
    #[arg(long)]
    failed: bool,
    /// The person or the organisation it goes to.
    #[arg(long)]
    to: Option<String>,
    /// Somebody else who checks as well.
    #[arg(long)]
    also: Option<PersonId>,
    /// Organisations that assist a dispatch.
    #[arg(long)]
    assist: Vec<OrganisationId>,
    /// Organisations that are notified of a dispatch.
    #[arg(long)]
    notify: Vec<OrganisationId>,
    /// wrong_owner, not_exist; season, engineering, no_owner; of a survey: in words.
    #[arg(long)]
    cause: Option<String>,
    /// How many units more, or how long a survey thinks it takes.
    #[arg(long)]
    amount: Option<u32>,
    /// urgent_hour, work_hour, work_day or natural_day.
    #[arg(long, default_value = "work_day")]
    unit: String,
    /// An instant ahead (RFC 3339): a new deadline, a review date, an answer's due time.
    #[arg(long)]
    until: Option<String>,
    /// Code of the filing condition.
    #[arg(long)]
    condition: Option<String>,
    /// How a filed case is disposed of: general, engineering or special.
    #[arg(long, default_value = "general")]
    handling: String,
    /// normal, overdue, error or special.
    #[arg(long, default_value = "normal")]
    outcome: String,
    /// The other case of a link, or the one that a rejected case repeats.
    #[arg(long)]
    of: Option<String>,
    /// The class that was proposed.
    #[arg(long)]
    class: Option<String>,
    /// SHA-256 of a photo file that is given up; may be given several times.
    #[arg(long)]
    blob: Vec<Digest>,
}

pub(crate) fn act(app: &mut FieldApp, json: bool, arguments: ActArguments) -> Result<End, Failure> {
    let act = arguments.act(app)?;
    let case = app.resolve(&arguments.case)?;
    let bytes = arguments.photo.as_deref().map(read).transpose()?;
    let photo = bytes.as_deref().map(|bytes| PhotoInput {
        bytes,
        purpose: PhotoPurpose::During,
        caption: "",
        point: arguments.at,
        fixes: &[],
        signals: &[],
    });
    let id = app.act(ActRequest { case, act, photo })?;
    saved(json, &id.to_string())
}

/// One of a small set by its id.
pub(crate) fn known<Value>(
    what: &str,
    id: &str,
    from_id: impl Fn(&str) -> Option<Value>,
) -> Result<Value, Failure> {
    from_id(id).ok_or_else(|| Failure::Usage(format!("{what} {id:?} is not one this knows")))
}

impl ActArguments {
    fn act(&self, app: &FieldApp) -> Result<Act, Failure> {
        let reason = || self.reason.clone();
        let granted = !self.failed;
        let name = known("action", &self.action, ActionName::from_id)?;
        Ok(match name {
            ActionName::SendVerify => Act::SendVerify { to: self.to()? },
            ActionName::Verify => Act::Verify {
                result: Some(granted),
                note: reason(),
            },
            ActionName::Accept => Act::Accept,
            ActionName::Reject => Act::Reject {
                reason: reason(),
                duplicate_of: self
                    .of
                    .as_deref()
                    .map(|case| app.resolve(case))
                    .transpose()?,
            },
            ActionName::File => Act::File {
                condition: self.needed("--condition", &self.condition)?,
                handling_class: known("--handling", &self.handling, HandlingClass::from_id)?,
            },
            ActionName::Dispatch => Act::Dispatch {
                lead: self.to()?,
                assist: self.assist.clone(),
                notify: self.notify.clone(),
            },
            ActionName::Claim => Act::Claim,
            ActionName::Feedback => Act::Feedback {
                point: self.at,
                note: reason(),
            },
            ActionName::SendCheck => Act::SendCheck {
                to: self.to()?,
                also: self.also.clone(),
            },
            ActionName::Check => Act::Check {
                passed: granted,
                point: self.at,
                note: reason(),
            },
            ActionName::Close => Act::Close {
                outcome: known("outcome", &self.outcome, CloseOutcome::from_id)?,
            },
            ActionName::ApplyExtend => Act::ApplyExtend {
                asked: match &self.until {
                    Some(_) => ExtensionAsked::Until(self.until()?),
                    None => ExtensionAsked::More(self.limit()?.ok_or_else(|| {
                        Failure::Usage("apply_extend needs --amount or --until".into())
                    })?),
                },
                reason: reason(),
            },
            ActionName::ApplySendBack => Act::ApplySendBack {
                cause: self.cause(SendBackCause::from_id)?,
                reason: reason(),
            },
            ActionName::ApplyHold => Act::ApplyHold {
                cause: self.cause(HoldCause::from_id)?,
                review_at: self.until()?,
                reason: reason(),
            },
            ActionName::ApplyVoid => Act::ApplyVoid { reason: reason() },
            ActionName::ApproveExtend => Act::ApproveExtend {
                granted,
                reason: reason(),
            },
            ActionName::ApproveSendBack => Act::ApproveSendBack {
                granted,
                reason: reason(),
            },
            ActionName::ApproveHold => Act::ApproveHold {
                granted,
                reason: reason(),
            },
            ActionName::ApproveVoid => Act::ApproveVoid {
                granted,
                reason: reason(),
            },
            ActionName::Release => Act::Release { note: reason() },
            ActionName::JointSurvey => Act::JointSurvey {
                point: self.at,
                cause: self.cause.clone().unwrap_or_else(reason),
                estimate: self.limit()?,
            },
            ActionName::Supervise => Act::Supervise {
                opinion: reason(),
                reply_due: self.until()?,
            },
            ActionName::BeginReview => Act::BeginReview,
            ActionName::Review => Act::Review {
                valid: granted,
                reason: reason(),
            },
            ActionName::Reopen => Act::Reopen { reason: reason() },
            ActionName::Assign => Act::Assign {
                to: self.to()?,
                note: reason(),
            },
            ActionName::Escalate => Act::Escalate {
                to: self.body()?,
                reason: reason(),
            },
            ActionName::SendDown => Act::SendDown {
                to: self.body()?,
                reason: reason(),
            },
            ActionName::LinkDuplicate => Act::LinkDuplicate {
                of: app.resolve(&self.needed("--of", &self.of)?)?,
            },
            ActionName::UnlinkDuplicate => Act::UnlinkDuplicate {
                of: app.resolve(&self.needed("--of", &self.of)?)?,
                reason: reason(),
            },
            ActionName::AnswerProposal => Act::AnswerProposal {
                class: self.needed("--class", &self.class)?,
                granted,
                reason: reason(),
            },
            ActionName::DeclareEvidenceLost => Act::DeclareEvidenceLost {
                blobs: self.blob.clone(),
                reason: reason(),
            },
            ActionName::Report | ActionName::Register | ActionName::SelfHandle => {
                let command = name.id().replace('_', "-");
                return Err(Failure::Usage(format!(
                    "{command} begins a case: use `field-device {command}`"
                )));
            }
        })
    }

    fn needed(&self, option: &str, value: &Option<String>) -> Result<String, Failure> {
        let missing = || Failure::Usage(format!("{} needs {option}", self.action));
        value.clone().ok_or_else(missing)
    }

    fn to<Id: std::str::FromStr>(&self) -> Result<Id, Failure> {
        let to = self.needed("--to", &self.to)?;
        to.parse()
            .map_err(|_| Failure::Usage(format!("--to {to:?} is no id")))
    }

    fn body(&self) -> Result<Option<OrganisationId>, Failure> {
        self.to.as_ref().map(|_| self.to()).transpose()
    }

    fn cause<Cause>(&self, from_id: impl Fn(&str) -> Option<Cause>) -> Result<Cause, Failure> {
        known("cause", &self.needed("--cause", &self.cause)?, from_id)
    }

    fn until(&self) -> Result<Timestamp, Failure> {
        let until = self.needed("--until", &self.until)?;
        known("--until", &until, Timestamp::from_rfc3339)
    }

    fn limit(&self) -> Result<Option<Limit>, Failure> {
        let Some(number) = self.amount else {
            return Ok(None);
        };
        let unit = known("unit", &self.unit, LimitUnit::from_id)?;
        Ok(Some(Limit { number, unit }))
    }
}
