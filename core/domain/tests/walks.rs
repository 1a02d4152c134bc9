//! Random people ask for random things: whatever they do, a case only ever moves along a row of the written rules.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and the states reached are printed"
)]

mod world;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use world::{City, LEAD, NOW, OTHER, Row, action, full_case, intent, person, photos, rows};
use xunge_domain::case::{
    Act, ActionName, Case, CaseState, Keyed, Outcome, Ruling, Standing, fold,
};
use xunge_domain::person::{Person, Role};

/// Of every role somebody, of some roles two of different bodies, and somebody with nearly everything.
fn people() -> Vec<Person> {
    vec![
        person("worker", &[Role::GridWorker], None),
        person("worker-of-lead", &[Role::GridWorker], Some(LEAD)),
        person("clerk", &[Role::IntakeClerk], None),
        person("leader", &[Role::ShiftLeader], None),
        person("dispatcher", &[Role::Dispatcher], Some(OTHER)),
        person("crew", &[Role::DisposalDept], Some(LEAD)),
        person("crew-mate", &[Role::DisposalDept], Some(LEAD)),
        person("rival", &[Role::DisposalDept], Some(OTHER)),
        person("supervisor", &[Role::SupervisorLead], None),
        person("secretary", &[Role::BranchSecretary], Some(LEAD)),
        person("auditor", &[Role::Auditor], None),
        person("admin", &[Role::Admin], None),
        person(
            "clerk-and-leader",
            &[Role::IntakeClerk, Role::ShiftLeader, Role::Dispatcher],
            Some(OTHER),
        ),
    ]
}

/// Where anything may be asked by anybody, or what is due by somebody who may.
#[derive(Debug, Clone)]
struct Step {
    due: bool,
    /// Of what is due, something that moves the case.
    onwards: bool,
    by: prop::sample::Index,
    to: prop::sample::Index,
    action: prop::sample::Index,
    passed: bool,
}

fn step() -> impl Strategy<Value = Step> {
    (any::<[prop::sample::Index; 3]>(), any::<[bool; 3]>()).prop_map(
        |([by, to, action], [due, onwards, passed])| Step {
            due,
            onwards,
            by,
            to,
            action,
            passed,
        },
    )
}

struct Walk {
    city: City,
    rows: Vec<Row>,
    case: Case,
    standing: Standing,
    reached: BTreeSet<CaseState>,
}

impl Walk {
    fn new() -> Self {
        let mut case = full_case("worker");
        case.photos = ["worker", "worker-of-lead", "crew"]
            .into_iter()
            .flat_map(photos)
            .collect();
        Self {
            city: City::new(people()),
            rows: rows(),
            case,
            standing: Standing::unruled(),
            reached: BTreeSet::from([CaseState::Draft]),
        }
    }

    fn choose(&self, step: &Step) -> (String, Act) {
        let leading: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| row.state == self.standing.state && row.to.is_some())
            .filter(|row| !step.onwards || row.to != Some(row.state))
            .collect();
        let people: Vec<&Person> = self.city.people.values().collect();
        let (name, able) = if step.due && !leading.is_empty() {
            let row = step.action.get(&leading);
            let able = people
                .iter()
                .copied()
                .filter(|person| person.has(row.role))
                .collect();
            (row.action, able)
        } else {
            (*step.action.get(ActionName::ALL), people.clone())
        };
        // Tasks that are due go to somebody who can be asked; others to anybody.
        let asked: Vec<&Person> = people
            .iter()
            .copied()
            .filter(|person| !step.due || person.has(Role::GridWorker))
            .collect();
        let to = step.to.get(&asked).id.to_string();
        let yes = world::well_formed(name, &to);
        let act = if step.passed { yes } else { world::no(yes) };
        (step.by.get(&able).id.to_string(), act)
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (by, act) = self.choose(step);
        let outcome = self
            .city
            .judge(&self.case, &self.standing, &by, act.clone());
        let before = self.standing.clone();
        let ruling = Ruling {
            sequence: before.sequence + 1,
            at: NOW.plus_millis(i64::from(before.sequence) * 60_000),
            outcome,
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        };
        let entry = action(&by, act);
        let id = intent(ruling.sequence);
        self.standing.take(&id, &entry, &ruling);
        prop_assert!(self.standing.sequence > before.sequence);
        let author = &self.city.people[&entry.author];
        match &ruling.outcome {
            Outcome::Declined { .. } => {
                let sequence = self.standing.sequence;
                prop_assert_eq!(&self.standing, &Standing { sequence, ..before });
            }
            Outcome::Accepted { to, .. } => {
                prop_assert_eq!(self.standing.state, *to);
                // What is final only a reopening moves; a check that comes after closing is kept.
                let moved = before.state != *to && entry.act.name() != ActionName::Reopen;
                prop_assert!(
                    !(before.state.is_final() && moved),
                    "{:?} is final",
                    before.state
                );
                prop_assert!(
                    self.is_written(before.state, &entry.act, author, *to),
                    "{:?} -> {:?} by {:?} stands in no row",
                    before.state,
                    to,
                    entry
                );
            }
        }
        self.reached.insert(self.standing.state);
        self.case.actions.push(Keyed { id, entry });
        self.case.rulings.push(Keyed { id, entry: ruling });
        Ok(())
    }

    fn is_written(&self, from: CaseState, act: &Act, by: &Person, to: CaseState) -> bool {
        let no = act.granted() == Some(false);
        self.rows.iter().any(|row| {
            (row.state, row.action) == (from, act.name())
                && by.has(row.role)
                && if no { row.to_when_no } else { row.to } == Some(to)
        })
    }
}

#[test]
fn a_case_moves_only_along_the_written_rows_whoever_asks_for_what() {
    let reached: RefCell<BTreeMap<CaseState, usize>> = RefCell::default();
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&prop::collection::vec(step(), 0..120), |steps| {
            let mut walk = Walk::new();
            for step in &steps {
                walk.take(step)?;
            }
            // What was taken one by one is what the document says as a whole.
            prop_assert_eq!(&fold(&walk.case), &walk.standing);
            prop_assert_eq!(walk.case.unruled().len(), 0);
            for state in walk.reached {
                *reached.borrow_mut().entry(state).or_default() += 1;
            }
            Ok(())
        })
        .unwrap();
    let reached = reached.into_inner();
    println!("walks: {reached:?}");
    for state in [
        CaseState::Verifying,
        CaseState::Disposing,
        CaseState::ToClose,
        CaseState::Closed,
        CaseState::Rejected,
        CaseState::Void,
        CaseState::OnHold,
        CaseState::SelfDone,
        CaseState::SelfReview,
        CaseState::Invalid,
    ] {
        assert!(reached.contains_key(&state), "no walk came to {state:?}");
    }
}
