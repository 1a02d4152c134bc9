//! `POST /api/session`.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionView;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::cookie;
use crate::http::json::Json;
use crate::services::login::log_in;

/// Who, and the proof.
#[derive(Deserialize, ToSchema)]
pub(crate) struct LoginRequest {
    /// Person id.
    person: String,
    /// Password.
    password: String,
}

/// Logs in and sets the session cookie.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = LoginRequest, responses(
    (status = OK, body = SessionView, description = "Logged in; the cookie is set"),
    (status = 401, body = ErrorEnvelope, description = "Account or password is wrong"),
    (status = 429, body = ErrorEnvelope, description = "Five failures: locked for five minutes"),
))]
pub(crate) async fn login(
    State(state): State<AppState>,
    Json(request): Json<LoginRequest>,
) -> ApiResult<impl IntoResponse> {
    let logged_in = state
        .hashing(move |app| log_in(app, &request.person, &request.password))
        .await?;
    let secret = logged_in.started.secret;
    let cookie = cookie::set(&state.settings, &secret);
    let view = SessionView::of(logged_in.person, secret.csrf());
    Ok(([(header::SET_COOKIE, cookie)], Json(view)))
}
