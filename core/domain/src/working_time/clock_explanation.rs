//! Why a clock is due when it is: its limit, and what moved the deadline since.

use serde::Serialize;

use super::clock::Clock;
use super::error::WorkingTimeError;
use super::explanation::{Explanation, explain};
use super::explanation_words::{minute_en, minute_zh, minutes_en, minutes_zh};
use super::hours_terms::HoursTerms;
use super::minute::LocalMinute;
use crate::time::Timestamp;

/// Why a clock paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseKind {
    /// 挂账.
    Hold,
    /// The work was handed over.
    Stop,
}

/// How a pause ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PauseEnd {
    /// When.
    pub at: Timestamp,
    /// Minutes of the clock's unit that were not counted.
    pub minutes: i64,
    /// The deadline since.
    pub deadline: Timestamp,
}

/// What changed a clock after its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum ClockChange {
    /// It stood still.
    Paused {
        /// Why.
        kind: PauseKind,
        /// Since when.
        from: Timestamp,
        /// How it ended; `None` while it lasts.
        pause_end: Option<PauseEnd>,
    },
    /// 延期.
    Extended {
        /// When it was approved.
        at: Timestamp,
        /// The deadline since.
        deadline: Timestamp,
    },
    /// Somebody else has the matter, who works in other hours.
    Hours {
        /// Since when.
        at: Timestamp,
        /// Which.
        hours: HoursTerms,
        /// The deadline since.
        deadline: Timestamp,
    },
}

/// A clock, explained. [`ClockExplanation::zh`] and [`ClockExplanation::en`] say it in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockExplanation {
    /// The limit as it began.
    pub limit: Explanation,
    /// What happened since, in order.
    pub changes: Vec<ClockChange>,
    /// The deadline after that. While a pause lasts: as it began.
    pub deadline: Timestamp,
}

impl ClockChange {
    pub(super) const fn paused(kind: PauseKind, from: LocalMinute) -> Self {
        Self::Paused {
            kind,
            from: from.to_timestamp(),
            pause_end: None,
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Paused {
                kind,
                from,
                pause_end,
            } => {
                let what = match kind {
                    PauseKind::Hold => "挂账",
                    PauseKind::Stop => "已反馈",
                };
                let from = minute_zh(*from);
                match pause_end {
                    None => format!("自 {from}起{what}，暂停计时。"),
                    Some(end) => format!(
                        "{from}至 {}{what}，{} 不计入时限，到期时间为 {}。",
                        minute_zh(end.at),
                        minutes_zh(end.minutes),
                        minute_zh(end.deadline)
                    ),
                }
            }
            Self::Extended { at, deadline } => format!(
                "{}批准延期，到期时间改为 {}。",
                minute_zh(*at),
                minute_zh(*deadline)
            ),
            Self::Hours {
                at,
                hours,
                deadline,
            } => format!(
                "自 {}起，余下的时限按 {} 计，依据：{}；到期时间为 {}。",
                minute_zh(*at),
                hours.hours,
                hours.source.zh(),
                minute_zh(*deadline)
            ),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Paused {
                kind,
                from,
                pause_end,
            } => {
                let what = match kind {
                    PauseKind::Hold => "On hold",
                    PauseKind::Stop => "Handed over",
                };
                let from = minute_en(*from);
                match pause_end {
                    None => format!("{what} since {from}: the clock stands still."),
                    Some(end) => format!(
                        "{what} from {from} to {}: {} not counted, due {}.",
                        minute_en(end.at),
                        minutes_en(end.minutes),
                        minute_en(end.deadline)
                    ),
                }
            }
            Self::Extended { at, deadline } => format!(
                "Extended on {}: due {}.",
                minute_en(*at),
                minute_en(*deadline)
            ),
            Self::Hours {
                at,
                hours,
                deadline,
            } => format!(
                "From {} what is left counts in {}, {}: due {}.",
                minute_en(*at),
                hours.hours,
                hours.source.en(),
                minute_en(*deadline)
            ),
        }
    }
}

impl ClockExplanation {
    /// A line for the limit and one for each change, in Chinese.
    pub fn zh(&self) -> String {
        let changes = self.changes.iter().map(ClockChange::zh);
        let lines = [self.limit.zh()].into_iter().chain(changes);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A line for the limit and one for each change, in English.
    pub fn en(&self) -> String {
        let changes = self.changes.iter().map(ClockChange::en);
        let lines = [self.limit.en()].into_iter().chain(changes);
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Clock<'_> {
    /// Explains the deadline. Cost: a microsecond a day of the limit.
    ///
    /// # Errors
    /// None that the fold of the same clock has not met.
    pub fn explain(&self) -> Result<ClockExplanation, WorkingTimeError> {
        let (calendar, hours) = (self.meter.calendar(), self.start_hours);
        Ok(ClockExplanation {
            limit: explain(self.started_at(), self.limit, calendar, hours)?,
            changes: self.changes.clone(),
            deadline: self.deadline.to_timestamp(),
        })
    }
}
