//! Personal data: that of a case, a recording, and the erasure of a subject.

mod erase;
mod of_case;
mod voice;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(of_case::list_private_of_case))
        .routes(routes!(voice::hear_voice_note))
        .routes(routes!(erase::erase_subject))
}
