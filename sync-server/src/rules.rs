//! The table of a case as others read it: JSON for programs, lines for a terminal, a page of the documentation. All
//! three are made from the very rows that the judge rules by.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use xunge_domain::case::{CaseState, Guard, TRANSITIONS, Target, Transition};

/// One object for each action, state and role: `{action, from, role, to, guards}`; `otherwise` is the state after a check
/// that fails or an approval that is refused, where that is another one.
pub fn to_json() -> Value {
    let rows = TRANSITIONS.iter().flat_map(|row| {
        row.from.iter().map(|from| {
            let to = row.to.from(*from, Some(true));
            let otherwise = row.to.from(*from, Some(false));
            let guards: Vec<&str> = row.guards.iter().map(|guard| guard.id()).collect();
            let mut value = json!({
                "action": row.action.id(),
                "from": from.id(),
                "role": row.role.id(),
                "to": to.id(),
                "guards": guards,
            });
            if let (true, Some(fields)) = (otherwise != to, value.as_object_mut()) {
                fields.insert("otherwise".into(), json!(otherwise.id()));
            }
            value
        })
    });
    Value::Array(rows.collect())
}

fn ids(states: &[CaseState]) -> String {
    let ids: Vec<&str> = states.iter().map(|state| state.id()).collect();
    ids.join(", ")
}

fn target(row: &Transition) -> String {
    match row.to {
        Target::To(state) => state.id().to_owned(),
        Target::Stay => "(stays)".to_owned(),
        Target::ByResult { passed, failed } => format!("{} / {}", passed.id(), failed.id()),
        Target::IfGranted(state) => format!("{} / (stays)", state.id()),
    }
}

fn guards(row: &Transition) -> String {
    let ids: Vec<&str> = row.guards.iter().map(|guard| guard.id()).collect();
    ids.join(", ")
}

/// Three lines a row for a terminal: verb and role, the way, the guards in words.
pub fn to_text() -> String {
    let mut text = String::new();
    for row in TRANSITIONS {
        let (action, role) = (row.action, row.role);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{} {}  ({} {})\n    {} → {}",
            action.zh(),
            action.id(),
            role.zh(),
            role.id(),
            ids(row.from),
            target(row)
        );
        let words: Vec<&str> = row.guards.iter().map(|guard| guard.zh()).collect();
        if !words.is_empty() {
            let _ = writeln!(text, "    {}", words.join("；"));
        }
    }
    text
}

/// The page of the documentation.
pub fn to_markdown() -> String {
    let mut page = String::from(
        "# The working life of a case\n\nMade by `xunge rules --markdown` from the rows the judge rules by; a test compares. \
         Do not edit: change the table in `core/domain/src/case/transition.rs` and run\n\
         `UPDATE_DOCS=1 cargo test -p xunge-server --test hub rules`.\n\n\
         What is not in the table is declined, with its reason in Chinese and English. Actions that leave the state stand in the table \
         alone; of the two ways of a check or an approval\nthe second is the one of a check that fails or an approval that is refused.\n\n",
    );
    page.push_str("```mermaid\nstateDiagram-v2\n    [*] --> draft\n");
    for line in moves() {
        let _ = writeln!(page, "    {line}");
    }
    for state in CaseState::ALL.iter().filter(|state| state.is_final()) {
        let _ = writeln!(page, "    {} --> [*]", state.id());
    }
    page.push_str("```\n\n| action | from | role | to | guards |\n|---|---|---|---|---|\n");
    for row in TRANSITIONS {
        let _ = writeln!(
            page,
            "| {} {} | {} | {} {} | {} | {} |",
            row.action.id(),
            row.action.zh(),
            ids(row.from),
            row.role.id(),
            row.role.zh(),
            target(row),
            guards(row)
        );
    }
    page.push_str("\n| guard | 条件 | condition |\n|---|---|---|\n");
    for guard in every_guard() {
        let _ = writeln!(page, "| {} | {} | {} |", guard.id(), guard.zh(), guard.en());
    }
    page.push_str("\n| state | 状态 | final |\n|---|---|---|\n");
    for state in CaseState::ALL {
        let last = if state.is_final() { "yes" } else { "" };
        let _ = writeln!(page, "| {} | {} | {last} |", state.id(), state.zh());
    }
    page
}

/// The arrows of the diagram, each once: verbs that lead the same way stand on one arrow.
fn moves() -> Vec<String> {
    let mut arrows: Vec<(CaseState, CaseState, Vec<&str>)> = Vec::new();
    for row in TRANSITIONS {
        for from in row.from {
            for granted in [true, false] {
                let to = row.to.from(*from, Some(granted));
                if to == *from {
                    continue;
                }
                let known = arrows.iter_mut().find(|(a, b, _)| (*a, *b) == (*from, to));
                match known {
                    Some((.., verbs)) if verbs.contains(&row.action.id()) => {}
                    Some((.., verbs)) => verbs.push(row.action.id()),
                    None => arrows.push((*from, to, vec![row.action.id()])),
                }
            }
        }
    }
    arrows
        .into_iter()
        .map(|(from, to, verbs)| format!("{} --> {}: {}", from.id(), to.id(), verbs.join(", ")))
        .collect()
}

/// Every guard that a row uses, in the order of the rows.
fn every_guard() -> Vec<Guard> {
    let mut seen = BTreeSet::new();
    let guards = TRANSITIONS.iter().flat_map(|row| row.guards);
    guards
        .filter(|guard| seen.insert(guard.id()))
        .copied()
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_json_has_a_row_for_each_action_state_and_role() {
        let json = to_json();
        let rows = json.as_array().unwrap();
        let every: usize = TRANSITIONS.iter().map(|row| row.from.len()).sum();
        assert_eq!(rows.len(), every);
        let approval = rows
            .iter()
            .find(|row| row["action"] == "approve_send_back")
            .unwrap();
        assert_eq!(
            *approval,
            json!({
                "action": "approve_send_back", "from": "disposing", "role": "dispatcher", "to": "filed",
                "otherwise": "disposing", "guards": ["send_back_applied", "reason_of_refusal"],
            })
        );
        assert!(rows.iter().all(|row| row["to"].is_string()));
    }

    #[test]
    fn guards_have_ids_and_words_of_their_own() {
        let guards = every_guard();
        let distinct = |text: fn(Guard) -> &'static str| {
            let texts: BTreeSet<&str> = guards.iter().map(|guard| text(*guard)).collect();
            texts.len()
        };
        assert_eq!(distinct(Guard::zh), guards.len());
        assert_eq!(distinct(Guard::en), guards.len());
        assert!(guards.iter().all(|guard| guard.en().is_ascii()));
    }

    #[test]
    fn the_terminal_is_told_every_verb() {
        let text = to_text();
        for row in TRANSITIONS {
            assert!(text.contains(row.action.zh()) && text.contains(row.role.zh()));
        }
    }
}
