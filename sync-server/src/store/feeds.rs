//! Feeds: what changed in a scope, in an order without gaps.

use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;

use super::StoreError;
use super::rows::{FeedAppend, FeedRow, MembershipRow};

/// Looking feeds up.
pub trait ReadFeeds {
    /// The lines after `seq`, in order.
    ///
    /// # Errors
    /// The database's trouble.
    fn feed_after(&self, scope: &Scope, seq: u64, limit: usize)
    -> Result<Vec<FeedRow>, StoreError>;

    /// The last place given in a scope; 0 before the first.
    ///
    /// # Errors
    /// The database's trouble.
    fn feed_head(&self, scope: &Scope) -> Result<u64, StoreError>;

    /// The scopes that hold a document, by the text of the scope.
    ///
    /// # Errors
    /// The database's trouble.
    fn memberships(&self, document: &DocumentId) -> Result<Vec<MembershipRow>, StoreError>;

    /// The name of every change of every document in any of these scopes, by document, each once.
    ///
    /// # Errors
    /// The database's trouble.
    fn change_names(&self, scopes: &[Scope]) -> Result<Vec<(DocumentId, Digest)>, StoreError>;

    /// How many documents are in a scope and in none of `without`.
    ///
    /// # Errors
    /// The database's trouble.
    fn count_members(&self, scope: &Scope, without: &[Scope]) -> Result<u64, StoreError>;

    /// The documents in a scope after `after`, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn members(
        &self,
        scope: &Scope,
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<MembershipRow>, StoreError>;
}

/// Changing feeds.
pub trait WriteFeeds {
    /// Tells `entries` in their scopes and answers the places given, in the order asked.
    ///
    /// The scopes' rows are locked in sorted order, whatever order the entries come in, so that two transactions
    /// never wait for each other in a circle; the place is taken under that lock, so that a feed has no gap and
    /// nothing commits late.
    ///
    /// # Errors
    /// The database's trouble.
    fn append_feed(&mut self, entries: &[FeedAppend]) -> Result<Vec<u64>, StoreError>;

    /// Puts a document into a scope, or moves what was told on.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_membership(&mut self, row: &MembershipRow) -> Result<(), StoreError>;

    /// Takes a document out of a scope. Whether it was there.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_membership(
        &mut self,
        document: &DocumentId,
        scope: &Scope,
    ) -> Result<bool, StoreError>;
}
