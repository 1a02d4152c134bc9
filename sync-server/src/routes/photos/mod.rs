//! Stored photos for people in browsers.

mod copy;
mod original;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::ids::Digest;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::services::photos::content_type;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(original::original))
        .routes(routes!(copy::copy))
}

fn digest(text: &str) -> ApiResult<Digest> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// A name says its bytes, so a browser may keep them.
fn picture(bytes: Vec<u8>) -> Response {
    let kind = content_type(&bytes);
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
