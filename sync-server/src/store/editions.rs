//! Editions of documents: what is left of a former one, and the orders by which texts were erased.

use xunge_domain::case::{TextErasureCause, TextPlace};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use super::StoreError;

/// An order to erase a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextErasureRow {
    /// Its line of the log.
    pub line: u64,
    /// The document of the case.
    pub document: DocumentId,
    /// The edition that lacks the text.
    pub edition: u32,
    /// Which text.
    pub place: TextPlace,
    /// Why.
    pub cause: TextErasureCause,
    /// When.
    pub at: Timestamp,
    /// By whose order.
    pub who: String,
    /// In the words of whoever ordered it.
    pub reason: String,
}

/// Looking editions up.
pub trait ReadEditions {
    /// Whether any change of this document was replaced. Spares asking for each.
    ///
    /// # Errors
    /// The database's trouble.
    fn has_former_changes(&self, document: &DocumentId) -> Result<bool, StoreError>;

    /// Whether a change is of a former edition of the document.
    ///
    /// # Errors
    /// The database's trouble.
    fn is_former_change(&self, document: &DocumentId, hash: &Digest) -> Result<bool, StoreError>;

    /// All changes of former editions of a document, by name.
    ///
    /// # Errors
    /// The database's trouble.
    fn former_changes(&self, document: &DocumentId) -> Result<Vec<Digest>, StoreError>;

    /// The orders of a document, by their lines.
    ///
    /// # Errors
    /// The database's trouble.
    fn text_erasures(&self, document: &DocumentId) -> Result<Vec<TextErasureRow>, StoreError>;

    /// Scopes of which packs that end before this place are void, by the text of the scope.
    ///
    /// # Errors
    /// The database's trouble.
    fn void_packs(&self) -> Result<Vec<(Scope, u64)>, StoreError>;

    /// Before which place packs of this scope are void; 0 where none is.
    ///
    /// # Errors
    /// The database's trouble.
    fn void_below(&self, scope: &Scope) -> Result<u64, StoreError>;
}

/// Changing editions.
pub trait WriteEditions {
    /// Takes away all changes of a document, its snapshot, and the bytes of what was quarantined for it; the names of the
    /// changes stay, and count as former ones with these.
    ///
    /// # Errors
    /// The database's trouble.
    fn replace_changes(
        &mut self,
        document: &DocumentId,
        also_former: &[Digest],
    ) -> Result<(), StoreError>;

    /// Keeps an order.
    ///
    /// # Errors
    /// A line that has one, or the database's trouble.
    fn add_text_erasure(&mut self, row: &TextErasureRow) -> Result<(), StoreError>;

    /// Notes for every scope that was ever told of a document that its packs of before are void. Call it behind the entries of the
    /// new edition. Cost: reads all feeds.
    ///
    /// # Errors
    /// The database's trouble.
    fn void_packs_of(&mut self, document: &DocumentId) -> Result<(), StoreError>;
}
