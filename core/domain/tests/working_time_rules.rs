//! What holds for every limit and every clock, and the examples people will ask about.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod working_time;

use proptest::prelude::*;
use working_time::{ORDINARY, at, calendar, hours, limit};
use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{
    Clock, ClockEvent, ClockEventKind, ClockState, EscalationLevel, Light, Meter, Reading,
    WorkingTimeError, due, elapsed_minutes, explain, to_fire,
};

/// 2023-01-01 to 2026-06-01, so that what is drawn ends before the calendar does.
const FIRST: i64 = 1_672_502_400_000;
const LAST: i64 = 1_780_243_200_000;
const MINUTE: i64 = 60_000;

fn an_instant() -> impl Strategy<Value = Timestamp> {
    (FIRST..LAST).prop_map(Timestamp::from_millis)
}

fn a_minute() -> impl Strategy<Value = Timestamp> {
    (FIRST / MINUTE..LAST / MINUTE).prop_map(|minute| Timestamp::from_millis(minute * MINUTE))
}

fn a_limit() -> impl Strategy<Value = Limit> {
    (1_u32..40, 0_usize..4).prop_map(|(number, unit)| Limit {
        number,
        unit: LimitUnit::ALL[unit],
    })
}

fn some_hours() -> impl Strategy<Value = String> {
    prop::collection::btree_set(0_u16..=288, 2..=8).prop_map(|borders| {
        let mut borders: Vec<_> = borders.into_iter().collect();
        if borders.len() % 2 == 1 {
            borders.pop();
        }
        let time = |fifth: u16| format!("{:02}:{:02}", fifth * 5 / 60, fifth * 5 % 60);
        let spans = borders
            .chunks(2)
            .map(|pair| format!("{}-{}", time(pair[0]), time(pair[1])));
        spans.collect::<Vec<_>>().join(",")
    })
}

/// A day of few minutes turns hours into years: those may end behind the calendar, and only there.
fn ends_behind<T>(result: &Result<T, WorkingTimeError>) -> bool {
    matches!(result, Err(WorkingTimeError::YearMissing { year: 2027 }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_later_start_and_a_longer_limit_are_never_due_earlier(
        start in an_instant(), later in 0_i64..40 * 24 * 60 * MINUTE, limit in a_limit(), spans in some_hours(),
    ) {
        let (calendar, hours) = (calendar(), hours(&spans));
        let count = |start, limit| due(start, limit, &calendar, &hours);
        let (first, second) = (count(start, limit), count(start.plus_millis(later), limit));
        let longer = count(start, Limit { number: limit.number + 1, ..limit });
        prop_assume!(!ends_behind(&first));
        prop_assert!(ends_behind(&second) || first.unwrap() <= second.unwrap());
        prop_assert!(ends_behind(&longer) || first.unwrap() < longer.unwrap());
    }

    #[test]
    fn what_lies_between_start_and_deadline_is_the_limit(
        start in an_instant(), limit in a_limit(), spans in some_hours(),
    ) {
        let (calendar, hours) = (calendar(), hours(&spans));
        let meter = Meter::new(limit.unit, &calendar, &hours);
        let minutes = meter.minutes_of(limit).unwrap();
        let due = due(start, limit, &calendar, &hours);
        prop_assume!(!ends_behind(&due));
        let due = due.unwrap();
        let elapsed = |from, to| elapsed_minutes(from, to, limit.unit, &calendar, &hours).unwrap();
        prop_assert_eq!(elapsed(start, due), minutes);
        // The last minute counts, and nothing before the first does.
        prop_assert_eq!(elapsed(start, due.plus_millis(-1)), minutes - 1);
        let first = meter.first(start).unwrap();
        prop_assert_eq!(elapsed(start, first), 0);
        prop_assert_eq!(elapsed(start, first.plus_millis(MINUTE)), 1);
        prop_assert_eq!(elapsed(due, start), 0);
    }

    #[test]
    fn a_limit_in_two_parts_is_the_limit(
        start in an_instant(), limit in a_limit(), first in 1_u32..20, spans in some_hours(),
    ) {
        let (calendar, hours) = (calendar(), hours(&spans));
        let count = |start, number| due(start, Limit { number, ..limit }, &calendar, &hours);
        let whole = count(start, first + limit.number);
        prop_assume!(!ends_behind(&whole));
        let middle = count(start, first).unwrap();
        prop_assert_eq!(count(middle, limit.number), whole);
    }

    #[test]
    fn a_hold_moves_the_deadline_by_the_minutes_it_held(
        start in a_minute(), limit in a_limit(), share in 0_i64..100, held in 0_i64..20 * 24 * 60, spans in some_hours(),
    ) {
        let (calendar, hours) = (calendar(), hours(&spans));
        let meter = Meter::new(limit.unit, &calendar, &hours);
        let minutes = meter.minutes_of(limit).unwrap();
        let first = due(start, limit, &calendar, &hours);
        prop_assume!(!ends_behind(&first));
        let first = first.unwrap();
        let hold = meter.after(start, minutes * share / 100).unwrap();
        let release = hold.plus_millis(held * MINUTE);
        let held = meter.elapsed(hold, release);
        let moved = held.and_then(|held| meter.after(first, held));
        prop_assume!(!ends_behind(&moved));
        let events = [
            event(start, ClockEventKind::Started),
            event(hold, ClockEventKind::Held),
            event(release, ClockEventKind::Released),
        ];
        let clock = Clock::fold(&events, limit, &calendar, &hours).unwrap().unwrap();
        let reading = clock.at(release).unwrap();
        prop_assert_eq!(reading.deadline, moved.unwrap());
        prop_assert_eq!(reading.used_minutes, minutes * share / 100);
        prop_assert_eq!(reading.allowed_minutes, minutes);
    }

    /// Whoever looks, however often and with restarts in between: each level is told once, not before it is reached.
    #[test]
    fn escalations_fire_once_whenever_anybody_looks(
        start in a_minute(), limit in a_limit(), mut looks in prop::collection::vec(0_i64..400, 1..40), spans in some_hours(),
    ) {
        let (calendar, hours) = (calendar(), hours(&spans));
        let meter = Meter::new(limit.unit, &calendar, &hours);
        let minutes = meter.minutes_of(limit).unwrap();
        let twice = meter.after(start, 2 * minutes);
        prop_assume!(!ends_behind(&twice));
        let events = [event(start, ClockEventKind::Started)];
        looks.sort_unstable();
        let mut fired = Vec::new();
        for percent in &looks {
            let now = meter.after(start, minutes * percent / 100);
            if ends_behind(&now) {
                break;
            }
            let now = now.unwrap();
            let clock = Clock::fold(&events, limit, &calendar, &hours).unwrap().unwrap();
            let reading = clock.at(now).unwrap();
            for crossing in to_fire(&reading.crossings, &fired, now) {
                prop_assert!(!fired.contains(&crossing.level));
                let used = meter.elapsed(start, crossing.at).unwrap();
                prop_assert!(used * 100 >= minutes * i64::from(crossing.level.percent()));
                prop_assert!((used - 1) * 100 < minutes * i64::from(crossing.level.percent()));
                fired.push(crossing.level);
            }
            let expected = EscalationLevel::ALL.iter().filter(|level| {
                reading.used_minutes * 100 >= minutes * i64::from(level.percent())
            });
            prop_assert_eq!(fired.len(), expected.count());
        }
    }
}

fn event(at: Timestamp, kind: ClockEventKind) -> ClockEvent {
    ClockEvent { at, kind }
}

/// A clock of some working days at ordinary hours; events as `(when, what)`.
fn read(days: u32, events: &[(&str, ClockEventKind)], now: &str) -> Reading {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let events: Vec<_> = events
        .iter()
        .map(|(when, kind)| event(at(when), kind.clone()))
        .collect();
    let clock = Clock::fold(&events, limit(days, "work_day"), &calendar, &hours);
    clock.unwrap().unwrap().at(at(now)).unwrap()
}

const STARTED: (&str, ClockEventKind) = ("2025-06-30 08:30", ClockEventKind::Started);

#[test]
fn seven_working_days_from_a_saturday_start_on_monday() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let start = at("2025-06-28 10:00");
    let explained = explain(start, limit(7, "work_day"), &calendar, &hours).unwrap();
    assert_eq!(explained.counts_from, at("2025-06-30 08:30"));
    assert_eq!(explained.due, at("2025-07-08 18:00"));
    assert_eq!(explained.minutes, 7 * 450);
    assert_eq!(
        explained.zh(),
        "2025-06-28 10:00（周六）收到，自 2025-06-30 08:30（周一）起计时；时限 7 个工作日，每个工作日按工作时间 \
         08:30-12:00,14:00-18:00 计 7 小时 30 分钟，共 52 小时 30 分钟。已扣除：夜间 7 次共 95 小时 30 分钟；午休 7 次共 14 \
         小时；周末 4 天（2025-06-28至2025-06-29、2025-07-05至2025-07-06）。到期时间 2025-07-08 18:00（周二）（日历版本 \
         china-days）。"
    );
    assert_eq!(
        explained.en(),
        "Received Saturday 2025-06-28 10:00, counted from Monday 2025-06-30 08:30; limit 7 working days of 7 h 30 min each \
         (hours 08:30-12:00,14:00-18:00), 52 h 30 min in all. Subtracted: 7 nights, 95 h 30 min; 7 lunch breaks, 14 h; \
         4 weekend days (2025-06-28 to 2025-06-29, 2025-07-05 to 2025-07-06). Due Tuesday 2025-07-08 18:00 (calendar \
         china-days)."
    );
}

#[test]
fn holidays_are_subtracted_by_name_and_swapped_days_counted() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let explained = explain(
        at("2025-09-26 18:00"),
        limit(3, "work_day"),
        &calendar,
        &hours,
    );
    let explained = explained.unwrap();
    // Sunday 28th is worked for National Day; the 1st to the 8th are off; so 28, 29, 30.
    assert_eq!(explained.counts_from, at("2025-09-28 08:30"));
    assert_eq!(explained.due, at("2025-09-30 18:00"));
    let zh = explained.zh();
    assert!(
        zh.contains("周末上班已计入：2025-09-28（国庆节调休）"),
        "{zh}"
    );
    let longer = explain(
        at("2025-09-26 18:00"),
        limit(5, "work_day"),
        &calendar,
        &hours,
    )
    .unwrap();
    assert_eq!(longer.due, at("2025-10-10 18:00"));
    let (zh, en) = (longer.zh(), longer.en());
    assert!(
        zh.contains("国庆节 5 天（2025-10-01至2025-10-03、2025-10-07至2025-10-08）"),
        "{zh}"
    );
    assert!(zh.contains("中秋节 1 天（2025-10-06）"), "{zh}");
    assert!(
        en.contains("Mid-autumn Festival 1 day (2025-10-06)"),
        "{en}"
    );
    assert!(
        en.contains("Worked weekend days, counted: 2025-09-28 (for National Day)"),
        "{en}"
    );
}

#[test]
fn clock_units_subtract_nothing_and_need_no_calendar() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    for (number, unit, due_at) in [
        (3, "urgent_hour", "2031-10-01 05:10"),
        (2, "natural_day", "2031-10-03 02:10"),
    ] {
        let explained = explain(
            at("2031-10-01 02:10"),
            limit(number, unit),
            &calendar,
            &hours,
        );
        let explained = explained.unwrap();
        assert_eq!(explained.due, at(due_at));
        assert_eq!(explained.subtracted, None);
        assert!(explained.zh().contains("均不扣除") && explained.en().contains("not subtracted"));
    }
}

#[test]
fn a_missing_year_is_said_and_never_guessed() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    for (start, number, year) in [
        ("2026-12-31 17:59", 1, 2027),
        ("2027-03-01 09:00", 1, 2027),
        ("2022-12-30 09:00", 1, 2022),
        ("2023-01-01 09:00", 2_000, 2027),
    ] {
        let missing = Err(WorkingTimeError::YearMissing { year });
        let limit = limit(number, "work_day");
        assert_eq!(due(at(start), limit, &calendar, &hours), missing, "{start}");
        assert!(explain(at(start), limit, &calendar, &hours).is_err());
    }
    let last = due(
        at("2026-12-31 08:30"),
        limit(1, "work_day"),
        &calendar,
        &hours,
    );
    assert_eq!(last, Ok(at("2026-12-31 18:00")));
}

#[test]
fn a_limit_has_a_least_and_a_most() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    for unit in LimitUnit::ALL {
        let of = |number| {
            due(
                at("2025-06-30 08:30"),
                Limit { number, unit },
                &calendar,
                &hours,
            )
        };
        assert_eq!(of(0), Err(WorkingTimeError::LimitZero));
        assert!(matches!(
            of(100_001),
            Err(WorkingTimeError::LimitTooLong { number: 100_001 })
        ));
        assert!(!matches!(
            of(100_000),
            Err(WorkingTimeError::LimitTooLong { .. })
        ));
    }
}

#[test]
fn instants_beyond_all_calendars_are_errors_or_ends_and_never_a_crash() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    for millis in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
        let start = Timestamp::from_millis(millis);
        for unit in LimitUnit::ALL {
            let limit = Limit { number: 3, unit };
            let meter = Meter::new(unit, &calendar, &hours);
            let result = due(start, limit, &calendar, &hours);
            assert_eq!(result.is_err(), meter.is_working(), "{millis} {unit:?}");
            let _ = explain(start, limit, &calendar, &hours).map(|explained| explained.zh());
            let _ = meter.elapsed(start, Timestamp::from_millis(i64::MAX));
        }
    }
}

/// Feedback at 15:00, due 16:00, received at 18:00: in time when the beacon proves it.
#[test]
fn what_is_proven_to_be_done_earlier_counts_from_then() {
    let four = |done_at| {
        let (calendar, hours) = (calendar(), hours(ORDINARY));
        let events = [
            event(at("2025-06-30 09:00"), ClockEventKind::Started),
            event(at("2025-06-30 18:00"), ClockEventKind::Finished { done_at }),
        ];
        let clock = Clock::fold(&events, limit(5, "work_hour"), &calendar, &hours);
        clock.unwrap().unwrap().at(at("2025-06-30 18:00")).unwrap()
    };
    let proven = four(Some(at("2025-06-30 15:00")));
    assert_eq!(proven.deadline, at("2025-06-30 16:00"));
    assert_eq!(
        proven.state,
        ClockState::Finished {
            at: at("2025-06-30 15:00")
        }
    );
    assert_eq!((proven.light, proven.share_percent), (Light::Yellow, 80));
    assert_eq!(
        proven.crossings,
        [],
        "work that ends as a level is reached has not reached it"
    );
    assert_eq!(four(None).light, Light::Red);
    // A proof cannot make an act later than its receipt, nor earlier than the start.
    assert_eq!(four(Some(at("2025-07-30 15:00"))), four(None));
    let before = four(Some(at("2025-06-29 15:00")));
    assert_eq!((before.used_minutes, before.light), (0, Light::Green));
}

#[test]
fn done_exactly_when_it_is_due_is_in_time() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let finished = |late: i64| {
        let kind = ClockEventKind::Finished { done_at: None };
        let events = [
            event(at("2025-06-30 09:00"), ClockEventKind::Started),
            event(at("2025-06-30 10:00").plus_millis(late), kind),
        ];
        let clock = Clock::fold(&events, limit(1, "work_hour"), &calendar, &hours);
        clock.unwrap().unwrap().at(at("2025-07-30 10:00")).unwrap()
    };
    assert_eq!(
        (finished(0).light, finished(0).crossings.len()),
        (Light::Yellow, 1)
    );
    assert_eq!(
        (finished(1).light, finished(1).crossings.len()),
        (Light::Red, 2)
    );
}

#[test]
fn lights_turn_at_eighty_percent_and_after_the_deadline() {
    for (now, light, share) in [
        ("2025-07-03 08:30", Light::Green, 60),
        ("2025-07-03 17:59", Light::Green, 79),
        ("2025-07-03 18:00", Light::Yellow, 80),
        ("2025-07-04 08:29:59", Light::Yellow, 80),
        ("2025-07-04 18:00", Light::Yellow, 100),
        ("2025-07-04 18:00:01", Light::Red, 100),
    ] {
        let five = read(5, &[STARTED], now);
        assert_eq!((five.light, five.share_percent), (light, share), "{now}");
    }
    // Friday night and the weekend use nothing, and are late all the same.
    let night = read(5, &[STARTED], "2025-07-05 03:00");
    assert_eq!((night.light, night.share_percent), (Light::Red, 100));
    let monday = read(5, &[STARTED], "2025-07-07 18:00");
    assert_eq!(
        (monday.light, monday.share_percent, monday.remaining_minutes),
        (Light::Red, 120, -450)
    );
}

#[test]
fn an_extension_moves_the_deadline_and_never_back() {
    let to = |deadline| {
        let extended = ("2025-07-01 10:00", ClockEventKind::ExtendedTo(at(deadline)));
        read(5, &[STARTED, extended], "2025-07-01 10:00")
    };
    let later = to("2025-07-08 12:00");
    assert_eq!(later.deadline, at("2025-07-08 12:00"));
    assert_eq!(later.allowed_minutes, 5 * 450 + 450 + 210);
    // To a Sunday: the deadline is what was approved, though no more minutes count.
    let sunday = to("2025-07-06 12:00");
    assert_eq!(
        (sunday.deadline, sunday.allowed_minutes),
        (at("2025-07-06 12:00"), 5 * 450)
    );
    assert_eq!(to("2025-07-02 12:00").deadline, at("2025-07-04 18:00"));
    let by = (
        "2025-07-01 10:00",
        ClockEventKind::ExtendedBy(limit(2, "work_day")),
    );
    assert_eq!(
        read(5, &[STARTED, by], "2025-07-01 10:00").deadline,
        at("2025-07-08 18:00")
    );
    let natural = (
        "2025-07-01 10:00",
        ClockEventKind::ExtendedBy(limit(2, "natural_day")),
    );
    assert_eq!(
        read(5, &[STARTED, natural], "2025-07-01 10:00").deadline,
        at("2025-07-06 18:00")
    );
}

#[test]
fn rework_runs_on_and_restarts_nothing() {
    let stopped = ClockEventKind::Stopped { done_at: None };
    let handed_over = ("2025-07-01 18:00", stopped);
    // Two of five days are used; a day of checking moves the deadline by a day.
    let waiting = read(5, &[STARTED, handed_over.clone()], "2025-07-02 18:00");
    assert_eq!(
        waiting.state,
        ClockState::Stopped {
            at: at("2025-07-01 18:00")
        }
    );
    assert_eq!(
        (waiting.deadline, waiting.used_minutes),
        (at("2025-07-04 18:00"), 900)
    );
    let again = ("2025-07-02 18:00", ClockEventKind::Started);
    let rework = read(5, &[STARTED, handed_over, again], "2025-07-03 18:00");
    assert_eq!(
        (rework.deadline, rework.used_minutes),
        (at("2025-07-07 18:00"), 1_350)
    );
    let twice = ("2025-07-02 10:00", ClockEventKind::Started);
    assert_eq!(
        read(5, &[STARTED, twice], "2025-07-02 18:00").deadline,
        at("2025-07-04 18:00")
    );
}

#[test]
fn work_done_before_a_hold_was_never_held() {
    let done = Some(at("2025-07-01 12:00"));
    let events = [
        STARTED,
        ("2025-07-01 15:00", ClockEventKind::Held),
        (
            "2025-07-11 15:00",
            ClockEventKind::Finished { done_at: done },
        ),
    ];
    let reading = read(5, &events, "2025-07-11 15:00");
    assert_eq!(
        reading.state,
        ClockState::Finished {
            at: at("2025-07-01 12:00")
        }
    );
    assert_eq!(
        (reading.used_minutes, reading.deadline),
        (660, at("2025-07-04 18:00"))
    );
}

#[test]
fn a_hold_before_the_deadline_keeps_the_light_and_one_after_does_not_save_it() {
    let held = |when| {
        read(
            5,
            &[STARTED, (when, ClockEventKind::Held)],
            "2025-08-01 12:00",
        )
    };
    let early = held("2025-07-02 12:00");
    assert_eq!(
        (early.light, early.crossings.as_slice()),
        (Light::Green, [].as_slice())
    );
    assert!(early.deadline > at("2025-08-01 12:00"));
    let late = held("2025-07-07 12:00");
    assert_eq!(
        (late.light, late.deadline),
        (Light::Red, at("2025-07-04 18:00"))
    );
    assert_eq!(late.crossings.len(), 2);
}

/// A level that was reached before an extension stays reached: it is not fired again for the new deadline.
#[test]
fn what_was_reached_before_an_extension_stays() {
    let by = ClockEventKind::ExtendedBy(limit(5, "work_day"));
    let reading = read(5, &[STARTED, ("2025-07-04 09:00", by)], "2025-07-04 09:00");
    let first = reading.crossings[0];
    assert_eq!(
        (first.level, first.at),
        (EscalationLevel::DueSoon, at("2025-07-03 18:00"))
    );
    assert_eq!(reading.light, Light::Green);
}

#[test]
fn a_level_behind_the_calendar_is_named_and_the_rest_is_there() {
    let events = [("2026-12-25 08:30", ClockEventKind::Started)];
    let reading = read(4, &events, "2026-12-25 08:30");
    let levels: Vec<_> = reading
        .crossings
        .iter()
        .map(|crossing| crossing.level)
        .collect();
    assert_eq!(levels, [EscalationLevel::DueSoon, EscalationLevel::Due]);
    assert_eq!(reading.year_missing, Some(2027));
}

#[test]
fn a_clock_tells_what_moved_its_deadline() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let by = ClockEventKind::ExtendedBy(limit(1, "work_day"));
    let stopped = ClockEventKind::Stopped { done_at: None };
    let events = [
        event(at("2025-06-28 10:00"), ClockEventKind::Started),
        event(at("2025-07-02 08:30"), ClockEventKind::Held),
        event(at("2025-07-04 08:30"), ClockEventKind::Released),
        event(at("2025-07-07 09:00"), by),
        event(at("2025-07-08 18:00"), stopped),
    ];
    let clock = Clock::fold(&events, limit(7, "work_day"), &calendar, &hours);
    let explained = clock.unwrap().unwrap().explain().unwrap();
    assert_eq!(explained.deadline, at("2025-07-11 18:00"));
    let (zh, en) = (explained.zh(), explained.en());
    let zh: Vec<_> = zh.lines().collect();
    assert!(zh[0].contains("到期时间 2025-07-08 18:00"), "{zh:?}");
    assert_eq!(
        zh[1..],
        [
            "2025-07-02 08:30（周三）至 2025-07-04 08:30（周五）挂账，15 小时 不计入时限，到期时间为 2025-07-10 \
             18:00（周四）。",
            "2025-07-07 09:00（周一）批准延期，到期时间改为 2025-07-11 18:00（周五）。",
            "自 2025-07-08 18:00（周二）起已反馈，暂停计时。",
        ]
    );
    let en: Vec<_> = en.lines().collect();
    assert_eq!(
        en[1..],
        [
            "On hold from Wednesday 2025-07-02 08:30 to Friday 2025-07-04 08:30: 15 h not counted, due Thursday \
             2025-07-10 18:00.",
            "Extended on Monday 2025-07-07 09:00: due Friday 2025-07-11 18:00.",
            "Handed over since Tuesday 2025-07-08 18:00: the clock stands still.",
        ]
    );
}

#[test]
fn a_clock_that_was_not_started_is_none() {
    let (calendar, hours) = (calendar(), hours(ORDINARY));
    let events = [event(at("2025-07-04 09:00"), ClockEventKind::Held)];
    let clock = Clock::fold(&events, limit(1, "work_day"), &calendar, &hours);
    assert!(clock.unwrap().is_none());
}
