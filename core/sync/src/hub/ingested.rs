//! What an ingest comes to: the effects that a hub executes in one transaction.

use xunge_documents::change_parts::ChangeHash;
use xunge_documents::{Document, NewChange};
use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_domain::scope::Scope;

use crate::hub::content::Content;
use crate::hub::directory::HubKey;
use crate::hub::quarantine::Quarantine;
use crate::keys::Signature;
use crate::wire::Verdict;

/// A change to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The change.
    pub change: NewChange,
    /// The installation that made it; `None` for the hub's own.
    pub installation: Option<InstallationId>,
    /// The hub's signature, for its own.
    pub signature: Option<Signature>,
}

impl Appended {
    /// A change of the hub's own, signed by it.
    pub(crate) fn of_hub(hub: &HubKey, id: &DocumentId, change: NewChange) -> Self {
        Self {
            signature: Some(hub.sign_change(id, &change.hash)),
            installation: None,
            change,
        }
    }
}

/// A change to be kept aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its name; the digest of its bytes where they are no change.
    pub hash: ChangeHash,
    /// As it came.
    pub bytes: Vec<u8>,
    /// Why.
    pub reason: Quarantine,
}

/// What is to be done about one document, in the transaction that holds it.
pub struct Ingested {
    /// One verdict a pushed change, in order.
    pub verdicts: Vec<Verdict>,
    /// New changes in order of arrival, the hub's rulings last.
    pub appended: Vec<Appended>,
    /// Kept aside.
    pub quarantined: Vec<Quarantined>,
    /// Whether the changes begin a new edition: everything that was kept of the document before goes.
    pub replaces: bool,
    /// The document after the merge.
    pub document: Document,
    /// What it says.
    pub content: Content,
    /// Its scopes from now on.
    pub placement: Vec<Scope>,
}
