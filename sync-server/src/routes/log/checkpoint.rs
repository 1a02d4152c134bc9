//! `GET /api/log/checkpoint`.

use axum::extract::State;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::staff::Staff;
use crate::services::log;

/// What the log is now, signed by the hub: a text to keep where the hub cannot reach it. Everybody logged in.
#[utoipa::path(get, path = "/api/log/checkpoint", tag = "log", security(("session" = [])), responses(
    (status = OK, body = String, content_type = "text/plain",
        description = "Origin, size, root (base64), time; an empty line; the signature (core/evidence says how it is made)"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn checkpoint(State(state): State<AppState>, _staff: Staff) -> ApiResult<String> {
    let signed = state.blocking(log::checkpoint).await?;
    Ok(signed.to_text())
}
