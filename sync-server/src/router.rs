//! All addresses of the hub, behind the middleware every request passes.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::timeout::TimeoutLayer;

use crate::app::AppState;
use crate::http::limits::{BODY_BYTES_MAX, REQUEST_TIME_MAX};
use crate::http::{envelope, refusal, request_id, same_origin, security_headers};
use crate::routes;

/// The router. Middleware runs from the last one named to the first.
pub fn router(state: AppState) -> Router {
    let (api, document) = routes::api().split_for_parts();
    api.merge(routes::openapi::serve(&document))
        .merge(crate::pages::routes::routes())
        .fallback(routes::nothing_here)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIME_MAX,
        ))
        .layer(from_fn_with_state(state.clone(), refusal::note))
        .layer(from_fn(same_origin::guard))
        .layer(from_fn(envelope::wrap))
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(from_fn_with_state(state.clone(), request_id::trace))
        .with_state(state)
}
