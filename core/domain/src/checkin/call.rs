//! 吹哨: what became of each call. A pure function over entries; late arrival is recorded, never refused.

use serde::Serialize;

use crate::checkin::action::Call;
use crate::checkin::standing::{MatterCheckin, Standing};
use crate::checkin::step::Step;
use crate::ids::{IntentId, PersonId};
use crate::time::Timestamp;

/// One called body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallStanding {
    /// What was asked of it.
    pub call: Call,
    /// When the first of its people was there, by their own clock.
    pub arrived_at: Option<Timestamp>,
    /// Who.
    pub arrived: Option<PersonId>,
    /// The entry that says so.
    pub entry: Option<IntentId>,
    /// How many milliseconds after its due instant it came, or is out by `now`; `None` in time.
    pub late_millis: Option<i64>,
}

/// Each call in its order, as of `now`.
pub fn call_standings(
    checkin: &MatterCheckin,
    standing: &Standing,
    now: Timestamp,
) -> Vec<CallStanding> {
    let of_call = |call: &Call| {
        let steps = checkin.in_order();
        let first = steps.into_iter().find(
            |step| matches!(&step.entry.step, Step::Arrival { party, .. } if *party == call.party),
        );
        let arrived_at = first.map(|step| step.entry.at);
        let late = arrived_at.unwrap_or(now).millis_since(call.due);
        CallStanding {
            call: call.clone(),
            arrived_at,
            arrived: first.map(|step| step.entry.author.clone()),
            entry: first.map(|step| step.id),
            late_millis: (late > 0).then_some(late),
        }
    };
    standing.calls.iter().map(of_call).collect()
}
