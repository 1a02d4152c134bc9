//! The clocks of a case, from the rulings of its life.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use world::{CLASS, CONDITION, action, full_case, intent};
use xunge_domain::case::clock::{
    CaseClockReading, ClockKind, ClockTables, ClockTerms, ClockTrouble, ClockView, Delivery,
    FilingSought, OpenOffer, StageLimitTerms, StageLimits, StageTerms, TermsSought, listed,
    read_clocks,
};
use xunge_domain::case::{
    Act, Case, CaseState, CloseOutcome, ExtensionAsked, HoldCause, Keyed, Outcome, Ruling,
    SendBackCause,
};
use xunge_domain::class::{ClassTable, Limit, LimitUnit};
use xunge_domain::tables::{
    AreaClass, CalendarDay, HandlingClass, LimitKey, LimitRow, LimitSource, LimitTable,
    StageAllowance, StageUnit,
};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{
    Calendar, ClockState, Hours, HoursOf, HoursSource, HoursTerms, Light,
};

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

/// 2025 with its National Day, as an edition of that name.
fn calendar(edition: &str) -> Calendar {
    let day = |day: u8| CalendarDay {
        date: format!("2025-10-{day:02}"),
        working: false,
        why: "National Day".into(),
    };
    Calendar::of_days(edition, &(1..=8).map(day).collect::<Vec<_>>()).unwrap()
}

fn terms(number: u32, unit: LimitUnit) -> ClockTerms {
    ClockTerms {
        limit: Limit { number, unit },
        source: LimitSource::ClassTable,
        edition: "test".into(),
        area_class: None,
        handling_class: HandlingClass::General,
        calendar: "2025".into(),
        hours: Hours::ordinary(),
        hours_source: None,
    }
}

/// Of an offer that was fetched as soon as it was ruled.
fn delivered_at_once(offer: &OpenOffer) -> Option<Delivery> {
    Some(Delivery::At(offer.sent_at))
}

/// A case whose rulings are written down one by one.
struct Life(Case);

impl Life {
    fn reported(when: &str) -> Self {
        let mut life = Self(full_case("li"));
        life.ruled(when, Act::Report, CaseState::Reported);
        life
    }

    /// Reported, accepted, filed with a limit, dispatched and claimed, all at one minute.
    fn disposing(when: &str, terms: ClockTerms) -> Self {
        let mut life = Self::reported(when);
        life.ruled(when, Act::Accept, CaseState::Accepted);
        life.ruled(when, file(), CaseState::Filed).terms = Some(terms);
        life.ruled(when, dispatch(), CaseState::Dispatched);
        life.ruled(when, Act::Claim, CaseState::Disposing);
        life
    }

    fn ruled(&mut self, when: &str, act: Act, to: CaseState) -> &mut Ruling {
        let sequence = u32::try_from(self.0.rulings.len()).unwrap() + 1;
        let id = intent(sequence);
        let case = &mut self.0;
        case.actions.push(Keyed {
            id,
            entry: action("somebody", act),
        });
        case.rulings.push(Keyed {
            id,
            entry: Ruling {
                sequence,
                at: at(when),
                outcome: Outcome::Accepted {
                    to,
                    case_no: None,
                    organisation: None,
                    class: None,
                },
                done_at: None,
                terms: None,
                stage: None,
                delivery: None,
            },
        });
        &mut case.rulings.last_mut().unwrap().entry
    }

    fn clocks(&self, now: &str) -> Vec<CaseClockReading> {
        self.clocks_with(&delivered_at_once, now)
    }

    fn clocks_with(
        &self,
        delivered: &dyn Fn(&OpenOffer) -> Option<Delivery>,
        now: &str,
    ) -> Vec<CaseClockReading> {
        let (calendar, hours) = (calendar("2025"), Hours::ordinary());
        let tables = ClockTables {
            calendar: &|edition| (edition == calendar.edition()).then_some(&calendar),
            calendar_now: Some(&calendar),
            hours: &hours,
            stages: &StageLimits::default(),
            terms_now: &|_| None,
            delivered,
        };
        read_clocks(&self.0, &tables, at(now))
    }

    fn clock(&self, kind: ClockKind, turn: u32, now: &str) -> ClockView {
        let clocks = self.clocks(now);
        let wanted = |clock: &&CaseClockReading| (clock.id.kind, clock.id.turn) == (kind, turn);
        ClockView::of(clocks.iter().find(wanted).unwrap())
    }

    fn disposal(&self, now: &str) -> ClockView {
        self.clock(ClockKind::Disposal, 1, now)
    }
}

fn file() -> Act {
    Act::File {
        condition: CONDITION.into(),
        handling_class: HandlingClass::General,
    }
}

fn dispatch() -> Act {
    Act::Dispatch {
        lead: world::body(world::LEAD),
        assist: Vec::new(),
        notify: Vec::new(),
    }
}

fn feedback() -> Act {
    Act::Feedback {
        point: None,
        note: String::new(),
    }
}

fn check(passed: bool) -> Act {
    Act::Check {
        passed,
        point: None,
        note: String::new(),
    }
}

fn send_check() -> Act {
    Act::SendCheck {
        to: world::person_id("li"),
        also: None,
    }
}

const MONDAY: &str = "2025-06-30 08:30";

#[test]
fn feedback_at_15_due_at_16_and_synced_at_18_is_in_time_when_the_beacon_proves_it() {
    let life = |proven: bool| {
        // Four working hours from 10:00, with the break: until 16:00.
        let mut life = Life::disposing("2025-06-30 10:00", terms(4, LimitUnit::WorkHour));
        let ruling = life.ruled("2025-06-30 18:00", feedback(), CaseState::FedBack);
        ruling.done_at = proven.then(|| at("2025-06-30 15:00"));
        life.disposal("2025-06-30 18:01")
    };
    let proven = life(true);
    assert_eq!(proven.due, Some(at("2025-06-30 16:00")));
    assert_eq!(proven.state, Some("stopped"));
    assert_eq!(proven.since, Some(at("2025-06-30 15:00")));
    assert_ne!(proven.light, Some(Light::Red));
    assert_eq!(proven.used_percent, Some(75));
    // The same day without proof: what counts is when the hub heard of it.
    let heard = life(false);
    assert_eq!(heard.due, proven.due);
    assert_eq!(heard.since, Some(at("2025-06-30 18:00")));
    assert_eq!(heard.light, Some(Light::Red));
}

#[test]
fn the_clock_of_the_first_dispatch_runs_on_when_a_check_fails() {
    let mut life = Life::disposing(MONDAY, terms(2, LimitUnit::WorkDay));
    life.ruled("2025-06-30 12:00", feedback(), CaseState::FedBack);
    life.ruled("2025-06-30 14:00", send_check(), CaseState::Checking);
    assert_eq!(life.disposal("2025-06-30 14:01").state, Some("stopped"));
    life.ruled("2025-06-30 16:00", check(false), CaseState::Disposing);
    let again = life.disposal("2025-07-01 08:30");
    assert_eq!((again.turn, again.state), (1, Some("running")));
    // Three and a half hours before, two since: of fifteen.
    assert_eq!(again.used_minutes, Some(330));
    assert_eq!(again.allowed_minutes, Some(900));
    // Two hours of works after lunch were the check's.
    assert_eq!(again.due, Some(at("2025-07-02 10:30")));
    // The second check is a stage of its own.
    life.ruled("2025-07-01 09:00", feedback(), CaseState::FedBack);
    life.ruled("2025-07-01 09:30", send_check(), CaseState::Checking);
    let second = life.clock(ClockKind::Check, 2, "2025-07-01 09:31");
    assert_eq!(second.started, at("2025-07-01 09:30"));
    life.ruled("2025-07-01 10:00", check(true), CaseState::ToClose);
    let close = Act::Close {
        outcome: CloseOutcome::Normal,
    };
    life.ruled("2025-07-05 10:00", close, CaseState::Closed);
    let closed = life.disposal("2025-08-01 10:00");
    assert_eq!(closed.state, Some("finished"));
    // Nobody disposed of anything after the feedback that held.
    assert_eq!(closed.since, Some(at("2025-07-01 09:00")));
    assert_eq!(closed.light, Some(Light::Green));
    let checked = life.clock(ClockKind::Check, 2, "2025-08-01 10:00");
    assert_eq!(checked.since, Some(at("2025-07-01 10:00")));
}

#[test]
fn a_hold_stops_the_clock_and_an_extension_moves_it() {
    let mut life = Life::disposing(MONDAY, terms(1, LimitUnit::WorkDay));
    let reason = || "雨季".to_owned();
    let apply = Act::ApplyHold {
        cause: HoldCause::Season,
        review_at: at("2025-07-10 08:30"),
        reason: reason(),
    };
    let granted = |granted| Act::ApproveHold {
        granted,
        reason: reason(),
    };
    life.ruled("2025-06-30 09:00", apply.clone(), CaseState::Disposing);
    life.ruled("2025-06-30 09:10", granted(false), CaseState::Disposing);
    assert_eq!(life.disposal("2025-06-30 09:11").state, Some("running"));
    life.ruled("2025-06-30 09:20", apply, CaseState::Disposing);
    life.ruled("2025-06-30 09:30", granted(true), CaseState::OnHold);
    let held = life.disposal("2025-07-02 12:00");
    assert_eq!(held.state, Some("held"));
    assert_eq!(held.used_minutes, Some(60));
    let note = String::new();
    life.ruled(
        "2025-07-07 08:30",
        Act::Release { note },
        CaseState::Disposing,
    );
    assert_eq!(
        life.disposal("2025-07-07 08:31").due,
        Some(at("2025-07-07 17:00"))
    );
    let more = Act::ApplyExtend {
        asked: ExtensionAsked::More(Limit {
            number: 1,
            unit: LimitUnit::WorkDay,
        }),
        reason: reason(),
    };
    life.ruled("2025-07-07 09:00", more, CaseState::Disposing);
    let approve = Act::ApproveExtend {
        granted: true,
        reason: String::new(),
    };
    life.ruled("2025-07-07 10:00", approve, CaseState::Disposing);
    let extended = life.disposal("2025-07-07 10:01");
    assert_eq!(extended.due, Some(at("2025-07-08 17:00")));
    assert!(extended.explained_zh.contains("挂账") && extended.explained_zh.contains("批准延期"));
    assert!(
        extended.explained_en.contains("On hold") && extended.explained_en.contains("Extended")
    );
}

#[test]
fn a_case_that_is_given_back_has_the_clock_it_had_and_a_reopened_one_a_new_one() {
    let mut life = Life::disposing(MONDAY, terms(2, LimitUnit::WorkDay));
    let apply = Act::ApplySendBack {
        cause: SendBackCause::WrongOwner,
        reason: "不归我们".into(),
    };
    life.ruled("2025-06-30 09:00", apply, CaseState::Disposing);
    let approve = Act::ApproveSendBack {
        granted: true,
        reason: String::new(),
    };
    life.ruled("2025-06-30 10:00", approve, CaseState::Filed);
    let due = Some(at("2025-07-01 18:00"));
    assert_eq!(life.disposal("2025-06-30 10:01").due, due);
    let dispatch_again = life.clock(ClockKind::Dispatch, 2, "2025-06-30 10:01");
    assert_eq!(dispatch_again.started, at("2025-06-30 10:00"));
    life.ruled("2025-06-30 10:30", dispatch(), CaseState::Dispatched);
    life.ruled("2025-06-30 10:40", Act::Claim, CaseState::Disposing);
    life.ruled("2025-06-30 11:00", feedback(), CaseState::FedBack);
    life.ruled("2025-06-30 11:10", send_check(), CaseState::Checking);
    life.ruled("2025-06-30 11:20", check(true), CaseState::ToClose);
    let outcome = CloseOutcome::Normal;
    life.ruled(
        "2025-06-30 11:30",
        Act::Close { outcome },
        CaseState::Closed,
    );
    assert_eq!(life.disposal("2025-06-30 11:31").due, due);
    let reason = "又坏了".into();
    life.ruled(
        "2025-07-07 08:30",
        Act::Reopen { reason },
        CaseState::Disposing,
    );
    let round = life.clock(ClockKind::Disposal, 2, "2025-07-07 08:31");
    assert_eq!(round.due, Some(at("2025-07-08 18:00")));
    assert_eq!(round.state, Some("running"));
    // The first round stays as it was.
    let first = life.disposal("2025-07-07 08:31");
    assert_eq!((first.due, first.state), (due, Some("finished")));
    let clocks = life.clocks("2025-07-07 08:31");
    let shown = listed(&clocks).unwrap();
    assert_eq!((shown.id.kind, shown.id.turn), (ClockKind::Disposal, 2));
}

#[test]
fn who_looks_for_the_clerk_takes_the_time_off_the_clerks_clock() {
    let mut life = Life::reported(MONDAY);
    let acceptance = |life: &Life, now| life.clock(ClockKind::Acceptance, 1, now);
    assert_eq!(
        acceptance(&life, "2025-06-30 08:31").due,
        Some(at("2025-06-30 09:30"))
    );
    let to = world::person_id("li");
    life.ruled(
        "2025-06-30 08:40",
        Act::SendVerify { to },
        CaseState::Verifying,
    );
    let verify = life.clock(ClockKind::Verify, 1, "2025-06-30 08:41");
    assert_eq!(verify.due, Some(at("2025-06-30 09:10")));
    let shown = |life: &Life| {
        let clocks = life.clocks("2025-06-30 09:21");
        listed(&clocks).unwrap().id.kind
    };
    assert_eq!(shown(&life), ClockKind::Verify);
    let found = Act::Verify {
        result: Some(true),
        note: String::new(),
    };
    // Done in time, without signal, and told later.
    let ruling = life.ruled("2025-06-30 09:20", found, CaseState::Reported);
    ruling.done_at = Some(at("2025-06-30 09:05"));
    let verified = life.clock(ClockKind::Verify, 1, "2025-06-30 12:00");
    assert_eq!(verified.state, Some("finished"));
    assert_eq!(verified.since, Some(at("2025-06-30 09:05")));
    assert_ne!(verified.light, Some(Light::Red));
    assert_eq!(shown(&life), ClockKind::Acceptance);
    // The clerk has what was left when the case comes back to the desk.
    assert_eq!(
        acceptance(&life, "2025-06-30 09:21").due,
        Some(at("2025-06-30 10:10"))
    );
    life.ruled("2025-06-30 09:30", Act::Accept, CaseState::Accepted);
    let accepted = acceptance(&life, "2025-06-30 15:00");
    assert_eq!(accepted.state, Some("finished"));
    assert_eq!(accepted.used_minutes, Some(20));
    assert!(accepted.explained_zh.contains("时限 1 小时"));
}

#[test]
fn terms_come_from_the_row_of_the_area_or_else_from_the_class() {
    let classes = r#"{"edition":"classes","effective_date":"2025-01-01","sample":true,"classes":[{
        "code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
        "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]}]}"#;
    let classes = ClassTable::from_json(classes.as_bytes()).unwrap();
    let row = LimitRow {
        key: LimitKey {
            class: CLASS.into(),
            condition: CONDITION.into(),
            area_class: AreaClass::First,
            handling_class: HandlingClass::General,
        },
        limit: Limit {
            number: 3,
            unit: LimitUnit::WorkHour,
        },
    };
    let limits = LimitTable::of_checked("limits".into(), "2025-01-01".into(), [row]);
    let find = |area_class, handling_class| {
        let sought = TermsSought {
            filing: FilingSought {
                class: CLASS,
                condition: CONDITION,
                handling_class,
            },
            area_class,
            limits: &limits,
            classes: &classes,
            calendar: "2025",
            hours: None,
        };
        ClockTerms::find(&sought)
    };
    let first = find(Some(AreaClass::First), HandlingClass::General).unwrap();
    assert_eq!(
        (first.limit.number, first.source),
        (3, LimitSource::LimitTable)
    );
    assert_eq!(first.edition, "limits");
    for other in [Some(AreaClass::Second), None] {
        let other = find(other, HandlingClass::General).unwrap();
        assert_eq!(
            (other.limit.number, other.source),
            (7, LimitSource::ClassTable)
        );
        assert_eq!(other.edition, "classes");
    }
    assert!(first.zh().contains("一类") && first.en().contains("area class 1"));
    // Nobody said how long works may take: the ordinary limit is not taken instead.
    let works = find(Some(AreaClass::First), HandlingClass::Engineering).unwrap_err();
    assert_eq!(works.code(), "no_limit_of_handling");
}

#[test]
fn a_case_keeps_the_edition_of_its_filing_and_a_missing_year_is_said() {
    let life = Life::disposing("2025-12-31 08:30", terms(2, LimitUnit::WorkDay));
    let now = at("2025-12-31 09:00");
    let (filed_under, later) = (calendar("2025"), {
        // A later edition in which the last day of the year is off, and which knows the next year.
        let day = |date: &str| CalendarDay {
            date: date.into(),
            working: false,
            why: "New Year's Day".into(),
        };
        Calendar::of_days("later", &[day("2025-12-31"), day("2026-01-01")]).unwrap()
    });
    let hours = Hours::ordinary();
    let read = |known: Option<&Calendar>, today: Option<&Calendar>| {
        let tables = ClockTables {
            calendar: &|edition| known.filter(|calendar| calendar.edition() == edition),
            calendar_now: today,
            hours: &hours,
            stages: &StageLimits::default(),
            terms_now: &|_| None,
            delivered: &delivered_at_once,
        };
        let clocks = read_clocks(&life.0, &tables, now);
        let disposal = clocks.into_iter();
        let mut disposal = disposal.filter(|clock| clock.id.kind == ClockKind::Disposal);
        disposal.next().unwrap()
    };
    let missing = read(Some(&filed_under), Some(&later));
    assert!(matches!(missing.reading, Err(ClockTrouble::WorkingTime(_))));
    assert!(missing.explained_zh().contains("没有 2026 年的工作日历"));
    assert!(missing.explained_en().contains("calendar of 2026"));
    // The year that was missing comes from the later edition; the days that were known stay.
    let completed = filed_under.completed_by(&later).unwrap();
    let counted = read(Some(&completed), Some(&later));
    assert_eq!(counted.due(), Some(at("2026-01-02 18:00")));
    assert_eq!(counted.other_calendar, None);
    // Where the edition is not known another is taken, and said to be.
    let other = read(None, Some(&later));
    assert_eq!(other.due(), Some(at("2026-01-05 18:00")));
    assert_eq!(other.other_calendar.as_deref(), Some("later"));
    assert!(other.explained_en().contains("counted with edition later"));
    let none = read(None, None);
    assert_eq!(none.reading, Err(ClockTrouble::NoCalendar));
    // Hours of the clock and natural days need none.
    let urgent = Life::disposing("2031-12-31 22:00", terms(4, LimitUnit::UrgentHour));
    let tables = ClockTables {
        calendar: &|_| None,
        calendar_now: None,
        hours: &hours,
        stages: &StageLimits::default(),
        terms_now: &|_| None,
        delivered: &delivered_at_once,
    };
    let clocks = read_clocks(&urgent.0, &tables, at("2031-12-31 22:00"));
    let disposal = listed(&clocks).unwrap();
    assert_eq!(disposal.due(), Some(at("2032-01-01 02:00")));
}

#[test]
fn a_filing_of_before_takes_todays_terms_and_says_so() {
    let mut life = Life::disposing(MONDAY, terms(1, LimitUnit::WorkDay));
    for ruling in &mut life.0.rulings {
        ruling.entry.terms = None;
    }
    let clock = life.disposal("2025-06-30 09:00");
    assert_eq!((clock.trouble, clock.due), (Some("no_limit"), None));
    let (calendar, hours) = (calendar("2025"), Hours::ordinary());
    let tables = ClockTables {
        calendar: &|_| Some(&calendar),
        calendar_now: Some(&calendar),
        hours: &hours,
        stages: &StageLimits::default(),
        terms_now: &|filing| {
            assert_eq!(filing.condition, CONDITION);
            Some(terms(1, LimitUnit::WorkDay))
        },
        delivered: &delivered_at_once,
    };
    let clocks = read_clocks(&life.0, &tables, at("2025-06-30 09:00"));
    let disposal = listed(&clocks).unwrap();
    assert_eq!(disposal.due(), Some(at("2025-06-30 18:00")));
    assert!(disposal.terms_of_today && disposal.explained_zh().contains("现行的表"));
    assert!(matches!(
        disposal.standing().unwrap().state,
        ClockState::Running
    ));
}

/// Hours as rulings hold them.
fn hours(of: HoursOf, hours: &str) -> HoursTerms {
    HoursTerms {
        hours: hours.parse().unwrap(),
        source: HoursSource {
            of,
            edition: "summer".into(),
        },
    }
}

/// Filed on Monday at 10:00 with eight working hours, dispatched an hour later to a department that works from five to eleven.
fn with_sweepers() -> Life {
    let centre = hours(HoursOf::City, "08:30-12:00,14:00-18:00");
    let mut filed = terms(8, LimitUnit::WorkHour);
    filed.hours_source = Some(centre.source.clone());
    let mut life = Life::reported("2025-06-30 09:00");
    life.ruled("2025-06-30 09:30", Act::Accept, CaseState::Accepted);
    life.ruled("2025-06-30 10:00", file(), CaseState::Filed)
        .terms = Some(filed);
    life.given(
        "2025-06-30 11:00",
        dispatch(),
        CaseState::Dispatched,
        sweepers(),
    );
    life
}

fn sweepers() -> HoursTerms {
    let body = world::body(world::LEAD);
    hours(HoursOf::Organisation(body), "05:00-11:00")
}

impl Life {
    fn given(&mut self, when: &str, act: Act, to: CaseState, hours: HoursTerms) {
        let hours = Some(hours);
        self.ruled(when, act, to).stage = Some(StageTerms { limit: None, hours });
    }
}

#[test]
fn what_is_left_after_a_dispatch_counts_in_the_hours_of_the_lead_department() {
    let life = with_sweepers();
    let clock = life.disposal("2025-06-30 12:00");
    // One hour is used; seven are left: six on Tuesday, one on Wednesday.
    assert_eq!(clock.due, Some(at("2025-07-02 06:00")));
    assert_eq!(
        (clock.used_minutes, clock.allowed_minutes),
        (Some(60), Some(480))
    );
    let explained = clock.explained_zh;
    for part in [
        "到期时间 2025-07-01 10:30",
        "余下的时限按 05:00-11:00 计，依据：主办部门（或其上级）的工作时间（工作时间表版本 summer）",
        "到期时间为 2025-07-02 06:00",
        "立案时的工作时间依据：全市的工作时间",
    ] {
        assert!(explained.contains(part), "{part}: {explained}");
    }
    // Its own two hours for the claim count so as well.
    let claim = life.clock(ClockKind::Claim, 1, "2025-06-30 12:00");
    assert_eq!(claim.due, Some(at("2025-07-01 07:00")));
    let dispatch = life.clock(ClockKind::Dispatch, 1, "2025-06-30 12:00");
    assert_eq!(dispatch.due, Some(at("2025-06-30 11:00")));
}

#[test]
fn a_case_that_is_given_back_counts_in_the_centres_hours_again_and_one_reopened_in_the_departments()
{
    let mut life = with_sweepers();
    let centre = hours(HoursOf::City, "08:30-12:00,14:00-18:00");
    life.ruled("2025-07-01 05:00", Act::Claim, CaseState::Disposing);
    let back = Act::ApproveSendBack {
        granted: true,
        reason: String::new(),
    };
    let asked = Act::ApplySendBack {
        cause: SendBackCause::WrongOwner,
        reason: "不属于本部门".into(),
    };
    life.ruled("2025-07-01 06:00", asked, CaseState::Disposing);
    life.given("2025-07-01 07:00", back, CaseState::Filed, centre);
    // Two hours more are used; five are left in the centre's hours, and again in the sweepers'.
    assert_eq!(
        life.disposal("2025-07-01 07:00").due,
        Some(at("2025-07-01 15:30"))
    );
    life.given(
        "2025-07-01 09:30",
        dispatch(),
        CaseState::Dispatched,
        sweepers(),
    );
    assert_eq!(
        life.disposal("2025-07-01 09:30").due,
        Some(at("2025-07-02 07:30"))
    );
    life.ruled("2025-07-01 10:00", Act::Claim, CaseState::Disposing);
    life.ruled("2025-07-01 10:30", feedback(), CaseState::FedBack);
    life.ruled("2025-07-01 11:30", send_check(), CaseState::Checking);
    life.ruled("2025-07-01 11:40", check(true), CaseState::ToClose);
    let close = Act::Close {
        outcome: CloseOutcome::Normal,
    };
    life.ruled("2025-07-01 11:50", close, CaseState::Closed);
    let reopen = Act::Reopen {
        reason: "又坏了".into(),
    };
    life.ruled("2025-07-02 04:00", reopen, CaseState::Disposing);
    let second = life.clock(ClockKind::Disposal, 2, "2025-07-02 05:00");
    assert_eq!(second.due, Some(at("2025-07-03 07:00")));
}

#[test]
fn a_stage_is_measured_by_what_its_ruling_says_and_else_by_the_sample() {
    let limit = |number, unit| StageLimitTerms {
        limit: StageAllowance { number, unit },
        edition: "desk".into(),
    };
    let mut life = Life::reported("2025-06-30 09:00");
    life.ruled("2025-06-30 09:30", Act::Accept, CaseState::Accepted)
        .stage = Some(StageTerms {
        limit: Some(limit(1, StageUnit::WorkDay)),
        hours: Some(hours(HoursOf::City, "09:00-12:00")),
    });
    let filing = life.clock(ClockKind::Filing, 1, "2025-06-30 10:00");
    assert_eq!(filing.due, Some(at("2025-07-01 09:30")));
    for part in [
        "环节时限表（版本 desk）",
        "全市的工作时间（工作时间表版本 summer）",
    ] {
        assert!(
            filing.explained_zh.contains(part),
            "{}",
            filing.explained_zh
        );
    }
    let accepted = life.clock(ClockKind::Acceptance, 1, "2025-06-30 10:00");
    assert_eq!(accepted.allowed_minutes, Some(60));
    assert!(
        accepted.explained_zh.contains("示例时限"),
        "{}",
        accepted.explained_zh
    );
    assert!(
        accepted.explained_en.contains("sample"),
        "{}",
        accepted.explained_en
    );
    assert!(!accepted.explained_zh.contains("工作时间依据"));
}

/// Sent at 8:40 and again at 9:30; what is known of each.
fn sent_twice(first: Option<Delivery>) -> Life {
    let mut life = Life::reported(MONDAY);
    let send = |to: &str| Act::SendVerify {
        to: world::person_id(to),
    };
    life.ruled("2025-06-30 08:40", send("li"), CaseState::Verifying);
    // Somebody urges meanwhile: that ends nothing.
    let urge = Act::Supervise {
        opinion: "从速".into(),
        reply_due: at("2025-06-30 18:00"),
    };
    life.ruled("2025-06-30 08:50", urge, CaseState::Verifying);
    life.ruled("2025-06-30 09:30", send("wang"), CaseState::Verifying)
        .delivery = first;
    life
}

fn span(clock: &ClockView) -> (Timestamp, Option<Timestamp>, Option<Timestamp>) {
    (clock.started, clock.due, clock.since)
}

#[test]
fn a_verification_runs_from_delivery_and_until_then_the_clerk_has_it() {
    let mut life = Life::reported(MONDAY);
    let to = world::person_id("li");
    life.ruled(
        "2025-06-30 08:40",
        Act::SendVerify { to },
        CaseState::Verifying,
    );
    let never = |_: &OpenOffer| Some(Delivery::Never);
    let read = |life: &Life, delivered: &dyn Fn(&OpenOffer) -> Option<Delivery>| {
        let clocks = life.clocks_with(delivered, "2025-06-30 09:10");
        clocks.iter().map(ClockView::of).collect::<Vec<_>>()
    };
    // Nobody has it: the desk's hour goes on, and no verification has begun.
    let waiting = read(&life, &never);
    let [acceptance] = &waiting[..] else {
        panic!("{waiting:?}");
    };
    assert_eq!(
        (acceptance.state, acceptance.used_minutes),
        (Some("running"), Some(40))
    );
    // A phone fetched it at nine: due half an hour later, and the desk has used half an hour.
    let at_nine = |offer: &OpenOffer| {
        assert_eq!(
            (offer.send, offer.sent_at),
            (intent(2), at("2025-06-30 08:40"))
        );
        Some(Delivery::At(at("2025-06-30 09:00")))
    };
    let fetched = read(&life, &at_nine);
    assert_eq!(
        (fetched[0].state, fetched[0].used_minutes),
        (Some("stopped"), Some(30))
    );
    assert_eq!(span(&fetched[1]).0, at("2025-06-30 09:00"));
    assert_eq!(fetched[1].due, Some(at("2025-06-30 09:30")));
    // Where that is not known it is said, and nothing is guessed.
    let elsewhere = read(&life, &|_| None);
    assert_eq!(
        (elsewhere[1].trouble, elsewhere[1].due),
        (Some("delivery_unknown"), None)
    );

    // The ruling of the answer carries it: from then on everybody reads the same.
    let found = Act::Verify {
        result: Some(true),
        note: String::new(),
    };
    life.ruled("2025-06-30 09:20", found, CaseState::Reported)
        .delivery = Some(Delivery::At(at("2025-06-30 09:00")));
    for delivered in [&never as &dyn Fn(&OpenOffer) -> Option<Delivery>, &|_| None] {
        let clocks = life.clocks_with(delivered, "2025-06-30 09:25");
        let clocks: Vec<ClockView> = clocks.iter().map(ClockView::of).collect();
        assert_eq!(
            (clocks[0].state, clocks[0].used_minutes),
            (Some("running"), Some(35))
        );
        let answered = Some(at("2025-06-30 09:20"));
        let due = Some(at("2025-06-30 09:30"));
        assert_eq!(span(&clocks[1]), (at("2025-06-30 09:00"), due, answered));
    }
}

#[test]
fn each_offer_that_was_delivered_is_a_turn_and_between_them_the_clerk_has_it() {
    let at_nine = Some(Delivery::At(at("2025-06-30 09:00")));
    let second = |_: &OpenOffer| Some(Delivery::At(at("2025-06-30 09:40")));
    let read = |life: &Life| {
        let clocks = life.clocks_with(&second, "2025-06-30 09:45");
        clocks.iter().map(ClockView::of).collect::<Vec<_>>()
    };
    let both = read(&sent_twice(at_nine));
    assert_eq!((both.len(), both[1].turn, both[2].turn), (3, 1, 2));
    // Nobody answered in its half hour; whoever is sent then has a half hour of their own.
    let (due, over) = (Some(at("2025-06-30 09:30")), Some(at("2025-06-30 09:30")));
    assert_eq!(span(&both[1]), (at("2025-06-30 09:00"), due, over));
    assert_eq!(
        (both[1].state, both[2].state),
        (Some("finished"), Some("running"))
    );
    assert_eq!(both[2].due, Some(at("2025-06-30 10:10")));
    // Half an hour before the first had it, ten minutes before the second had.
    assert_eq!(both[0].used_minutes, Some(40));
    // What no device ever fetched took nobody's time but the desk's.
    let one = read(&sent_twice(Some(Delivery::Never)));
    assert_eq!(
        (one.len(), one[1].turn, one[0].used_minutes),
        (2, 1, Some(70))
    );
    // A hub of before counted from the sending.
    let before = read(&sent_twice(None));
    assert_eq!(span(&before[1]).0, at("2025-06-30 08:40"));
    assert_eq!(before[0].used_minutes, Some(20));
    // What a damaged clock says of a delivery outside of its offer moves nothing out of it.
    let early = read(&sent_twice(Some(Delivery::At(at("2025-06-30 08:00")))));
    assert_eq!(span(&early[1]).0, at("2025-06-30 08:40"));
    let late = read(&sent_twice(Some(Delivery::At(at("2025-06-30 12:00")))));
    assert_eq!(span(&late[1]).0, at("2025-06-30 09:30"));
}
