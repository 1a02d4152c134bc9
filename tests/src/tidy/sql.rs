//! SQL and the library that runs it have two rooms: the device's store and the
//! server's.

use super::finding::{Finding, Rule};
use super::tree::Tree;
use super::words;

/// The third is a forger: tests show that what he changes in the file is found.
const ROOMS: &[&str] = &[
    "core/store/",
    "sync-server/src/store/",
    "sync-server/tests/hub/by_hand.rs",
];
/// The rules themselves hold samples of what they look for.
const SAMPLES: &[&str] = &["tests/src/tidy/"];
const LIBRARY: &str = "rusqlite";

/// How statements start: the first word, and what the second has to be (anything
/// where nothing is listed). Keywords are written in capitals here.
const STARTS: &[(&str, &[&str])] = &[
    ("SELECT", &[]),
    ("INSERT", &["INTO", "OR"]),
    ("UPDATE", &[]),
    ("DELETE", &["FROM"]),
    ("REPLACE", &["INTO"]),
    (
        "CREATE",
        &[
            "TABLE",
            "INDEX",
            "UNIQUE",
            "VIRTUAL",
            "TRIGGER",
            "VIEW",
            "TEMP",
            "TEMPORARY",
        ],
    ),
    ("ALTER", &["TABLE"]),
    ("DROP", &["TABLE", "INDEX", "TRIGGER", "VIEW"]),
    ("PRAGMA", &[]),
    ("WITH", &[]),
    ("VACUUM", &["INTO"]),
    ("ATTACH", &["DATABASE"]),
    (
        "BEGIN",
        &["IMMEDIATE", "EXCLUSIVE", "DEFERRED", "TRANSACTION"],
    ),
    ("SAVEPOINT", &[]),
];

static RULE: Rule = Rule {
    name: "sql-only-under-store",
    why: "Who changes the schema must find every statement, and a caller must not see \
          which database it is.",
    remedy: "Give the store a method with the name of what you want, and call it.",
};

/// Statements, `.sql` files and `rusqlite` stay in the rooms of the stores.
#[must_use]
pub fn sql_only_under_store(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| !file.is_below(ROOMS)) {
        if file.extension() == "sql" {
            findings.push(RULE.at(file.path(), 1, "a file of SQL"));
        }
        for line in file.code_lines() {
            if words::has(line.code, LIBRARY) {
                findings.push(RULE.at(file.path(), line.number, format!("`{LIBRARY}` in code")));
            }
        }
        if file.is_below(SAMPLES) {
            continue;
        }
        for literal in file.literals() {
            if let Some(word) = statement(&literal.text) {
                let what = format!("a string that starts like SQL: {word} …");
                findings.push(RULE.at(file.path(), literal.line, what));
            }
        }
    }
    findings
}

/// The first word of a statement.
fn statement(text: &str) -> Option<&'static str> {
    // A backslash at a line's end is white space in a literal.
    let mut tokens = text
        .split(|letter: char| letter.is_whitespace() || letter == '\\')
        .filter(|token| !token.is_empty());
    let first = tokens.next()?;
    let second = tokens.next()?;
    let (word, seconds) = STARTS.iter().find(|(word, _)| *word == first)?;
    (seconds.is_empty() || seconds.contains(&second)).then_some(*word)
}

#[cfg(test)]
mod tests {
    use super::{sql_only_under_store, statement};
    use crate::tidy::Tree;

    #[test]
    fn statements_are_told_from_prose() {
        for sql in [
            "SELECT 1",
            "\n    INSERT INTO a VALUES (1)",
            "UPDATE a SET b = 1",
            "CREATE TABLE a (b)",
            "PRAGMA journal_mode = WAL",
            "\\\n  DELETE FROM a",
            "BEGIN IMMEDIATE",
        ] {
            assert!(statement(sql).is_some(), "{sql}");
        }
        for prose in [
            "Select a place",
            "DELETE",
            "CREATE a case",
            "INSERT",
            "",
            "PRAGMA",
        ] {
            assert_eq!(statement(prose), None, "{prose}");
        }
    }

    #[test]
    fn sql_outside_the_stores_is_found() {
        let text = "use rusqlite::Connection;\n// SELECT 1\nlet a = \"SELECT 1\";\n";
        let tree = Tree::sample(&[
            ("core/store/src/cases.rs", text),
            ("core/store/sql/a.sql", "SELECT 1"),
            ("sync-server/src/store/cases.rs", text),
            ("sync-server/src/routes/cases.rs", text),
            ("sync-server/migrations/a.sql", "SELECT 1"),
        ]);
        let findings = sql_only_under_store(&tree);
        let places: Vec<(&str, usize)> =
            findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(
            places,
            [
                ("sync-server/migrations/a.sql", 1),
                ("sync-server/src/routes/cases.rs", 1),
                ("sync-server/src/routes/cases.rs", 3),
            ]
        );
    }
}
