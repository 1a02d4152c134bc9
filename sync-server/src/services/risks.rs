//! Risks as people see them: marks with their reasons, and what those on whom they stand say to them. Who did not find out
//! that somebody is marked has no business with it: colleagues see their own marks alone.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use xunge_domain::ids::{Digest, DocumentId, PersonId};
use xunge_domain::person::{Person, Role};

use crate::app::App;
use crate::error::ApiError;
use crate::http::limits::LIST_PART_MAX;
use crate::messages;
use crate::services::cases::visible;
use crate::store::{HubRead, RiskAnswerRow, RiskRow, StoreError};

/// The word of a line that says that somebody answered.
pub const RISK_ANSWERED: &str = "risk_answered";
/// Longest answer.
pub const ANSWER_CHARACTERS_MAX: usize = 2_000;
/// Most answers to one mark.
pub const ANSWERS_MAX: usize = 20;

/// Who sees the marks of a case on whomever they stand: who decides on it or examines it.
const READ_OF_CASE: [Role; 5] = [
    Role::IntakeClerk,
    Role::ShiftLeader,
    Role::SupervisorLead,
    Role::Auditor,
    Role::Admin,
];
/// Who sees all marks on a person.
const READ_OF_PERSON: [Role; 4] = [
    Role::ShiftLeader,
    Role::SupervisorLead,
    Role::Auditor,
    Role::Admin,
];

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum RiskError {
    /// No such mark, case or person, or not this person's to see.
    #[error("there is no such risk, or not for this person")]
    Unknown,
    /// A mark on somebody else.
    #[error("only the person a risk stands on may answer")]
    OfAnother,
    /// The role does not allow it.
    #[error("the role does not allow to see the risks of others")]
    Forbidden,
    /// Empty, too long, or one too many.
    #[error(
        "an answer has 1 to {ANSWER_CHARACTERS_MAX} characters, a risk at most {ANSWERS_MAX} answers"
    )]
    Unfit,
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RiskError> for ApiError {
    fn from(error: RiskError) -> Self {
        use axum::http::StatusCode;
        match error {
            RiskError::Unknown => Self::new(StatusCode::NOT_FOUND, &messages::RISK_UNKNOWN),
            RiskError::OfAnother => Self::new(StatusCode::FORBIDDEN, &messages::RISK_OF_ANOTHER),
            RiskError::Forbidden => Self::forbidden(),
            RiskError::Unfit => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                &messages::RISK_ANSWER_UNFIT,
            ),
            RiskError::Store(error) => error.into(),
        }
    }
}

/// A mark with what was said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RiskView {
    /// Its name: the line of the audit log that says so (entry `id - 1` of the log).
    pub id: u64,
    /// The case.
    pub case: String,
    /// What people say over the phone.
    pub local_code: String,
    /// The entry of the case it stands on.
    pub intent: String,
    /// On whom.
    pub person: String,
    /// What sort of odd, a stable word.
    pub kind: String,
    /// The sort, in Chinese.
    pub kind_zh: String,
    /// The sort, in English.
    pub kind_en: String,
    /// The reason, in Chinese.
    pub zh: String,
    /// The reason, in English.
    pub en: String,
    /// What was measured: whole numbers and, where there is one, the other entry.
    #[schema(value_type = Object)]
    pub figures: serde_json::Value,
    /// When, by the hub's clock, RFC 3339.
    pub found_at: String,
    /// What the person says, oldest first.
    pub answers: Vec<RiskAnswerView>,
}

/// What a person says to a mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RiskAnswerView {
    /// When, by the hub's clock, RFC 3339.
    pub at: String,
    /// In the person's own words.
    pub text: String,
}

impl RiskView {
    fn of(read: &dyn HubRead, row: &RiskRow) -> Result<Self, StoreError> {
        let kind = row.finding.kind();
        let answers = read.risk_answers(row.line)?.into_iter();
        let mut figures = json!(row.finding);
        if let Some(fields) = figures.as_object_mut() {
            fields.remove("kind");
        }
        Ok(Self {
            id: row.line,
            case: row.piece.document.to_string(),
            local_code: row.piece.document.local_code(),
            intent: row.piece.intent.to_string(),
            person: row.person.to_string(),
            kind: kind.id().to_owned(),
            kind_zh: kind.zh().to_owned(),
            kind_en: kind.en().to_owned(),
            zh: row.finding.zh(),
            en: row.finding.en(),
            figures,
            found_at: row.found_at.to_string(),
            answers: answers.map(RiskAnswerView::from).collect(),
        })
    }
}

impl From<RiskAnswerRow> for RiskAnswerView {
    fn from(row: RiskAnswerRow) -> Self {
        Self {
            at: row.at.to_string(),
            text: row.text,
        }
    }
}

fn may(reader: &Person, roles: &[Role]) -> bool {
    roles.iter().any(|role| reader.has(*role))
}

/// The marks in a case that `reader` may see: all, or those on the reader alone.
///
/// # Errors
/// No such case, not this person's to see, or the store's.
pub fn of_case(
    read: &dyn HubRead,
    reader: &Person,
    case: &DocumentId,
) -> Result<Vec<RiskView>, RiskError> {
    if !visible(read, reader, case)? {
        return Err(RiskError::Unknown);
    }
    let all = may(reader, &READ_OF_CASE);
    let rows = read.risks(case)?.into_iter();
    let rows = rows.filter(|row| all || row.person == reader.id);
    Ok(rows
        .map(|row| RiskView::of(read, &row))
        .collect::<Result<_, _>>()?)
}

/// The marks on a person that are older than `before`, newest first, [`LIST_PART_MAX`] at most.
///
/// # Errors
/// Somebody else's without the role, or the store's.
pub fn of_person(
    read: &dyn HubRead,
    reader: &Person,
    person: &PersonId,
    before: Option<u64>,
) -> Result<Vec<RiskView>, RiskError> {
    if reader.id != *person && !may(reader, &READ_OF_PERSON) {
        return Err(RiskError::Forbidden);
    }
    let rows = read.risks_of_person(person, before, LIST_PART_MAX)?;
    Ok(rows
        .iter()
        .map(|row| RiskView::of(read, row))
        .collect::<Result<_, _>>()?)
}

/// Adds what a person says to a mark. It is never changed: the line of the log names its hash.
///
/// # Errors
/// No such mark, one on somebody else, a text that does not fit, or the store's.
pub fn answer(app: &App, reader: &Person, risk: u64, text: &str) -> Result<RiskView, RiskError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > ANSWER_CHARACTERS_MAX {
        return Err(RiskError::Unfit);
    }
    let now = app.clock.now();
    app.store.writing(|write| {
        let row = write.risk(risk)?.ok_or(RiskError::Unknown)?;
        if row.person != reader.id {
            return Err(if may(reader, &READ_OF_CASE) {
                RiskError::OfAnother
            } else {
                RiskError::Unknown
            });
        }
        if write.risk_answers(risk)?.len() >= ANSWERS_MAX {
            return Err(RiskError::Unfit);
        }
        let detail = json!({ "risk": risk, "text_sha256": Digest::of(text.as_bytes()) });
        let line = write.append_audit(now, reader.id.as_str(), RISK_ANSWERED, &detail)?;
        write.add_risk_answer(&RiskAnswerRow {
            line,
            risk,
            at: now,
            text: text.to_owned(),
        })?;
        Ok(RiskView::of(write as &dyn HubRead, &row)?)
    })
}
