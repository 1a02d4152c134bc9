//! `POST /api/enrol`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use xunge_sync::wire::{EnrolRequest, unpack};

use super::{frames, speaks, unreadable};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::enrolment;

/// Redeems a one-time code: the device's key becomes an installation of the person.
#[utoipa::path(post, path = "/api/enrol", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "Brotli of CBOR EnrolRequest"), responses(
    (status = OK, description = "One signed frame: Enrolled", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No such message"),
    (status = 403, body = ErrorEnvelope, description = "The code is unknown, used or expired"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn enrol(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Response> {
    speaks(&headers)?;
    let request: EnrolRequest = unpack(&body).map_err(|cause| unreadable(&cause))?;
    let answer = state
        .blocking(move |app| enrolment::enrol(app, &request))
        .await?;
    Ok(frames(answer))
}
