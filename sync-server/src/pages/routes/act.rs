//! `POST /cases/{document}/act`: a form of the case page asks for a decision.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xunge_domain::ids::DocumentId;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::pages::act_form::{Fields, bad_request, read};
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::services::act::act;

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(document): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match decide(&state, staff, &document, form).await {
        Ok(sequence) => {
            Redirect::to(&format!("/cases/{document}?ruled={sequence}")).into_response()
        }
        Err(error) => context.error(&error),
    }
}

async fn decide(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    document: &str,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> ApiResult<u32> {
    let Form(pairs) = form.map_err(|_| bad_request())?;
    let fields = Fields(pairs);
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    let document: DocumentId = document.parse().map_err(|_| ApiError::not_found())?;
    let request = read(&fields)?;
    let ruling = state
        .blocking(move |app| act(app, staff.id(), &staff.session_id, &document, &request))
        .await?;
    Ok(ruling.sequence)
}
