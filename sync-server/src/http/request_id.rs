//! Every request has an id, in its log line and in its answer, and every request is logged once: method, the
//! *pattern* of the path, status, time. Never the path itself, a query, a body, a name or a token.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::AppState;

/// The header of the id, both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id a proxy may give.
pub const REQUEST_ID_BYTES_MAX: usize = 64;

/// Gives the id and writes the log line.
pub async fn trace(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = given(&request).unwrap_or_else(|| fresh(&state));
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", request.id = %id);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = started.elapsed().as_millis();
    let status = response.status().as_u16();
    span.in_scope(|| {
        tracing::info!(%method, path, status, milliseconds, "answered {method} {path} with {status}");
    });
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// An id a proxy gave, when it is a plain word.
fn given(request: &Request) -> Option<String> {
    let text = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (plain && (1..=REQUEST_ID_BYTES_MAX).contains(&text.len())).then(|| text.to_owned())
}

fn fresh(state: &AppState) -> String {
    // Without randomness the request still deserves its answer.
    let bytes = state.entropy.array::<8>().unwrap_or_default();
    data_encoding::HEXLOWER.encode(&bytes)
}
