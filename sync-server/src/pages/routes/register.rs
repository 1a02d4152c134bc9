//! `/register`: a clerk enters a case.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::staff::StaffForm;
use crate::pages::act_form::{Fields, bad_request};
use crate::pages::context::PageContext;
use crate::pages::layout::CSRF_FIELD;
use crate::pages::register_view;
use crate::services::register::{Entered, RegisterRequest, register};

pub(super) async fn form(State(state): State<AppState>, context: PageContext) -> Response {
    match context.signed_in() {
        Ok(staff) if staff.person.has(Role::IntakeClerk) => {}
        Ok(_) => return context.error(&ApiError::forbidden()),
        Err(elsewhere) => return *elsewhere,
    }
    draw(&state, &context, &RegisterRequest::default(), None).await
}

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let Ok(Form(pairs)) = form else {
        return context.error(&bad_request());
    };
    let fields = Fields(pairs);
    let request = request(&fields);
    match enter(&state, staff, &fields, request.clone()).await {
        Ok(entered) => Redirect::to(&format!("/cases/{}", entered.case)).into_response(),
        Err(error) if error.status == StatusCode::UNPROCESSABLE_ENTITY => {
            draw(&state, &context, &request, Some(&error)).await
        }
        Err(error) => context.error(&error),
    }
}

async fn enter(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    fields: &Fields,
    request: RegisterRequest,
) -> ApiResult<Entered> {
    let staff = staff?.confirm(fields.one(CSRF_FIELD))?;
    state
        .blocking(move |app| -> ApiResult<_> {
            Ok(register(app, staff.id(), &staff.session_id, &request)?)
        })
        .await
}

async fn draw(
    state: &AppState,
    context: &PageContext,
    written: &RegisterRequest,
    refused: Option<&ApiError>,
) -> Response {
    let tables = state
        .blocking(|app| {
            let now = app.clock.now();
            app.store.reading(|read| app.tables.get(read, now))
        })
        .await;
    match tables {
        Ok(tables) => {
            let frame = context.frame();
            let markup = register_view::form(&frame, &tables.classes, written, refused);
            context.page(refused.map_or(StatusCode::OK, |error| error.status), markup)
        }
        Err(error) => context.error(&error),
    }
}

fn request(fields: &Fields) -> RegisterRequest {
    let text = |name| fields.one(name).to_owned();
    let optional = |name| Some(text(name)).filter(|text| !text.is_empty());
    RegisterRequest {
        source: text("source"),
        external_id: optional("external_id"),
        class: text("class"),
        title: text("title"),
        description: text("description"),
        address: text("address"),
        point: optional("point"),
        no_grid_reason: optional("no_grid_reason"),
        severity: optional("severity"),
    }
}
