//! Where a case stands, beside its state.

use xunge_field::domain::case::{ApplicationKind, Level};
use xunge_field::domain::class::Limit;
use xunge_field::domain::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{ApplicationView, StandingView, SupervisionView, SurveyView};

#[uniffi::remote(Record)]
pub struct StandingView {
    pub lead: Option<OrganisationId>,
    pub claimed_by: Option<OrganisationId>,
    pub assignee: Option<PersonId>,
    pub round: u32,
    pub rework: u32,
    pub extensions: u32,
    pub send_backs: u32,
    pub applications: Vec<ApplicationView>,
    pub hold_review_at: Option<Timestamp>,
    pub supervisions: Vec<SupervisionView>,
    pub surveys: Vec<SurveyView>,
    pub level: Level,
    pub level_zh: String,
    pub disputed: bool,
    pub review_items: u32,
    pub duplicates: Vec<DocumentId>,
    pub proposed_class: Option<String>,
    pub proposed_class_zh: Option<String>,
}

#[uniffi::remote(Record)]
pub struct ApplicationView {
    pub id: IntentId,
    pub kind: ApplicationKind,
    pub kind_zh: String,
    pub by: PersonId,
    pub at: Timestamp,
    pub reason: String,
    pub review_at: Option<Timestamp>,
}

#[uniffi::remote(Record)]
pub struct SupervisionView {
    pub id: IntentId,
    pub by: PersonId,
    pub opinion: String,
    pub reply_due: Timestamp,
}

#[uniffi::remote(Record)]
pub struct SurveyView {
    pub id: IntentId,
    pub organisation: OrganisationId,
    pub cause: String,
    pub estimate: Option<Limit>,
}
