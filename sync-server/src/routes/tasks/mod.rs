//! Tasks: who is sent, what waits, the seed of the draws; leaves that people said; and what waits for somebody's approval.

mod approvals;
mod leaves;
mod list;
mod of_case;
mod seed;
mod send;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(send::send_nearest))
        .routes(routes!(of_case::list_tasks_of_case))
        .routes(routes!(list::list_open_tasks))
        .routes(routes!(seed::show_task_seed))
        .routes(routes!(approvals::list_approvals))
        .routes(routes!(leaves::list_leaves))
}
