//! The plan is judged by the one judge before any hub sees it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

use std::collections::BTreeMap;

use super::*;
use xunge_domain::case::{
    Action, BlobReference, Case, CaseState, Decline, Facts, Fix, GridAnswer, JudgeContext, Keyed,
    Note, Outcome, PhotoEntry, Position, Ruling, Standing, fold, judge,
};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::person::Person;

/// As many as the demo has by default.
const CASES: usize = 2_000;

fn planned() -> (City, Vec<PlannedCase>) {
    let city = City::build().expect("a city");
    let plan = plan(&city, 1, CASES, DEMO_CLOCK).expect("a plan");
    (city, plan)
}

fn facts(planned: &PlannedCase) -> Facts {
    let at = planned.steps.first().unwrap().at;
    let fix = Fix {
        point: planned.point,
        accuracy_metres: Some(8),
        provider: "gps".into(),
        at,
        mock: false,
    };
    Facts {
        class: Some(planned.class.clone()),
        condition: Some(planned.condition.clone()),
        title: planned.title.clone(),
        description: planned.description.clone(),
        position: Some(Position {
            point: planned.point,
            fixes: vec![fix],
        }),
        address: planned.address.clone(),
        unit_grid: Some(GridAnswer::Known(planned.unit_grid)),
        severity: planned.severity,
        ..Facts::default()
    }
}

fn photo(id: IntentId, step: &Step) -> Option<Keyed<PhotoEntry>> {
    let Deed::Photo {
        purpose,
        caption,
        point,
        ..
    } = &step.deed
    else {
        return None;
    };
    let original = BlobReference {
        sha256: Digest::of(b"x"),
        length: 1,
    };
    let entry = PhotoEntry {
        author: step.author.clone(),
        at: step.at,
        purpose: *purpose,
        caption: caption.clone(),
        original,
        preview: None,
        point: Some(*point),
        elsewhere: false,
        seal: None,
    };
    Some(Keyed { id, entry })
}

/// Plays a planned case through the judge; answers where it stands and what was declined.
fn play(planned: &PlannedCase, city: &City, grids: &GridIndex) -> (Standing, Vec<Decline>) {
    let people: BTreeMap<_, _> = city
        .people
        .iter()
        .map(|person| (&person.id, person))
        .collect();
    let person =
        |id: &PersonId| -> Option<Person> { people.get(id).map(|person| (*person).clone()) };
    let mut case = Case {
        id: DocumentId::from_bytes([1; 16]),
        facts: facts(planned),
        photos: vec![],
        hazards: vec![],
        comments: vec![],
        actions: vec![],
        rulings: vec![],
        erased: vec![],
    };
    let mut declined = Vec::new();
    for (counter, step) in planned.steps.iter().enumerate() {
        let id = IntentId::new(&InstallationId::from_bytes([2; 16]), counter as u32, [0; 3]);
        let (author, at) = (step.author.clone(), step.at);
        assert!(people.contains_key(&author), "{author} is nobody");
        match &step.deed {
            Deed::Photo { .. } => case.photos.extend(photo(id, step)),
            Deed::Hazard(text) | Deed::Comment(text) => {
                let entry = Note {
                    author,
                    at,
                    text: text.clone(),
                };
                case.comments.push(Keyed { id, entry });
            }
            Deed::Act(act) => {
                let entry = Action {
                    author,
                    at,
                    act: act.clone(),
                    seal: None,
                    session: None,
                };
                let standing = fold(&case);
                let context = JudgeContext {
                    classes: &city.classes,
                    grids,
                    person: &person,
                    organisation_exists: &|id| city.organisations.iter().any(|body| body.id == *id),
                    stored: &|_| true,
                    case_exists: &|_| true,
                };
                let outcome = judge(&case, &standing, &entry, people[&entry.author], &context);
                if let Outcome::Declined { reason } = &outcome {
                    declined.push(reason.clone());
                }
                case.actions.push(Keyed { id, entry });
                let ruling = Ruling {
                    sequence: standing.sequence + 1,
                    at: step.received,
                    outcome,
                    done_at: None,
                    terms: None,
                    stage: None,
                    delivery: None,
                };
                case.rulings.push(Keyed { id, entry: ruling });
            }
        }
    }
    (fold(&case), declined)
}

#[test]
fn every_planned_action_is_accepted_but_the_second_claims() {
    let (city, plan) = planned();
    let grids = GridIndex::new(city.unit_grids.clone()).unwrap();
    assert_eq!(plan.len(), CASES);
    let mut late_claims = 0;
    for planned in &plan {
        for decline in play(planned, &city, &grids).1 {
            assert!(
                matches!(decline, Decline::AlreadyClaimed { .. }),
                "{} {decline:?}",
                planned.title
            );
            late_claims += 1;
        }
    }
    assert!(late_claims > 0);
}

#[test]
fn every_waiting_state_has_cases_and_most_are_closed() {
    let (city, plan) = planned();
    let grids = GridIndex::new(city.unit_grids.clone()).unwrap();
    let mut count: BTreeMap<CaseState, usize> = BTreeMap::new();
    for planned in &plan {
        *count
            .entry(play(planned, &city, &grids).0.state)
            .or_default() += 1;
    }
    for state in [
        CaseState::Reported,
        CaseState::Accepted,
        CaseState::Filed,
        CaseState::Dispatched,
        CaseState::Disposing,
        CaseState::FedBack,
        CaseState::Checking,
        CaseState::ToClose,
        CaseState::Rejected,
    ] {
        assert!(
            count.get(&state).is_some_and(|count| *count >= 5),
            "{state:?}: {count:?}"
        );
    }
    assert!(count[&CaseState::Closed] > CASES * 2 / 3, "{count:?}");
}

#[test]
fn a_small_city_has_a_case_for_every_desk_whatever_the_hour() {
    let city = City::build().unwrap();
    let grids = GridIndex::new(city.unit_grids.clone()).unwrap();
    for seed in 1..24 {
        // Another hour and another weekday each time, as `--now real` brings them.
        let clock = DEMO_CLOCK.plus_millis(i64::try_from(seed - 1).unwrap() * 31 * 3_600_000);
        let plan = plan(&city, seed, 10, clock).unwrap();
        assert!(
            plan.iter()
                .flat_map(|case| &case.steps)
                .all(|step| step.received < clock)
        );
        let states: Vec<CaseState> = plan
            .iter()
            .map(|case| play(case, &city, &grids).0.state)
            .collect();
        for state in draws::WAITING {
            assert!(states.contains(&state), "seed {seed}: {state:?} {states:?}");
        }
    }
}

#[test]
fn nothing_happens_after_the_clock_or_before_the_ninety_days_and_receipts_are_in_order() {
    let (_, plan) = planned();
    let oldest = DEMO_CLOCK.plus_millis(-DAYS * 86_400_000);
    for planned in &plan {
        let mut last = oldest;
        for step in &planned.steps {
            assert!(step.at <= step.received, "{}", planned.title);
            assert!(step.received >= last, "{} {step:?}", planned.title);
            assert!(step.received < DEMO_CLOCK, "{} {step:?}", planned.title);
            last = step.received;
        }
        assert!(
            planned
                .steps
                .iter()
                .any(|step| step.deed == Deed::Act(Act::Report))
        );
    }
}

#[test]
fn the_same_seed_plans_the_same_history() {
    let city = City::build().unwrap();
    let titles = |seed| {
        let plan = plan(&city, seed, 50, DEMO_CLOCK).unwrap();
        plan.iter()
            .map(|case| format!("{} {:?}", case.title, case.first_received()))
            .collect::<Vec<_>>()
    };
    assert_eq!(titles(5), titles(5));
    assert_ne!(titles(5), titles(6));
}

#[test]
fn the_told_events_stand_where_they_stood() {
    let (city, plan) = planned();
    let grids = GridIndex::new(city.unit_grids.clone()).unwrap();
    let story = |title: &str| plan.iter().find(|case| case.title == title).expect("told");
    let road = story("至德街与商都路交叉口路面破损");
    assert_eq!(play(road, &city, &grids).0.state, CaseState::Checking);
    let found = road.steps.first().unwrap().at;
    let repaired = road
        .steps
        .iter()
        .find(|step| matches!(&step.deed, Deed::Act(Act::Feedback { .. })))
        .unwrap()
        .at;
    assert_eq!(repaired.millis_since(found), 48 * 3_600_000);
    let courtyard = story("二环支路63号院逢雨积水");
    let (standing, _) = play(courtyard, &city, &grids);
    assert_eq!(standing.state, CaseState::Closed);
    assert!(courtyard.unit_grid.to_string().starts_with("410103006021"));
}
