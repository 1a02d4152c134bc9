//! Working time 时限: when a limit runs out, how much of it is used, and why (domain design §4). Phone and hub share
//! it, so that both show the same minute. Pure: calendar, hours, limits and the present instant are arguments.
//!
//! # The four units
//! | unit | counts | a limit of one |
//! |---|---|---|
//! | 紧急工作时 `urgent_hour` | every minute of the clock, day and night | 60 minutes |
//! | 工作时 `work_hour` | working minutes: inside the hours of a working day | 60 working minutes |
//! | 工作日 `work_day` | working minutes | the working minutes of one day of these hours, never 24 hours |
//! | 自然日 `natural_day` | every minute of the clock | 24 hours: see below |
//!
//! A natural day is 24 hours from the start, not "until midnight": who gets a matter at 23:50 has as long for it as who
//! gets it at 08:00, and one rule (count minutes, stop at the last) serves all four units.
//!
//! # Minutes
//! Everything is counted in whole minutes of +08:00. An instant within a minute counts from that minute's end: a start at
//! 10:00:30 is one at 10:01, so nobody is charged for a minute that was not theirs in full. A limit starts with the first
//! counted minute at or after its start and is due at the end of the last one: 18:00, not 08:30 of the next working day.
//! Done exactly when it is due is done in time.

mod calendar;
mod calendar_csv;
mod calendar_days;
mod clock;
mod clock_explanation;
mod clock_limit;
mod error;
mod escalation;
mod explanation;
mod explanation_words;
mod holiday;
mod hours;
mod hours_terms;
mod light;
mod meter;
mod minute;
mod reading;
mod timeline;

pub use calendar::{CALENDAR_DAYS_MAX, CALENDAR_YEARS, Calendar, DayKind, SpecialDay};
pub use calendar_csv::CalendarError;
pub use clock::Clock;
pub use clock_explanation::{ClockChange, ClockExplanation, PauseEnd, PauseKind};
pub use clock_limit::{ClockLimit, StageLimit};
pub use error::WorkingTimeError;
pub use escalation::{Crossing, EscalationLevel, to_fire};
pub use explanation::{Explanation, HolidayTaken, Subtracted, SwappedDay, explain};
pub use hours::{Hours, HoursError, SPANS_MAX, Span};
pub use hours_terms::{HoursOf, HoursSource, HoursTerms};
pub use light::Light;
pub use meter::{LIMIT_NUMBER_MAX, Meter, due, elapsed_minutes, urgent_minutes_after};
pub use reading::{ClockState, Reading};
pub use timeline::{ClockEvent, ClockEventKind};
