//! The judge against the written rules: every state, every action, every role.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and the number of rows is printed"
)]

mod world;

use std::collections::BTreeSet;

use world::{City, LEAD, OTHER, Row, full_case, full_standing, person, rows, well_formed};
use xunge_domain::case::{ActionName, CaseState, Decline, Outcome, offered};
use xunge_domain::person::Role;

/// Somebody who holds one role, is of the leading body, has every task and took every photo: nothing but role and
/// state can be the reason of a decline.
fn rule(row: &Row) -> (Outcome, bool) {
    let somebody = person("somebody", &[row.role], Some(LEAD));
    let standing = full_standing(row.state, "somebody", "colleague");
    let shown = offered(&standing, &somebody)
        .into_iter()
        .any(|(action, possible)| action == row.action && possible.is_ok());
    let city = City::new([
        somebody,
        person("colleague", &[Role::DisposalDept], Some(LEAD)),
        person("outsider", &[Role::GridWorker], Some(OTHER)),
    ]);
    let act = well_formed(row.action, "outsider");
    let outcome = city.judge(&full_case("somebody"), &standing, "somebody", act);
    (outcome, shown)
}

#[test]
fn the_judge_rules_as_the_table_of_the_design_says() {
    let rows = rows();
    let distinct: BTreeSet<_> = rows
        .iter()
        .map(|row| (row.state, row.action, row.role))
        .collect();
    assert_eq!(distinct.len(), 17 * 12 * 9, "a row is missing");
    assert_eq!(rows.len(), distinct.len(), "a row stands twice");
    let performers: BTreeSet<_> = rows
        .iter()
        .filter(|row| row.to.is_some())
        .map(|row| (row.action, row.role))
        .collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let (outcome, shown) = rule(row);
        let as_written = match (&outcome, row.to) {
            (Outcome::Accepted { to, .. }, Some(expected)) => *to == expected,
            (Outcome::Declined { reason }, None) => {
                let may_ever = performers.contains(&(row.action, row.role));
                reason.code() == expected_code(row, may_ever)
            }
            _ => false,
        };
        if !as_written || shown != row.to.is_some() {
            wrong.push((row, outcome));
        }
    }
    println!(
        "machine: {} rows, {} of them accepted",
        rows.len(),
        rows.iter().filter(|row| row.to.is_some()).count()
    );
    assert!(wrong.is_empty(), "{} rows differ: {wrong:#?}", wrong.len());
}

/// Who holds the role is told about the state, everybody else about the role.
fn expected_code(row: &Row, may_ever: bool) -> &'static str {
    match (may_ever, row.action) {
        (false, _) => "wrong_role",
        (true, ActionName::Claim) => "already_claimed",
        (true, _) => "wrong_state",
    }
}

#[test]
fn a_failed_check_sends_the_case_back_to_the_works() {
    let city = City::new([person("checker", &[Role::GridWorker], None)]);
    let standing = full_standing(CaseState::Checking, "checker", "colleague");
    let case = full_case("checker");
    let by = |passed| city.judge(&case, &standing, "checker", world::check(passed));
    assert_eq!(world::accepted(by(false)), CaseState::Disposing);
    assert_eq!(world::accepted(by(true)), CaseState::ToClose);
}

#[test]
fn whoever_holds_two_roles_may_do_what_either_may() {
    let both = person("both", &[Role::Auditor, Role::IntakeClerk], None);
    let city = City::new([both]);
    let standing = full_standing(CaseState::Reported, "both", "colleague");
    let act = || well_formed(ActionName::Accept, "both");
    let case = full_case("both");
    assert_eq!(
        world::accepted(city.judge(&case, &standing, "both", act())),
        CaseState::Accepted
    );
    let late = full_standing(CaseState::Filed, "both", "colleague");
    assert_eq!(
        world::declined(city.judge(&case, &late, "both", act())),
        Decline::WrongState {
            is: CaseState::Filed,
            needs: CaseState::Reported
        }
    );
}

#[test]
fn nobody_without_a_role_may_do_anything() {
    let city = City::new([person("nobody", &[], Some(LEAD))]);
    for state in CaseState::ALL {
        let standing = full_standing(state, "nobody", "colleague");
        for action in ActionName::ALL {
            let act = well_formed(action, "nobody");
            let outcome = city.judge(&full_case("nobody"), &standing, "nobody", act);
            assert_eq!(world::declined(outcome).code(), "wrong_role", "{action:?}");
        }
    }
}
