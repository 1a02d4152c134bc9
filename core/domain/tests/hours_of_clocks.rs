//! Clocks whose hours change while they run, against a counter that walks minute by minute.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use proptest::prelude::*;
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::tables::CalendarDay;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{
    Calendar, Clock, ClockEvent, ClockEventKind, EscalationLevel, Hours, HoursOf, HoursSource,
    HoursTerms,
};

const MINUTE_MILLIS: i64 = 60_000;

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

fn calendar() -> Calendar {
    let day = CalendarDay {
        date: "2025-10-01".into(),
        working: false,
        why: "National Day".into(),
    };
    Calendar::of_days("2025", &[day]).unwrap()
}

fn event(at: Timestamp, kind: ClockEventKind) -> ClockEvent {
    ClockEvent { at, kind }
}

fn hours(text: &str) -> ClockEventKind {
    ClockEventKind::Hours(HoursTerms {
        hours: text.parse().unwrap(),
        source: HoursSource {
            of: HoursOf::City,
            edition: "e".into(),
        },
    })
}

fn limit(number: u32, unit: LimitUnit) -> Limit {
    Limit { number, unit }
}

#[test]
fn a_working_day_of_what_is_left_is_one_of_the_new_hours() {
    let (calendar, ordinary) = (calendar(), Hours::ordinary());
    let events = [
        event(at("2025-06-30 10:00"), ClockEventKind::Started),
        event(at("2025-06-30 12:00"), hours("05:00-11:00")),
    ];
    let two_days = limit(2, LimitUnit::WorkDay);
    let clock = Clock::fold(&events, two_days, &calendar, &ordinary)
        .unwrap()
        .unwrap();
    let reading = clock.at(at("2025-06-30 13:00")).unwrap();
    // 120 of 900 minutes are used; 780 of 450 a day are 624 of 360 a day.
    assert_eq!(reading.deadline, at("2025-07-02 09:24"));
    assert_eq!((reading.used_minutes, reading.allowed_minutes), (96, 720));
    let explained = clock.explain().unwrap();
    assert_eq!(explained.limit.due, at("2025-07-02 10:00"));
    assert_eq!(explained.deadline, at("2025-07-02 09:24"));
    assert!(
        explained
            .en()
            .contains("what is left counts in 05:00-11:00"),
        "{}",
        explained.en()
    );
}

#[test]
fn an_instant_that_was_granted_is_not_taken_back_by_other_hours() {
    let (calendar, ordinary) = (calendar(), Hours::ordinary());
    let events = [
        event(at("2025-06-30 08:30"), ClockEventKind::Started),
        event(
            at("2025-06-30 09:00"),
            ClockEventKind::ExtendedTo(at("2025-07-04 18:00")),
        ),
        event(at("2025-06-30 12:00"), hours("00:00-24:00")),
    ];
    let clock = Clock::fold(&events, limit(1, LimitUnit::WorkHour), &calendar, &ordinary);
    let reading = clock.unwrap().unwrap().at(at("2025-06-30 12:00")).unwrap();
    assert_eq!(reading.deadline, at("2025-07-04 18:00"));
    let due = reading
        .crossings
        .iter()
        .find(|crossing| crossing.level == EscalationLevel::Due);
    assert_eq!(due.unwrap().at, reading.deadline);
    assert_eq!(reading.remaining_minutes, (4 * 24 + 6) * 60);
}

#[test]
fn hours_that_change_after_the_deadline_or_in_a_pause_give_nobody_time() {
    let (calendar, ordinary) = (calendar(), Hours::ordinary());
    let read = |events: &[ClockEvent]| {
        let clock = Clock::fold(events, limit(1, LimitUnit::WorkHour), &calendar, &ordinary);
        clock.unwrap().unwrap().at(at("2025-07-01 12:00")).unwrap()
    };
    let started = event(at("2025-06-30 08:30"), ClockEventKind::Started);
    let late = read(&[
        started.clone(),
        event(at("2025-06-30 10:00"), hours("05:00-11:00")),
    ]);
    assert_eq!(late.deadline, at("2025-06-30 09:30"));
    assert!(late.used_minutes > late.allowed_minutes);
    let held = read(&[
        started,
        event(at("2025-06-30 09:00"), ClockEventKind::Held),
        event(at("2025-06-30 10:00"), hours("05:00-11:00")),
        event(at("2025-07-01 10:30"), ClockEventKind::Released),
    ]);
    // Half an hour was left.
    assert_eq!(held.deadline, at("2025-07-01 11:00"));
    // Clock hours know no hours.
    let urgent = [
        event(at("2025-06-30 08:30"), ClockEventKind::Started),
        event(at("2025-06-30 09:00"), hours("05:00-11:00")),
    ];
    let clock = Clock::fold(
        &urgent,
        limit(4, LimitUnit::UrgentHour),
        &calendar,
        &ordinary,
    );
    let reading = clock.unwrap().unwrap().at(at("2025-06-30 10:00")).unwrap();
    assert_eq!(reading.deadline, at("2025-06-30 12:30"));
}

/// Walks minute by minute: a minute of a working day counts when it lies in the hours of that moment.
fn walked(
    start: Timestamp,
    minutes: u32,
    changes: &[(Timestamp, &str)],
    calendar: &Calendar,
) -> Timestamp {
    let ordinary = Hours::ordinary();
    let (mut at, mut left) = (start, minutes);
    while left > 0 {
        let mut passed = changes.iter().filter(|(from, _)| *from <= at);
        let hours: Hours = passed
            .next_back()
            .map_or(ordinary.clone(), |(_, text)| text.parse().unwrap());
        let local = at.to_local_minute();
        let (day, minute) = local.split_once(' ').unwrap();
        let day = day.parse().unwrap();
        let (hour, of_hour) = minute.split_once(':').unwrap();
        let minute = hour.parse::<u16>().unwrap() * 60 + of_hour.parse::<u16>().unwrap();
        let inside = hours
            .spans()
            .iter()
            .any(|span| span.from <= minute && minute < span.until);
        if inside && calendar.day(day).unwrap().is_working() {
            left -= 1;
        }
        at = at.plus_millis(MINUTE_MILLIS);
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_counted_minute_lies_in_the_hours_of_its_moment(
        start in 0_i64..3 * 24 * 60,
        number in 1_u32..40,
        first in 0_i64..2 * 24 * 60,
        second in 0_i64..2 * 24 * 60,
    ) {
        let calendar = calendar();
        let ordinary = Hours::ordinary();
        let start = at("2025-09-28 00:00").plus_millis(start * MINUTE_MILLIS);
        let first = start.plus_millis(first * MINUTE_MILLIS);
        let second = first.plus_millis(second * MINUTE_MILLIS);
        let changes = [(first, "05:00-11:00"), (second, "00:00-06:00,22:00-24:00")];
        let events = [
            event(start, ClockEventKind::Started),
            event(first, hours(changes[0].1)),
            event(second, hours(changes[1].1)),
        ];
        let clock = Clock::fold(&events, limit(number, LimitUnit::WorkHour), &calendar, &ordinary);
        let reading = clock.unwrap().unwrap().at(second).unwrap();
        prop_assert_eq!(reading.deadline, walked(start, number * 60, &changes, &calendar));
        prop_assert_eq!(reading.allowed_minutes, i64::from(number) * 60);
    }
}
