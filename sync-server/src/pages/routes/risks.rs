//! `/me/risks`: whoever is logged in sees and answers the own marks.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::LIST_PART_MAX;
use crate::http::staff::StaffForm;
use crate::messages;
use crate::pages::context::PageContext;
use crate::pages::risks_view::MyRisksView;
use crate::services::risks;

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Submitted {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    text: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Query(asked): Query<Asked>,
) -> Response {
    let reader = match context.signed_in() {
        Ok(staff) => staff.person.clone(),
        Err(elsewhere) => return *elsewhere,
    };
    let loaded = state
        .blocking(move |app| {
            app.store
                .reading(|read| risks::of_person(read, &reader, &reader.id, asked.before))
        })
        .await;
    let drawn = loaded.map(|risks| {
        let last = risks.last().filter(|_| risks.len() == LIST_PART_MAX);
        let older = last.map(|risk| risk.id);
        MyRisksView { risks, older }.render(&context.frame())
    });
    context.answer(drawn)
}

pub(super) async fn answer(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Path(risk): Path<String>,
    form: Result<Form<Submitted>, FormRejection>,
) -> Response {
    match keep(&state, staff, &risk, form).await {
        Ok(risk) => Redirect::to(&format!("/me/risks#risk-{risk}")).into_response(),
        Err(error) => context.error(&error),
    }
}

async fn keep(
    state: &AppState,
    staff: Result<StaffForm, ApiError>,
    risk: &str,
    form: Result<Form<Submitted>, FormRejection>,
) -> ApiResult<u64> {
    let Form(submitted) = form.map_err(|_| ApiError::bad_request(&messages::BAD_REQUEST))?;
    let staff = staff?.confirm(&submitted.csrf)?;
    let risk: u64 = risk.parse().map_err(|_| ApiError::not_found())?;
    let answered = state
        .blocking(move |app| risks::answer(app, &staff.person, risk, &submitted.text))
        .await?;
    Ok(answered.id)
}
