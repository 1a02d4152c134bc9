//! What is not done is an issue, not a comment.

use super::finding::{Finding, Rule};
use super::source::SourceFile;
use super::tree::Tree;
use super::words;

/// Marks in comments, put together here so that a search for them ends elsewhere.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("HA", "CK"),
];
/// Code that stands for code.
const PLACEHOLDERS: &[&str] = &[concat!("to", "do!"), concat!("unimple", "mented!")];
const SWITCHED_OFF: &str = concat!("#[ig", "nore");
/// Other languages, whose text is searched as it is.
const LANGUAGES: &[&str] = &[
    "sh", "py", "ts", "js", "svelte", "kt", "swift", "sql", "toml",
];

static RULE: Rule = Rule {
    name: "nothing-unfinished",
    why: "Half a thing looks like a whole one to whoever calls it, \
          and a test that is switched off proves nothing.",
    remedy: "Finish it, or take it out and write an issue.",
};

/// No marks of unfinished work, no placeholders, no ignored tests. What a generator leaves is its own.
#[must_use]
pub fn nothing_unfinished(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .filter(|file| !file.is_generated())
        .flat_map(unfinished)
        .collect()
}

fn unfinished(file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut marks = |number: usize, text: &str| {
        if let Some(mark) = MARKS.iter().find(|mark| words::has(text, mark)) {
            findings.push(RULE.at(file.path(), number, format!("a {mark}")));
        }
    };
    if LANGUAGES.contains(&file.extension()) {
        (1..)
            .zip(file.text().lines())
            .for_each(|(number, line)| marks(number, line));
    }
    file.comment_lines()
        .for_each(|(number, comment)| marks(number, comment));
    for line in file.code_lines() {
        let placeholder = PLACEHOLDERS.iter().find(|name| line.code.contains(*name));
        if let Some(name) = placeholder {
            findings.push(RULE.at(file.path(), line.number, format!("`{name}` for code")));
        }
        if line.code.contains(SWITCHED_OFF) {
            findings.push(RULE.at(file.path(), line.number, "a test that is switched off"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::nothing_unfinished;
    use crate::tidy::Tree;

    #[test]
    fn unfinished_work_is_found() {
        let rust = concat!(
            "// TO",
            "DO: later\n",
            "fn a() { to",
            "do!() }\n",
            "fn b() { unimple",
            "mented!() }\n",
            "#[test]\n#[ig",
            "nore = \"slow\"]\nfn c() {}\n",
            "let d = \"TO",
            "DO\";\n",
        );
        let shell = concat!("#!/bin/sh\n# FIX", "ME\n");
        let tree = Tree::sample(&[
            ("core/x/src/a.rs", rust),
            ("scripts/a.sh", shell),
            ("x/generated/a.kt", shell),
        ]);
        let mut places: Vec<(String, usize)> = nothing_unfinished(&tree)
            .into_iter()
            .map(|finding| (finding.file, finding.line))
            .collect();
        places.sort();
        let wanted = [1, 2, 3, 5].map(|line| ("core/x/src/a.rs".to_owned(), line));
        let shell = [("scripts/a.sh".to_owned(), 2)];
        assert_eq!(places, [wanted.as_slice(), shell.as_slice()].concat());
    }
}
