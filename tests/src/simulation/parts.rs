//! Pushes in parts: what the route of the hub does with a body, and what such a body held.

use xunge_field::{HttpRequest, Method};
use xunge_server::app::App;
use xunge_server::error::ApiError;
use xunge_server::services::columns::Stored;
use xunge_server::services::push_parts::Taking;
use xunge_server::store::StoreError;
use xunge_sync::hub::OpenedPush;
use xunge_sync::wire::{
    ColumnPush, PARTS, PartReader, Piece, PushedDocument, SyncRequest, WIRE_HEADER, unpack,
};

use super::hub::{bad, header, proven};

/// Whether a request pushes in parts.
pub(super) fn in_parts(request: &HttpRequest) -> bool {
    header(request, WIRE_HEADER) == Some(PARTS)
}

/// What a request for a push and pull says beside the parts of its push.
pub(super) fn message(request: &HttpRequest) -> Option<SyncRequest> {
    if request.method != Method::Post || request.path != "/api/sync" {
        return None;
    }
    if in_parts(request) {
        unpack(messages(&request.body).0.first()?).ok()
    } else {
        unpack(&request.body).ok()
    }
}

/// The whole messages of a body in parts, and whether its end came.
fn messages(body: &[u8]) -> (Vec<Vec<u8>>, bool) {
    let mut reader = PartReader::new(body.len());
    let mut messages = Vec::new();
    if reader.feed(body).is_err() {
        return (messages, false);
    }
    while let Ok(Some(piece)) = reader.next_piece() {
        match piece {
            Piece::Message(message) => messages.push(message),
            Piece::End => return (messages, true),
        }
    }
    (messages, false)
}

/// Takes every part that arrived whole, and answers if the body did.
pub(super) fn take(app: &App, request: &HttpRequest) -> Result<Vec<u8>, ApiError> {
    let (messages, ended) = messages(&request.body);
    let Some((first, parts)) = messages.split_first() else {
        return Err(bad());
    };
    let proven = proven(app, request)?;
    let mut taking = Taking::begin(proven.presented, unpack(first).map_err(|_| bad())?)?;
    for part in parts {
        taking.take(app, part)?;
    }
    if ended {
        proven.check_body(&request.body)?;
        taking.finish(app)
    } else {
        Err(bad())
    }
}

/// What a request pushed, part by part, as far as it can be put together on what the hub has.
pub(super) fn pushed(app: &App, request: &HttpRequest) -> Vec<Vec<PushedDocument>> {
    let Some(message) = message(request) else {
        return Vec::new();
    };
    if let Some(push) = message.push {
        return vec![push.documents];
    }
    let parts: Vec<ColumnPush> = if in_parts(request) {
        let (messages, _) = messages(&request.body);
        let parts = messages.iter().skip(1);
        parts.map_while(|part| unpack(part).ok()).collect()
    } else {
        message.columns.into_iter().collect()
    };
    let opened = app.store.reading(|read| {
        let documents = parts.iter().map(|push| {
            let opened = OpenedPush::columns(push, &Stored::new(read)).ok();
            opened.map_or_else(Vec::new, |push| push.documents().to_vec())
        });
        Ok::<_, StoreError>(documents.collect())
    });
    opened.unwrap_or_default()
}
