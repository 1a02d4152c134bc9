//! `/photos/{sha256}`: the bytes of a stored photo, for somebody logged in. A name says its bytes, so a browser may
//! keep them.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use xunge_domain::ids::Digest;

use crate::app::{App, AppState};
use crate::blob_files::BlobFileError;
use crate::error::ApiError;
use crate::pages::context::PageContext;
use crate::services::photos::content_type;

pub(super) async fn show(
    State(state): State<AppState>,
    context: PageContext,
    Path(name): Path<String>,
) -> Response {
    if let Err(elsewhere) = context.signed_in() {
        return *elsewhere;
    }
    let Ok(sha256) = name.parse::<Digest>() else {
        return context.error(&ApiError::not_found());
    };
    match state.blocking(move |app| read(app, &sha256)).await {
        Ok(bytes) => picture(bytes),
        Err(error) => context.error(&error),
    }
}

fn read(app: &App, sha256: &Digest) -> Result<Vec<u8>, ApiError> {
    // Only what the hub has re-hashed is shown, never a file that happens to lie there.
    let stored = app.store.reading(|read| read.blob_stored(sha256))?;
    if !stored {
        return Err(ApiError::not_found());
    }
    app.blobs
        .read(sha256)
        .map_err(|error: BlobFileError| ApiError::internal(&error))?
        .ok_or_else(ApiError::not_found)
}

fn picture(bytes: Vec<u8>) -> Response {
    let kind = content_type(&bytes);
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    response
}
