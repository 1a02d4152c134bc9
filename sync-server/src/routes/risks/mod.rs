//! Risks: marks of a case, marks on a person, what that person says to them, and the draw of re-checks.

mod answer;
mod of_case;
mod of_person;
mod samples;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(of_case::list_risks_of_case))
        .routes(routes!(of_person::list_risks_of_person))
        .routes(routes!(answer::answer_risk))
        .routes(routes!(samples::show_samples))
}
