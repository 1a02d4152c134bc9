//! `GET /api/openapi.json`.

use axum::Router;
use axum::routing::get;
use utoipa::openapi::OpenApi;

use crate::app::AppState;
use crate::http::json::Json;

/// Serves the document as it was gathered.
pub(crate) fn serve(document: &OpenApi) -> Router<AppState> {
    let document = document.clone();
    Router::new().route(
        "/api/openapi.json",
        get(move || async move { Json(document) }),
    )
}
