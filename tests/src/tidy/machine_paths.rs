//! The repository knows no machine.

use super::finding::{Finding, Rule};
use super::tree::Tree;

/// Folders that one machine has and the next has not, without their slashes (so
/// that this file does not break its own rule).
const FOLDERS: &[&str] = &["work", "root", "home"];

static RULE: Rule = Rule {
    name: "no-path-of-a-machine",
    why: "A path of one machine fails on every other, and tells strangers about it.",
    remedy: "Use a path from the top of the repository, CARGO_MANIFEST_DIR, \
             an argument or a temporary folder.",
};

/// No tracked text names an absolute path of a machine.
#[must_use]
pub fn no_path_of_a_machine(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        for (number, line) in (1..).zip(file.text().lines()) {
            if let Some(path) = FOLDERS.iter().find_map(|folder| machine_path(line, folder)) {
                findings.push(RULE.at(file.path(), number, format!("the path {path}…")));
            }
        }
    }
    findings
}

/// The folder as a path from the root; below another folder or host it is none.
fn machine_path(line: &str, folder: &str) -> Option<String> {
    let path = format!("/{folder}/");
    line.match_indices(&path)
        .any(|(place, _)| {
            let before = line.split_at(place).0;
            !before.ends_with(|letter: char| letter.is_alphanumeric() || "-_.}~".contains(letter))
        })
        .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{machine_path, no_path_of_a_machine};
    use crate::tidy::Tree;

    #[test]
    fn paths_of_machines_are_told_from_others() {
        for line in ["a /{}/b", "\"/{}/b\"", "file:///{}/b", "A=/{}/b", "`/{}/`"] {
            let line = line.replace("{}", "work");
            assert!(machine_path(&line, "work").is_some(), "{line}");
        }
        for line in [
            "a/work/b",
            "https://example.org/work/b",
            "../work/b",
            "/working/b",
        ] {
            assert_eq!(machine_path(line, "work"), None, "{line}");
        }
    }

    #[test]
    fn a_path_is_found_in_any_text() {
        let text = format!("first\ncd /{}/me\n", "home");
        let findings = no_path_of_a_machine(&Tree::sample(&[("scripts/a.sh", &text)]));
        let [finding] = findings.as_slice() else {
            panic!("{findings:?}");
        };
        assert_eq!((finding.file.as_str(), finding.line), ("scripts/a.sh", 2));
    }
}
