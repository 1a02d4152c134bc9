//! The log, as others see it: what it is now, one entry with its proof, how it goes on from an older size. Everything is
//! read at one moment and made from kept hashes; [`examine`] trusts none of them.

mod examine;
mod since;

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{Checkpoint, Origin, SignedCheckpoint};
use xunge_evidence::tree::{self, TreeError};
use xunge_sync::keys::Signer;

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::store::rows::AuditRow;
use crate::store::{HubRead, HubStore, LogNodes, StoreError};

pub use examine::{Examined, Wrong, examine, examine_at};
pub use since::{Since, SinceError, holds_to};

/// Lines entered late in one go.
const PART: usize = 1_000;

/// Why the log does not answer.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Asked about more entries than there are.
    #[error("{asked} is beyond the {size} entries of the log")]
    Beyond {
        /// The index or size that was asked for.
        asked: u64,
        /// What it must not go beyond.
        size: u64,
    },
    /// The store's trouble, or a log that lacks a line or a hash.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TreeError<StoreError>> for LogError {
    fn from(error: TreeError<StoreError>) -> Self {
        match error {
            TreeError::Source(error) => error.into(),
            TreeError::Missing(_) => StoreError::Damaged { what: "log" }.into(),
            TreeError::Beyond { asked, size } => Self::Beyond { asked, size },
        }
    }
}

/// The log as it stood when a moment began: its entries, and its root. What seeds of draws are made of: nobody knew it before.
///
/// # Errors
/// The store's, or a log that lacks a hash.
pub fn root_at(read: &dyn HubRead, moment: Timestamp) -> Result<(u64, Digest), LogError> {
    let size = match read.log_size_at(moment)? {
        Some(size) => size,
        // Nothing was entered since.
        None => read.log_size()?,
    };
    let root = tree::root(&LogNodes(read), size)?;
    Ok((size, root))
}

impl From<LogError> for ApiError {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Beyond { .. } => {
                Self::new(axum::http::StatusCode::NOT_FOUND, &messages::LOG_BEYOND)
            }
            LogError::Store(error) => error.into(),
        }
    }
}

/// An entry, and what proves that the log of `size` entries holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProof {
    /// What was entered.
    pub line: AuditRow,
    /// Its place in the tree, from 0.
    pub index: u64,
    /// The size of the tree the proof is for.
    pub size: u64,
    /// The root of that tree.
    pub root: Digest,
    /// The hashes beside the entry's way up, lowest first.
    pub proof: Vec<Digest>,
}

/// What proves that the log of `to` entries begins with that of `from` entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The older size.
    pub from: u64,
    /// Its root.
    pub from_root: Digest,
    /// The newer size.
    pub to: u64,
    /// Its root.
    pub to_root: Digest,
    /// The hashes.
    pub proof: Vec<Digest>,
}

/// The name of this hub's log.
pub fn origin(app: &App) -> Origin {
    Origin::of_hub(&app.hub_key.installation)
}

/// What the log is now, signed by the hub. Cost: a read a level and a signature.
///
/// # Errors
/// The store's trouble, or a log that lacks a hash.
pub fn checkpoint(app: &App) -> Result<SignedCheckpoint, LogError> {
    app.store.reading(|read| checkpoint_of(app, read))
}

/// [`checkpoint`] of the moment that is read.
///
/// # Errors
/// As there.
pub fn checkpoint_of(app: &App, read: &dyn HubRead) -> Result<SignedCheckpoint, LogError> {
    let size = read.log_size()?;
    let checkpoint = Checkpoint {
        origin: origin(app),
        size,
        root: tree::root(&LogNodes(read), size)?,
        at: app.clock.now(),
    };
    let key = &app.hub_key.key;
    let public_key = key.public_key();
    Ok(SignedCheckpoint::sign(
        checkpoint,
        public_key.as_bytes(),
        |text| key.sign_now(text),
    ))
}

/// One entry with its proof, for the size asked for or that of now. Cost: at most three reads a level.
///
/// # Errors
/// An entry or a size that is not there; the store's trouble, or a log that lacks a line or a hash.
pub fn entry(app: &App, index: u64, size: Option<u64>) -> Result<EntryProof, LogError> {
    app.store.reading(|read| {
        let size = size_asked(read, size)?;
        entry_of(read, index, size)
    })
}

/// [`entry`] of the moment that is read.
///
/// # Errors
/// As there.
pub fn entry_of(read: &dyn HubRead, index: u64, size: u64) -> Result<EntryProof, LogError> {
    let proof = tree::inclusion_proof(&LogNodes(read), index, size)?;
    let line = read.audit_after(index, 1)?.into_iter().next();
    let line = line.filter(|line| line.seq == index + 1);
    Ok(EntryProof {
        line: line.ok_or(StoreError::Damaged { what: "log" })?,
        index,
        size,
        root: tree::root(&LogNodes(read), size)?,
        proof,
    })
}

/// How the log goes on from an older size to a newer one, or to that of now. Cost: at most four reads a level.
///
/// # Errors
/// A size that is not there; the store's trouble, or a log that lacks a hash.
pub fn consistency(app: &App, from: u64, to: Option<u64>) -> Result<ConsistencyProof, LogError> {
    app.store.reading(|read| {
        let to = size_asked(read, to)?;
        consistency_of(read, from, to)
    })
}

/// [`consistency`] of the moment that is read.
///
/// # Errors
/// As there.
pub fn consistency_of(
    read: &dyn HubRead,
    from: u64,
    to: u64,
) -> Result<ConsistencyProof, LogError> {
    let nodes = LogNodes(read);
    let proof = tree::consistency_proof(&nodes, from, to)?;
    Ok(ConsistencyProof {
        from,
        from_root: tree::root(&nodes, from)?,
        to,
        to_root: tree::root(&nodes, to)?,
        proof,
    })
}

fn size_asked(read: &dyn HubRead, asked: Option<u64>) -> Result<u64, LogError> {
    let size = read.log_size()?;
    match asked {
        Some(asked) if asked > size => Err(LogError::Beyond { asked, size }),
        _ => Ok(asked.unwrap_or(size)),
    }
}

/// Enters lines that a program of an older version added beside a newer one, and says so in the log: whoever reads it
/// later sees which lines stood outside for a while. For the process that serves; answers how many.
///
/// # Errors
/// The store's trouble, or a log that lacks a hash.
pub fn enter_late(store: &dyn HubStore, now: Timestamp) -> Result<u64, StoreError> {
    store.writing(|write| {
        let from = write.log_size()?;
        let mut entered = 0;
        loop {
            match write.enter_late_lines(PART)? {
                0 => break,
                more => entered += more,
            }
        }
        if entered > 0 {
            let detail = serde_json::json!({ "from": from, "lines": entered });
            write.append_audit(now, "system", "entered_late", &detail)?;
        }
        Ok(entered)
    })
}
