//! Matter check-ins for people in browsers.

mod answer;
mod close;
mod get;
mod list;
mod open;
mod step;

use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::checkin::Act;
use xunge_domain::ids::DocumentId;
use xunge_sync::hub::CheckinRequest;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::Staff;
use crate::messages;
use crate::services::checkins::act;
use crate::services::reasons::ruling_json;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_checkins, open::open_checkin))
        .routes(routes!(get::get_checkin))
        .routes(routes!(answer::answer_checkin))
        .routes(routes!(close::close_checkin))
        .routes(routes!(step::add_step))
}

fn checkin_id(text: &str) -> ApiResult<DocumentId> {
    text.parse().map_err(|_| ApiError::not_found())
}

fn read<Request: DeserializeOwned>(body: Value) -> ApiResult<Request> {
    serde_json::from_value(body).map_err(|cause| {
        ApiError::bad_request(&messages::BAD_REQUEST)
            .saying("请求的内容不完整。", cause.to_string())
    })
}

/// Asks for a decision on a check-in that is there.
async fn ask(state: &AppState, staff: Staff, id: DocumentId, request: Act) -> ApiResult<Value> {
    let ruling = state
        .blocking(move |app| -> ApiResult<_> {
            let request = || CheckinRequest::Act(request.clone());
            Ok(act::act(app, staff.id(), &staff.session_id, &id, &request)?)
        })
        .await?;
    Ok(ruling.map_or(Value::Null, |ruling| ruling_json(&ruling)))
}
