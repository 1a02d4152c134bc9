//! What a rule found, and how it is told.

use std::fmt;

/// A rule: its name, why it exists, and what to do about a finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Short and stable, for searching.
    pub name: &'static str,
    /// Why the rule exists.
    pub why: &'static str,
    /// What to do about a finding.
    pub remedy: &'static str,
}

impl Rule {
    /// A finding of this rule. Lines count from 1.
    pub(super) fn at(&'static self, file: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding {
            file: file.to_owned(),
            line,
            rule: self,
            what: what.into(),
        }
    }
}

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The path from the top of the repository.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// What stands there.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rule { name, why, remedy } = self.rule;
        writeln!(out, "{}:{}: {} [{name}]", self.file, self.line, self.what)?;
        writeln!(out, "    why: {why}")?;
        write!(out, "    do:  {remedy}")
    }
}

/// All findings as one text, for the message of a failed test.
#[must_use]
pub fn report(findings: &[Finding]) -> String {
    let mut text = format!("{} finding(s)\n", findings.len());
    for finding in findings {
        text.push_str(&format!("\n{finding}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Rule, report};

    #[test]
    fn a_finding_says_where_what_why_and_what_to_do() {
        static RULE: Rule = Rule {
            name: "no-tea",
            why: "It stains.",
            remedy: "Drink water.",
        };
        let text = report(&[RULE.at("core/cup.rs", 7, "tea is poured")]);
        assert_eq!(
            text,
            "1 finding(s)\n\ncore/cup.rs:7: tea is poured [no-tea]\n    \
             why: It stains.\n    do:  Drink water.\n"
        );
    }
}
