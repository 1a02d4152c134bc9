//! What the hub knows beside documents: people, tables, stored blobs, its own key.

use xunge_documents::change_parts::ActorId;
use xunge_domain::case::clock::{ClockTerms, Delivery, FilingSought, StageSought, StageTerms};
use xunge_domain::case::{Case, Decline, JudgeContext};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{
    Digest, DocumentId, InstallationId, InstallationPrefix, OrganisationId, PersonId,
};
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use xunge_evidence::record::beacon_message;

use crate::keys::{PublicKey, Signature, SoftwareKey};
use crate::testing::{self, Mutant};
use crate::wire::{Nonce, server_change_message};

/// The registers of the hub, as of the transaction that ingests.
pub trait Directory {
    /// The class table in force.
    fn classes(&self) -> &ClassTable;
    /// All unit grids.
    fn grids(&self) -> &GridIndex;
    /// A person.
    fn person(&self, id: &PersonId) -> Option<Person>;
    /// Whether a body exists.
    fn organisation_exists(&self, id: &OrganisationId) -> bool {
        self.organisation(id).is_some()
    }
    /// A body.
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation>;
    /// The scopes that hold a document; none where it is not known.
    fn scopes_of(&self, document: &DocumentId) -> Vec<Scope>;
    /// Whether a blob is stored and was re-hashed.
    fn stored(&self, sha256: &Digest) -> bool;
    /// Whether a case is here.
    fn case_exists(&self, id: &DocumentId) -> bool;
    /// What filing a case fixes for its clock; nothing where the tables do not know class or condition.
    ///
    /// # Errors
    /// The tables have no limit for this way of handling it: it is not filed so.
    fn terms(&self, case: &Case, filing: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline>;
    /// What a stage that begins is measured by; nothing where the city has no tables that say it, as here.
    fn stage_terms(&self, _case: &Case, _stage: &StageSought<'_>) -> Option<StageTerms> {
        None
    }
    /// What became of the last offer to verify a case that somebody got; nothing where the hub keeps no such ledger.
    fn verify_delivery(&self, _case: &DocumentId, _person: &PersonId) -> Option<Delivery> {
        None
    }
    /// The next case number; called when a case is filed.
    fn next_case_no(&self, now: Timestamp) -> String;
}

/// Runs `work` with the judge's view of a directory.
pub(crate) fn with_context<Result>(
    directory: &dyn Directory,
    work: impl FnOnce(&JudgeContext<'_>) -> Result,
) -> Result {
    work(&JudgeContext {
        classes: directory.classes(),
        grids: directory.grids(),
        person: &|id| directory.person(id),
        organisation_exists: &|id| directory.organisation_exists(id),
        stored: &|sha256| directory.stored(sha256),
        case_exists: &|id| directory.case_exists(id),
    })
}

/// Who the hub is: its key, and its identity in this epoch.
#[derive(Clone)]
pub struct HubKey {
    /// Signs frames and the hub's own changes.
    pub key: SoftwareKey,
    /// The hub's installation: prefix of the intents of people in browsers.
    pub installation: InstallationId,
    /// Grows when the hub was restored from a backup.
    pub epoch: u64,
}

impl HubKey {
    /// The hub's actor in this epoch.
    pub fn actor(&self) -> ActorId {
        let epoch = if testing::active(Mutant::ServerActorReused) {
            1
        } else {
            self.epoch
        };
        xunge_documents::actor::server_actor(&self.installation, epoch)
    }

    /// Signs its clock for a device that asked with this nonce.
    pub fn beacon(
        &self,
        installation: &InstallationId,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Signature {
        self.key.sign_now(&beacon_message(installation, nonce, now))
    }

    /// Stands for a change of the hub's own.
    pub fn sign_change(
        &self,
        document: &DocumentId,
        hash: &xunge_documents::change_parts::ChangeHash,
    ) -> Signature {
        self.key.sign_now(&server_change_message(document, hash))
    }
}

/// Where pushed changes come from.
#[derive(Debug, Clone)]
pub struct OriginInstallation {
    /// The installation.
    pub installation: InstallationId,
    /// The installations before it, whose unsent work it carries on.
    pub predecessors: Vec<InstallationId>,
    /// Whose device it is.
    pub person: Person,
    /// The keys of the lineage, each once.
    pub keys: Vec<PublicKey>,
    /// The scopes the person had before, and until when.
    pub former: Vec<FormerScope>,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// A scope that was a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerScope {
    /// Which.
    pub scope: Scope,
    /// When it was taken, by the hub's clock.
    pub left_at: Timestamp,
}

impl OriginInstallation {
    /// The installation and those before it.
    pub fn lineage(&self) -> impl Iterator<Item = &InstallationId> {
        std::iter::once(&self.installation).chain(&self.predecessors)
    }

    /// Whether an actor of a document is derived from this lineage.
    pub fn wrote(&self, actor: &ActorId, document: &DocumentId) -> bool {
        let derived = |installation: &InstallationId| {
            xunge_documents::actor::generation_of(actor, installation, document).is_some()
        };
        self.lineage().any(derived)
    }

    /// Whether an intent id belongs to this lineage.
    pub fn owns(&self, prefix: &InstallationPrefix) -> bool {
        self.lineage()
            .any(|installation| installation.prefix() == *prefix)
    }
}
