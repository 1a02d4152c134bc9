//! The body of a push in parts, taken in while it comes.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, timeout_at};
use xunge_domain::ids::Digest;
use xunge_sync::wire::{PartError, PartReader, Piece, SyncRequest, unpack};

use super::{REQUEST_BYTES_MAX, unreadable};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::http::limits::REQUEST_TIME_MAX;
use crate::messages;
use crate::services::push_parts::Taking;
use crate::services::signed_request::Proven;

/// Takes each part in as soon as it is whole, and answers when the body ends. Meanwhile the next part is read, and no
/// more than that one: what comes faster than the hub works waits in the socket, and a body that comes slowly keeps no
/// thread and no transaction waiting.
pub(super) async fn take(state: AppState, proven: Proven, body: Body) -> ApiResult<Vec<u8>> {
    let mut pieces = Pieces {
        body: Box::pin(body),
        reader: PartReader::new(REQUEST_BYTES_MAX),
        hasher: Sha256::new(),
        deadline: Instant::now() + REQUEST_TIME_MAX,
    };
    let Piece::Message(request) = pieces.next().await? else {
        return Err(ApiError::bad_request(&messages::BAD_REQUEST));
    };
    let mut working: Working<'_> = Box::pin(state.blocking(move |_| {
        let request: SyncRequest = unpack(&request).map_err(|cause| unreadable(&cause))?;
        Taking::begin(proven.presented, request)
    }));
    loop {
        let (piece, taking) = tokio::join!(pieces.next(), working);
        let mut taking = taking?;
        match piece? {
            Piece::Message(part) => {
                working = Box::pin(state.blocking(move |app| {
                    taking.take(app, &part)?;
                    Ok::<_, ApiError>(taking)
                }));
            }
            Piece::End => {
                pieces.end().await?;
                // Each part was signed for itself; the request around them is believed now.
                let found = Digest::from_bytes(pieces.hasher.finalize().into());
                proven.check_digest(&found)?;
                return state.blocking(move |app| taking.finish(app)).await;
            }
        }
    }
}

type Working<'a> = Pin<Box<dyn Future<Output = ApiResult<Taking>> + Send + 'a>>;

/// A body as it comes.
struct Pieces {
    body: Pin<Box<Body>>,
    reader: PartReader,
    hasher: Sha256,
    deadline: Instant,
}

impl Pieces {
    async fn next(&mut self) -> ApiResult<Piece> {
        loop {
            if let Some(piece) = self.reader.next_piece().map_err(unfit)? {
                return Ok(piece);
            }
            if !self.more().await? {
                return Err(cut());
            }
        }
    }

    /// That nothing follows.
    async fn end(&mut self) -> ApiResult<()> {
        while self.more().await? {}
        Ok(())
    }

    /// Whether the body went on.
    async fn more(&mut self) -> ApiResult<bool> {
        let frame = poll_fn(|context| self.body.as_mut().poll_frame(context));
        match timeout_at(self.deadline, frame).await {
            Err(_) => Err(ApiError::new(
                StatusCode::REQUEST_TIMEOUT,
                &messages::TIMED_OUT,
            )),
            Ok(None) => Ok(false),
            Ok(Some(Err(_))) => Err(cut()),
            Ok(Some(Ok(frame))) => {
                if let Ok(data) = frame.into_data() {
                    self.hasher.update(&data);
                    self.reader.feed(&data).map_err(unfit)?;
                }
                Ok(true)
            }
        }
    }
}

/// Mostly nobody hears it. Not 400: that would say that the hub cannot read such a push.
fn cut() -> ApiError {
    ApiError::new(StatusCode::REQUEST_TIMEOUT, &messages::BODY_CUT)
}

fn unfit(error: PartError) -> ApiError {
    match error {
        PartError::TooLarge | PartError::TooMany => {
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, &messages::TOO_LARGE)
        }
        PartError::Behind => ApiError::bad_request(&messages::BAD_REQUEST)
            .saying(messages::BAD_REQUEST.zh, error.to_string()),
    }
}
