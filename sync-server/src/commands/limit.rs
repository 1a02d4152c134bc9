//! `xunge limit`: when a time limit is due, and why. Needs no hub.

use std::path::Path;

use serde::Serialize;
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, ClockLimit, Explanation, Hours, Subtracted, explain};

use crate::cli::LimitArguments;
use crate::commands::{CommandError, say};
use crate::error::ApiError;
use crate::messages;
use crate::working_calendar;

/// No calendar is longer than this: a hundred bytes for each day of ten years.
const CALENDAR_BYTES_MAX: u64 = 400_000;

/// What `--json` prints.
#[derive(Serialize)]
struct LimitView<'a> {
    /// RFC 3339, as every instant here.
    due: String,
    /// In words: a line in Chinese and one in English.
    explained: String,
    from: String,
    counts_from: String,
    limit: ClockLimit,
    minutes: i64,
    unit_minutes: i64,
    subtracted: Option<&'a Subtracted>,
    hours: &'a Hours,
    calendar: CalendarView<'a>,
}

#[derive(Serialize)]
struct CalendarView<'a> {
    edition: &'a str,
    years: Vec<i16>,
}

pub(super) fn run(arguments: &LimitArguments) -> Result<(), CommandError> {
    let from = instant(&arguments.from)?;
    let unit = LimitUnit::from_id(&arguments.unit)
        .ok_or_else(|| CommandError::new(&messages::LIMIT_UNIT_UNKNOWN, &arguments.unit))?;
    let hours: Hours = arguments.hours.parse().map_err(CommandError::from)?;
    let calendar = match &arguments.calendar {
        Some(file) => read_calendar(file)?,
        None => working_calendar::carried().map_err(|error| ApiError::internal(&error))?,
    };
    let limit = Limit {
        number: arguments.amount,
        unit,
    };
    let explanation = explain(from, limit, &calendar, &hours)?;
    if arguments.json {
        let view = view(&explanation, &calendar);
        say(&serde_json::to_string(&view).map_err(|error| ApiError::internal(&error))?);
    } else {
        say(&explanation.due.to_local_minute());
        say(&explanation.zh());
        say(&explanation.en());
    }
    Ok(())
}

fn instant(text: &str) -> Result<Timestamp, CommandError> {
    Timestamp::from_local(text)
        .or_else(|| Timestamp::from_rfc3339(text))
        .ok_or_else(|| CommandError::new(&messages::TIME_UNREADABLE, text))
}

fn read_calendar(file: &Path) -> Result<Calendar, CommandError> {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let unreadable =
        |error: &dyn std::fmt::Display| CommandError::new(&messages::FILE_UNREADABLE, about(error));
    let length = std::fs::metadata(file).map_err(|error| unreadable(&error))?;
    if length.len() > CALENDAR_BYTES_MAX {
        return Err(unreadable(&"longer than any calendar"));
    }
    let bytes = std::fs::read(file).map_err(|error| unreadable(&error))?;
    let edition = file.file_stem().unwrap_or_default().to_string_lossy();
    Calendar::from_csv(&edition, &bytes)
        .map_err(|error| CommandError::new(&messages::CALENDAR_REFUSED, about(&error)))
}

fn view<'a>(explanation: &'a Explanation, calendar: &'a Calendar) -> LimitView<'a> {
    LimitView {
        due: explanation.due.to_string(),
        explained: format!("{}\n{}", explanation.zh(), explanation.en()),
        from: explanation.start.to_string(),
        counts_from: explanation.counts_from.to_string(),
        limit: explanation.limit,
        minutes: explanation.minutes,
        unit_minutes: explanation.unit_minutes,
        subtracted: explanation.subtracted.as_ref(),
        hours: &explanation.hours,
        calendar: CalendarView {
            edition: calendar.edition(),
            years: calendar.years().collect(),
        },
    }
}
