//! From where on something is odd, as this hub has it: data, set by an admin and told in the log, never compiled in.

use xunge_evidence::risk::{LimitsError, RiskLimits};

use crate::app::App;
use crate::store::rows::MetaKey;
use crate::store::{HubRead, StoreError};

/// The word of a line that says that the limits were set; its detail is all of them.
pub const RISK_LIMITS_SET: &str = "risk_limits_set";

/// Why limits were not set.
#[derive(Debug, thiserror::Error)]
pub enum RiskLimitsError {
    /// No JSON of limits.
    #[error("these are no limits: {0}")]
    Json(#[from] serde_json::Error),
    /// Numbers that make no sense.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The limits in force; the defaults where nobody set any.
///
/// # Errors
/// The store's, or kept bytes that are no limits.
pub fn get(read: &dyn HubRead) -> Result<RiskLimits, StoreError> {
    let Some(json) = read.meta(MetaKey::RiskLimits)? else {
        return Ok(RiskLimits::default());
    };
    serde_json::from_slice(&json).map_err(|_| StoreError::Damaged {
        what: "risk limits",
    })
}

/// Sets the limits from JSON; a field that is left out gets its default. What was found before stays.
///
/// # Errors
/// No limits, limits that make no sense, or the store's.
pub fn set(app: &App, by: &str, json: &[u8]) -> Result<RiskLimits, RiskLimitsError> {
    // By name, never by place.
    let named: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(json)?;
    let limits: RiskLimits = serde_json::from_value(named.into())?;
    limits.check()?;
    let value = serde_json::to_value(limits)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        write.put_meta(MetaKey::RiskLimits, value.to_string().as_bytes())?;
        write.append_audit(now, by, RISK_LIMITS_SET, &value)?;
        Ok::<_, StoreError>(())
    })?;
    Ok(limits)
}
