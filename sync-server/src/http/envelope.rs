//! Errors nobody wrote an answer for (no such address, wrong method, a body too large, a time-out, a parameter that
//! cannot be read) get the envelope below `/api`, like all others.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;
use crate::messages::{self, Message};

/// Replaces the plain-text bodies of the framework's own errors.
pub async fn wrap(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !api || !(response.status().is_client_error() || response.status().is_server_error()) {
        return response;
    }
    if !is_plain(response.headers().get(header::CONTENT_TYPE)) {
        return response;
    }
    let mut wrapped = ApiError::new(response.status(), message(response.status())).into_response();
    // `Allow` of a 405, and whatever else the framework said beside the body.
    for (name, value) in response.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            wrapped.headers_mut().insert(name.clone(), value.clone());
        }
    }
    wrapped
}

fn is_plain(content_type: Option<&HeaderValue>) -> bool {
    content_type.is_none_or(|value| value.as_bytes().starts_with(b"text/plain"))
}

fn message(status: StatusCode) -> &'static Message {
    match status {
        StatusCode::NOT_FOUND => &messages::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => &messages::METHOD_NOT_ALLOWED,
        StatusCode::PAYLOAD_TOO_LARGE => &messages::TOO_LARGE,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => &messages::UNSUPPORTED_MEDIA_TYPE,
        StatusCode::REQUEST_TIMEOUT => &messages::TIMED_OUT,
        StatusCode::UNAUTHORIZED => &messages::NOT_LOGGED_IN,
        StatusCode::FORBIDDEN => &messages::FORBIDDEN,
        status if status.is_client_error() => &messages::BAD_REQUEST,
        _ => &messages::INTERNAL,
    }
}
