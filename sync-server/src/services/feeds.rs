//! A pull: what the feeds of a device's scopes hold after its cursors, cut into frames that each hold together.

use std::collections::HashSet;

use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_sync::wire::{DocumentChanges, DocumentsFrame, PushedChange};

use crate::store::rows::{ChangeRow, FeedRow};
use crate::store::{HubRead, StoreError};

/// Raw bytes of changes after which a frame is closed: what one cut of the link may cost.
const FRAME_BYTES: usize = 128 * 1024;
/// Raw bytes of changes after which an answer is closed; the device asks again.
const ANSWER_BYTES: usize = 1024 * 1024;
/// Feed entries read at once.
const ENTRIES: usize = 500;

/// Who pulls, and from where.
pub struct Pull<'a> {
    /// The scopes of the device's person, sorted.
    pub scopes: &'a [Scope],
    /// How far the device knows each feed; a scope that is missing starts at 0.
    pub cursors: &'a [(Scope, u64)],
    /// Changes of this very request: its sender has them. Everything else is sent, also a device's own changes,
    /// because a copied or restored store may lack them.
    pub pushed: HashSet<(DocumentId, Digest)>,
}

/// The frames of a pull.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pulled {
    /// In order.
    pub frames: Vec<DocumentsFrame>,
    /// Whether the feeds hold more.
    pub more: bool,
}

/// Collects a pull. A document that stands in several scopes is sent once: later frames may build on earlier ones,
/// because the device commits them in order.
///
/// # Errors
/// The store's.
pub fn pull(store: &dyn HubRead, pull: &Pull<'_>) -> Result<Pulled, StoreError> {
    let mut collected = Collecting::default();
    for scope in pull.scopes {
        let known = pull.cursors.iter().find(|(known, _)| known == scope);
        let head = store.feed_head(scope)?;
        // A cursor beyond our own feed is of a hub that knew more than this one: begin again.
        let mut cursor = known.map_or(0, |(_, seq)| *seq).min(head);
        if known.is_some_and(|(_, seq)| *seq > head) {
            tracing::warn!(
                scope.seq = head,
                "a device knows a feed further than the hub does"
            );
            cursor = 0;
        }
        if !collected.scope(store, pull, scope, cursor)? {
            collected.done.more = true;
            break;
        }
    }
    Ok(collected.done)
}

#[derive(Default)]
struct Collecting {
    done: Pulled,
    sent: HashSet<(DocumentId, u64)>,
    frame: Vec<DocumentChanges>,
    frame_bytes: usize,
    answer_bytes: usize,
}

impl Collecting {
    /// False when the answer is full.
    fn scope(
        &mut self,
        store: &dyn HubRead,
        pull: &Pull<'_>,
        scope: &Scope,
        from: u64,
    ) -> Result<bool, StoreError> {
        let mut cursor = from;
        loop {
            let entries = store.feed_after(scope, cursor, ENTRIES)?;
            let last = entries.len() < ENTRIES;
            for entry in &entries {
                self.entry(store, pull, entry)?;
                cursor = entry.seq;
                if self.frame_bytes >= FRAME_BYTES {
                    self.close(scope, cursor);
                }
                if self.answer_bytes >= ANSWER_BYTES {
                    self.close(scope, cursor);
                    return Ok(false);
                }
            }
            if last {
                if cursor > from {
                    self.close(scope, cursor);
                }
                return Ok(true);
            }
        }
    }

    fn entry(
        &mut self,
        store: &dyn HubRead,
        pull: &Pull<'_>,
        entry: &FeedRow,
    ) -> Result<(), StoreError> {
        let rows = store.changes(&entry.document, entry.from_arrival, entry.upto_arrival)?;
        let wanted = |row: &ChangeRow| !pull.pushed.contains(&(entry.document, row.hash));
        let changes: Vec<PushedChange> = rows
            .into_iter()
            .filter(|row| wanted(row) && self.sent.insert((entry.document, row.arrival)))
            .map(|row| PushedChange {
                signature: row
                    .signature
                    .and_then(|signature| <[u8; 64]>::try_from(signature).ok())
                    .map(Into::into),
                bytes: row.bytes.into(),
            })
            .collect();
        let bytes: usize = changes.iter().map(|change| change.bytes.len()).sum();
        self.frame_bytes += bytes;
        self.answer_bytes += bytes;
        if changes.is_empty() {
            return Ok(());
        }
        match self.frame.last_mut() {
            Some(last) if last.document == entry.document => last.changes.extend(changes),
            _ => self.frame.push(DocumentChanges {
                document: entry.document,
                changes,
            }),
        }
        Ok(())
    }

    /// Closes the frame: once it is committed, this feed is known up to `seq`.
    fn close(&mut self, scope: &Scope, seq: u64) {
        self.done.frames.push(DocumentsFrame {
            documents: std::mem::take(&mut self.frame),
            cursors: vec![(scope.clone(), seq)],
        });
        self.frame_bytes = 0;
    }
}
