//! How long personal data is kept, and erasing what is over.

use xunge_domain::private::{Erasure, ErasureCause, RetentionDays, RetentionUnfit};

use super::erase::{erase_row, scrub};
use crate::app::App;
use crate::store::rows::MetaKey;
use crate::store::{HubRead, LIST_ROWS_MAX, StoreError};

/// The word of a line that says that the times were set; its detail is all of them.
pub const RETENTION_SET: &str = "retention_set";
/// Subjects of one transaction.
const PART: usize = 100;

/// Why times were not set.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// No JSON of days.
    #[error("these are no days: {0}")]
    Json(#[from] serde_json::Error),
    /// Days that make no sense.
    #[error(transparent)]
    Unfit(#[from] RetentionUnfit),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The times in force; the defaults where nobody set any.
///
/// # Errors
/// The store's, or kept bytes that are no times.
pub fn retention_days(read: &dyn HubRead) -> Result<RetentionDays, StoreError> {
    let Some(json) = read.meta(MetaKey::PrivateRetention)? else {
        return Ok(RetentionDays::default());
    };
    serde_json::from_slice(&json).map_err(|_| StoreError::Damaged {
        what: "retention days",
    })
}

/// Sets the times from JSON; a field that is left out gets its default. What is kept already keeps its time.
///
/// # Errors
/// No days, days that make no sense, or the store's.
pub fn set_retention_days(
    app: &App,
    by: &str,
    json: &[u8],
) -> Result<RetentionDays, RetentionError> {
    // By name, never by place.
    let named: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(json)?;
    let days: RetentionDays = serde_json::from_value(named.into())?;
    days.check()?;
    let value = serde_json::to_value(days)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        write.put_meta(MetaKey::PrivateRetention, value.to_string().as_bytes())?;
        write.append_audit(now, by, RETENTION_SET, &value)?;
        Ok::<_, StoreError>(())
    })?;
    Ok(days)
}

/// How many subjects' time is over, 10,000 at most.
///
/// # Errors
/// The store's.
pub fn expired(app: &App) -> Result<u64, StoreError> {
    let now = app.clock.now();
    let rows = app
        .store
        .reading(|read| read.expired_subjects(now, LIST_ROWS_MAX))?;
    Ok(rows.len() as u64)
}

/// Erases every subject whose time is over, each with a line of the log, and takes what earlier erasures left. Answers how
/// many.
///
/// # Errors
/// The store's; what was erased until then is.
pub fn erase_expired(app: &App) -> Result<u64, StoreError> {
    let mut erased = 0;
    loop {
        let erasure = Erasure {
            at: app.clock.now(),
            cause: ErasureCause::Retention,
            reason: String::new(),
        };
        let part = app.store.writing(|write| {
            let over = write.expired_subjects(erasure.at, PART)?;
            for row in &over {
                erase_row(write, "system", row, &erasure)?;
            }
            Ok::<_, StoreError>(over.len())
        })?;
        erased += part as u64;
        if part < PART {
            break;
        }
    }
    scrub(app)?;
    Ok(erased)
}
