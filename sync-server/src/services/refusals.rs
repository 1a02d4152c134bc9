//! What somebody known asked for and may not have is a line of the audit log, and asking on and on is a few more.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::store::StoreError;

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// What was refused: the verb and the pattern of the address, never the address itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Refused {
    /// Who asked.
    pub person: PersonId,
    /// `GET`, `POST`…
    pub method: String,
    /// As the router has it, e.g. `/api/people/{id}`.
    pub route: String,
}

/// How often who was refused what in this hour. A person and a route have a line at the first refusal and at each tenth
/// power, which says how many they were: a flood of a million is seven lines. People, verbs and routes are few, and a hub
/// that starts again has forgotten it.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Hour>);

#[derive(Debug, Default)]
struct Hour {
    number: i64,
    counts: HashMap<Refused, u64>,
}

impl Refusals {
    /// Counts one; answers how many they were when that deserves a line.
    fn count(&self, refused: &Refused, now: Timestamp) -> Option<u64> {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.as_millis().div_euclid(HOUR_MILLIS);
        if hour.number != number {
            *hour = Hour {
                number,
                counts: HashMap::new(),
            };
        }
        let count = hour.counts.entry(refused.clone()).or_default();
        *count = count.saturating_add(1);
        let power = 10_u64.checked_pow(count.ilog10());
        (power == Some(*count)).then_some(*count)
    }
}

/// Notes a refusal.
///
/// # Errors
/// The store's trouble.
pub fn note(app: &App, refusals: &Refusals, refused: &Refused) -> Result<(), StoreError> {
    let now = app.clock.now();
    let Some(count) = refusals.count(refused, now) else {
        return Ok(());
    };
    let detail = serde_json::json!({
        "method": refused.method,
        "route": refused.route,
        "in_this_hour": count,
    });
    app.store.writing(|write| {
        write.append_audit(now, refused.person.as_str(), "access_refused", &detail)?;
        Ok(())
    })
}
