//! Collecting: blobs nobody cites are taken away, e.g. of a report that was never sent on. Works beside a serving hub.
//!
//! Why a cited blob is never taken: citations are noted in the transaction that takes the citing change in, and the
//! decision to take a blob is one transaction that reads those notes and forgets the row. Why no receipt is wrong:
//! the decision and the removing of the files happen with every turn in hand (`blob_files`), and a receipt is given
//! only by somebody who holds a turn. A change that comes later and cites a blob that is gone finds no row, so the
//! blob is asked for again.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::blob_files::BlobFileError;
use crate::services::citations;
use crate::store::rows::{BlobRow, BlobState};
use crate::store::{HubRead, QuarantineCursor, StoreError};

/// Blobs of one decision; uploads wait meanwhile.
const PART: usize = 100;
/// Quarantined changes searched at once.
const SEARCHED: usize = 100;
const DIGEST_BYTES: usize = 32;

/// What was taken away, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Collected {
    /// Whole photos.
    pub stored: u64,
    /// Begun uploads.
    pub partial: u64,
    /// Bytes of both, as announced.
    pub bytes: u64,
    /// Files the database knows nothing of, e.g. of a removal that was cut short.
    pub unknown: u64,
}

/// Why collecting stopped. What was done until then is done.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files.
    #[error(transparent)]
    Files(#[from] BlobFileError),
    /// Older documents have no citations noted; see [`citations::complete`].
    #[error("the citations of older documents are not noted yet")]
    CitationsIncomplete,
}

impl CollectError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Files(error) => error.code(),
            Self::CitationsIncomplete => "citations_incomplete",
        }
    }
}

/// Takes away what nobody cites and nobody has touched for `grace`. `only_look` changes nothing and says what would
/// go.
///
/// # Errors
/// The store, the files, or citations that are not noted yet.
pub fn collect(app: &App, grace: Duration, only_look: bool) -> Result<Collected, CollectError> {
    if !citations::are_complete(&*app.store)? {
        return Err(CollectError::CitationsIncomplete);
    }
    let mut collected = Collected::default();
    let millis = i64::try_from(grace.as_millis()).unwrap_or(i64::MAX);
    let before = app.clock.now().plus_millis(millis.saturating_neg());
    let mut after = None;
    loop {
        let part = if only_look {
            app.store
                .reading(|read| decide(read, before, after.as_ref()))?
        } else {
            take(app, before, after.as_ref())?
        };
        for blob in &part.taken {
            match blob.state {
                BlobState::Stored { .. } => collected.stored += 1,
                BlobState::Partial { .. } => collected.partial += 1,
            }
            collected.bytes += blob.length;
        }
        match part.upto {
            Some(upto) => after = Some(upto),
            None => break,
        }
    }
    collected.unknown = sweep(app, grace, only_look)?;
    Ok(collected)
}

struct Part {
    taken: Vec<BlobRow>,
    /// Where to go on; `None` at the end.
    upto: Option<Digest>,
}

fn decide(
    read: &dyn HubRead,
    before: Timestamp,
    after: Option<&Digest>,
) -> Result<Part, StoreError> {
    let candidates = read.uncited_blobs(before, after, PART)?;
    let upto = candidates.last().filter(|_| candidates.len() == PART);
    let upto = upto.map(|blob| blob.sha256);
    let names = candidates.iter().map(|blob| *blob.sha256.as_bytes());
    let spared = searched(read, &names.collect())?;
    let taken = candidates
        .into_iter()
        .filter(|blob| !spared.contains(blob.sha256.as_bytes()))
        .collect();
    Ok(Part { taken, upto })
}

/// The candidates whose names stand somewhere in a quarantined change that could not be read.
fn searched(
    read: &dyn HubRead,
    candidates: &HashSet<[u8; DIGEST_BYTES]>,
) -> Result<HashSet<[u8; DIGEST_BYTES]>, StoreError> {
    let mut found = HashSet::new();
    let mut after: Option<QuarantineCursor> = None;
    while !candidates.is_empty() {
        let part = read.unread_quarantine(after.as_ref(), SEARCHED)?;
        for row in &part {
            let places = row.bytes.array_windows();
            found.extend(places.filter(|place| candidates.contains(*place)).copied());
        }
        match part.last() {
            Some(last) if part.len() == SEARCHED => after = Some((last.document, last.hash)),
            _ => break,
        }
    }
    Ok(found)
}

fn take(app: &App, before: Timestamp, after: Option<&Digest>) -> Result<Part, CollectError> {
    let _nobody_else = app.blobs.turns.every().map_err(BlobFileError::from)?;
    let now = app.clock.now();
    let part = app.store.writing(|write| {
        let part = decide(write as &dyn HubRead, before, after)?;
        for blob in &part.taken {
            write.forget_blob(&blob.sha256)?;
        }
        if !part.taken.is_empty() {
            let names = part.taken.iter().map(|blob| blob.sha256.to_string());
            let detail = serde_json::json!({ "blobs": names.collect::<Vec<_>>() });
            write.append_audit(now, "system", "blobs_collected", &detail)?;
        }
        Ok::<_, StoreError>(part)
    })?;
    for blob in &part.taken {
        app.blobs.remove(&blob.sha256)?;
    }
    Ok(part)
}

/// Files without a row: a removal or an upload that was cut short, or a smaller copy made while its original went.
fn sweep(app: &App, grace: Duration, only_look: bool) -> Result<u64, CollectError> {
    let Some(before) = SystemTime::now().checked_sub(grace) else {
        return Ok(0);
    };
    let mut swept = 0;
    for part in app.blobs.lying_since(before)?.chunks(PART) {
        let _nobody_else = if only_look {
            None
        } else {
            Some(app.blobs.turns.every().map_err(BlobFileError::from)?)
        };
        let unknown = app.store.reading(|read| {
            let mut unknown = Vec::new();
            for sha256 in part {
                if read.blob(sha256)?.is_none() {
                    unknown.push(*sha256);
                }
            }
            Ok::<_, StoreError>(unknown)
        })?;
        swept += unknown.len() as u64;
        if !only_look {
            for sha256 in &unknown {
                app.blobs.remove(sha256)?;
            }
        }
    }
    Ok(swept)
}
