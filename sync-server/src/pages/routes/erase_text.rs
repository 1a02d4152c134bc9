//! `POST /cases/{document}/erasures`: the form of the case page by which an admin erases texts.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::messages;
use crate::pages::act_form::Fields;
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::routes::erase_text_request;
use crate::services::erase_text::erase_text_of_case;

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(document): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match erase(&state, staff, &document, form).await {
        Ok(()) => Redirect::to(&format!("/cases/{document}#erased")).into_response(),
        Err(error) => context.error(&error),
    }
}

async fn erase(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    document: &str,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> ApiResult<()> {
    let Form(pairs) = form.map_err(|_| ApiError::bad_request(&messages::BAD_REQUEST))?;
    let fields = Fields(pairs);
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    staff.require(Role::Admin)?;
    let document: DocumentId = document.parse().map_err(|_| ApiError::not_found())?;
    let places: Vec<String> = fields.all("place").map(str::to_owned).collect();
    let request = erase_text_request(
        &places,
        fields.one("cause"),
        fields.one("reason").to_owned(),
    )?;
    state
        .blocking(move |app| erase_text_of_case(app, &staff.person, &document, &request))
        .await?;
    Ok(())
}
