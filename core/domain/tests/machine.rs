//! The judge against the written rules: every state, every action, every role.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and the number of rows is printed"
)]

mod world;

use std::collections::BTreeSet;

use world::{
    City, LEAD, OTHER, Row, full_case, full_standing, no, person, rows, standing_for, well_formed,
};
use xunge_domain::case::{ActionName, CaseState, Decline, Outcome, offered};
use xunge_domain::person::Role;

/// What came of one combination, with the answer yes and with the answer no.
struct Ruled {
    yes: Outcome,
    no: Outcome,
    shown: bool,
}

/// Somebody who holds one role, is of the leading body, has every task and took every photo: nothing but role and
/// state can be the reason of a decline.
fn rule(row: &Row) -> Ruled {
    let somebody = person("somebody", &[row.role], Some(LEAD));
    let case = full_case("somebody");
    let standing = standing_for(row.action, row.state, row.role, "somebody");
    let shown = offered(&case, &standing, &somebody)
        .into_iter()
        .any(|(action, possible)| action == row.action && possible.is_ok());
    let mut city = City::new([
        somebody,
        person("colleague", &[Role::DisposalDept], Some(LEAD)),
        person("outsider", &[Role::GridWorker], Some(OTHER)),
    ]);
    let to = if row.action == ActionName::Assign {
        "colleague"
    } else {
        "outsider"
    };
    let act = well_formed(row.action, to);
    if row.action == ActionName::DeclareEvidenceLost {
        let cited = case.photos[0].entry.cited();
        city.missing = cited.map(|blob| blob.sha256).collect();
    }
    Ruled {
        yes: city.judge(&case, &standing, "somebody", act.clone()),
        no: city.judge(&case, &standing, "somebody", no(act)),
        shown,
    }
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Declined with the right code, and with words in both languages.
fn declined_well(outcome: &Outcome, code: &str) -> bool {
    let Outcome::Declined { reason } = outcome else {
        return false;
    };
    let (zh, en) = (reason.zh(), reason.en());
    reason.code() == code && zh.chars().any(is_han) && !en.is_empty() && !en.chars().any(is_han)
}

fn leads_to(outcome: &Outcome, expected: CaseState) -> bool {
    matches!(outcome, Outcome::Accepted { to, .. } if *to == expected)
}

#[test]
fn the_judge_rules_as_the_table_of_the_design_says() {
    let rows = rows();
    assert_eq!(rows.len(), 17 * 35 * 9);
    let accepted = rows.iter().filter(|row| row.to.is_some()).count();
    assert_eq!(accepted, world::lines(), "a line of the file stands twice");
    let performers: BTreeSet<_> = rows
        .iter()
        .filter(|row| row.to.is_some())
        .map(|row| (row.action, row.role))
        .collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let ruled = rule(row);
        let as_written = match (row.to, row.to_when_no) {
            (Some(yes), Some(no)) => leads_to(&ruled.yes, yes) && leads_to(&ruled.no, no),
            _ => {
                let may_ever = performers.contains(&(row.action, row.role));
                let code = expected_code(row, may_ever);
                declined_well(&ruled.yes, code) && declined_well(&ruled.no, code)
            }
        };
        if !as_written || ruled.shown != row.to.is_some() {
            wrong.push((row, ruled.yes, ruled.no, ruled.shown));
        }
    }
    println!(
        "machine: {} combinations, {accepted} of them accepted",
        rows.len()
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
        for action in ActionName::ALL.iter().copied() {
            let act = well_formed(action, "nobody");
            let outcome = city.judge(&full_case("nobody"), &standing, "nobody", act);
            assert_eq!(world::declined(outcome).code(), "wrong_role", "{action:?}");
        }
    }
}

/// An erasure changes the words that are shown, of every request that has any.
#[test]
fn the_words_of_a_request_are_those_that_can_be_changed() {
    let mut worded = 0;
    for &action in ActionName::ALL {
        let mut act = well_formed(action, "somebody");
        let said = act.text().map(|(_, words)| words.to_owned());
        assert_eq!(
            act.text_mut().map(|words| words.clone()),
            said,
            "{action:?}"
        );
        if let Some(words) = act.text_mut() {
            "其他".clone_into(words);
            worded += 1;
        }
        assert_eq!(act.text().is_some(), said.is_some());
        assert!(
            act.text().is_none_or(|(_, words)| words == "其他"),
            "{action:?}"
        );
    }
    assert!(worded > 20, "{worded}");
}
