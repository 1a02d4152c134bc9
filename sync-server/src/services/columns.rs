//! Pushes that came column by column, put together on what the store has of their documents.

use std::cell::RefCell;
use std::collections::HashSet;

use xunge_domain::ids::DocumentId;
use xunge_sync::hub::OpenedPush;
use xunge_sync::wire::columns::{Agreed, DecodeContext};
use xunge_sync::wire::{ColumnPush, PartPlace, SyncRequest};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::device_session::{Presented, Recognised, recognise};
use crate::store::{HubRead, StoreError};

/// The push of a request, however it travelled; `None` where there is none. Columns are put together before the
/// transaction that ingests them, so that no other device waits for it, and only for a device of this hub: whoever
/// else sends them is told so when his session is looked at.
///
/// # Errors
/// Bytes that are no batch, or the store's trouble.
pub fn open_push<'a>(
    app: &App,
    presented: &Presented,
    request: &'a SyncRequest,
) -> Result<Option<OpenedPush<'a>>, ApiError> {
    if let Some(push) = &request.push {
        return Ok(Some(OpenedPush::plain(push)));
    }
    match &request.columns {
        Some(push) => open_columns(app, presented, push, None),
        None => Ok(None),
    }
}

/// The same for a push in columns, or a part of one.
///
/// # Errors
/// Bytes that are no batch, or the store's trouble.
pub fn open_columns<'a>(
    app: &App,
    presented: &Presented,
    push: &'a ColumnPush,
    place: Option<PartPlace>,
) -> Result<Option<OpenedPush<'a>>, ApiError> {
    let opened = app.store.reading(|read| {
        match recognise(read, presented)? {
            Recognised::Device(_) => {}
            Recognised::Revoked(from) if app.clock.now() < from => {}
            Recognised::Revoked(_) | Recognised::Unknown => return Ok(None),
        }
        let stored = Stored::new(read);
        let opened = match place {
            None => OpenedPush::columns(push, &stored),
            Some(place) => OpenedPush::part(push, place, &stored),
        };
        stored.confirm()?;
        Ok::<_, StoreError>(Some(opened))
    })?;
    opened.transpose().map_err(|cause| {
        ApiError::bad_request(&messages::BAD_REQUEST)
            .saying(messages::BAD_REQUEST.zh, cause.to_string())
    })
}

/// The states of documents as the store has them.
pub struct Stored<'a> {
    read: &'a dyn HubRead,
    /// Each document is looked up once: a batch that names a long one four thousand times must not cost as much.
    asked: RefCell<HashSet<DocumentId>>,
    failure: RefCell<Option<StoreError>>,
}

impl<'a> Stored<'a> {
    /// Of this store.
    pub fn new(read: &'a dyn HubRead) -> Self {
        Self {
            read,
            asked: RefCell::default(),
            failure: RefCell::default(),
        }
    }

    /// Whether every look-up worked.
    ///
    /// # Errors
    /// The trouble of the first that did not.
    pub fn confirm(self) -> Result<(), StoreError> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }
}

impl DecodeContext for Stored<'_> {
    /// Others may have written since the device last heard of the document, so any state it went through here will do.
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        if !self.asked.borrow_mut().insert(*document) {
            return None;
        }
        match self.read.changes(document, 1, u64::MAX) {
            Ok(rows) => {
                let changes = rows.iter().map(|row| row.bytes.as_slice());
                Agreed::find(document, changes, check)
            }
            Err(error) => {
                self.failure.borrow_mut().get_or_insert(error);
                None
            }
        }
    }
}
