//! What ships does not unwrap.

use super::finding::{Finding, Rule};
use super::tree::Tree;

const SHIPPED: &[&str] = &["core/", "sync-server/", "mobile-bindings/"];

static RULE: Rule = Rule {
    name: "no-unwrap-outside-tests",
    why: "Bytes from disk, network or the app must never end the process: \
          on a phone that is lost work, on the server everybody's.",
    remedy: "Return a typed error. Where it cannot happen, say why: `expect(\"…\")` \
             under `#[expect(clippy::expect_used, reason = \"…\")]`.",
};

/// No `.unwrap()` in the shipped crates outside their tests.
#[must_use]
pub fn no_unwrap_outside_tests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_below(SHIPPED)) {
        for line in file.code_lines().filter(|line| !line.in_test) {
            if line.code.contains(".unwrap()") {
                findings.push(RULE.at(file.path(), line.number, "`.unwrap()` in shipped code"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::no_unwrap_outside_tests;
    use crate::tidy::Tree;

    #[test]
    fn an_unwrap_is_found_where_it_ships() {
        let text = "//! a.unwrap()\nfn a() { b.unwrap_or(1); c.unwrap(); }\n\
                    #[cfg(test)]\nmod tests { fn d() { e.unwrap(); } }\n";
        let tree = Tree::sample(&[
            ("core/sync/src/a.rs", text),
            ("core/sync/tests/a.rs", text),
            ("tests/src/a.rs", text),
        ]);
        let findings = no_unwrap_outside_tests(&tree);
        let places: Vec<(&str, usize)> =
            findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(places, [("core/sync/src/a.rs", 2)]);
    }
}
