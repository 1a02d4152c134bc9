//! Whether the log still begins with what an older checkpoint says: the one thing that whoever holds the whole folder
//! cannot make good.

use xunge_evidence::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use xunge_sync::keys::Signer;

use super::{Examined, examine_at, origin};
use crate::app::App;
use crate::store::StoreError;

/// What became of the log since a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// It begins with the entries the checkpoint speaks of.
    GoesOn,
    /// It has fewer entries.
    Shorter,
    /// It has as many, and they are others.
    Forked,
    /// Not known: the log does not hold together by itself.
    Unknown,
}

/// Why a checkpoint cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum SinceError {
    /// No checkpoint of this log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Examines the log, and compares it with a checkpoint that somebody kept. No proof is needed: all lines are at hand, so
/// the older root is made again from them.
///
/// # Errors
/// The text is no checkpoint of this log, or the store's trouble.
pub fn holds_to(app: &App, kept: &str) -> Result<(Checkpoint, Since, Examined), SinceError> {
    let signed = SignedCheckpoint::parse(kept)?;
    let key = app.hub_key.key.public_key();
    let verifies = |text: &[u8], signature: &[u8]| key.verifies(text, signature);
    let then = signed.verified(&origin(app), key.as_bytes(), verifies)?;
    let now = examine_at(&*app.store, Some(then.size))?;
    let since = match (&now.wrong, now.root_then) {
        (Some(_), _) => Since::Unknown,
        (None, None) => Since::Shorter,
        (None, Some(root)) if root == then.root => Since::GoesOn,
        (None, Some(_)) => Since::Forked,
    };
    Ok((then.clone(), since, now))
}
