//! Whether the hub lives and its store answers.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::services::disk::DiskView;
use crate::store::StoreError;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(healthz))
}

/// The hub's health.
#[derive(Debug, Serialize, ToSchema)]
struct HealthView {
    /// `ok`.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
    /// Life of the hub; a restore starts the next one.
    epoch: u64,
    /// The hub's clock, RFC 3339.
    time: String,
    /// How full the disk is, and whether photos are taken.
    disk: DiskView,
}

/// Answers `ok` after asking the store. For load balancers and scripts.
#[utoipa::path(get, path = "/healthz", tag = "health", responses(
    (status = OK, body = HealthView),
    (status = 500, body = ErrorEnvelope, description = "The store does not answer"),
))]
async fn healthz(State(state): State<AppState>) -> ApiResult<Json<HealthView>> {
    let (epoch, disk) = state
        .blocking(|app| {
            let epoch = app.store.reading(|read| read.epoch())?;
            Ok::<_, StoreError>((epoch, app.blobs.disk()))
        })
        .await?;
    Ok(Json(HealthView {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        epoch,
        time: state.clock.now().to_string(),
        disk,
    }))
}
