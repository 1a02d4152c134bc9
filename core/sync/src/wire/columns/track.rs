//! What is known of a document while its changes go by: enough to expect most of what the next one says of itself.

use std::collections::{BTreeSet, HashMap};

use xunge_documents::change_parts::{ActorId, ChangeHash, ChangeParts};
use xunge_documents::schema::{Container, genesis_hash_of};
use xunge_domain::document_kind::DocumentKind;

use super::{Agreed, LastChange};

/// What a change builds on, as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dependencies {
    /// The heads, and the author's change before, last. Automerge names both.
    HeadsThenPrevious,
    /// The heads alone.
    Heads,
    /// The heads and the author's change before, in order.
    HeadsAndPrevious,
    /// One by one.
    Listed(Vec<Dependency>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dependency {
    /// The hash itself.
    Spelled(ChangeHash),
    /// So many changes back, from 1; behind the first lies the base.
    Back(u64),
}

/// What a change is expected to say.
pub(super) struct Expected {
    pub(super) sequence: u64,
    pub(super) start_op: u64,
}

/// One document, change by change.
pub(super) struct Track {
    heads: BTreeSet<ChangeHash>,
    highest_op: u64,
    authors: HashMap<ActorId, (ChangeHash, u64)>,
    /// The base, then the changes in order.
    line: Vec<ChangeHash>,
}

impl Track {
    /// A case of which the receiver has nothing.
    pub(super) fn new_document() -> Self {
        Self::of_kind(DocumentKind::Case)
    }

    /// A document that knows only the genesis of its kind.
    pub(super) fn of_kind(kind: DocumentKind) -> Self {
        let genesis = genesis_hash_of(kind);
        Self {
            heads: BTreeSet::from([genesis]),
            highest_op: Container::of_kind(kind).len() as u64,
            authors: HashMap::new(),
            line: vec![genesis],
        }
    }

    /// A document both sides know up to some heads.
    pub(super) fn agreed(agreed: &Agreed) -> Self {
        let heads: BTreeSet<ChangeHash> = agreed.heads.iter().copied().collect();
        let mut line: Vec<ChangeHash> = heads.iter().copied().collect();
        let others: BTreeSet<ChangeHash> = agreed.authors.iter().map(|last| last.hash).collect();
        line.extend(others.difference(&heads));
        let authors = agreed.authors.iter();
        Self {
            authors: authors
                .map(|last| (last.actor, (last.hash, last.sequence)))
                .collect(),
            heads,
            highest_op: agreed.highest_op,
            line,
        }
    }

    /// A document whose base is spelled out.
    pub(super) fn spelled(base: Vec<ChangeHash>) -> Self {
        Self {
            heads: base.iter().copied().collect(),
            highest_op: 0,
            authors: HashMap::new(),
            line: base,
        }
    }

    pub(super) fn expect(&self, actor: &ActorId) -> Expected {
        let before = self.authors.get(actor).map_or(0, |(_, sequence)| *sequence);
        Expected {
            sequence: before.saturating_add(1),
            start_op: self.highest_op.saturating_add(1),
        }
    }

    pub(super) fn shorten(&self, dependencies: &[ChangeHash], actor: &ActorId) -> Dependencies {
        let plain = [
            Dependencies::HeadsThenPrevious,
            Dependencies::Heads,
            Dependencies::HeadsAndPrevious,
        ];
        let fitting = plain
            .into_iter()
            .find(|plain| self.expand(plain, actor).as_deref() == Some(dependencies));
        fitting.unwrap_or_else(|| {
            let listed = dependencies.iter().map(|hash| self.locate(hash));
            Dependencies::Listed(listed.collect())
        })
    }

    fn locate(&self, hash: &ChangeHash) -> Dependency {
        let mut newest_first = self.line.iter().rev();
        match newest_first.position(|known| known == hash) {
            Some(distance) => Dependency::Back(distance as u64 + 1),
            None => Dependency::Spelled(*hash),
        }
    }

    /// The hashes; `None` when one lies behind everything known.
    pub(super) fn expand(
        &self,
        dependencies: &Dependencies,
        actor: &ActorId,
    ) -> Option<Vec<ChangeHash>> {
        if let Dependencies::Listed(listed) = dependencies {
            let hashes = listed.iter().map(|dependency| match dependency {
                Dependency::Spelled(hash) => Some(*hash),
                Dependency::Back(distance) => {
                    let distance = usize::try_from(*distance).ok()?;
                    let place = self.line.len().checked_sub(distance)?;
                    self.line.get(place).copied()
                }
            });
            return hashes.collect();
        }
        let mut hashes: Vec<ChangeHash> = self.heads.iter().copied().collect();
        if *dependencies != Dependencies::Heads {
            let previous = self.authors.get(actor).map(|(hash, _)| *hash);
            hashes.extend(previous.filter(|hash| !self.heads.contains(hash)));
        }
        if *dependencies == Dependencies::HeadsAndPrevious {
            hashes.sort();
        }
        Some(hashes)
    }

    /// The state as it is now.
    pub(super) fn state(&self) -> Agreed {
        let authors = self.authors.iter();
        Agreed {
            heads: self.heads(),
            authors: authors
                .map(|(actor, (hash, sequence))| LastChange {
                    actor: *actor,
                    hash: *hash,
                    sequence: *sequence,
                })
                .collect(),
            highest_op: self.highest_op,
        }
    }

    /// The newest changes, sorted.
    pub(super) fn heads(&self) -> Vec<ChangeHash> {
        self.heads.iter().copied().collect()
    }

    /// Takes a change in.
    pub(super) fn note(&mut self, parts: &ChangeParts<'_>, hash: ChangeHash) {
        for dependency in &parts.dependencies {
            self.heads.remove(dependency);
        }
        self.heads.insert(hash);
        self.line.push(hash);
        self.authors.insert(parts.actor, (hash, parts.sequence));
        let operations = parts.operation_count().unwrap_or(0);
        let last = (parts.start_op - 1).saturating_add(operations);
        self.highest_op = self.highest_op.max(last);
    }
}
