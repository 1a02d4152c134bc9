//! A clock as pages, the API and devices show it: plain values and words.

use serde::Serialize;

use super::kind::ClockKind;
use super::read::{CaseClockReading, ClockTrouble};
use super::terms::ClockTerms;
use crate::time::Timestamp;
use crate::working_time::{ClockLimit, ClockState, Light};

/// A clock of a case, for people and programs. Instants are RFC 3339 in +08:00.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockView {
    /// What it measures.
    pub kind: ClockKind,
    /// That in Chinese.
    pub zh: &'static str,
    /// That in English.
    pub en: &'static str,
    /// The how many-th of its kind, from 1.
    pub turn: u32,
    /// What it may use: units of the table, or minutes.
    pub limit: Option<ClockLimit>,
    /// What filing fixed, of a disposal.
    pub terms: Option<ClockTerms>,
    /// When it began, by the hub's clock.
    #[serde(serialize_with = "written")]
    pub started: Timestamp,
    /// `running`, `held`, `stopped` or `finished`; nothing where that cannot be computed.
    pub state: Option<&'static str>,
    /// Since when it stands still, as proven or received.
    #[serde(serialize_with = "written_if_any")]
    pub since: Option<Timestamp>,
    /// When it is due.
    #[serde(serialize_with = "written_if_any")]
    pub due: Option<Timestamp>,
    /// Its light.
    pub light: Option<Light>,
    /// Used of allowed, in percent, rounded down.
    pub used_percent: Option<i64>,
    /// Minutes of its unit that are used.
    pub used_minutes: Option<i64>,
    /// Minutes that may be used, extensions included.
    pub allowed_minutes: Option<i64>,
    /// Stable code of why it cannot be computed.
    pub trouble: Option<&'static str>,
    /// Why it is due then, in Chinese, a line each.
    pub explained_zh: String,
    /// The same in English.
    pub explained_en: String,
}

fn written<S: serde::Serializer>(at: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(at)
}

fn written_if_any<S: serde::Serializer>(at: &Option<Timestamp>, out: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.to_string()).serialize(out)
}

impl ClockView {
    /// A reading in words.
    pub fn of(clock: &CaseClockReading) -> Self {
        let reading = clock.standing();
        let state = reading.map(|reading| match reading.state {
            ClockState::Running => ("running", None),
            ClockState::Held { since } => ("held", Some(since)),
            ClockState::Stopped { at } => ("stopped", Some(at)),
            ClockState::Finished { at } => ("finished", Some(at)),
        });
        Self {
            kind: clock.id.kind,
            zh: clock.id.kind.zh(),
            en: clock.id.kind.en(),
            turn: clock.id.turn,
            limit: clock.limit,
            terms: clock.terms.clone(),
            started: clock.started_at,
            state: state.map(|(state, _)| state),
            since: state.and_then(|(_, since)| since),
            due: clock.due(),
            light: clock.light(),
            used_percent: reading.map(|reading| reading.share_percent),
            used_minutes: reading.map(|reading| reading.used_minutes),
            allowed_minutes: reading.map(|reading| reading.allowed_minutes),
            trouble: clock.reading.as_ref().err().map(ClockTrouble::code),
            explained_zh: clock.explained_zh(),
            explained_en: clock.explained_en(),
        }
    }
}
