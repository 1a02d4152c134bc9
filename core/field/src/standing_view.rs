//! What a case page shows of where a case stands, beside its state.

use serde::Serialize;
use xunge_domain::case::{ApplicationKind, Asked, Case, Level, Standing};
use xunge_domain::class::Limit;
use xunge_domain::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use xunge_domain::time::Timestamp;

use crate::app::Identity;

/// Everything of a standing that a screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingView {
    /// 主办.
    pub lead: Option<OrganisationId>,
    /// The body that claimed it.
    pub claimed_by: Option<OrganisationId>,
    /// Who works on it inside that body.
    pub assignee: Option<PersonId>,
    /// How often it was reopened, and one.
    pub round: u32,
    /// How often a check failed.
    pub rework: u32,
    /// Extensions granted.
    pub extensions: u32,
    /// Send-backs answered.
    pub send_backs: u32,
    /// Applications that wait for an answer.
    pub applications: Vec<ApplicationView>,
    /// When the hold that lasts is looked at again.
    pub hold_review_at: Option<Timestamp>,
    /// Supervisions without an answer.
    pub supervisions: Vec<SupervisionView>,
    /// Joint surveys.
    pub surveys: Vec<SurveyView>,
    /// The rung of the ladder.
    pub level: Level,
    /// The rung in Chinese.
    pub level_zh: String,
    /// Two checks disagree: it cannot be closed so.
    pub disputed: bool,
    /// Checks that disagreed after closing.
    pub review_items: u32,
    /// Cases that this one repeats.
    pub duplicates: Vec<DocumentId>,
    /// Code of a class that was written after filing and has no answer yet.
    pub proposed_class: Option<String>,
    /// That class, in Chinese.
    pub proposed_class_zh: Option<String>,
}

/// An application that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationView {
    /// The request.
    pub id: IntentId,
    /// For what.
    pub kind: ApplicationKind,
    /// For what, in Chinese.
    pub kind_zh: String,
    /// Who applied.
    pub by: PersonId,
    /// When that was ruled.
    pub at: Timestamp,
    /// In words.
    pub reason: String,
    /// When a hold would be looked at again.
    pub review_at: Option<Timestamp>,
}

/// An opinion that wants an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupervisionView {
    /// The request.
    pub id: IntentId,
    /// Who supervises.
    pub by: PersonId,
    /// What was said.
    pub opinion: String,
    /// Until when an answer is wanted.
    pub reply_due: Timestamp,
}

/// What one body found on a joint survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyView {
    /// The request.
    pub id: IntentId,
    /// The body.
    pub organisation: OrganisationId,
    /// What caused the matter.
    pub cause: String,
    /// How long it takes, as the surveyors think.
    pub estimate: Option<Limit>,
}

pub(crate) fn standing_view(identity: &Identity, case: &Case, standing: &Standing) -> StandingView {
    let proposed = standing.proposal(&case.facts);
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    StandingView {
        lead: standing.lead.clone(),
        claimed_by: standing
            .claim
            .as_ref()
            .map(|claim| claim.organisation.clone()),
        assignee: standing.assignee.clone(),
        round: standing.round,
        rework: standing.rework,
        extensions: count(standing.extensions.len()),
        send_backs: count(standing.send_backs.len()),
        applications: applications(standing),
        hold_review_at: standing.hold().map(|hold| hold.review_at),
        supervisions: standing
            .open_supervisions()
            .map(|supervision| SupervisionView {
                id: supervision.id,
                by: supervision.by.clone(),
                opinion: supervision.opinion.clone(),
                reply_due: supervision.reply_due,
            })
            .collect(),
        surveys: standing
            .surveys
            .iter()
            .map(|survey| SurveyView {
                id: survey.id,
                organisation: survey.organisation.clone(),
                cause: survey.cause.clone(),
                estimate: survey.estimate,
            })
            .collect(),
        level: standing.rung.level,
        level_zh: standing.rung.level.zh().into(),
        disputed: standing.disputed(),
        review_items: count(standing.review_items.len()),
        duplicates: standing.duplicates.clone(),
        proposed_class_zh: proposed.map(|class| identity.tables.name_of_class(class)),
        proposed_class: proposed.map(str::to_owned),
    }
}

fn applications(standing: &Standing) -> Vec<ApplicationView> {
    let open = standing.applications.iter().map(|application| {
        let kind = application.asked.kind();
        ApplicationView {
            id: application.id,
            kind,
            kind_zh: kind.zh().into(),
            by: application.by.clone(),
            at: application.at,
            reason: application.reason.clone(),
            review_at: match application.asked {
                Asked::Hold { review_at, .. } => Some(review_at),
                Asked::Extend { .. } | Asked::SendBack { .. } | Asked::Void => None,
            },
        }
    });
    open.collect()
}
