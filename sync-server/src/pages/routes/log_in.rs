//! `/login` and `/logout`.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::cookie;
use crate::http::staff::StaffForm;
use crate::pages::alone;
use crate::pages::context::{PageContext, is_own_path};
use crate::services::login::log_in;
use crate::services::sessions;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    set_up: String,
}

#[derive(Deserialize)]
pub(super) struct Submitted {
    #[serde(default)]
    person: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn form(context: PageContext, Query(asked): Query<Asked>) -> Response {
    if context.staff.is_some() {
        return Redirect::to(target(&asked.next)).into_response();
    }
    let done = asked.set_up == "done";
    let markup = alone::log_in(&context.frame(), "", &asked.next, None, done);
    context.page(StatusCode::OK, markup)
}

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    Form(submitted): Form<Submitted>,
) -> Response {
    let Submitted {
        person,
        password,
        next,
    } = submitted;
    let account = person.clone();
    match state
        .hashing(move |app| log_in(app, &person, &password))
        .await
    {
        Ok(logged_in) => {
            let cookie = cookie::set(&state.settings, &logged_in.started.secret);
            ([(header::SET_COOKIE, cookie)], Redirect::to(target(&next))).into_response()
        }
        Err(error) if error.status.is_client_error() => {
            let markup = alone::log_in(&context.frame(), &account, &next, Some(&error), false);
            context.page(error.status, markup)
        }
        Err(error) => context.error(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct Leaving {
    #[serde(default)]
    csrf: String,
}

pub(super) async fn leave(
    State(state): State<AppState>,
    context: PageContext,
    staff: Result<StaffForm, ApiError>,
    Form(leaving): Form<Leaving>,
) -> Response {
    match end(&state, staff, &leaving.csrf).await {
        Ok(()) => {
            let cookie = cookie::clear(&state.settings);
            ([(header::SET_COOKIE, cookie)], Redirect::to("/login")).into_response()
        }
        Err(error) if error.status == StatusCode::UNAUTHORIZED => {
            Redirect::to("/login").into_response()
        }
        Err(error) => context.error(&error),
    }
}

async fn end(state: &AppState, staff: Result<StaffForm, ApiError>, csrf: &str) -> ApiResult<()> {
    let staff = staff?.confirm(csrf)?;
    state
        .blocking(move |app| sessions::end(app, staff.secret()))
        .await?;
    Ok(())
}

fn target(next: &str) -> &str {
    if is_own_path(next) && !next.starts_with("/login") {
        next
    } else {
        "/cases"
    }
}
