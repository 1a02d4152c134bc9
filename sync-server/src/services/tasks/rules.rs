//! The rules of tasks, as this hub has them: data, set by an admin and told in the log.

use xunge_domain::task::{TaskRules, TaskRulesError};

use crate::app::App;
use crate::store::rows::MetaKey;
use crate::store::{HubRead, StoreError};

/// The word of a line that says that the rules were set; its detail is all of them.
pub const TASK_RULES_SET: &str = "task_rules_set";

/// Why rules were not set.
#[derive(Debug, thiserror::Error)]
pub enum TaskRulesRefused {
    /// No JSON of rules.
    #[error("these are no rules: {0}")]
    Json(#[from] serde_json::Error),
    /// Numbers that make no sense.
    #[error(transparent)]
    Rules(#[from] TaskRulesError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rules in force; the defaults where nobody set any.
///
/// # Errors
/// The store's, or kept bytes that are no rules.
pub fn rules(read: &dyn HubRead) -> Result<TaskRules, StoreError> {
    let Some(json) = read.meta(MetaKey::TaskRules)? else {
        return Ok(TaskRules::default());
    };
    serde_json::from_slice(&json).map_err(|_| StoreError::Damaged { what: "task rules" })
}

/// Sets the rules from JSON; a field that is left out gets its default. Clocks that run are read anew by them.
///
/// # Errors
/// No rules, rules that make no sense, or the store's.
pub fn set_rules(app: &App, by: &str, json: &[u8]) -> Result<TaskRules, TaskRulesRefused> {
    // By name, never by place.
    let named: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(json)?;
    let rules: TaskRules = serde_json::from_value(named.into())?;
    rules.check()?;
    let value = serde_json::to_value(rules)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        write.put_meta(MetaKey::TaskRules, value.to_string().as_bytes())?;
        write.append_audit(now, by, TASK_RULES_SET, &value)?;
        Ok::<_, StoreError>(())
    })?;
    Ok(rules)
}
