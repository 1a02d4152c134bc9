//! The log: what it is now, one entry, how it goes on. Checkpoints and consistency proofs are hashes and numbers, and
//! worth the more the more people keep them: everybody logged in gets them. Entries say who did what: auditors and admins.

mod checkpoint;
mod consistency;
mod entry;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::ids::Digest;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(checkpoint::checkpoint))
        .routes(routes!(consistency::consistency))
        .routes(routes!(entry::entry))
}

fn hex(proof: &[Digest]) -> Vec<String> {
    proof.iter().map(ToString::to_string).collect()
}
