//! What the hub keeps, as plain values: the words of the store trait. No SQL type and no Automerge type shows.

use xunge_domain::case::{CaseState, Severity};
use xunge_domain::geo::{Bounds, Point};
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{Digest, DocumentId, DutyGridId, InstallationId, OrganisationId, PersonId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::Light;
use xunge_sync::wire::Nonce;

pub use super::list_cursor::ListCursor;
pub use super::meta_key::MetaKey;
use super::ranges::ByteRanges;

/// Bytes of an actor id as the documents carry it.
pub const ACTOR_BYTES: usize = 16;

/// One change of a document, raw, as it arrived. Changes are never altered and never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its hash: its identity.
    pub hash: Digest,
    /// 1, 2, 3… within the document, without a gap.
    pub arrival: u64,
    /// Whose sequence it continues.
    pub actor: [u8; ACTOR_BYTES],
    /// Its place in the actor's sequence.
    pub sequence: u64,
    /// How many operations it holds, so that a document's total is known without opening it.
    pub operations: u64,
    /// The installation that made it; `None` for the server's own and for the genesis change.
    pub installation: Option<InstallationId>,
    /// The origin envelope's signature it came under.
    pub signature: Option<Vec<u8>>,
    /// The raw change chunk.
    pub bytes: Vec<u8>,
    /// The server's clock at its arrival.
    pub received_at: Timestamp,
}

/// A saved document: a cache of the changes up to an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// The heads of what was saved.
    pub heads: Vec<Digest>,
    /// Every change up to and with this arrival is inside.
    pub upto_arrival: u64,
    /// The saved document.
    pub bytes: Vec<u8>,
}

/// What an ingest needs of a document, read at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDocument {
    /// The newest snapshot, if one was made.
    pub snapshot: Option<SnapshotRow>,
    /// The changes that are not in the snapshot, by arrival. All of them when there is no snapshot.
    pub newer: Vec<ChangeRow>,
    /// The arrival of its last change. Arrivals have no gaps: so many changes it has.
    pub last_arrival: u64,
}

impl StoredDocument {
    /// The arrival the next change gets.
    pub fn next_arrival(&self) -> u64 {
        self.last_arrival + 1
    }

    /// Every change up to and with this arrival is in the snapshot.
    pub fn covered(&self) -> u64 {
        self.snapshot
            .as_ref()
            .map_or(0, |snapshot| snapshot.upto_arrival)
    }
}

/// A change that was never merged, kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineRow {
    /// The document it was meant for.
    pub document: DocumentId,
    /// The hash of its bytes.
    pub hash: Digest,
    /// Who sent it, where that could be told.
    pub installation: Option<InstallationId>,
    /// Stable code of the verdict.
    pub code: String,
    /// The verdict in words (or encoded as its writer likes).
    pub reason: String,
    /// The raw bytes.
    pub bytes: Vec<u8>,
    /// The server's clock.
    pub at: Timestamp,
}

/// A part of a push that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushPartRow {
    /// Whose push.
    pub installation: InstallationId,
    /// 0 for the first.
    pub number: u32,
    /// Of the request that carried it.
    pub nonce: Nonce,
    /// What is to be told of it, encoded as its writer likes.
    pub told: Vec<u8>,
}

/// A document's place in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRow {
    /// The document.
    pub document: DocumentId,
    /// The scope that holds it.
    pub scope: Scope,
    /// The last arrival the scope's feed has told.
    pub upto_arrival: u64,
}

/// What is to be told in a scope; the store gives it its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAppend {
    /// Where.
    pub scope: Scope,
    /// Which document.
    pub document: DocumentId,
    /// First arrival told.
    pub from_arrival: u64,
    /// Last arrival told. Both 0: the document left the scope.
    pub upto_arrival: u64,
}

/// One line of a scope's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    /// 1, 2, 3… within the scope, without a gap and never late.
    pub seq: u64,
    /// Which document.
    pub document: DocumentId,
    /// First arrival told.
    pub from_arrival: u64,
    /// Last arrival told. Both 0: the document left the scope.
    pub upto_arrival: u64,
    /// Whether the scope holds the document now.
    pub held: bool,
}

impl FeedRow {
    /// Whether it tells that the document left the scope.
    pub const fn leaves(&self) -> bool {
        self.upto_arrival == 0
    }
}

/// How far a blob has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobState {
    /// Some of it is in the partial file, durable.
    Partial {
        /// What is there.
        received: ByteRanges,
    },
    /// All of it, and the stored bytes were re-hashed.
    Stored {
        /// When.
        at: Timestamp,
    },
}

/// A blob the hub has heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// Its name.
    pub sha256: Digest,
    /// How many bytes it has.
    pub length: u64,
    /// How far it has come.
    pub state: BlobState,
    /// When bytes of it last came or somebody last offered it, to a few minutes.
    pub touched_at: Timestamp,
}

/// One line of a list of cases: built from the document, with the heads it was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The document.
    pub document: DocumentId,
    /// Given by filing.
    pub case_no: Option<String>,
    /// Where it stands.
    pub state: CaseState,
    /// Code of the minor class.
    pub class: Option<String>,
    /// One line.
    pub title: String,
    /// Where, in words.
    pub address: String,
    /// Where.
    pub point: Option<Point>,
    /// The unit grid of its placement.
    pub unit_grid: Option<UnitGridCode>,
    /// The duty grid of its placement.
    pub duty_grid: Option<DutyGridId>,
    /// How bad.
    pub severity: Severity,
    /// Who reported.
    pub reporter: Option<PersonId>,
    /// 主办.
    pub lead: Option<OrganisationId>,
    /// When the report was ruled.
    pub reported_at: Option<Timestamp>,
    /// When a change last arrived.
    pub updated_at: Timestamp,
    /// How many photos it cites.
    pub photo_count: u32,
    /// The first photo's preview.
    pub first_preview: Option<Digest>,
    /// The heads this row was built from.
    pub heads: Vec<Digest>,
    /// The `Standing` as JSON.
    pub standing: String,
}

/// Which cases a list shows. Everything is joined by "and"; an empty list or `None` filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// In one of these states.
    pub states: Vec<CaseState>,
    /// Number, title, address or local code contain this (letters in either case).
    pub text: Option<String>,
    /// In this duty grid.
    pub duty_grid: Option<DutyGridId>,
    /// In this unit grid.
    pub unit_grid: Option<UnitGridCode>,
    /// Of this minor class.
    pub class: Option<String>,
    /// In this rectangle.
    pub bounds: Option<Bounds>,
    /// Placed in one of these scopes: "mine" is the scopes of the person.
    pub scopes: Vec<Scope>,
    /// With this light on the clock that lists show, at this instant.
    pub light: Option<(Light, Timestamp)>,
    /// In which order, and so which cases at all.
    pub order: CaseOrder,
}

/// How a list of cases goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// Those that changed last first.
    #[default]
    Newest,
    /// Those whose clock runs, first due first.
    Due,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CasePage {
    /// The rows, in the order of the filter.
    pub rows: Vec<CaseRow>,
    /// Where the next part starts; `None` at the end.
    pub next: Option<ListCursor>,
}

/// A password and how often it was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRow {
    /// Whose.
    pub person: PersonId,
    /// PHC string of argon2id.
    pub argon2: String,
    /// Failures since the last success or lock.
    pub failures: u32,
    /// No attempt counts before this.
    pub locked_until: Option<Timestamp>,
}

/// A browser session. The secret itself is only in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSessionRow {
    /// SHA-256 of the secret.
    pub secret_hash: Digest,
    /// Public id, written into actions.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A one-time code that makes a device somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentCodeRow {
    /// SHA-256 of the code's secret bytes.
    pub code_hash: Digest,
    /// Whose device it will be.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// The installation that took it.
    pub taken_by: Option<InstallationId>,
}

/// What became of an attempt to take an enrolment code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeTaken {
    /// It was valid, and is used up now.
    Taken {
        /// Whose device it makes.
        person: PersonId,
    },
    /// Nobody was given such a code.
    Unknown,
    /// Somebody used it before; the same installation asking again lost the answer.
    Used {
        /// Who used it.
        by: InstallationId,
    },
    /// Its ten minutes are over.
    Expired,
}

/// One enrolled copy of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstallationRow {
    /// Its id.
    pub id: InstallationId,
    /// Whose.
    pub person: PersonId,
    /// Compressed SEC1, 33 bytes.
    pub public_key: Vec<u8>,
    /// SHA-256 of the session token handed out last.
    pub token_current: Digest,
    /// SHA-256 of the one before: its answer may have been lost.
    pub token_previous: Option<Digest>,
    /// The installation this one goes on from.
    pub predecessor: Option<InstallationId>,
    /// The installation that went on from this one.
    pub superseded_by: Option<InstallationId>,
    /// Since when it may do nothing more.
    pub revoked_at: Option<Timestamp>,
    /// Since when it exists.
    pub created_at: Timestamp,
}

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place, given by the store.
    pub seq: u64,
    /// The server's clock.
    pub at: Timestamp,
    /// Person, installation or `system`: an id, never a name.
    pub who: String,
    /// Stable word for what happened, e.g. `login_failed`.
    pub what: String,
    /// More of it, JSON.
    pub detail: String,
}
