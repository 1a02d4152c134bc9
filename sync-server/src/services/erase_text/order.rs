//! An order to erase texts of a case, carried out: one transaction, then the database and the packs without the former edition.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use xunge_documents::TextOrder;
use xunge_domain::case::{ErasedText, TextErasureCause, TextPlace};
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Person;
use xunge_domain::private::REASON_CHARACTERS_MAX;
use xunge_domain::time::Timestamp;
use xunge_evidence::erasure::{NamedErasure, TEXT_ERASED};
use xunge_sync::hub;

use super::rewrite::rewrite;
use super::{EraseTextError, TextErasedView};
use crate::app::App;
use crate::services::cases::visible;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{Entering, enter, open};
use crate::store::rows::{MetaKey, StoredDocument};
use crate::store::{HubRead, HubTransaction, StoreError, TextErasureRow};

/// What is to be erased of a case, and why.
#[derive(Debug, Clone)]
pub struct EraseTextRequest {
    /// Which texts; one that is named twice is named once.
    pub places: Vec<TextPlace>,
    /// Why.
    pub cause: TextErasureCause,
    /// Why, in 1 to 200 characters that name nobody.
    pub reason: String,
}

/// Erases texts for somebody in a browser, who must see the case.
///
/// # Errors
/// As [`erase_text`].
pub fn erase_text_of_case(
    app: &App,
    person: &Person,
    case: &DocumentId,
    request: &EraseTextRequest,
) -> Result<TextErasedView, EraseTextError> {
    if !app.store.reading(|read| visible(read, person, case))? {
        return Err(EraseTextError::UnknownCase);
    }
    erase_text(app, person.id.as_str(), case, request)
}

/// Erases texts of a case for good: its document goes on in a new edition, the former one is destroyed here, and devices
/// take the new one with their next contact. Cost: the database is written anew, which takes seconds for a gigabyte; phones
/// that come meanwhile wait or try again.
///
/// # Errors
/// No such case, a place without a text, no reason, or the store's. What was committed stays when the rewriting failed; it
/// is tried again.
pub fn erase_text(
    app: &App,
    by: &str,
    case: &DocumentId,
    request: &EraseTextRequest,
) -> Result<TextErasedView, EraseTextError> {
    let reason = request.reason.trim();
    if !(1..=REASON_CHARACTERS_MAX).contains(&reason.chars().count()) {
        return Err(EraseTextError::Reason);
    }
    let places: BTreeSet<TextPlace> = request.places.iter().copied().collect();
    let order = TextOrder {
        places: places.into_iter().collect(),
        at: app.clock.now(),
        by: by.to_owned(),
        cause: request.cause,
    };
    let (edition, erased) = app
        .store
        .writing(|write| carry_out(app, write, case, &order, reason))?;
    Ok(TextErasedView::of(
        case,
        edition,
        &erased,
        reason,
        rewrite(app)?,
    ))
}

fn carry_out(
    app: &App,
    write: &mut dyn HubTransaction,
    case: &DocumentId,
    order: &TextOrder,
    reason: &str,
) -> Result<(u32, Vec<ErasedText>), EraseTextError> {
    let tables = app.tables.get(write as &dyn HubRead, order.at)?;
    let stored = write.document(case)?.ok_or(EraseTextError::UnknownCase)?;
    let document = open(write as &dyn HubRead, case, &stored)?;
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(Arc::clone(&tables), &cell);
    let next = hub::erase_text(*case, &document, order, &app.hub_key, &directory)?;
    directory.confirm()?;
    let write = &mut **cell.borrow_mut();
    write.replace_changes(case, &[])?;
    let arrived = next
        .appended
        .into_iter()
        .map(|appended| (appended, order.at));
    let arrived: Vec<_> = arrived.collect();
    let entering = Entering {
        id: *case,
        stored: &emptied(&stored),
        arrived: &arrived,
        document: &next.document,
        content: &next.content,
        placement: &next.placement,
    };
    enter(write, &tables, &entering)?;
    for mark in &next.erased {
        note(
            write,
            case,
            next.edition,
            mark,
            (&order.by, order.at),
            reason,
        )?;
    }
    write.void_packs_of(case)?;
    Ok((next.edition, next.erased))
}

/// What the store holds of a document whose changes are gone: the numbers go on.
pub(super) fn emptied(stored: &StoredDocument) -> StoredDocument {
    StoredDocument {
        last_arrival: stored.last_arrival,
        ..StoredDocument::default()
    }
}

/// The line of the log that a mark stands on, and the order beside it.
pub(super) fn note(
    write: &mut dyn HubTransaction,
    case: &DocumentId,
    edition: u32,
    mark: &ErasedText,
    (who, at): (&str, Timestamp),
    reason: &str,
) -> Result<(), StoreError> {
    let detail = NamedErasure::of_mark(*case, edition, mark).detail();
    let line = write.append_audit(at, who, TEXT_ERASED, &detail)?;
    write.add_text_erasure(&TextErasureRow {
        line,
        document: *case,
        edition,
        place: mark.place,
        cause: mark.erasure.cause,
        at,
        who: who.to_owned(),
        reason: reason.to_owned(),
    })?;
    write.put_meta(MetaKey::RewriteDue, &line.to_be_bytes())
}
