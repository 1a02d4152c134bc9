//! A clock of a case.

use xunge_field::domain::time::Timestamp;
use xunge_field::domain::working_time::Light;

/// A limit that runs or ran, with why it is due when it is.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClockView {
    /// What it measures: `disposal`, or the id of a stage.
    pub kind: String,
    /// That in Chinese.
    pub zh: String,
    /// That in English.
    pub en: String,
    /// The how many-th of its kind, from 1.
    pub turn: u32,
    /// When it began, by the hub's clock.
    pub started: Timestamp,
    /// `running`, `held`, `stopped` or `finished`; nothing where that cannot be computed.
    pub state: Option<String>,
    /// Since when it stands still.
    pub since: Option<Timestamp>,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// Its light.
    pub light: Option<Light>,
    /// Used of allowed, in percent.
    pub used_percent: Option<i64>,
    /// Stable code of why it cannot be computed.
    pub trouble: Option<String>,
    /// Why it is due then, in Chinese, a line each.
    pub explained_zh: String,
    /// The same in English.
    pub explained_en: String,
}

impl From<xunge_field::ClockView> for ClockView {
    fn from(clock: xunge_field::ClockView) -> Self {
        Self {
            kind: clock.kind.id().into(),
            zh: clock.zh.into(),
            en: clock.en.into(),
            turn: clock.turn,
            started: clock.started,
            state: clock.state.map(Into::into),
            since: clock.since,
            due: clock.due,
            light: clock.light,
            used_percent: clock.used_percent,
            trouble: clock.trouble.map(Into::into),
            explained_zh: clock.explained_zh,
            explained_en: clock.explained_en,
        }
    }
}
