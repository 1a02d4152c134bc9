//! Automerge has one room.

use super::finding::{Finding, Rule};
use super::tree::Tree;
use super::words;

const ROOM: &[&str] = &["core/documents/"];
const NAMES: &[&str] = &["automerge", "Automerge", "AutoCommit", "autosurgeon"];

static RULE: Rule = Rule {
    name: "automerge-only-under-documents",
    why: "Automerge's bytes are hostile input and its calls can panic: \
          only core/documents stands guard before it.",
    remedy: "Call a reader, a typed edit or the guard of core/documents; \
             add one there if it is missing.",
};

/// No code outside `core/documents` names Automerge.
#[must_use]
pub fn automerge_only_under_documents(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| !file.is_below(ROOM)) {
        for line in file.code_lines() {
            if let Some(name) = NAMES.iter().find(|name| words::has(line.code, name)) {
                findings.push(RULE.at(file.path(), line.number, format!("`{name}` in code")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::automerge_only_under_documents;
    use crate::tidy::Tree;

    #[test]
    fn code_outside_the_room_is_found_and_prose_is_not() {
        let text = "// automerge in words\nlet a = \"automerge\";\nuse automerge::ROOT;\n";
        let tree = Tree::sample(&[
            ("core/documents/src/schema.rs", text),
            ("core/sync/src/ingest.rs", text),
        ]);
        let findings = automerge_only_under_documents(&tree);
        let places: Vec<(&str, usize)> =
            findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(places, [("core/sync/src/ingest.rs", 3)]);
    }
}
