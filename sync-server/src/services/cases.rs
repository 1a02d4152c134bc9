//! Cases as people in browsers read them. Staff of the centre see all; a grid worker or a department sees its scopes.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xunge_domain::case::{CaseState, fold, offered};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::{Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::Light;

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::LIST_PART_MAX;
use crate::messages;
use crate::services::clocks::{clocks_json, escalations, highest_told, read_case_clocks};
use crate::services::documents::{heads, open};
use crate::services::reasons::offered_json;
use crate::store::rows::{CaseFilter, CaseOrder, CaseRow, ListCursor};
use crate::store::{ClockRow, HubRead, StoreError};

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
    after: Option<ListCursor>,
    limit: usize,
    now: Timestamp,
}

/// The parameters of a list as they stand in an address; empty where nothing is wished.
pub struct ListAsked<'a> {
    /// State ids, comma-separated.
    pub states: &'a str,
    /// Text in title, address or number.
    pub text: &'a str,
    /// `green`, `yellow` or `red`.
    pub light: &'a str,
    /// `newest` or `due`.
    pub order: &'a str,
    /// Behind which row.
    pub after: &'a str,
    /// How many rows.
    pub limit: Option<usize>,
}

impl ListQuery {
    /// Reads the parameters of a list as it is at an instant.
    ///
    /// # Errors
    /// A state, a light, an order or a cursor there is not.
    pub fn parse(asked: &ListAsked<'_>, now: Timestamp) -> ApiResult<Self> {
        let ListAsked {
            states,
            text,
            after,
            ..
        } = *asked;
        let bad = || ApiError::bad_request(&messages::BAD_REQUEST);
        let states = states.split(',').filter(|id| !id.is_empty());
        let states = states.map(|id| CaseState::from_id(id).ok_or_else(bad));
        let text: String = text.trim().chars().take(TEXT_CHARACTERS_MAX).collect();
        Ok(Self {
            filter: CaseFilter {
                states: states.collect::<ApiResult<_>>()?,
                text: (!text.is_empty()).then_some(text),
                light: match asked.light {
                    "" => None,
                    id => Some((Light::from_id(id).ok_or_else(bad)?, now)),
                },
                order: match asked.order {
                    "" | "newest" => CaseOrder::Newest,
                    "due" => CaseOrder::Due,
                    _ => return Err(bad()),
                },
                ..CaseFilter::default()
            },
            after: if after.is_empty() {
                None
            } else {
                Some(after.parse().map_err(|_| bad())?)
            },
            now,
            limit: asked.limit.unwrap_or(PART).clamp(1, LIST_PART_MAX),
        })
    }
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
    let (page, rows) = app.store.reading(|read| {
        let page = read.cases(&filter, query.after, query.limit)?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for row in &page.rows {
            let clock = read.listed_clock(&row.document)?;
            let told = match &clock {
                Some(clock) => highest_told(read, clock)?,
                None => None,
            };
            rows.push(row_json(row, (clock.as_ref(), told), query.now));
        }
        Ok::<_, StoreError>((page, rows))
    })?;
    let next = page.next.map(|next| next.to_string());
    Ok(json!({ "cases": rows, "next": next }))
}

fn row_json(
    row: &CaseRow,
    (clock, told): (Option<&ClockRow>, Option<u16>),
    now: Timestamp,
) -> Value {
    let due = clock.and_then(|clock| clock.deadline);
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
        "clock": clock.map(|clock| clock.clock.kind),
        "due": due.map(|due| due.to_string()),
        "light": clock.and_then(|clock| clock.light(now)),
        "escalated": told,
    })
}

/// One case as JSON.
///
/// # Errors
/// No such case, not this person's to see, or the hub's own trouble.
pub fn show(app: &App, person: &Person, id: &DocumentId) -> ApiResult<Value> {
    let now = app.clock.now();
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
        let tables = app.tables.get(read, now).map_err(ApiError::from)?;
        let clocks = read_case_clocks(read, &tables, &case, now).map_err(ApiError::from)?;
        let escalations = escalations(read, id).map_err(ApiError::from)?;
        let mut evidence = BTreeMap::new();
        for cited in case.photos.iter().flat_map(|photo| photo.entry.cited()) {
            let stored = read.blob_stored(&cited.sha256).map_err(ApiError::from)?;
            evidence.insert(cited.sha256.to_string(), stored);
        }
        let offered = offered_json(offered(&case, &standing, person));
        Ok(json!({
            "case": case,
            "standing": standing,
            "class": standing.class(&case.facts),
            "proposal": standing.proposal(&case.facts),
            "disputed": standing.disputed(),
            "clocks": clocks_json(&clocks),
            "escalations": escalations,
            "evidence": evidence,
            "offered": offered,
            "heads": heads(&document),
        }))
    })
}
