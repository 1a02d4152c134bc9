//! Working time against counters that know nothing of the Rust code: `oracle/*.py` walk minute by minute, PyPI's
//! chinesecalendar tells the days. `scripts/oracle.sh` makes their files again.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and the number of rows is printed"
)]

mod working_time;

use jiff::civil::Date;
use working_time::{at, calendar, cells, hours, limit};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{
    Clock, ClockEvent, ClockEventKind, ClockState, EscalationLevel, Meter, WorkingTimeError, due,
    elapsed_minutes, explain,
};

const LIMITS: &str = include_str!("oracle/limits.csv");
const CLOCKS: &str = include_str!("oracle/clocks.csv");
const DAYS: &str = include_str!("oracle/days.csv");

fn rows(csv: &str) -> impl Iterator<Item = Vec<&str>> {
    csv.lines().skip(1).map(cells)
}

/// An instant as the files write it, or the year that is missing.
fn written(result: Result<Timestamp, WorkingTimeError>) -> String {
    match result {
        Ok(instant) => instant.to_local_minute(),
        Err(WorkingTimeError::YearMissing { year }) => format!("missing {year}"),
        Err(other) => other.to_string(),
    }
}

#[test]
fn every_limit_is_due_when_the_minutes_counted_one_by_one_say() {
    let calendar = calendar();
    let mut different = Vec::new();
    let (mut compared, mut missing) = (0, 0);
    for row in rows(LIMITS) {
        let &[
            unit,
            amount,
            spans,
            start,
            counts_from,
            row_due,
            probe,
            used,
        ] = row.as_slice()
        else {
            panic!("{row:?}");
        };
        let (hours, start) = (hours(spans), at(start));
        let limit = limit(amount.parse().unwrap(), unit);
        let meter = Meter::new(limit.unit, &calendar, &hours);
        let our_due = due(start, limit, &calendar, &hours);
        let our_used = elapsed_minutes(start, at(probe), limit.unit, &calendar, &hours);
        let our_used = match our_used {
            Ok(minutes) => minutes.to_string(),
            Err(error) => written(Err(error)),
        };
        let mut same = written(our_due) == row_due && our_used == used;
        if our_due.is_ok() {
            same &= written(meter.first(start)) == counts_from;
            // What the explanation adds up is what lies between the two.
            let explained = explain(start, limit, &calendar, &hours).unwrap();
            let whole = meter.minutes_of(limit).unwrap()
                + explained
                    .subtracted
                    .as_ref()
                    .map_or(0, |taken| taken.minutes());
            let first_minute = start.as_millis().div_euclid(60_000)
                + i64::from(start.as_millis().rem_euclid(60_000) > 0);
            same &= whole == explained.due.as_millis() / 60_000 - first_minute;
            same &= Ok(explained.due) == our_due;
        } else {
            missing += 1;
        }
        if !same {
            different.push(row);
        }
        compared += 1;
    }
    println!(
        "limits: {compared} rows, {} differences; {missing} lead into a missing year",
        different.len()
    );
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!(compared, 1_523, "rows of the oracle");
    assert!(missing >= 20, "{missing}");
}

fn event(text: &str) -> ClockEvent {
    let (what, when) = text.split_once('@').unwrap();
    let (received, argument) = match when.split_once('/') {
        Some((received, argument)) => (received, Some(argument)),
        None => (when, None),
    };
    let kind = match (what, argument) {
        ("started", None) => ClockEventKind::Started,
        ("held", None) => ClockEventKind::Held,
        ("released", None) => ClockEventKind::Released,
        ("stopped", None) => ClockEventKind::Stopped { done_at: None },
        ("extended_to", Some(deadline)) => ClockEventKind::ExtendedTo(at(deadline)),
        ("extended_by", Some(by)) => {
            let (number, unit) = by.split_once(' ').unwrap();
            ClockEventKind::ExtendedBy(limit(number.parse().unwrap(), unit))
        }
        ("finished", done) => ClockEventKind::Finished {
            done_at: done.map(at),
        },
        _ => panic!("{text}"),
    };
    ClockEvent {
        at: at(received),
        kind,
    }
}

#[test]
fn every_clock_stands_where_its_minutes_lived_one_by_one_say() {
    let calendar = calendar();
    let mut different = Vec::new();
    let mut compared = 0;
    for row in rows(CLOCKS) {
        let &[unit, amount, spans, start, events, now, ref expected @ ..] = row.as_slice() else {
            panic!("{row:?}");
        };
        let hours = hours(spans);
        let mut all = vec![ClockEvent {
            at: at(start),
            kind: ClockEventKind::Started,
        }];
        all.extend(
            events
                .split(" ; ")
                .filter(|text| !text.is_empty())
                .map(event),
        );
        let limit = limit(amount.parse().unwrap(), unit);
        let clock = Clock::fold(&all, limit, &calendar, &hours)
            .unwrap()
            .unwrap();
        let reading = clock.at(at(now)).unwrap();
        let state = match reading.state {
            ClockState::Running => "running",
            ClockState::Held { .. } => "held",
            ClockState::Stopped { .. } => "stopped",
            ClockState::Finished { .. } => "finished",
        };
        let level = |level| {
            let found = reading
                .crossings
                .iter()
                .find(|crossing| crossing.level == level);
            found.map_or_else(String::new, |crossing| crossing.at.to_local_minute())
        };
        let found = [
            state.to_owned(),
            reading.deadline.to_local_minute(),
            reading.allowed_minutes.to_string(),
            reading.used_minutes.to_string(),
            reading.light.id().to_owned(),
            level(EscalationLevel::DueSoon),
            level(EscalationLevel::Due),
            level(EscalationLevel::TwiceOver),
        ];
        if found != expected {
            different.push((row, found));
        }
        compared += 1;
    }
    println!("clocks: {compared} rows, {} differences", different.len());
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!(compared, 401, "rows of the oracle");
}

#[test]
fn every_day_is_what_another_calendar_says_it_is() {
    let calendar = calendar();
    let mut different = Vec::new();
    let (mut compared, mut unknown) = (0, 0);
    for row in rows(DAYS) {
        let &[date, working] = row.as_slice() else {
            panic!("{row:?}");
        };
        if working == "unknown" {
            unknown += 1;
            continue;
        }
        let day = calendar.day(date.parse::<Date>().unwrap()).unwrap();
        if day.is_working() != (working == "yes") {
            different.push(date);
        }
        compared += 1;
    }
    println!(
        "days: {compared} compared with chinesecalendar, {} differences, {unknown} it does not know",
        different.len()
    );
    assert!(different.is_empty(), "{different:?}");
    assert_eq!((compared, unknown), (4 * 365 + 1, 0));
}
