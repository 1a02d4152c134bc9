//! `make limit-bench`: what a million limits cost. A hub looks at the clock of every open case again and again, so it has
//! to be next to nothing. Ends with 1 when a million take more than two seconds.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command that measures"
)]

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{
    Calendar, Clock, ClockEvent, ClockEventKind, Hours, Reading, due, explain,
};

const DAYS: &[u8] = include_bytes!("../../../sync-server/data/china-days.csv");
const EVALUATIONS: u32 = 1_000_000;
const SECONDS_MAX: f64 = 2.0;
/// 2023-01-01 in +08:00; starts are spread over two years from there.
const FIRST_MILLIS: i64 = 1_672_502_400_000;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let calendar = Calendar::from_csv("bench", DAYS)?;
    let hours: Hours = "08:30-12:00,14:00-18:00".parse()?;
    let limits = seconds(|number| {
        let (start, limit) = drawn(number);
        Ok(due(start, limit, &calendar, &hours)?.as_millis())
    })?;
    let clocks = seconds(|number| {
        let reading = read(number, &calendar, &hours)?;
        Ok(reading.deadline.as_millis())
    })?;
    let explained = seconds(|number| {
        let (start, limit) = drawn(number);
        Ok(explain(start, limit, &calendar, &hours)?.due.as_millis())
    })?;
    println!(
        "{EVALUATIONS} limits, all four units, 1 to 30 of each: {limits:.3} s (gate {SECONDS_MAX} s)"
    );
    println!("{EVALUATIONS} clocks of four events, folded and read with all levels: {clocks:.3} s");
    println!("{EVALUATIONS} limits with what was subtracted, day by day: {explained:.3} s");
    let met = limits <= SECONDS_MAX;
    println!("{}", if met { "met" } else { "MISSED" });
    Ok(ExitCode::from(u8::from(!met)))
}

fn seconds(
    mut evaluate: impl FnMut(u32) -> Result<i64, Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut sum = 0_i64;
    for number in 0..EVALUATIONS {
        sum = sum.wrapping_add(evaluate(black_box(number))?);
    }
    black_box(sum);
    Ok(began.elapsed().as_secs_f64())
}

/// Starts at all hours of two years and limits of all units, the same in each run.
fn drawn(number: u32) -> (Timestamp, Limit) {
    let minutes = i64::from(number).wrapping_mul(7_919) % (2 * 365 * 24 * 60);
    let limit = Limit {
        number: number % 30 + 1,
        unit: LimitUnit::ALL[number as usize % 4],
    };
    (
        Timestamp::from_millis(FIRST_MILLIS + minutes * 60_000),
        limit,
    )
}

/// Started, held for three days, released, extended, and looked at a week later.
fn read(number: u32, calendar: &Calendar, hours: &Hours) -> Result<Reading, Box<dyn Error>> {
    const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
    let (start, limit) = drawn(number);
    let event = |days: i64, kind| ClockEvent {
        at: start.plus_millis(days * DAY_MILLIS),
        kind,
    };
    let events = [
        event(0, ClockEventKind::Started),
        event(1, ClockEventKind::Held),
        event(4, ClockEventKind::Released),
        event(5, ClockEventKind::ExtendedBy(limit)),
    ];
    let clock = Clock::fold(&events, limit, calendar, hours)?;
    let clock = clock.ok_or("a clock that was started is there")?;
    Ok(clock.at(start.plus_millis(7 * DAY_MILLIS))?)
}
