//! What devices speak: enrol, push and pull, fetch packs, upload, hand up what others made. CBOR in, signed frames out.

mod base_map;
mod carried;
mod certificate;
mod duty;
mod enrol;
mod pack;
mod parts;
mod private;
mod receipts;
mod synchronise;
mod tables;
mod upload;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::ids::Digest;
use xunge_sync::wire::{
    CONTENT_TYPE, NONCE_HEADER, Nonce, RequestHead, SESSION_HEADER, WIRE_HEADER, spoken, unpack,
};

use crate::app::{App, AppState};
use crate::error::{ApiError, ApiResult};
use crate::http::range_file::RangeFile;
use crate::messages;
use crate::services::device_session::{Presented, device_unknown};
use crate::services::signed_request::Claimed;

/// Compressed bytes of the largest request: a push of many documents after a long time without signal.
const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(enrol::enrol))
        .routes(routes!(synchronise::synchronise))
        .routes(routes!(upload::upload))
        .routes(routes!(pack::pack))
        .routes(routes!(carried::carried))
        .routes(routes!(certificate::certificate))
        .routes(routes!(receipts::receipts))
        .routes(routes!(private::keep_private))
        .routes(routes!(tables::tables))
        .routes(routes!(duty::take_duty))
        .routes(routes!(base_map::base_map))
        .routes(routes!(base_map::base_map_file))
        .layer(axum::extract::DefaultBodyLimit::max(REQUEST_BYTES_MAX))
}

fn frames(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], body).into_response()
}

/// The session a device shows.
pub(super) fn presented(headers: &HeaderMap) -> ApiResult<Presented> {
    headers
        .get(SESSION_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(Presented::parse)
        .ok_or_else(device_unknown)
}

/// A file that was offered to a device, whole or the part that is asked for.
pub(super) async fn file_for(
    state: &AppState,
    headers: &HeaderMap,
    sha256: &str,
    open: impl FnOnce(&App, &Presented, &Digest) -> ApiResult<RangeFile> + Send + 'static,
) -> ApiResult<Response> {
    let presented = presented(headers)?;
    let sha256: Digest = sha256.parse().map_err(|_| ApiError::not_found())?;
    let file = state
        .blocking(move |app| open(app, &presented, &sha256))
        .await?;
    file.answer(headers)
}

/// The nonce of a request whose body is raw bytes.
fn nonce(headers: &HeaderMap) -> ApiResult<Nonce> {
    let text = headers
        .get(NONCE_HEADER)
        .and_then(|nonce| nonce.to_str().ok());
    let bytes = text.and_then(|text| data_encoding::HEXLOWER.decode(text.as_bytes()).ok());
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| ApiError::bad_request(&messages::BAD_REQUEST))
}

/// What a request that changes something says of where it comes from.
fn claimed(method: &Method, path: &str, headers: &HeaderMap) -> ApiResult<Claimed> {
    Claimed::read(RequestHead {
        method: method.as_str(),
        path,
        header: &|name| headers.get(name)?.to_str().ok(),
    })
}

/// Refuses a wire this hub does not speak.
fn speaks(headers: &HeaderMap) -> ApiResult<()> {
    let named = headers.get(WIRE_HEADER);
    if named.is_some_and(|named| spoken().iter().any(|ours| named == ours.as_str())) {
        Ok(())
    } else {
        Err(ApiError::new(
            StatusCode::NOT_ACCEPTABLE,
            &messages::WIRE_UNKNOWN,
        ))
    }
}

/// Answers a request that a device signed and whose nonce stands in its head: `work` gets it once wire, signature and body
/// hold. The session's token is not used up.
async fn answer_signed(
    state: &AppState,
    head: &Parts,
    body: Bytes,
    work: impl FnOnce(&App, &Presented, Nonce, &[u8]) -> ApiResult<Vec<u8>> + Send + 'static,
) -> ApiResult<Response> {
    speaks(&head.headers)?;
    let claimed = claimed(&head.method, head.uri.path(), &head.headers)?;
    let nonce = nonce(&head.headers)?;
    let answer = state
        .blocking(move |app| {
            let proven = claimed.prove(app)?;
            proven.check_body(&body)?;
            work(app, &proven.presented, nonce, &body)
        })
        .await?;
    Ok(frames(answer))
}

/// The message that a body is.
fn message<Message>(body: &[u8]) -> ApiResult<Message>
where
    Message: for<'bytes> minicbor::Decode<'bytes, ()>,
{
    unpack(body).map_err(|cause| unreadable(&cause))
}

/// A body that is no message.
fn unreadable(cause: &xunge_sync::wire::PackError) -> ApiError {
    ApiError::bad_request(&messages::BAD_REQUEST)
        .saying(messages::BAD_REQUEST.zh, cause.to_string())
}
