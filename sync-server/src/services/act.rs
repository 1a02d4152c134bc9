//! Somebody in a browser acts on a case: one transaction holds the action, its ruling, the feeds and the list row.

use std::cell::RefCell;

use axum::http::StatusCode;
use xunge_documents::EditError;
use xunge_domain::case::{Act, Ruling, StaffSession};
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_sync::hub::{self, Directory, StaffAct};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{Entering, enter, open};
use crate::store::StoreError;

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such case.
    #[error("there is no such case")]
    UnknownCase,
    /// The document would not take it.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<ActError> for ApiError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::UnknownCase => Self::not_found(),
            ActError::Edit(EditError::Damaged(cause)) => Self::internal(&cause),
            ActError::Edit(cause) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                &crate::messages::BAD_REQUEST,
            )
            .saying("内容过长，请缩短后再办。", cause.to_string()),
            ActError::Store(error) => error.into(),
            ActError::Entropy(error) => Self::internal(&error),
        }
    }
}

/// Asks for a decision in the name of `person`, and rules it. A declined action stays in the history and is an
/// answer, not an error.
///
/// # Errors
/// No such case, or the hub's own trouble.
pub fn act(
    app: &App,
    person: &PersonId,
    session_id: &str,
    case: &DocumentId,
    act: &Act,
) -> Result<Ruling, ActError> {
    let now = app.clock.now();
    let nonce = app.entropy.array()?;
    app.store.writing(|write| {
        let tables = app.tables.get(write as &dyn crate::store::HubRead, now)?;
        let stored = write.document(case)?.ok_or(ActError::UnknownCase)?;
        let document = open(write as &dyn crate::store::HubRead, case, &stored)?;
        let request = StaffAct {
            author: person.clone(),
            session: StaffSession {
                id: session_id.to_owned(),
            },
            act: act.clone(),
            now,
            nonce,
        };
        let cell = RefCell::new(write);
        let directory = StoreDirectory::new(tables, &cell);
        let acted = hub::act(*case, document, request, &app.hub_key, &directory)?;
        directory.confirm()?;
        let arrived = [(acted.appended, now)];
        let entering = Entering {
            id: *case,
            next_arrival: stored.next_arrival(),
            arrived: &arrived,
            document: &acted.document,
            reading: &acted.reading,
            standing: &acted.standing,
            placement: &acted.placement,
        };
        enter(&mut **cell.borrow_mut(), directory.grids(), &entering)?;
        Ok(acted.ruling)
    })
}
