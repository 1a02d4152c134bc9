//! `/tasks`: what waits; and the button of the case page that sends whom the rules choose.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::messages;
use crate::pages::context::PageContext;
use crate::pages::tasks_view::TasksView;
use crate::services::duty::leaves;
use crate::services::tasks::approvals::open_approvals;
use crate::services::tasks::{open_tasks, send_nearest};

#[derive(Deserialize)]
pub(super) struct Submitted {
    #[serde(default)]
    csrf: String,
}

pub(super) async fn list(State(state): State<AppState>, context: PageContext) -> Response {
    let reader = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    let loaded = state
        .blocking(move |app| -> ApiResult<TasksView> {
            Ok(TasksView {
                open: open_tasks(app, &reader)?,
                approvals: open_approvals(app, &reader, false)?,
                leaves: leaves(app, &reader)?,
            })
        })
        .await;
    context.answer(loaded.map(|view| view.render(&context.frame())))
}

pub(super) async fn send(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(document): Path<String>,
    form: Result<Form<Submitted>, FormRejection>,
) -> Response {
    match sent(&state, staff, &document, form).await {
        Ok(()) => Redirect::to(&format!("/cases/{document}#tasks")).into_response(),
        Err(error) => context.error(&error),
    }
}

async fn sent(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    document: &str,
    form: Result<Form<Submitted>, FormRejection>,
) -> ApiResult<()> {
    let Form(submitted) = form.map_err(|_| ApiError::bad_request(&messages::BAD_REQUEST))?;
    let staff = staff?.confirm(&submitted.csrf)?;
    staff.require(Role::IntakeClerk)?;
    let document: DocumentId = document.parse().map_err(|_| ApiError::not_found())?;
    state
        .blocking(move |app| send_nearest(app, &staff.person, &staff.session_id, &document))
        .await?;
    Ok(())
}
