//! Which photos a case cites, noted in the transaction that takes the citation in. Collecting trusts the notes, so
//! nothing may enter without them: documents go through [`cite`], quarantined changes through [`cite_quarantined`],
//! and what is older than the notes through [`complete`].
//!
//! An entry of a case is never taken out or written over, so what a document cites only grows and reading it after
//! the merge finds every citation.

use xunge_documents::guard::inspect;
use xunge_documents::operations::{Action, Operation, ScalarValue, decode};
use xunge_documents::schema::Container;
use xunge_domain::case::{Keyed, PhotoEntry};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_sync::hub::Content;

use crate::services::documents::open;
use crate::store::rows::{MetaKey, QuarantineRow};
use crate::store::{HubRead, HubStore, HubTransaction, QuarantineCursor, StoreError};

/// Documents and quarantined changes of one transaction.
const PART: usize = 200;

/// The blobs these photos cite. Those "kept elsewhere" too: somebody else may have brought the same bytes here.
pub fn of_photos(photos: &[Keyed<PhotoEntry>]) -> Vec<Digest> {
    let photos = photos.iter();
    photos.flat_map(|photo| of_photo(&photo.entry)).collect()
}

fn of_photo(photo: &PhotoEntry) -> impl Iterator<Item = Digest> + use<> {
    let preview = photo.preview.map(|preview| preview.sha256);
    [Some(photo.original.sha256), preview].into_iter().flatten()
}

/// The blobs a quarantined change cites; `None` when that cannot be told for certain.
pub fn of_quarantined(bytes: &[u8]) -> Option<Vec<Digest>> {
    let inspected = inspect(bytes).ok()?;
    let operations = decode(&inspected).ok()?;
    let mut cited = Vec::new();
    for operation in &operations {
        match Container::of(&operation.object) {
            Some(Container::Photos) => cited.extend(of_photo(&photo(operation)?)),
            Some(_) => {}
            None => return None,
        }
    }
    Some(cited)
}

fn photo(operation: &Operation<'_>) -> Option<PhotoEntry> {
    match operation.action {
        Action::Put(ScalarValue::Bytes(bytes)) => minicbor::decode(bytes).ok(),
        _ => None,
    }
}

/// Notes what the photos of a document cite.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn cite(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    photos: &[Keyed<PhotoEntry>],
) -> Result<(), StoreError> {
    write.cite_blobs(id, &of_photos(photos))
}

/// Notes what a quarantined change cites, or that it has to be searched.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn cite_quarantined(
    write: &mut dyn HubTransaction,
    row: &QuarantineRow,
) -> Result<(), StoreError> {
    match of_quarantined(&row.bytes) {
        Some(cited) => write.cite_blobs(&row.document, &cited),
        None => write.note_unread(&row.document, &row.hash),
    }
}

/// Whether what is stored has all its citations noted.
///
/// # Errors
/// The store's.
pub fn are_complete(store: &dyn HubStore) -> Result<bool, StoreError> {
    let noted = store.reading(|read| read.meta(MetaKey::CitationsNoted))?;
    Ok(noted.is_some())
}

/// Notes the citations of everything that is older than the notes; does nothing when that was done. A server of an
/// older version must not be running: it would take in more without noting.
///
/// # Errors
/// The store's, or a document whose changes do not fit together.
pub fn complete(store: &dyn HubStore) -> Result<(), StoreError> {
    if are_complete(store)? {
        return Ok(());
    }
    let mut after: Option<DocumentId> = None;
    loop {
        let part = store.writing(|write| cite_documents(write, after.as_ref()))?;
        match part.last() {
            Some(last) if part.len() == PART => after = Some(*last),
            _ => break,
        }
    }
    let mut after: Option<QuarantineCursor> = None;
    loop {
        let part = store.writing(|write| {
            let part = write.quarantine_after(after.as_ref(), PART)?;
            for row in &part {
                cite_quarantined(write, row)?;
            }
            Ok::<_, StoreError>(part)
        })?;
        match part.last() {
            Some(last) if part.len() == PART => after = Some((last.document, last.hash)),
            _ => break,
        }
    }
    store.writing(|write| write.put_meta(MetaKey::CitationsNoted, &[1]))
}

fn cite_documents(
    write: &mut dyn HubTransaction,
    after: Option<&DocumentId>,
) -> Result<Vec<DocumentId>, StoreError> {
    let part = write.documents(after, PART)?;
    for id in &part {
        let stored = write.document(id)?.unwrap_or_default();
        let document = open(write as &dyn HubRead, id, &stored)?;
        cite(write, id, Content::read(&document, *id).photos())?;
    }
    Ok(part)
}
