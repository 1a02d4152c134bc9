//! What the written rules say, as somebody read them who did not know the code.

use std::collections::BTreeMap;

use xunge_domain::case::{ActionName, CaseState};
use xunge_domain::person::Role;

/// What one role may do in one state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) state: CaseState,
    pub(crate) action: ActionName,
    pub(crate) role: Role,
    /// `None`: declined.
    pub(crate) to: Option<CaseState>,
    /// When the answer that the action carries is no.
    pub(crate) to_when_no: Option<CaseState>,
}

/// The fields of one line. A quoted field may hold commas and doubled quotes.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

fn state(id: &str) -> CaseState {
    CaseState::from_id(id).unwrap_or_else(|| panic!("{id:?} is no state"))
}

/// `filed`, or what a yes and a no lead to: `granted:filed|refused:disposing`.
fn targets(text: &str) -> (CaseState, CaseState) {
    match text.split_once('|') {
        None => (state(text), state(text)),
        Some((yes, no)) => {
            let [yes, no] = [yes, no].map(|part| state(part.split_once(':').unwrap().1));
            (yes, no)
        }
    }
}

/// Every state, action and role. A line of the file says what is allowed; what has no line is declined.
pub(crate) fn rows() -> Vec<Row> {
    let allowed: BTreeMap<_, _> = include_str!("../case_machine.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let fields = fields(line);
            let action = ActionName::from_id(&fields[0]);
            let role = Role::ALL.into_iter().find(|role| role.id() == fields[2]);
            let key = (state(&fields[1]), action.unwrap(), role.unwrap());
            (key, targets(&fields[3]))
        })
        .collect();
    let mut rows = Vec::new();
    for state in CaseState::ALL {
        for action in ActionName::ALL.iter().copied() {
            for role in Role::ALL {
                let targets = allowed.get(&(state, action, role));
                rows.push(Row {
                    state,
                    action,
                    role,
                    to: targets.map(|(yes, _)| *yes),
                    to_when_no: targets.map(|(_, no)| *no),
                });
            }
        }
    }
    rows
}

/// How many lines the file has: none stands twice.
pub(crate) fn lines() -> usize {
    include_str!("../case_machine.csv").lines().count() - 1
}
