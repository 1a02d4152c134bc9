//! `POST /checkins/{document}/act`: a form of a check-in's page answers, adds a step or closes.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xunge_domain::ids::DocumentId;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::pages::act_form::{Fields, bad_request};
use crate::pages::checkin_form::read;
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::services::checkins::act::act;

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(document): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    match decide(&state, staff, &document, form).await {
        Ok(Some(sequence)) => {
            Redirect::to(&format!("/checkins/{document}?ruled={sequence}")).into_response()
        }
        Ok(None) => Redirect::to(&format!("/checkins/{document}")).into_response(),
        Err(error) => context.error(&error),
    }
}

/// The sequence of the ruling; nothing for a step, which is not ruled.
async fn decide(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    document: &str,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> ApiResult<Option<u32>> {
    let Form(pairs) = form.map_err(|_| bad_request())?;
    let fields = Fields(pairs);
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    let document: DocumentId = document.parse().map_err(|_| ApiError::not_found())?;
    // Read once here, so that nonsense is told before anything is written.
    read(&fields)?;
    let ruling = state
        .blocking(move |app| -> ApiResult<_> {
            let request = read(&fields)?;
            let ask = || request.clone();
            Ok(act(app, staff.id(), &staff.session_id, &document, &ask)?)
        })
        .await?;
    Ok(ruling.map(|ruling| ruling.sequence))
}
