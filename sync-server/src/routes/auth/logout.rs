//! `DELETE /api/session`.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::cookie;
use crate::http::staff::Staff;
use crate::services::sessions;

/// Ends the session and takes the cookie away.
#[utoipa::path(delete, path = "/api/session", tag = "session", security(("session" = [])), responses(
    (status = NO_CONTENT, description = "Logged out"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
))]
pub(crate) async fn logout(
    State(state): State<AppState>,
    staff: Staff,
) -> ApiResult<impl IntoResponse> {
    state
        .blocking(move |app| sessions::end(app, staff.secret()))
        .await?;
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, cookie::clear(&state.settings))],
    ))
}
