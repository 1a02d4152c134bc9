//! Somebody has texts of a case erased: the hub writes the next edition of its document, under its own key.

use xunge_documents::{Document, EditionError, TextOrder};
use xunge_domain::case::ErasedText;
use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;

use crate::hub::content::Content;
use crate::hub::directory::{Directory, HubKey};
use crate::hub::ingested::Appended;

/// What is to be done, in the transaction that holds the document: everything kept of it before goes.
pub struct ErasedTexts {
    /// The number of the edition.
    pub edition: u32,
    /// The marks of what was erased just now, in the order asked.
    pub erased: Vec<ErasedText>,
    /// The hub's changes, all there are of the document.
    pub appended: Vec<Appended>,
    /// The document.
    pub document: Document,
    /// What it says.
    pub content: Content,
    /// Its scopes; as before.
    pub placement: Vec<Scope>,
}

/// Writes the next edition of a document without these texts. Entries keep their ids, authors, seals and rulings.
///
/// # Errors
/// A place without a text, no place, or a damaged document.
pub fn erase_text(
    id: DocumentId,
    document: &Document,
    order: &TextOrder,
    hub: &HubKey,
    directory: &dyn Directory,
) -> Result<ErasedTexts, EditionError> {
    let next = document.next_edition(hub.actor(), order)?;
    let changes = next.changes.into_iter();
    let appended = changes.map(|change| Appended::of_hub(hub, &id, change));
    let appended = appended.collect();
    let content = Content::read(&next.document, id);
    Ok(ErasedTexts {
        edition: next.number,
        erased: next.erased,
        appended,
        document: next.document,
        placement: content.placement(directory),
        content,
    })
}
