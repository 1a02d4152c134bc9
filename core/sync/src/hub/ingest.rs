//! Ingest of one document's pushed changes: two pure functions, of which the first, [`merge`], needs nothing beside the
//! document and may run beside that of others.
//!
//! Cheap checks first (size, chunk type, hash, known already), then authority on the decoded operations, then the
//! merge on a copy, then the rulings. A change that fails is quarantined with its bytes; what builds on it is
//! blocked; neither touches another document.

mod edition;
mod keep;

use std::collections::{BTreeMap, BTreeSet};

use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::{GuardError, Inspected, inspect};
use xunge_documents::{ApplyError, Document};
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::hub::authority::{AuthorityContext, Party, judge_change};
use crate::hub::content::Content;
use crate::hub::directory::{Directory, HubKey, OriginInstallation};
use crate::hub::ingested::{Appended, Ingested, Quarantined};
use crate::hub::placement::once_claimed;
use crate::hub::quarantine::Quarantine;
use crate::keys::{PublicKey, Signer as _};
use crate::wire::{PushedChange, Verdict, server_change_message};

/// What the store holds of a document before a push.
pub struct Known {
    /// The merged document; an empty one where there is none, of whichever kind: what is pushed says which it becomes.
    pub document: Document,
    /// Its scopes; empty where there is none.
    pub placement: Vec<Scope>,
    /// Changes that were quarantined before.
    pub quarantined: BTreeMap<ChangeHash, (String, String, String)>,
    /// Changes of others that were quarantined, of those that the pushed ones build on.
    pub refused_of_others: BTreeSet<ChangeHash>,
    /// Of a document that the origin's person may see no more, but could: what others added since. What the person made
    /// before that arrives late and still counts; what builds on these does not.
    pub since_moved: Option<BTreeSet<ChangeHash>>,
    /// Changes of former editions of the document, of the pushed ones and those they build on.
    pub replaced: BTreeSet<ChangeHash>,
}

/// A document with its pushed changes merged and read, and nothing ruled yet.
pub struct Merged {
    id: DocumentId,
    verdicts: Vec<Verdict>,
    appended: Vec<Appended>,
    quarantined: Vec<Quarantined>,
    document: Document,
    content: Content,
    requested: Vec<IntentId>,
    replaces: bool,
}

/// The hash of a change; of the plain bytes where they are no change.
pub fn name_of(raw: &[u8]) -> ChangeHash {
    xunge_documents::change_parts::hash(raw)
        .unwrap_or_else(|_| ChangeHash(*xunge_domain::ids::Digest::of(raw).as_bytes()))
}

struct Ingest<'a> {
    id: DocumentId,
    origin: &'a OriginInstallation,
    hub: &'a PublicKey,
    known: Known,
    party: bool,
    requested: Vec<IntentId>,
    appended: Vec<Appended>,
    quarantined: Vec<Quarantined>,
    replaces: bool,
}

/// Ingests the pushed changes of one document.
pub fn ingest(
    id: DocumentId,
    known: Known,
    pushed: &[PushedChange],
    origin: &OriginInstallation,
    hub: &HubKey,
    directory: &dyn Directory,
    now: Timestamp,
) -> Ingested {
    merge(id, known, pushed, origin, &hub.key.public_key()).rule(hub, directory, now)
}

/// Judges and merges the pushed changes of one document. It asks no register, and of the hub only its public key: a device
/// judges by it what another device shares.
pub fn merge(
    id: DocumentId,
    mut known: Known,
    pushed: &[PushedChange],
    origin: &OriginInstallation,
    hub: &PublicKey,
) -> Merged {
    if known.document.is_empty() {
        let first = pushed.first().map(|change| &*change.bytes);
        known.document = Document::opened_by(first.map(Vec::as_slice));
    }
    let scopes = Scope::of(&origin.person);
    let party = known.placement.iter().any(|scope| scopes.contains(scope))
        || once_claimed(&known.document, id, &origin.person);
    let mut work = Ingest {
        id,
        origin,
        hub,
        known,
        party,
        requested: Vec::new(),
        appended: Vec::new(),
        quarantined: Vec::new(),
        replaces: false,
    };
    let inspected: Vec<_> = pushed.iter().map(|change| inspect(&change.bytes)).collect();
    let verdicts = work
        .take_together(pushed, &inspected)
        .unwrap_or_else(|| work.take_singly(pushed, &inspected));
    let document = work.known.document;
    Merged {
        id,
        verdicts,
        appended: work.appended,
        quarantined: work.quarantined,
        content: Content::read(&document, id),
        document,
        requested: work.requested,
        replaces: work.replaces,
    }
}

impl Merged {
    /// One verdict a pushed change, in order.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Whether the changes begin a new edition of the document.
    pub const fn replaces(&self) -> bool {
        self.replaces
    }

    /// What is to be kept, and the document with it: of a device, which rules nothing.
    pub fn unruled(self) -> (Vec<Appended>, Document, Content) {
        (self.appended, self.document, self.content)
    }

    /// Rules what the changes asked for, and places the document.
    pub fn rule(mut self, hub: &HubKey, directory: &dyn Directory, now: Timestamp) -> Ingested {
        let (document, requested) = (&mut self.document, &self.requested);
        let (ruled, content) = self.content.rule(document, requested, hub, directory, now);
        for change in ruled {
            self.appended.push(Appended::of_hub(hub, &self.id, change));
        }
        debug_assert_eq!(content, Content::read(&self.document, self.id));
        Ingested {
            verdicts: self.verdicts,
            appended: self.appended,
            quarantined: self.quarantined,
            replaces: self.replaces,
            placement: content.placement(directory),
            document: self.document,
            content,
        }
    }
}

impl Ingest<'_> {
    /// The usual push: new changes of one author that follow each other and are all allowed. They are merged in one
    /// go. `None`, and nothing done, when it is any other push.
    fn take_together(
        &mut self,
        pushed: &[PushedChange],
        inspected: &[Result<Inspected<'_>, GuardError>],
    ) -> Option<Vec<Verdict>> {
        if pushed.iter().any(|change| change.signature.is_some()) {
            return None;
        }
        let changes: Vec<Inspected<'_>> = inspected
            .iter()
            .map(|inspected| inspected.as_ref().ok().cloned())
            .collect::<Option<_>>()?;
        let mut hashes: Vec<ChangeHash> = Vec::with_capacity(changes.len());
        let mut entries = Vec::new();
        let mut actions = Vec::new();
        for change in &changes {
            let first = hashes.is_empty();
            let context = AuthorityContext {
                document: &self.id,
                base: &self.known.document,
                new: first && self.is_new(),
                party: self.party_to(change, !first),
                origin: self.origin,
                waiting: &entries,
            };
            let here =
                |hash: &ChangeHash| hashes.contains(hash) || self.known.document.contains(hash);
            if self.known.quarantined.contains_key(&change.hash())
                || self.is_of_former_edition(change)
                || here(&change.hash())
                || !change.parts().dependencies.iter().all(here)
            {
                return None;
            }
            let judged = judge_change(change, &context).ok()?;
            // What a move is judged by may stand in a change that is not merged yet.
            if (judged.moves_the_case || judged.classifies) && !first {
                return None;
            }
            hashes.push(change.hash());
            entries.extend(judged.entries);
            actions.extend(judged.actions);
        }
        self.known.document.apply_together(&changes).ok()?;
        self.accepted(!changes.is_empty());
        self.requested.extend(actions);
        for (change, pushed) in changes.iter().zip(pushed) {
            self.append(change, pushed);
        }
        Some(vec![Verdict::Received; changes.len()])
    }

    fn take_singly(
        &mut self,
        pushed: &[PushedChange],
        inspected: &[Result<Inspected<'_>, GuardError>],
    ) -> Vec<Verdict> {
        let mut refused: Vec<ChangeHash> = Vec::new();
        pushed
            .iter()
            .zip(inspected)
            .map(|(pushed, inspected)| match inspected {
                Ok(inspected) => self.take(pushed, inspected, &mut refused),
                Err(cause) => self.set_aside(
                    name_of(&pushed.bytes),
                    pushed,
                    Quarantine::Malformed(cause.code()),
                    &mut refused,
                ),
            })
            .collect()
    }

    /// What the origin's person has to do with the case a change is for.
    fn party_to(&self, change: &Inspected<'_>, opened_it: bool) -> Party {
        match &self.known.since_moved {
            _ if self.party => Party::Yes,
            None if opened_it => Party::Yes,
            None => Party::No,
            Some(since) => {
                let dependencies = &change.parts().dependencies;
                if dependencies.iter().any(|hash| since.contains(hash)) {
                    Party::MovedOn
                } else {
                    Party::Yes
                }
            }
        }
    }

    /// Who opened the case is a party of it.
    const fn accepted(&mut self, any: bool) {
        self.party |= any && self.known.since_moved.is_none();
    }

    /// Whether nothing of the document is known, this push's accepted changes included.
    fn is_new(&self) -> bool {
        self.known.placement.is_empty() && self.appended.is_empty()
    }

    fn take(
        &mut self,
        pushed: &PushedChange,
        inspected: &Inspected<'_>,
        refused: &mut Vec<ChangeHash>,
    ) -> Verdict {
        let hash = inspected.hash();
        if self.known.document.contains(&hash) {
            return Verdict::Received;
        }
        if self.known.replaced.contains(&hash) {
            // It was received, and what it said is in the edition that came after, or was erased.
            return Verdict::Received;
        }
        if let Some((code, zh, en)) = self.known.quarantined.get(&hash) {
            refused.push(hash);
            return Verdict::Quarantined {
                code: code.clone(),
                zh: zh.clone(),
                en: en.clone(),
            };
        }
        if inspected.parts().dependencies.iter().any(|dependency| {
            refused.contains(dependency) || self.known.quarantined.contains_key(dependency)
        }) {
            refused.push(hash);
            return Verdict::Blocked;
        }
        if let Some(verdict) = self.take_of_editions(pushed, inspected, refused) {
            return verdict;
        }
        // A former life of this hub may have taken it: what it built on that comes back, and can never be merged.
        let dependencies = inspected.parts().dependencies.iter();
        let never = |hash: &ChangeHash| {
            self.known.refused_of_others.contains(hash) && !self.known.document.contains(hash)
        };
        if dependencies.clone().any(never) {
            return self.set_aside(hash, pushed, Quarantine::BuildsOnRefused, refused);
        }
        // Before authority: who is a party follows from the case, and a hub restored from a backup may lack it.
        // A quarantine is for ever, an orphan is not.
        let orphan = inspected
            .parts()
            .dependencies
            .iter()
            .any(|dependency| !self.known.document.contains(dependency));
        if orphan && !self.origin.revoked {
            return Verdict::NeedFrom(self.known.document.next_sequence(&inspected.parts().actor));
        }
        let actions = match self.authorise(inspected, pushed) {
            Ok(actions) => actions,
            Err(reason) => return self.set_aside(hash, pushed, reason, refused),
        };
        match self.known.document.apply_inspected(inspected) {
            Ok(()) => {}
            Err(ApplyError::Guard(
                GuardError::UnknownDependency { .. } | GuardError::UnknownActor { .. },
            )) => {
                return Verdict::NeedFrom(
                    self.known.document.next_sequence(&inspected.parts().actor),
                );
            }
            Err(ApplyError::Guard(GuardError::SequenceGap { expected, found }))
                if found > expected =>
            {
                return Verdict::NeedFrom(expected);
            }
            Err(ApplyError::Guard(GuardError::SequenceGap { .. })) => {
                return self.set_aside(hash, pushed, Quarantine::SequenceTaken, refused);
            }
            Err(cause) => {
                return self.set_aside(hash, pushed, Quarantine::Malformed(cause.code()), refused);
            }
        }
        self.accepted(true);
        self.requested.extend(actions);
        self.append(inspected, pushed);
        Verdict::Received
    }

    /// The hub's own changes come back from a device after the hub was restored from an older backup.
    fn authorise(
        &self,
        change: &Inspected<'_>,
        pushed: &PushedChange,
    ) -> Result<Vec<IntentId>, Quarantine> {
        if let Some(signature) = &pushed.signature {
            let message = server_change_message(&self.id, &change.hash());
            // In whichever of its lives it wrote it: nobody else has the key. That it never signs for a device is asked
            // all the same, or a slip there would open every path to that device.
            let own = !self.origin.wrote(&change.parts().actor, &self.id)
                && self.hub.verifies(&message, signature.as_slice());
            return if own {
                Ok(Vec::new())
            } else {
                Err(Quarantine::WrongSignature)
            };
        }
        let context = AuthorityContext {
            document: &self.id,
            base: &self.known.document,
            new: self.is_new(),
            party: self.party_to(change, false),
            origin: self.origin,
            waiting: &[],
        };
        judge_change(change, &context).map(|judged| judged.actions)
    }
}
