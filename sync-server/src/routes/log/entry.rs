//! `GET /api/log/entries/{index}`.

use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use xunge_domain::person::Role;

use super::hex;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::log;

/// For which size of the log.
#[derive(Deserialize, IntoParams)]
pub(crate) struct EntryQuery {
    /// Entries of the log that the proof is for, e.g. those of a checkpoint; what it has now when missing.
    size: Option<u64>,
}

/// An entry. Its leaf is made from `seq`, `at`, `who`, `what` and `detail` as core/evidence/src/entry.cddl says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// Its place in the tree, from 0.
    index: u64,
    /// Its place in the audit log, from 1.
    seq: u64,
    /// The hub's clock, milliseconds since 1970 UTC.
    at: i64,
    /// Person, installation or `system`.
    who: String,
    /// What happened, a stable word.
    what: String,
    /// More of it: JSON as text, byte for byte as it was entered.
    detail: String,
    /// The entry's leaf, hex.
    leaf: String,
    /// The size the proof is for.
    size: u64,
    /// The root at that size, hex.
    root: String,
    /// Hashes beside the way up, lowest first, hex (RFC 9162 §2.1.3).
    proof: Vec<String>,
}

/// One entry, and what proves that the log holds it. Auditors and admins.
#[utoipa::path(get, path = "/api/log/entries/{index}", tag = "log",
    params(("index" = u64, Path, description = "Place in the tree, from 0"), EntryQuery),
    security(("session" = [])), responses(
    (status = OK, body = EntryView),
    (status = 400, body = ErrorEnvelope, description = "An index or a size that is no number"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Neither an auditor nor an admin"),
    (status = 404, body = ErrorEnvelope, description = "The log is not so long"),
))]
pub(crate) async fn entry(
    State(state): State<AppState>,
    staff: Staff,
    Path(index): Path<u64>,
    Query(query): Query<EntryQuery>,
) -> ApiResult<Json<EntryView>> {
    staff.require_any(&[Role::Auditor, Role::Admin])?;
    let found = state
        .blocking(move |app| log::entry(app, index, query.size))
        .await?;
    Ok(Json(EntryView {
        index: found.index,
        leaf: found.line.entry().leaf().to_string(),
        seq: found.line.seq,
        at: found.line.at.as_millis(),
        who: found.line.who,
        what: found.line.what,
        detail: found.line.detail,
        size: found.size,
        root: found.root.to_string(),
        proof: hex(&found.proof),
    }))
}
