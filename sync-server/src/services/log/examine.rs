//! The whole log made again from its lines, and compared with every hash that is kept.

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_evidence::tree::{Frontier, Place, empty_root};

use crate::store::rows::AuditRow;
use crate::store::{HubRead, HubStore, StoreError};

/// Lines of one read.
const PART: usize = 500;

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Stable code.
    pub code: &'static str,
    /// The entry, from 0.
    pub index: u64,
    /// In words.
    pub what: String,
}

/// A restore that stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Its entry, from 0.
    pub index: u64,
    /// When that was.
    pub at: Timestamp,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Entries that were made again.
    pub entries: u64,
    /// The root over them.
    pub root: Digest,
    /// The first thing that does not hold; what comes behind was not looked at.
    pub wrong: Option<Wrong>,
    /// The root at the size that was asked for, where the log reaches it.
    pub root_then: Option<Digest>,
    /// The last restore that stands in the log.
    pub restored: Option<Restored>,
}

/// [`examine_at`], of no older size.
///
/// # Errors
/// As there.
pub fn examine(store: &dyn HubStore) -> Result<Examined, StoreError> {
    examine_at(store, None)
}

/// Makes the tree again from the lines alone, and compares. Works beside a serving hub: what is added meanwhile is left
/// out. Cost: every line is read and hashed once, in steady memory.
///
/// # Errors
/// The store's trouble: everything else is an answer.
pub fn examine_at(store: &dyn HubStore, then: Option<u64>) -> Result<Examined, StoreError> {
    let (size, late) = store.reading(|read| {
        let size = read.log_size()?;
        let late = read.audit_after(size, 1)?;
        Ok::<_, StoreError>((size, late.into_iter().next()))
    })?;
    let mut walk = Walk {
        size,
        then,
        tree: Frontier::default(),
        found: Examined {
            entries: 0,
            root: empty_root(),
            wrong: None,
            root_then: (then == Some(0)).then(empty_root),
            restored: None,
        },
    };
    while walk.found.wrong.is_none() && walk.tree.size() < size {
        let after = walk.tree.size();
        let went_on = store.reading(|read| walk.part(read))?;
        if !went_on || walk.tree.size() == after {
            break;
        }
    }
    let made = walk.tree.size();
    if walk.found.wrong.is_none() && made < size {
        walk.missing(made);
    }
    if let Some(late) = late.filter(|_| walk.found.wrong.is_none()) {
        let what = format!("line {} was added past the log", late.seq);
        walk.wrong("log_line_not_entered", late.seq.saturating_sub(1), what);
    }
    walk.found.entries = made;
    walk.found.root = walk.tree.root();
    Ok(walk.found)
}

struct Walk {
    size: u64,
    then: Option<u64>,
    tree: Frontier,
    found: Examined,
}

impl Walk {
    /// Goes on by some lines; false at the end of what holds.
    fn part(&mut self, read: &dyn HubRead) -> Result<bool, StoreError> {
        let after = self.tree.size();
        let mut lines = read.audit_after(after, PART);
        if matches!(lines, Err(StoreError::Damaged { .. })) {
            // One of them cannot be read: line by line, to find which.
            lines = read.audit_after(after, 1);
        }
        let lines = match lines {
            Err(StoreError::Damaged { .. }) => {
                let what = format!("line {} cannot be read", after + 1);
                self.wrong("log_line_unreadable", after, what);
                return Ok(false);
            }
            lines => lines?,
        };
        let size = self.size;
        for line in lines.iter().filter(|line| line.seq <= size) {
            if line.seq != self.tree.size() + 1 {
                self.missing(self.tree.size());
                return Ok(false);
            }
            if !self.line(read, line)? {
                return Ok(false);
            }
        }
        Ok(!lines.is_empty())
    }

    fn line(&mut self, read: &dyn HubRead, line: &AuditRow) -> Result<bool, StoreError> {
        let index = self.tree.size();
        for (place, hash) in self.tree.append(line.entry().leaf()) {
            let kept = match read.log_node(place) {
                // Something that is no hash.
                Err(StoreError::Damaged { .. }) => Some(empty_root()),
                kept => kept?,
            };
            if kept != Some(hash) {
                self.hash_differs(index, place, kept.is_some());
                return Ok(false);
            }
        }
        if line.what == "restored" {
            self.found.restored = Some(Restored { index, at: line.at });
        }
        if self.then == Some(self.tree.size()) {
            self.found.root_then = Some(self.tree.root());
        }
        Ok(true)
    }

    fn hash_differs(&mut self, index: u64, place: Place, kept: bool) {
        let Place { level, number } = place;
        let line = index + 1;
        match (level, kept) {
            (0, true) => self.wrong(
                "log_line_changed",
                index,
                format!("line {line} is not the one that was entered"),
            ),
            (_, true) => self.wrong(
                "log_hash_differs",
                index,
                format!("the kept hash at level {level}, number {number} is not that of its lines"),
            ),
            (_, false) => self.wrong(
                "log_hash_missing",
                index,
                format!("the hash at level {level}, number {number} is missing"),
            ),
        }
    }

    fn missing(&mut self, index: u64) {
        let what = format!("line {} is missing", index.saturating_add(1));
        self.wrong("log_line_missing", index, what);
    }

    fn wrong(&mut self, code: &'static str, index: u64, what: String) {
        self.found.wrong = Some(Wrong { code, index, what });
    }
}
