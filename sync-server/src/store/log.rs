//! The log: the audit log as a Merkle tree ([`xunge_evidence`]). Entry number `index` is the audit line `index + 1`; what
//! is kept beside the lines are the hashes of the tree's perfect subtrees. Lines are entered by
//! [`WriteSystem::append_audit`](super::WriteSystem::append_audit), in the transaction that adds them.

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_evidence::entry::{AuditLine, OwnedAuditLine};
use xunge_evidence::tree::{NodeSource, Place};

use super::StoreError;
use super::rows::AuditRow;

/// Looking the log up.
pub trait ReadLog {
    /// How many entries it has.
    ///
    /// # Errors
    /// The database's trouble.
    fn log_size(&self) -> Result<u64, StoreError>;

    /// The kept hash of a perfect subtree.
    ///
    /// # Errors
    /// The database's trouble.
    fn log_node(&self, place: Place) -> Result<Option<Digest>, StoreError>;

    /// How many entries stand before the first one of a moment or later; `None` where there is no such entry yet. Once it is
    /// there, the answer stays. Cost: an index row for each entry since.
    ///
    /// # Errors
    /// The database's trouble.
    fn log_size_at(&self, at: Timestamp) -> Result<Option<u64>, StoreError>;
}

/// Entering lines that were added past the log.
pub trait WriteLog {
    /// Enters the audit lines that follow on the last entry, a number of them at most, and answers how many. There are
    /// such lines only where a program of an older version added them, or somebody by hand.
    ///
    /// # Errors
    /// A line or a hash that is missing, or the database's trouble.
    fn enter_late_lines(&mut self, limit: usize) -> Result<u64, StoreError>;
}

impl AuditRow {
    /// This line as an entry of the log.
    pub fn entry(&self) -> AuditLine<'_> {
        AuditLine {
            seq: self.seq,
            at: self.at,
            who: &self.who,
            what: &self.what,
            detail: &self.detail,
        }
    }
}

impl From<&AuditRow> for OwnedAuditLine {
    fn from(row: &AuditRow) -> Self {
        Self {
            seq: row.seq,
            at: row.at,
            who: row.who.clone(),
            what: row.what.clone(),
            detail: row.detail.clone(),
        }
    }
}

/// The kept hashes of a store, for roots and proofs.
pub struct LogNodes<'read, Read: ?Sized>(pub &'read Read);

impl<Read: ReadLog + ?Sized> NodeSource for LogNodes<'_, Read> {
    type Error = StoreError;

    fn node(&self, place: Place) -> Result<Option<Digest>, StoreError> {
        self.0.log_node(place)
    }
}
