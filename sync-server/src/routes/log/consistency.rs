//! `GET /api/log/consistency`.

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::hex;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::log;

/// From which size to which.
#[derive(Deserialize, IntoParams)]
pub(crate) struct ConsistencyQuery {
    /// Entries of the older log.
    from: u64,
    /// Entries of the newer log; what it has now when missing.
    to: Option<u64>,
}

/// That the newer log begins with the older one, by RFC 9162 §2.1.4.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsistencyView {
    /// Entries of the older log.
    from: u64,
    /// Its root, hex.
    from_root: String,
    /// Entries of the newer log.
    to: u64,
    /// Its root, hex.
    to_root: String,
    /// Hashes, hex.
    proof: Vec<String>,
}

/// What proves that the log goes on from an older size. Everybody logged in.
#[utoipa::path(get, path = "/api/log/consistency", tag = "log", params(ConsistencyQuery),
    security(("session" = [])), responses(
    (status = OK, body = ConsistencyView),
    (status = 400, body = ErrorEnvelope, description = "A size that is no number"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "The log is not so long, or the sizes are in the wrong order"),
))]
pub(crate) async fn consistency(
    State(state): State<AppState>,
    _staff: Staff,
    Query(query): Query<ConsistencyQuery>,
) -> ApiResult<Json<ConsistencyView>> {
    let found = state
        .blocking(move |app| log::consistency(app, query.from, query.to))
        .await?;
    Ok(Json(ConsistencyView {
        from: found.from,
        from_root: found.from_root.to_string(),
        to: found.to,
        to_root: found.to_root.to_string(),
        proof: hex(&found.proof),
    }))
}
