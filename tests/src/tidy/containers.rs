//! Maps, lists and texts of a document come into being once.

use std::collections::HashMap;

use super::finding::{Finding, Rule};
use super::source::SourceFile;
use super::tree::Tree;
use super::words;

const ROOM: &[&str] = &["core/documents/"];
const SCHEMA: &str = "core/documents/src/schema.rs";
/// The calls of Automerge that create a container, and the type they need for it.
const CREATES: &[&str] = &[
    "put_object",
    "insert_object",
    "batch_create_object",
    "init_root_from_hydrate",
    "update_object",
    "split_block",
    "replace_block",
    "ObjType",
];

static RULE: Rule = Rule {
    name: "no-container-key-twice",
    why: "Two replicas that create the same map, list or text hide one side's content: \
          containers exist only in the genesis change, which is the same bytes everywhere.",
    remedy: "Add the container to the genesis change in core/documents/src/schema.rs, once, \
             or use a flat key `<kind>/<id>`. Write each key once and name it from there.",
};

/// Containers are created in the schema only, each key once. Tests may create what
/// they like: hostile documents have to come from somewhere.
#[must_use]
pub fn no_container_key_twice(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_below(ROOM)) {
        if file.path() == SCHEMA {
            findings.extend(keys_twice(file));
            continue;
        }
        for line in file.code_lines().filter(|line| !line.in_test) {
            if let Some(name) = CREATES.iter().find(|name| words::has(line.code, name)) {
                let what = format!("`{name}` outside the schema");
                findings.push(RULE.at(file.path(), line.number, what));
            }
        }
    }
    findings
}

fn keys_twice(file: &SourceFile) -> Vec<Finding> {
    let mut first_lines: HashMap<&str, usize> = HashMap::new();
    let mut findings = Vec::new();
    let literals = file.literals().iter();
    for literal in literals.filter(|l| is_key(&l.text) && !file.is_test_line(l.line)) {
        if let Some(first) = first_lines.insert(&literal.text, literal.line) {
            let what = format!(
                "the key \"{}\" stands in line {first} already",
                literal.text
            );
            findings.push(RULE.at(file.path(), literal.line, what));
        }
    }
    findings
}

/// Keys are single words in small letters; messages and reasons are not.
fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::no_container_key_twice;
    use crate::tidy::Tree;

    fn places(files: &[(&str, &str)]) -> Vec<(String, usize)> {
        no_container_key_twice(&Tree::sample(files))
            .into_iter()
            .map(|finding| (finding.file, finding.line))
            .collect()
    }

    #[test]
    fn a_container_made_outside_the_schema_is_found() {
        let text = "fn a() { t.put_object(ROOT, \"notes\", kind); }\n\
                    #[cfg(test)]\nmod tests { fn b() { t.put_object(ROOT, \"a\", ObjType::Map); } }\n";
        let found = places(&[("core/documents/src/edit.rs", text)]);
        assert_eq!(found, [("core/documents/src/edit.rs".to_owned(), 1)]);
    }

    #[test]
    fn a_key_written_twice_in_the_schema_is_found() {
        let text = "t.put_object(ROOT, \"photos\", ObjType::Map);\n\
                    t.put_object(ROOT, \"actions\", ObjType::Map);\n\
                    t.put_object(ROOT, \"photos\", ObjType::Map).expect(\"a b\");\n\
                    let c = \"a b\";\n";
        let found = places(&[("core/documents/src/schema.rs", text)]);
        assert_eq!(found, [("core/documents/src/schema.rs".to_owned(), 3)]);
    }

    #[test]
    fn tests_of_documents_may_build_hostile_ones() {
        let text = "t.put_object(ROOT, \"a\", ObjType::Map);\n";
        assert_eq!(places(&[("core/documents/tests/bombs.rs", text)]), []);
    }
}
