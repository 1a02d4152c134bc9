//! Who is on duty, and who of them is sent.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod world;

use std::collections::BTreeMap;

use proptest::prelude::*;
use world::{LEAD, OTHER, full_case, full_standing, intent, person, person_id};
use xunge_domain::case::{Act, Action, Case, CaseState, CheckMade, Keyed, Standing};
use xunge_domain::ids::{Digest, DocumentId, DutyGridId, PersonId};
use xunge_domain::person::{Person, Role};
use xunge_domain::roster::{Roster, RosterKind, RosterRow};
use xunge_domain::task::{
    Candidate, Distance, Draw, How, MeasuredFrom, Scene, TaskDecline, TaskKind, TaskRules,
    TaskRulesError, candidates, choose, task_seed,
};
use xunge_domain::time::Timestamp;

const HOUR: i64 = 3_600_000;

/// So many hours after the midnight of some day.
fn hour(hours: i64) -> Timestamp {
    Timestamp::from_rfc3339("2025-06-30T00:00:00+08:00")
        .unwrap()
        .plus_millis(hours * HOUR)
}

fn row(kind: RosterKind, who: &str, from: i64, until: i64) -> RosterRow {
    RosterRow {
        person: person_id(who),
        kind,
        from: hour(from),
        until: hour(until),
        duty_grids: Vec::new(),
        to: None,
    }
}

fn shift(who: &str, from: i64, until: i64) -> RosterRow {
    row(RosterKind::Shift, who, from, until)
}

fn hand_over(from: &str, to: &str, at: i64) -> RosterRow {
    RosterRow {
        to: Some(person_id(to)),
        ..row(RosterKind::HandOver, from, at, at)
    }
}

fn roster(rows: impl IntoIterator<Item = RosterRow>) -> Roster {
    rows.into_iter().collect()
}

#[test]
fn a_shift_begins_at_its_first_instant_and_ends_before_its_last() {
    let roster = roster([shift("a", 8, 16)]);
    let on = |at: Timestamp| roster.on_duty(&person_id("a"), at);
    assert!(on(hour(8)) && on(hour(16).plus_millis(-1)));
    assert!(!on(hour(8).plus_millis(-1)) && !on(hour(16)));
    assert!(!roster.on_duty(&person_id("b"), hour(9)));
}

#[test]
fn a_leave_counts_whatever_a_shift_says() {
    let roster = roster([shift("a", 8, 16), row(RosterKind::Leave, "a", 10, 12)]);
    let on = |at| roster.on_duty(&person_id("a"), hour(at));
    assert!(on(9) && !on(10) && !on(11) && on(12));
}

#[test]
fn a_hand_over_passes_the_rest_of_a_shift_on_from_hand_to_hand() {
    let roster = roster([
        hand_over("b", "c", 12),
        hand_over("a", "b", 10),
        shift("a", 8, 16),
        // Who has nothing hands nothing over, and what was handed over before a shift is not of it.
        hand_over("d", "e", 11),
        shift("d", 12, 16),
    ]);
    let on = |who: &str, at| roster.on_duty(&person_id(who), hour(at));
    assert!(on("a", 9) && !on("b", 9) && !on("c", 9));
    assert!(!on("a", 10) && on("b", 10) && on("b", 11));
    assert!(!on("b", 12) && on("c", 12) && on("c", 15) && !on("c", 16));
    assert!(on("d", 13) && !on("e", 13));
    // The watch still says whose beats it is for.
    let watches = roster.watches(hour(13));
    let of_c = watches.iter().find(|watch| watch.holder == person_id("c"));
    assert_eq!(of_c.unwrap().owner, person_id("a"));
}

#[test]
fn who_took_over_and_is_on_leave_is_not_on_duty() {
    let roster = roster([
        shift("a", 8, 16),
        hand_over("a", "b", 10),
        row(RosterKind::Leave, "b", 11, 12),
    ]);
    assert!(roster.on_duty(&person_id("b"), hour(10)));
    assert!(roster.watches(hour(11)).is_empty());
    assert!(roster.on_duty(&person_id("b"), hour(12)));
}

/// A beat with its people, and a case in it.
struct Desk {
    people: BTreeMap<PersonId, Person>,
    rows: Vec<RosterRow>,
    case: Case,
    standing: Standing,
    declined: Vec<PersonId>,
}

fn beat() -> DutyGridId {
    "putian-1".parse().unwrap()
}

impl Desk {
    fn new(state: CaseState) -> Self {
        let worker = |id: &str, body: Option<&str>| {
            let mut worker = person(id, &[Role::GridWorker], body);
            worker.duty_grids = vec![beat()];
            (worker.id.clone(), worker)
        };
        let mut standing = full_standing(state, "nobody", "crew");
        standing.verifiers.clear();
        standing.checks.sent_to.clear();
        standing.reporter = Some(person_id("reporter"));
        Self {
            people: BTreeMap::from([
                worker("a", None),
                worker("b", Some(OTHER)),
                worker("of-lead", Some(LEAD)),
                worker("reporter", None),
            ]),
            rows: ["a", "b", "of-lead", "reporter"]
                .map(|who| shift(who, 8, 16))
                .to_vec(),
            case: full_case("reporter"),
            standing,
            declined: Vec::new(),
        }
    }

    fn who(&self, at: i64) -> Result<Vec<String>, TaskDecline> {
        let roster = roster(self.rows.clone());
        let watches = roster.watches(hour(at));
        let beat = beat();
        let found = candidates(&Scene {
            kind: TaskKind::due(&self.standing).unwrap(),
            case: &self.case,
            standing: &self.standing,
            duty_grid: Some(&beat),
            watches: Some(&watches),
            declined: &self.declined,
            person: &|id| self.people.get(id).cloned(),
        })?;
        Ok(found.iter().map(ToString::to_string).collect())
    }
}

#[test]
fn a_report_is_verified_by_anybody_on_duty_but_its_reporter() {
    let desk = Desk::new(CaseState::Reported);
    assert_eq!(desk.who(9).unwrap(), ["a", "b", "of-lead"]);
    let nobody = TaskDecline::NobodyOnDuty { duty_grid: beat() };
    assert_eq!(desk.who(7), Err(nobody));
}

#[test]
fn works_are_checked_by_nobody_of_the_body_that_did_them() {
    let mut desk = Desk::new(CaseState::FedBack);
    // The reporter has no part in the works.
    assert_eq!(desk.who(9).unwrap(), ["a", "b", "reporter"]);
    desk.standing.assignee = Some(person_id("a"));
    let entry = Action {
        act: Act::Feedback {
            point: None,
            note: String::new(),
        },
        ..world::action("b", Act::Accept)
    };
    desk.case.actions.push(Keyed {
        id: intent(1),
        entry,
    });
    assert_eq!(desk.who(9).unwrap(), ["reporter"]);
    desk.standing.claim.as_mut().unwrap().by = person_id("reporter");
    assert_eq!(desk.who(9), Err(TaskDecline::OnlyBeneficiaries));
}

#[test]
fn a_dispute_is_settled_by_somebody_who_took_no_part_in_it() {
    let mut desk = Desk::new(CaseState::ToClose);
    desk.standing.checks.made = [("a", true), ("b", false)]
        .map(|(by, passed)| CheckMade {
            id: intent(2),
            by: person_id(by),
            passed,
            at: hour(9),
        })
        .to_vec();
    assert_eq!(desk.who(9).unwrap(), ["reporter"]);
}

#[test]
fn who_was_asked_in_this_stage_is_not_asked_again() {
    let mut desk = Desk::new(CaseState::Verifying);
    desk.standing.verifiers = vec![person_id("a")];
    assert_eq!(desk.who(9).unwrap(), ["b", "of-lead"]);
    desk.standing.verifiers = ["b", "of-lead", "a"].map(person_id).to_vec();
    assert_eq!(desk.who(9), Err(TaskDecline::EverybodyAsked));
    // Another stage asks anew.
    desk.standing.state = CaseState::Reported;
    assert_eq!(desk.who(9).unwrap(), ["a", "b", "of-lead"]);
    // But nobody who declined.
    desk.declined = vec![person_id("b")];
    assert_eq!(desk.who(9).unwrap(), ["a", "of-lead"]);
    desk.declined = ["a", "b", "of-lead"].map(person_id).to_vec();
    assert_eq!(desk.who(9), Err(TaskDecline::EverybodyAsked));
}

#[test]
fn shifts_name_other_beats_and_people_without_the_role_are_passed_over() {
    let mut desk = Desk::new(CaseState::Reported);
    desk.rows[0].duty_grids = vec!["elsewhere".parse().unwrap()];
    desk.people.get_mut(&person_id("b")).unwrap().roles = vec![Role::IntakeClerk];
    assert_eq!(desk.who(9).unwrap(), ["of-lead"]);
    // Whoever took a shift over has its beats, whatever the register says of the person.
    let stranger = person("stranger", &[Role::GridWorker], None);
    desk.people.insert(stranger.id.clone(), stranger);
    desk.rows.push(hand_over("of-lead", "stranger", 9));
    assert_eq!(desk.who(9).unwrap(), ["stranger"]);
}

#[test]
fn what_is_missing_is_said() {
    let desk = Desk::new(CaseState::Reported);
    let asked = |duty_grid: Option<&DutyGridId>, watches| {
        candidates(&Scene {
            kind: TaskKind::Verify,
            case: &desk.case,
            standing: &desk.standing,
            duty_grid,
            watches,
            declined: &[],
            person: &|_| None,
        })
    };
    assert_eq!(asked(None, Some(&[])), Err(TaskDecline::NoUnitGrid));
    assert_eq!(asked(Some(&beat()), None), Err(TaskDecline::NoRoster));
    for decline in [
        TaskDecline::NothingDue,
        TaskDecline::NoUnitGrid,
        TaskDecline::NoRoster,
        TaskDecline::NobodyOnDuty { duty_grid: beat() },
        TaskDecline::OnlyBeneficiaries,
        TaskDecline::EverybodyAsked,
    ] {
        let json = serde_json::to_value(&decline).unwrap();
        assert_eq!(json["code"], decline.code());
        assert!(!decline.zh().is_ascii() && decline.en().is_ascii());
    }
}

fn draw(round: u32, per_myriad: u32) -> Draw {
    Draw {
        seed: task_seed("2025-06-30", 7, &Digest::of(b"root")),
        case: DocumentId::from_bytes([9; 16]),
        kind: TaskKind::Verify,
        round,
        per_myriad,
    }
}

fn at(who: &str, metres: impl Into<Option<u32>>) -> Candidate {
    let from = MeasuredFrom::LastPosition;
    Candidate {
        person: person_id(who),
        distance: metres.into().map(|metres| Distance { metres, from }),
    }
}

#[test]
fn the_nearest_is_sent_of_two_as_near_the_first_by_id_and_who_is_nowhere_last() {
    let order = |candidates: Vec<Candidate>| {
        let chosen = choose(candidates, &draw(1, 0)).unwrap();
        assert_eq!(chosen.how, How::Nearest);
        assert_eq!(chosen.person, chosen.candidates[0].person);
        let ids = chosen.candidates.iter().map(|one| one.person.to_string());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(
        order(vec![at("d", None), at("c", 90), at("b", 90), at("a", 91)]),
        ["b", "c", "a", "d"]
    );
    assert_eq!(choose(Vec::new(), &draw(1, 10_000)), None);
}

#[test]
fn the_draw_is_what_sha256sum_says() {
    // printf 'xunge task\n2025-06-30\n7\n%s\n' $(printf root | sha256sum | cut -c1-64) | sha256sum
    let draw = draw(1, 10_000);
    assert_eq!(
        draw.seed,
        Digest::of(
            b"xunge task\n2025-06-30\n7\n4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2\n"
        )
    );
    let text = format!("{} {} verify 1", draw.seed, draw.case);
    assert_eq!(draw.drawn(), Digest::of(text.as_bytes()));
    assert!(draw.goes_to_somebody_else());
    // With one candidate there is nobody else.
    let only = choose(vec![at("a", 5)], &draw).unwrap();
    assert_eq!((only.person, only.how), (person_id("a"), How::Nearest));
}

#[test]
fn limits_run_from_delivery_in_whole_minutes() {
    let rules = TaskRules::default();
    assert!(rules.check().is_ok());
    let delivered = hour(9).plus_millis(1);
    let due = hour(9).plus_millis(31 * 60_000);
    assert_eq!(rules.due(TaskKind::Verify, Some(delivered)), Some(due));
    assert_eq!(rules.due(TaskKind::Check, None), None);
    let lapses = |delivered| rules.lapses_at(TaskKind::Check, hour(8), delivered);
    assert_eq!(lapses(None), hour(8).plus_millis(30 * 60_000));
    assert_eq!(lapses(Some(delivered)), due);
    let zero = TaskRules {
        check_minutes: 0,
        ..rules
    };
    assert_eq!(zero.check(), Err(TaskRulesError::Minutes(0)));
    let more = TaskRules {
        share_per_myriad: 10_001,
        ..rules
    };
    assert_eq!(more.check(), Err(TaskRulesError::Share(10_001)));
}

#[derive(Debug, Clone)]
enum Written {
    Shift(u8, i64, i64),
    Leave(u8, i64, i64),
    HandOver(u8, u8, i64),
}

fn written() -> impl Strategy<Value = Written> {
    let span = (0_u8..5, 0_i64..40, 1_i64..16);
    prop_oneof![
        span.clone()
            .prop_map(|(who, from, hours)| Written::Shift(who, from, from + hours)),
        span.prop_map(|(who, from, hours)| Written::Leave(who, from, from + hours)),
        (0_u8..5, 0_u8..5, 0_i64..40).prop_map(|(from, to, at)| Written::HandOver(from, to, at)),
    ]
}

fn rows_of(written: &[Written]) -> Vec<RosterRow> {
    let name = |who: &u8| format!("p{who}");
    let each = written.iter().map(|line| match line {
        Written::Shift(who, from, until) => shift(&name(who), *from, *until),
        Written::Leave(who, from, until) => row(RosterKind::Leave, &name(who), *from, *until),
        Written::HandOver(from, to, at) => hand_over(&name(from), &name(to), *at),
    });
    each.collect()
}

proptest! {
    /// The order of the rows makes no difference, nobody is on duty without a shift that runs or on leave, and every watch is
    /// one shift in one hand.
    #[test]
    fn a_roster_is_its_rows(lines in prop::collection::vec(written(), 0..24), at in 0_i64..60, turn in 0_usize..24) {
        let rows = rows_of(&lines);
        let mut turned = rows.clone();
        turned.rotate_left(turn.min(rows.len()));
        let (one, other) = (roster(rows.clone()), roster(turned));
        let mut watches = [one.watches(hour(at)), other.watches(hour(at))];
        for list in &mut watches {
            list.sort_by_key(|watch| (watch.owner.clone(), watch.holder.clone(), watch.until));
        }
        prop_assert_eq!(&watches[0], &watches[1]);
        let running = rows.iter().filter(|row| row.kind == RosterKind::Shift && row.covers(hour(at))).count();
        prop_assert!(watches[0].len() <= running);
        for who in 0_u8..5 {
            let who = person_id(&format!("p{who}"));
            let held = watches[0].iter().any(|watch| watch.holder == who);
            prop_assert_eq!(one.on_duty(&who, hour(at)), held);
            let on_leave = rows.iter().any(|row| row.kind == RosterKind::Leave && row.person == who && row.covers(hour(at)));
            prop_assert!(!(held && on_leave));
        }
    }

    /// Whoever is chosen is a candidate, the order of them makes no difference, and without a share it is the nearest.
    #[test]
    fn the_choice_is_made_by_rule(metres in prop::collection::vec(prop::option::of(0_u32..5_000), 1..12), round in 1_u32..50, share in 0_u32..=10_000) {
        let all: Vec<Candidate> = metres.iter().zip(0..).map(|(metres, who)| at(&format!("p{who}"), *metres)).collect();
        let mut turned = all.clone();
        turned.reverse();
        let drawn = draw(round, share);
        let chosen = choose(all.clone(), &drawn).unwrap();
        prop_assert_eq!(&chosen, &choose(turned, &drawn).unwrap());
        prop_assert!(all.iter().any(|one| one.person == chosen.person));
        let nearest = &chosen.candidates[0].person;
        match chosen.how {
            How::Nearest => prop_assert_eq!(&chosen.person, nearest),
            How::Drawn => {
                prop_assert!(drawn.goes_to_somebody_else());
                prop_assert!(&chosen.person != nearest);
            }
        }
        prop_assert_eq!(chosen.how == How::Drawn, drawn.goes_to_somebody_else() && all.len() > 1);
    }
}

/// A tenth of many offers goes to somebody else, and everybody gets some of it.
#[test]
fn the_share_is_as_large_as_it_says_and_falls_on_everybody() {
    let all: Vec<Candidate> = (0..5).map(|who| at(&format!("p{who}"), who)).collect();
    let mut counts: BTreeMap<(PersonId, How), u32> = BTreeMap::new();
    for round in 1..=5_000 {
        let chosen = choose(all.clone(), &draw(round, 1_000)).unwrap();
        *counts.entry((chosen.person, chosen.how)).or_default() += 1;
    }
    let drawn: Vec<u32> = counts
        .iter()
        .filter(|((_, how), _)| *how == How::Drawn)
        .map(|(_, count)| *count)
        .collect();
    // Fixed seeds: the numbers are always the same. 500 are expected, 125 each.
    let all: u32 = drawn.iter().sum();
    assert!((400..600).contains(&all), "{counts:?}");
    assert_eq!(drawn.len(), 4);
    assert!(
        drawn.iter().all(|count| (80..170).contains(count)),
        "{counts:?}"
    );
}
