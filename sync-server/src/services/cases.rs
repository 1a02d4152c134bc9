//! Cases as people in browsers read them. Staff of the centre see all; a grid worker or a department sees its scopes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xunge_domain::case::{CaseState, Outcome, Ruling, fold, offered};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::{Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::LIST_PART_MAX;
use crate::messages;
use crate::services::documents::{heads, open};
use crate::store::rows::{CaseCursor, CaseFilter, CaseRow};
use crate::store::{HubRead, StoreError};

/// Longest search text.
const TEXT_CHARACTERS_MAX: usize = 80;
const PART: usize = 50;

/// Who reads every case: everybody but those who hold nothing but a field role.
fn reads_all(person: &Person) -> bool {
    person
        .roles
        .iter()
        .any(|role| !matches!(role, Role::GridWorker | Role::DisposalDept))
}

/// The scopes a list is limited to; none for staff of the centre.
pub fn scopes_of_reader(person: &Person) -> Vec<Scope> {
    if reads_all(person) {
        Vec::new()
    } else {
        Scope::of(person)
    }
}

/// Whether a case is there and this person's to see. The two are told alike.
///
/// # Errors
/// The store's.
pub fn visible(read: &dyn HubRead, person: &Person, id: &DocumentId) -> Result<bool, StoreError> {
    let members = read.memberships(id)?;
    if reads_all(person) {
        return Ok(!members.is_empty() || read.case(id)?.is_some());
    }
    let scopes = Scope::of(person);
    Ok(members.iter().any(|member| scopes.contains(&member.scope)))
}

/// A list's question, checked.
pub struct ListQuery {
    filter: CaseFilter,
    after: Option<CaseCursor>,
    limit: usize,
}

impl ListQuery {
    /// Reads the parameters of a list.
    ///
    /// # Errors
    /// A state or a cursor there is not.
    pub fn parse(states: &str, text: &str, after: &str, limit: Option<usize>) -> ApiResult<Self> {
        let bad = || ApiError::bad_request(&messages::BAD_REQUEST);
        let states = states.split(',').filter(|id| !id.is_empty());
        let states = states.map(|id| CaseState::from_id(id).ok_or_else(bad));
        let text: String = text.trim().chars().take(TEXT_CHARACTERS_MAX).collect();
        Ok(Self {
            filter: CaseFilter {
                states: states.collect::<ApiResult<_>>()?,
                text: (!text.is_empty()).then_some(text),
                ..CaseFilter::default()
            },
            after: if after.is_empty() {
                None
            } else {
                Some(cursor(after).ok_or_else(bad)?)
            },
            limit: limit.unwrap_or(PART).clamp(1, LIST_PART_MAX),
        })
    }
}

fn cursor(text: &str) -> Option<CaseCursor> {
    let (millis, document) = text.split_once('.')?;
    Some(CaseCursor {
        updated_at: Timestamp::from_millis(millis.parse().ok()?),
        document: document.parse().ok()?,
    })
}

/// A part of the list.
///
/// # Errors
/// The store's.
pub fn list(app: &App, person: &Person, query: &ListQuery) -> ApiResult<Value> {
    let filter = CaseFilter {
        scopes: scopes_of_reader(person),
        ..query.filter.clone()
    };
    let page = app
        .store
        .reading(|read| read.cases(&filter, query.after, query.limit))?;
    let next = page
        .next
        .map(|next| format!("{}.{}", next.updated_at.as_millis(), next.document));
    let rows: Vec<Value> = page.rows.iter().map(row_json).collect();
    Ok(json!({ "cases": rows, "next": next }))
}

fn row_json(row: &CaseRow) -> Value {
    json!({
        "id": row.document,
        "local_code": row.document.local_code(),
        "case_no": row.case_no,
        "state": row.state,
        "state_zh": row.state.zh(),
        "class": row.class,
        "title": row.title,
        "address": row.address,
        "point": row.point,
        "unit_grid": row.unit_grid,
        "severity": row.severity,
        "reporter": row.reporter,
        "lead": row.lead,
        "reported_at": row.reported_at.map(|at| at.to_string()),
        "updated_at": row.updated_at.to_string(),
        "photo_count": row.photo_count,
        "first_preview": row.first_preview,
    })
}

/// One case as JSON.
///
/// # Errors
/// No such case, not this person's to see, or the hub's own trouble.
pub fn show(app: &App, person: &Person, id: &DocumentId) -> ApiResult<Value> {
    app.store.reading(|read| {
        if !visible(read, person, id).map_err(ApiError::from)? {
            return Err(ApiError::not_found());
        }
        let stored = read
            .document(id)
            .map_err(ApiError::from)?
            .ok_or_else(ApiError::not_found)?;
        let document = open(read, id, &stored).map_err(ApiError::from)?;
        if document.kind() != DocumentKind::Case {
            return Err(ApiError::not_found());
        }
        let case = document.read(*id).case;
        let standing = fold(&case);
        let mut evidence = BTreeMap::new();
        for cited in case.photos.iter().flat_map(|photo| photo.entry.cited()) {
            let stored = read.blob_stored(&cited.sha256).map_err(ApiError::from)?;
            evidence.insert(cited.sha256.to_string(), stored);
        }
        let offered: Vec<Value> = offered(&case, &standing, person)
            .into_iter()
            .map(|(action, verdict)| {
                let reason = verdict.err();
                json!({
                    "action": action,
                    "possible": reason.is_none(),
                    "reason": reason.map(|reason| json!({ "code": reason.code(), "zh": reason.zh(), "en": reason.en() })),
                })
            })
            .collect();
        Ok(json!({
            "case": case,
            "standing": standing,
            "class": standing.class(&case.facts),
            "proposal": standing.proposal(&case.facts),
            "disputed": standing.disputed(),
            "evidence": evidence,
            "offered": offered,
            "heads": heads(&document),
        }))
    })
}

/// A ruling with its reason in words.
pub fn ruling_json(ruling: &Ruling) -> Value {
    let mut value = json!(ruling);
    if let (Outcome::Declined { reason }, Some(fields)) = (&ruling.outcome, value.as_object_mut()) {
        fields.insert("reason_zh".into(), json!(reason.zh()));
        fields.insert("reason_en".into(), json!(reason.en()));
    }
    value
}
