//! A pull: what the feeds of a device's scopes hold after its cursors, cut into frames that each hold together.

use std::collections::{BTreeSet, HashMap, HashSet};

use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_sync::wire::{DocumentChanges, DocumentsFrame, PackOffer, PushedChange};

use crate::store::rows::{ChangeRow, FeedRow};
use crate::store::{HubRead, StoreError};

/// Most raw bytes of changes in a frame, what one cut of the link may cost; a single change always fits.
pub const FRAME_BYTES_MAX: usize = 128 * 1024;
/// Most raw bytes of changes in an answer; then the device asks again. A single feed entry always fits.
pub const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// Feed entries read at once.
const ENTRIES: usize = 500;
/// Most documents that leave in one frame.
const EVICTED_MAX: usize = 4_000;
/// Most devices named as authors of an answer: each of them is tried for each change that another wrote.
const AUTHORS_MAX: usize = 8;

/// Who pulls, and from where.
pub struct Pull<'a> {
    /// The scopes of the device's person, sorted.
    pub scopes: &'a [Scope],
    /// How far the device knows each feed; a scope that is missing starts at 0.
    pub cursors: &'a [(Scope, u64)],
    /// Scopes that are offered as packs: what only they bring along waits for them, and so do feeds behind them that
    /// begin at 0.
    pub offered: &'a [PackOffer],
    /// Scopes the device has just got as packs, whole.
    pub packed: &'a [Scope],
    /// Changes of this very request: its sender has them. Everything else is sent, also a device's own changes,
    /// because a copied or restored store may lack them.
    pub pushed: HashSet<(DocumentId, Digest)>,
    /// Whether the device lets documents go.
    pub lets_go: bool,
    /// Scopes the device still has a cursor of, that are the person's no more, and whether they ever were. Of others it
    /// is not even told which documents there are.
    pub left: &'a [(Scope, bool)],
}

/// The frames of a pull.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// In order.
    pub frames: Vec<DocumentsFrame>,
    /// Whether the feeds hold more.
    pub more: bool,
    /// The devices that wrote most of it, those with most changes first.
    pub authors: Vec<InstallationId>,
}

impl Pulled {
    /// Whether there is nothing new, and nothing that leaves.
    pub fn is_empty(&self) -> bool {
        let mut frames = self.frames.iter();
        !self.more && frames.all(|frame| frame.documents.is_empty() && frame.evicted.is_empty())
    }
}

/// Collects a pull: the feeds one after the other, each change once. A feed passes over what an earlier feed of the
/// same device has told, in this answer or before: the device says so itself by its cursor there.
///
/// # Errors
/// The store's.
pub fn pull(store: &dyn HubRead, pull: &Pull<'_>) -> Result<Pulled, StoreError> {
    let mut collected = Collecting {
        store,
        pull,
        done: Pulled::default(),
        documents: Vec::new(),
        cursors: Vec::new(),
        evicted: BTreeSet::new(),
        authors: HashMap::new(),
        frame_bytes: 0,
        answer_bytes: 0,
    };
    let mut earlier: Vec<Earlier<'_>> = Vec::new();
    for scope in pull.scopes {
        let head = store.feed_head(scope)?;
        let from = start(pull, scope, head);
        let waits =
            |offer: &PackOffer| offer.scope == *scope || (from == 0 && offer.scope < *scope);
        if pull.offered.iter().any(waits) {
            continue;
        }
        let told: Vec<&Scope> = earlier
            .iter()
            .filter(|before| from > 0 || !before.was_complete)
            .map(|before| before.scope)
            .collect();
        if !collected.feed(scope, from, &told)? {
            collected.done.more = true;
            break;
        }
        let was_complete = from == head && !pull.packed.contains(scope);
        earlier.push(Earlier {
            scope,
            was_complete,
        });
    }
    collected.close();
    for (scope, was_theirs) in pull.left.iter().filter(|_| pull.lets_go) {
        collected.leave(scope, *was_theirs)?;
    }
    collected.done.authors = most_first(collected.authors);
    Ok(collected.done)
}

/// The likeliest authors.
pub(super) fn most_first(authors: HashMap<InstallationId, usize>) -> Vec<InstallationId> {
    let mut counted: Vec<(usize, InstallationId)> = authors
        .into_iter()
        .map(|(installation, changes)| (changes, installation))
        .collect();
    counted.sort_by(|a, b| b.cmp(a));
    let named = counted.into_iter().take(AUTHORS_MAX);
    named.map(|(_, installation)| installation).collect()
}

/// A feed of the device that is told up to its head.
struct Earlier<'a> {
    scope: &'a Scope,
    /// Whether the device knew all of it when it asked, other than from a pack just now. A device that then begins another feed at 0 may do so
    /// because it found a hole: there everything is sent, whatever this feed has told.
    was_complete: bool,
}

/// Where a feed goes on for this device.
fn start(pull: &Pull<'_>, scope: &Scope, head: u64) -> u64 {
    let known = pull.cursors.iter().find(|(known, _)| known == scope);
    let cursor = known.map_or(0, |(_, seq)| *seq);
    if cursor > head {
        // Of a hub that knew more than this one: begin again.
        tracing::warn!(
            scope.seq = head,
            "a device knows a feed further than the hub does"
        );
        return 0;
    }
    cursor
}

struct Collecting<'a> {
    store: &'a dyn HubRead,
    pull: &'a Pull<'a>,
    done: Pulled,
    documents: Vec<DocumentChanges>,
    cursors: Vec<(Scope, u64)>,
    evicted: BTreeSet<DocumentId>,
    authors: HashMap<InstallationId, usize>,
    frame_bytes: usize,
    answer_bytes: usize,
}

impl Collecting<'_> {
    /// False when the answer is full.
    fn feed(&mut self, scope: &Scope, from: u64, told: &[&Scope]) -> Result<bool, StoreError> {
        let mut cursor = from;
        loop {
            let entries = self.store.feed_after(scope, cursor, ENTRIES)?;
            for entry in &entries {
                if entry.leaves() {
                    self.evict(entry.document)?;
                }
                let changes = self.changes(entry, told)?;
                let bytes: usize = changes.iter().map(|change| change.bytes.len()).sum();
                if self.answer_bytes > 0 && self.answer_bytes + bytes > ANSWER_BYTES_MAX {
                    return Ok(false);
                }
                // An entry that fits into a frame is not torn: a cut would bring its first half twice.
                if self.frame_bytes + bytes > FRAME_BYTES_MAX {
                    self.close();
                }
                for change in changes {
                    self.add(entry.document, change);
                }
                cursor = entry.seq;
                self.know(scope, cursor);
            }
            if entries.len() < ENTRIES {
                return Ok(true);
            }
        }
    }

    /// The changes of an entry that the device lacks. What has left the scope meanwhile is nothing to show any more; where
    /// another scope of the device holds it, that one tells it.
    fn changes(
        &mut self,
        entry: &FeedRow,
        told: &[&Scope],
    ) -> Result<Vec<PushedChange>, StoreError> {
        if !entry.held || entry.leaves() {
            return Ok(Vec::new());
        }
        let members = if told.is_empty() {
            Vec::new()
        } else {
            self.store.memberships(&entry.document)?
        };
        let told_upto = members
            .iter()
            .filter(|member| told.contains(&&member.scope))
            .map(|member| member.upto_arrival)
            .max();
        let from = entry.from_arrival.max(told_upto.map_or(0, |upto| upto + 1));
        if from > entry.upto_arrival {
            return Ok(Vec::new());
        }
        let rows = self
            .store
            .changes(&entry.document, from, entry.upto_arrival)?;
        let wanted = |row: &ChangeRow| !self.pull.pushed.contains(&(entry.document, row.hash));
        let rows: Vec<ChangeRow> = rows.into_iter().filter(wanted).collect();
        for author in rows.iter().filter_map(|row| row.installation) {
            *self.authors.entry(author).or_default() += 1;
        }
        Ok(rows.into_iter().map(pushed_change).collect())
    }

    fn add(&mut self, document: DocumentId, change: PushedChange) {
        let bytes = change.bytes.len();
        if self.frame_bytes > 0 && self.frame_bytes + bytes > FRAME_BYTES_MAX {
            self.close();
        }
        self.frame_bytes += bytes;
        self.answer_bytes += bytes;
        match self.documents.last_mut() {
            Some(last) if last.document == document => last.changes.push(change),
            _ => self.documents.push(DocumentChanges {
                document,
                changes: vec![change],
            }),
        }
    }

    /// Once the open frame is committed, this feed is known up to `seq`: all of its entry is in this frame or in
    /// those before it.
    fn know(&mut self, scope: &Scope, seq: u64) {
        match self.cursors.last_mut() {
            Some((last, known)) if last == scope => *known = seq,
            _ => self.cursors.push((scope.clone(), seq)),
        }
    }

    fn close(&mut self) {
        self.frame_bytes = 0;
        let frame = DocumentsFrame {
            documents: std::mem::take(&mut self.documents),
            cursors: std::mem::take(&mut self.cursors),
            evicted: std::mem::take(&mut self.evicted).into_iter().collect(),
            left: Vec::new(),
        };
        if frame != DocumentsFrame::default() {
            self.done.frames.push(frame);
        }
    }

    /// A document leaves the device unless another of its scopes holds it.
    fn evict(&mut self, document: DocumentId) -> Result<(), StoreError> {
        if self.pull.lets_go && !self.is_held(&document)? {
            self.evicted.insert(document);
        }
        Ok(())
    }

    fn ever_told(&self, scope: &Scope) -> Result<BTreeSet<DocumentId>, StoreError> {
        let mut told = BTreeSet::new();
        let mut cursor = 0;
        loop {
            let entries = self.store.feed_after(scope, cursor, ENTRIES)?;
            told.extend(entries.iter().map(|entry| entry.document));
            match entries.last() {
                Some(last) if entries.len() == ENTRIES => cursor = last.seq,
                _ => return Ok(told),
            }
        }
    }

    fn is_held(&self, document: &DocumentId) -> Result<bool, StoreError> {
        let members = self.store.memberships(document)?;
        Ok(members
            .iter()
            .any(|member| self.pull.scopes.contains(&member.scope)))
    }

    /// Everything a scope ever told leaves with it, in frames of their own; the cursor goes with the last of them.
    fn leave(&mut self, scope: &Scope, was_theirs: bool) -> Result<(), StoreError> {
        let leaving = if was_theirs {
            self.ever_told(scope)?
        } else {
            BTreeSet::new()
        };
        for document in leaving {
            self.evict(document)?;
            if self.evicted.len() == EVICTED_MAX {
                self.close();
            }
        }
        self.close();
        self.done.frames.push(DocumentsFrame {
            left: vec![scope.clone()],
            ..DocumentsFrame::default()
        });
        Ok(())
    }
}

/// A change as it travels.
pub(super) fn pushed_change(row: ChangeRow) -> PushedChange {
    PushedChange {
        signature: row
            .signature
            .and_then(|signature| <[u8; 64]>::try_from(signature).ok())
            .map(Into::into),
        bytes: row.bytes.into(),
    }
}
