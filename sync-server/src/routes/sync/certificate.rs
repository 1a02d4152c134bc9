//! `POST /api/sync/certificate`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{frames, nonce, presented, speaks};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::certificate;

/// The device's certificate, for what it exchanges with others when the hub is out of reach.
#[utoipa::path(post, path = "/api/sync/certificate", tag = "devices", responses(
    (status = OK, description = "One signed frame: Certified; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device that may only send what it holds"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn certificate(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    speaks(&headers)?;
    let (presented, nonce) = (presented(&headers)?, nonce(&headers)?);
    let answer = state
        .blocking(move |app| certificate::renew(app, &presented, nonce))
        .await?;
    Ok(frames(answer))
}
