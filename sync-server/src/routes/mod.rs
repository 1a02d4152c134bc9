//! The addresses of the API: a handler parses, calls one service and replies. No SQL, no rules.

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::AppState;
use crate::error::ApiError;
use crate::openapi::ApiDocument;

mod auth;
mod cases;
mod checkins;
mod health;
mod live;
mod log;
pub(crate) mod openapi;
mod people;
mod photos;
mod private;
mod risks;
mod sync;
mod tasks;

pub(crate) use cases::erase_text_request;

/// Every JSON route with its part of the OpenAPI document.
pub(crate) fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(ApiDocument::openapi())
        .merge(health::routes())
        .merge(auth::routes())
        .merge(people::routes())
        .merge(cases::routes())
        .merge(checkins::routes())
        .merge(photos::routes())
        .merge(sync::routes())
        .merge(live::routes())
        .merge(log::routes())
        .merge(risks::routes())
        .merge(private::routes())
        .merge(tasks::routes())
}

/// The answer where nothing is.
pub(crate) async fn nothing_here() -> ApiError {
    ApiError::not_found()
}
