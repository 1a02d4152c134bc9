//! The list of check-ins. Staff of the centre see all; members of a party, and who sees the case, see theirs.

use serde_json::{Value, json};
use xunge_domain::checkin::{CheckinState, Initiation, StepName};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Person;

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::LIST_PART_MAX;
use crate::messages;
use crate::services::checkins::sight::scopes_of_reader;
use crate::store::rows::ListCursor;
use crate::store::{CheckinFilter, CheckinRow};

const PART: usize = 50;

/// A list's question, checked.
pub struct ListQuery {
    filter: CheckinFilter,
    after: Option<ListCursor>,
    limit: usize,
}

impl ListQuery {
    /// Reads the parameters of a list.
    ///
    /// # Errors
    /// A state, a case or a cursor there is not.
    pub fn parse(state: &str, case: &str, after: &str, limit: Option<usize>) -> ApiResult<Self> {
        let bad = || ApiError::bad_request(&messages::BAD_REQUEST);
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let state = given(state).map(|id| CheckinState::from_id(&id).ok_or_else(bad));
        let case = given(case).map(|id| id.parse::<DocumentId>().map_err(|_| bad()));
        let after = given(after).map(|text| text.parse().map_err(|_| bad()));
        Ok(Self {
            filter: CheckinFilter {
                state: state.transpose()?,
                subject_case: case.transpose()?,
                ..CheckinFilter::default()
            },
            after: after.transpose()?,
            limit: limit.unwrap_or(PART).clamp(1, LIST_PART_MAX),
        })
    }
}

/// A part of the list.
///
/// # Errors
/// The store's.
pub fn list(app: &App, person: &Person, query: &ListQuery) -> ApiResult<Value> {
    let filter = CheckinFilter {
        scopes: scopes_of_reader(person),
        ..query.filter.clone()
    };
    // One row more than asked for tells whether there is a next part.
    let mut rows = app
        .store
        .reading(|read| read.checkins(&filter, query.after, query.limit + 1))?;
    let more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let next = rows.last().filter(|_| more).map(|row| {
        let (updated_at, document) = (row.updated_at, row.document);
        let last = ListCursor {
            at: updated_at,
            document,
        };
        last.to_string()
    });
    let rows: Vec<Value> = rows.iter().map(row_json).collect();
    Ok(json!({ "checkins": rows, "next": next }))
}

fn row_json(row: &CheckinRow) -> Value {
    let standing: Value = serde_json::from_str(&row.standing).unwrap_or_default();
    json!({
        "id": row.document,
        "local_code": row.document.local_code(),
        "title": row.title,
        "state": row.state,
        "state_zh": row.state.zh(),
        "initiation": row.initiation,
        "initiation_zh": row.initiation.map(Initiation::zh),
        "subject_case": row.subject_case,
        "visiting": standing["visiting"],
        "hosts": standing["hosts"],
        "opened_by": row.opened_by,
        "opened_at": row.opened_at.map(|at| at.to_string()),
        "updated_at": row.updated_at.to_string(),
        "step_count": row.step_count,
        "last_step": row.last_step,
        "last_step_zh": row.last_step.map(StepName::zh),
        "photo_count": row.photo_count,
    })
}
