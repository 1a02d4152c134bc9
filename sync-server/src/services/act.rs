//! Somebody in a browser acts on a case: one transaction holds the action, its ruling, the feeds and the list row.

use std::cell::RefCell;

use axum::http::StatusCode;
use xunge_documents::{EditError, check_act};
use xunge_domain::case::{Act, Ruling, StaffSession};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_sync::hub::{self, StaffAct};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::services::cases::visible;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{enter_acted, open};
use crate::store::{HubRead, HubTransaction, StoreError};

/// Most bodies one dispatch asks to assist or to take note.
pub const PARTIES_MAX: usize = 32;

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such case, or not this person's to see.
    #[error("there is no such case")]
    UnknownCase,
    /// A dispatch to more bodies than anybody can follow.
    #[error("{0} parties, at most {PARTIES_MAX} fit")]
    TooManyParties(usize),
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
            ActError::Edit(cause) => unfit("内容过长，请缩短后再办。", &cause),
            cause @ ActError::TooManyParties(_) => {
                unfit("协办、知会单位过多，请减少后再办。", &cause)
            }
            ActError::Store(error) => error.into(),
            ActError::Entropy(error) => Self::internal(&error),
        }
    }
}

fn unfit(zh: &'static str, cause: &dyn std::fmt::Display) -> ApiError {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    ApiError::new(status, &crate::messages::BAD_REQUEST).saying(zh, cause.to_string())
}

/// The same limits a device's action has; its document holds the rest.
pub(crate) fn check(act: &Act) -> Result<(), ActError> {
    if let Act::Dispatch { assist, notify, .. } = act {
        let parties = assist.len() + notify.len();
        if parties > PARTIES_MAX {
            return Err(ActError::TooManyParties(parties));
        }
    }
    Ok(check_act(act)?)
}

/// Asks for a decision in the name of `person`, and rules it. A declined action stays in the history and is an
/// answer, not an error.
///
/// # Errors
/// No such case, a text over its limit, or the hub's own trouble.
pub fn act(
    app: &App,
    person: &PersonId,
    session_id: &str,
    case: &DocumentId,
    act: &Act,
) -> Result<Ruling, ActError> {
    check(act)?;
    let request = StaffAct {
        author: person.clone(),
        session: StaffSession {
            id: session_id.to_owned(),
        },
        act: act.clone(),
        now: app.clock.now(),
        nonce: app.entropy.array()?,
    };
    app.store
        .writing(|write| act_within(app, write, case, request.clone()))
}

/// [`act`] within a transaction that does more than that.
///
/// # Errors
/// As [`act`].
pub(crate) fn act_within(
    app: &App,
    write: &mut dyn HubTransaction,
    case: &DocumentId,
    request: StaffAct,
) -> Result<Ruling, ActError> {
    let now = request.now;
    let tables = app.tables.get(write as &dyn HubRead, now)?;
    let seen = match write.person(&request.author)? {
        Some(person) => visible(write as &dyn HubRead, &person, case)?,
        None => false,
    };
    if !seen {
        return Err(ActError::UnknownCase);
    }
    let stored = write.document(case)?.ok_or(ActError::UnknownCase)?;
    let document = open(write as &dyn HubRead, case, &stored)?;
    if document.kind() != DocumentKind::Case {
        return Err(ActError::UnknownCase);
    }
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(tables, &cell);
    let acted = hub::act(*case, document, request, &app.hub_key, &directory)?;
    directory.confirm()?;
    let write = &mut **cell.borrow_mut();
    let known = (*case, &stored);
    Ok(enter_acted(
        write,
        directory.tables(),
        known,
        None,
        acted,
        now,
    )?)
}

#[cfg(test)]
mod tests {
    use xunge_documents::TEXT_CHARACTERS_MAX;

    use super::*;

    fn reject(characters: usize) -> Act {
        Act::Reject {
            reason: "字".repeat(characters),
            duplicate_of: None,
        }
    }

    fn dispatch(parties: usize) -> Option<Act> {
        let body = || "road-dept".parse().ok();
        Some(Act::Dispatch {
            lead: body()?,
            assist: Vec::new(),
            notify: (0..parties).filter_map(|_| body()).collect(),
        })
    }

    #[test]
    fn a_reason_and_a_dispatch_have_limits() {
        assert!(check(&reject(TEXT_CHARACTERS_MAX)).is_ok());
        assert!(matches!(
            check(&reject(TEXT_CHARACTERS_MAX + 1)),
            Err(ActError::Edit(EditError::TooLong { .. }))
        ));
        assert!(dispatch(PARTIES_MAX).is_some_and(|act| check(&act).is_ok()));
        assert!(dispatch(PARTIES_MAX + 1).is_some_and(|act| check(&act).is_err()));
    }
}
