//! The addresses of the pages: each fetches plain values and hands them to a view.

mod act;
mod assets;
mod case;
mod checkin;
mod checkin_act;
mod checkin_new;
mod checkins;
mod erase_text;
mod log_in;
mod photo;
mod queue;
mod register;
mod risks;
mod set_up;
mod tasks;

use axum::Router;
use axum::routing::{get, post};

use crate::app::AppState;

/// Every page.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(queue::home))
        .route("/assets/app.css", get(assets::stylesheet))
        .route("/assets/icon.svg", get(assets::icon))
        .route("/assets/live.js", get(assets::live_script))
        .route("/login", get(log_in::form).post(log_in::submit))
        .route("/logout", post(log_in::leave))
        .route("/setup", get(set_up::form).post(set_up::submit))
        .route("/register", get(register::form).post(register::submit))
        .route("/cases", get(queue::list))
        .route("/cases/{document}", get(case::show))
        .route("/cases/{document}/act", post(act::submit))
        .route("/cases/{document}/tasks", post(tasks::send))
        .route("/tasks", get(tasks::list))
        .route("/checkins", get(checkins::list))
        .route(
            "/checkins/new",
            get(checkin_new::form).post(checkin_new::submit),
        )
        .route("/checkins/{document}", get(checkin::show))
        .route("/checkins/{document}/act", post(checkin_act::submit))
        .route("/cases/{document}/erasures", post(erase_text::submit))
        .route("/photos/{sha256}", get(photo::show))
        .route("/me/risks", get(risks::show))
        .route("/me/risks/{risk}/answers", post(risks::answer))
}

#[cfg(test)]
mod tests;
