//! The draw of a day: which cases are looked at again. Drawn are the cases for which devices had brought something the day
//! before; the seed is made of the log's root at midnight, which nobody knew before the day was over.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_evidence::risk::{is_sampled, recheck_seed};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::log::{LogError, root_at};
use crate::services::risk_limits;
use crate::store::{HubRead, StoreError};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// Cases read at once.
const PART: usize = 1_000;

/// Why there is no draw.
#[derive(Debug, thiserror::Error)]
pub enum RecheckError {
    /// No day, or one that has not begun.
    #[error("there is no draw for that day")]
    Day,
    /// The log or the store.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<StoreError> for RecheckError {
    fn from(error: StoreError) -> Self {
        Self::Log(error.into())
    }
}

impl From<RecheckError> for ApiError {
    fn from(error: RecheckError) -> Self {
        match error {
            RecheckError::Day => Self::bad_request(&messages::RECHECK_DAY),
            RecheckError::Log(error) => error.into(),
        }
    }
}

/// The draw of a day. Whoever has a checkpoint of that size or later can make all of it again:
/// `printf 'xunge recheck\n%s\n%s\n%s\n' $day $size $root | sha256sum` is the seed, and a case is taken when the first eight hex
/// digits of `printf '%s%s' $seed $case | sha256sum`, as a number, times 10,000 are below `per_myriad` times 2³².
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SampleView {
    /// The day, +08:00.
    pub day: String,
    /// Entries of the log before the first one of that day.
    pub size: u64,
    /// The log's root at that size, hex: `/api/log/consistency?from={size}` proves it.
    pub root: String,
    /// The seed, hex.
    pub seed: String,
    /// Of ten thousand cases so many are taken.
    pub per_myriad: u32,
    /// From among so many: those named in a line `record_received` of the day before.
    pub drawn_from: usize,
    /// The cases that are taken, by id.
    pub cases: Vec<String>,
}

/// The first instant of a day, `2026-11-28` in +08:00.
pub(super) fn midnight(day: &str) -> Option<Timestamp> {
    let shape = day.len() == 10
        && day.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape.then(|| Timestamp::from_rfc3339(&format!("{day}T00:00:00+08:00")))?
}

/// The draw of a day. It stays the same ever after, but for a share that is set anew. Cost: an index row for each line of the
/// log since, and a hash for each case of the day.
///
/// # Errors
/// No day, a day that has not begun, or the log's.
pub fn sample(app: &App, day: &str) -> Result<SampleView, RecheckError> {
    let midnight = midnight(day).ok_or(RecheckError::Day)?;
    if midnight > app.clock.now() {
        return Err(RecheckError::Day);
    }
    app.store.reading(|read| {
        let (size, root) = root_at(read, midnight)?;
        let seed = recheck_seed(day, size, &root);
        let per_myriad = risk_limits::get(read)?.recheck_per_myriad;
        let all = cases(read, (midnight.plus_millis(-DAY_MILLIS), midnight))?;
        let taken = all
            .iter()
            .filter(|case| is_sampled(&seed, case, per_myriad));
        Ok(SampleView {
            day: day.to_owned(),
            size,
            root: root.to_string(),
            seed: seed.to_string(),
            per_myriad,
            drawn_from: all.len(),
            cases: taken.map(ToString::to_string).collect(),
        })
    })
}

fn cases(
    read: &dyn HubRead,
    between: (Timestamp, Timestamp),
) -> Result<Vec<DocumentId>, StoreError> {
    let mut cases: Vec<DocumentId> = Vec::new();
    loop {
        let part = read.documents_with_records(between, cases.last(), PART)?;
        let whole = part.len() == PART;
        cases.extend(part);
        if !whole {
            return Ok(cases);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_one_form() {
        let first = midnight("2025-06-30").unwrap();
        assert_eq!(first.to_string(), "2025-06-30T00:00:00+08:00");
        for bad in [
            "",
            "2025-6-30",
            "2025-13-01",
            "2025-02-30",
            "20250630",
            "2025-06-30T",
            "+025-06-30",
        ] {
            assert_eq!(midnight(bad), None, "{bad}");
        }
    }
}
