//! Somebody in a browser opens, answers or closes a check-in, or adds a step: one transaction holds the entry, its ruling,
//! the feeds and the list row.

use std::cell::RefCell;

use axum::http::StatusCode;
use xunge_documents::{Document, EditError};
use xunge_domain::case::StaffSession;
use xunge_domain::checkin::{Act, Ruling};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::Person;
use xunge_sync::hub::{CheckinActError, CheckinRequest, CheckinStaffAct, act_on_checkin};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::services::checkins::sight::visible;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{enter_acted, open};
use crate::store::rows::StoredDocument;
use crate::store::{HubRead, HubTransaction, StoreError};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such check-in, or not this person's to see.
    #[error("there is no such check-in")]
    UnknownCheckin,
    /// The step is not taken, or the document would not take it.
    #[error(transparent)]
    Act(#[from] CheckinActError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<ActError> for ApiError {
    fn from(error: ActError) -> Self {
        let unfit = |zh: String, en: String| {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Self::new(status, &crate::messages::BAD_REQUEST).saying(zh, en)
        };
        match error {
            ActError::UnknownCheckin => Self::not_found(),
            ActError::Act(CheckinActError::Step(reason)) => unfit(reason.zh(), reason.en()),
            ActError::Act(CheckinActError::Edit(EditError::Damaged(cause))) => {
                Self::internal(&cause)
            }
            ActError::Act(CheckinActError::Edit(cause)) => {
                unfit("内容过长，请缩短后再办。".into(), cause.to_string())
            }
            ActError::Store(error) => error.into(),
            ActError::Entropy(error) => Self::internal(&error),
        }
    }
}

/// Opens a check-in in the name of `person`. A declined opening stays in the history of a document of its own, which its
/// author alone sees.
///
/// # Errors
/// A text over its limit, or the hub's own trouble.
pub fn open_checkin(
    app: &App,
    person: &PersonId,
    session_id: &str,
    act: &Act,
) -> Result<(DocumentId, Ruling), ActError> {
    let id = DocumentId::from_time(app.clock.now(), app.entropy.array()?);
    let request = || CheckinRequest::Act(act.clone());
    let ruling = write(app, person, session_id, &id, Whole::New, &request)?;
    ruling
        .map(|ruling| (id, ruling))
        .ok_or(ActError::UnknownCheckin)
}

/// Asks for a decision, or adds a step, in the name of `person`. A declined action stays in the history and is an answer,
/// not an error.
///
/// # Errors
/// No such check-in, a step that is not taken, a text over its limit, or the hub's own trouble.
pub fn act(
    app: &App,
    person: &PersonId,
    session_id: &str,
    id: &DocumentId,
    request: &dyn Fn() -> CheckinRequest,
) -> Result<Option<Ruling>, ActError> {
    write(app, person, session_id, id, Whole::Known, request)
}

/// Whether the document has to be there.
#[derive(PartialEq)]
enum Whole {
    New,
    Known,
}

fn write(
    app: &App,
    person: &PersonId,
    session_id: &str,
    id: &DocumentId,
    whole: Whole,
    request: &dyn Fn() -> CheckinRequest,
) -> Result<Option<Ruling>, ActError> {
    let now = app.clock.now();
    let nonce = app.entropy.array()?;
    app.store.writing(|write| {
        let tables = app.tables.get(write as &dyn HubRead, now)?;
        let author = write.person(person)?.ok_or(ActError::UnknownCheckin)?;
        let (stored, document) = match whole {
            Whole::New => (
                StoredDocument::default(),
                Document::of(DocumentKind::MatterCheckin),
            ),
            Whole::Known => known(write, &author, id)?,
        };
        let request = CheckinStaffAct {
            author,
            session: StaffSession {
                id: session_id.to_owned(),
            },
            request: request(),
            now,
            nonce,
        };
        let cell = RefCell::new(write);
        let directory = StoreDirectory::new(tables, &cell);
        let acted = act_on_checkin(*id, document, request, &app.hub_key, &directory)?;
        directory.confirm()?;
        let write = &mut **cell.borrow_mut();
        let known = (*id, &stored);
        Ok(enter_acted(
            write,
            directory.tables(),
            known,
            None,
            acted,
            now,
        )?)
    })
}

fn known(
    write: &dyn HubTransaction,
    author: &Person,
    id: &DocumentId,
) -> Result<(StoredDocument, Document), ActError> {
    if !visible(write as &dyn HubRead, author, id)? {
        return Err(ActError::UnknownCheckin);
    }
    let stored = write.document(id)?.ok_or(ActError::UnknownCheckin)?;
    let document = open(write as &dyn HubRead, id, &stored)?;
    if document.kind() != DocumentKind::MatterCheckin {
        return Err(ActError::UnknownCheckin);
    }
    Ok((stored, document))
}
