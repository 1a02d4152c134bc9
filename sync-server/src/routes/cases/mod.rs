//! Cases for people in browsers.

mod act;
mod duplicates;
mod erase_text;
mod get;
mod list;
mod register;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::ids::DocumentId;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};

pub(crate) use erase_text::request as erase_text_request;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(register::register_case))
        .routes(routes!(get::get))
        .routes(routes!(act::act))
        .routes(routes!(duplicates::duplicates))
        .routes(routes!(erase_text::erase_text))
}

fn case_id(text: &str) -> ApiResult<DocumentId> {
    text.parse().map_err(|_| ApiError::not_found())
}
