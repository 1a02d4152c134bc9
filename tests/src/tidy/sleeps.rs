//! Tests wait for something, never for a time.

use super::finding::{Finding, Rule};
use super::source::SourceFile;
use super::tree::Tree;
use super::words;

/// The proxy models time: waiting is its work, and so is that of the load, which keeps a timetable. The command-line
/// device is no test: it waits between tries.
const MODELS_OF_TIME: &[&str] = &[
    "tests/src/proxy/",
    "tests/src/load/",
    "tests/src/bin/field-device/",
];
/// What sleeping is called in Rust, as words of code.
const WORDS: &[&str] = &["sleep", "sleep_ms", "sleep_until"];
/// What it is called elsewhere, as text.
const CALLS: &[(&str, &str)] = &[
    ("py", concat!("time.", "sleep(")),
    ("kt", concat!("Thread.", "sleep(")),
    ("swift", concat!("Task.", "sleep(")),
    ("ts", concat!("waitFor", "Timeout(")),
];

static RULE: Rule = Rule {
    name: "no-sleep-in-tests",
    why: "A sleep is too short on a busy machine and too long on every other.",
    remedy: "Wait on a condition (a channel, a process's line, Counters::wait_until) \
             or use virtual time.",
};

/// No test sleeps, unit tests included.
#[must_use]
pub fn no_sleep_in_tests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().filter(|file| !file.is_below(MODELS_OF_TIME)) {
        for line in file.code_lines().filter(|line| line.in_test) {
            if WORDS.iter().any(|word| words::has(line.code, word)) {
                findings.push(RULE.at(file.path(), line.number, "a sleep in a test"));
            }
        }
        findings.extend(calls(file));
    }
    findings
}

/// Sleeps in test files of the other languages.
fn calls(file: &SourceFile) -> Vec<Finding> {
    let lower = file.path().to_ascii_lowercase();
    if !lower.contains("test") {
        return Vec::new();
    }
    let known = CALLS.iter().filter(|(of, _)| *of == file.extension());
    let calls: Vec<&str> = known.map(|(_, call)| *call).collect();
    (1..)
        .zip(file.text().lines())
        .filter(|(_, line)| calls.iter().any(|call| line.contains(call)))
        .map(|(number, _)| RULE.at(file.path(), number, "a sleep in a test"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::no_sleep_in_tests;
    use crate::tidy::Tree;

    #[test]
    fn a_sleeping_test_is_found_in_every_language() {
        let rust = concat!("// sleep\nstd::thread::", "sleep(a);\n");
        let unit = concat!(
            "#[cfg(test)]\nmod tests { fn a() { thread::",
            "sleep(b); } }\n"
        );
        let python = concat!("import time\ntime.", "sleep(1)\n");
        let tree = Tree::sample(&[
            ("core/sync/src/unit.rs", unit),
            ("sync-server/src/jobs.rs", rust),
            ("tests/bindings/smoke.py", python),
            ("tests/src/proxy/flow.rs", rust),
            ("tests/src/world.rs", rust),
        ]);
        let findings = no_sleep_in_tests(&tree);
        let places: Vec<(&str, usize)> =
            findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(
            places,
            [
                ("core/sync/src/unit.rs", 2),
                ("tests/bindings/smoke.py", 2),
                ("tests/src/world.rs", 2),
            ]
        );
    }
}
