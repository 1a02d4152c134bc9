//! `/setup`: the first admin, by the one-time link of `xunge serve`.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::ApiError;
use crate::messages;
use crate::pages::alone;
use crate::pages::context::PageContext;
use crate::services::setup::{create_first_admin, token_fits};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize, Clone)]
pub(super) struct Submitted {
    #[serde(default)]
    token: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

pub(super) async fn form(
    State(state): State<AppState>,
    context: PageContext,
    Query(asked): Query<Asked>,
) -> Response {
    let token = asked.token.clone();
    match state.blocking(move |app| token_fits(app, &token)).await {
        Ok(true) => {
            let markup = alone::set_up(&context.frame(), &asked.token, "admin", "", None);
            context.page(StatusCode::OK, markup)
        }
        Ok(false) => context.error(&ApiError::new(
            StatusCode::FORBIDDEN,
            &messages::SETUP_TOKEN,
        )),
        Err(error) => context.error(&error),
    }
}

pub(super) async fn submit(
    State(state): State<AppState>,
    context: PageContext,
    Form(submitted): Form<Submitted>,
) -> Response {
    let given = submitted.clone();
    let made = state
        .hashing(move |app| {
            create_first_admin(
                app,
                &given.token,
                &given.person,
                &given.name,
                &given.password,
            )
        })
        .await;
    match made {
        Ok(_) => Redirect::to("/login?set_up=done").into_response(),
        Err(error) if error.status == StatusCode::BAD_REQUEST => {
            let Submitted {
                token,
                person,
                name,
                ..
            } = &submitted;
            let markup = alone::set_up(&context.frame(), token, person, name, Some(&error));
            context.page(error.status, markup)
        }
        Err(error) => context.error(&error),
    }
}
