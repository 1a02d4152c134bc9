//! A browser says where a request comes from. One that changes something and comes from another site is refused
//! before anything looks at it; this also covers the login form, which has no session to bind a token to.
//! Programs that are no browsers (devices, curl) do not send the header and carry no cookies of others.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::ApiError;
use crate::messages;

/// Refuses cross-site requests that change something.
pub async fn guard(request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let site = request
        .headers()
        .get("sec-fetch-site")
        .map(|site| site.as_bytes());
    match site {
        Some(site) if !reads && site != b"same-origin" && site != b"none" => {
            ApiError::new(StatusCode::FORBIDDEN, &messages::CROSS_SITE).into_response()
        }
        _ => next.run(request).await,
    }
}
