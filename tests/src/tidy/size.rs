//! Files stay small, and the exceptions shrink.

use super::finding::{Finding, Rule};
use super::source::SourceFile;
use super::tree::Tree;

/// Lines of code a file may have without an entry in the list; unit tests are not
/// counted.
const SOFT_LINES_MAX: usize = 400;
/// Lines a file may have in all; the list is no help here.
const HARD_LINES_MAX: usize = 600;
/// Lines a file of tests may have.
const TEST_LINES_MAX: usize = 800;
/// How far a listed file may shrink before its entry has to follow.
const SLACK_LINES: usize = 20;
const RATCHET: &str = "tests/src/tidy/ratchet.txt";
const LANGUAGES: &[&str] = &["rs", "ts", "js", "svelte", "kt", "swift", "py", "sql", "sh"];

static RULE: Rule = Rule {
    name: "file-size",
    why: "A file that fits the eye has one concern; those that grow past it never come back.",
    remedy: "Split the file by concern. Entries of tests/src/tidy/ratchet.txt may only \
             shrink: write the smaller number, or take the line out below 401.",
};

/// An entry of the list.
struct Entry<'a> {
    line: usize,
    path: &'a str,
    lines: usize,
}

/// Sizes keep to the limits, and the list of exceptions tells the truth.
#[must_use]
pub fn files_stay_small(tree: &Tree) -> Vec<Finding> {
    let (entries, mut findings) = entries(tree);
    for file in tree.files().filter(|file| is_counted(file)) {
        let all = file.text().lines().count();
        let limit = if file.is_test() {
            TEST_LINES_MAX
        } else {
            HARD_LINES_MAX
        };
        if all > limit {
            findings.push(RULE.at(file.path(), all, format!("{all} lines, over {limit}")));
        } else if !file.is_test() {
            let entry = entries.iter().find(|entry| entry.path == file.path());
            findings.extend(against_list(file, entry));
        }
    }
    for entry in entries {
        if tree
            .file(entry.path)
            .is_none_or(|file| !is_counted(file) || file.is_test())
        {
            let what = format!("an entry for {}, which is not counted", entry.path);
            findings.push(RULE.at(RATCHET, entry.line, what));
        }
    }
    findings
}

fn against_list(file: &SourceFile, entry: Option<&Entry<'_>>) -> Option<Finding> {
    let lines = size(file);
    let Some(entry) = entry else {
        let what = format!("{lines} lines of code, over {SOFT_LINES_MAX}");
        return (lines > SOFT_LINES_MAX).then(|| RULE.at(file.path(), lines, what));
    };
    let what = if lines <= SOFT_LINES_MAX {
        format!("{} needs no entry any more", entry.path)
    } else if lines > entry.lines {
        format!("{} grew from {} to {lines} lines", entry.path, entry.lines)
    } else if lines + SLACK_LINES < entry.lines {
        format!(
            "{} shrank from {} to {lines} lines",
            entry.path, entry.lines
        )
    } else {
        return None;
    };
    Some(RULE.at(RATCHET, entry.line, what))
}

fn entries(tree: &Tree) -> (Vec<Entry<'_>>, Vec<Finding>) {
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    let text = tree.file(RATCHET).map_or("", SourceFile::text);
    for (line, content) in (1..).zip(text.lines()) {
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let entry = content
            .split_once(' ')
            .and_then(|(path, lines)| Some((path, lines.parse().ok()?)));
        match entry {
            Some((path, lines)) => entries.push(Entry { line, path, lines }),
            None => findings.push(RULE.at(RATCHET, line, "no entry of the form `path lines`")),
        }
    }
    (entries, findings)
}

/// Lines outside unit tests.
fn size(file: &SourceFile) -> usize {
    let all = file.text().lines().count();
    all - file.code_lines().filter(|line| line.in_test).count()
}

fn is_counted(file: &SourceFile) -> bool {
    LANGUAGES.contains(&file.extension()) && !file.is_generated()
}

#[cfg(test)]
mod tests {
    use super::{RATCHET, files_stay_small};
    use crate::tidy::Tree;

    fn lines(count: usize) -> String {
        "fn a() {}\n".repeat(count)
    }

    fn found(path: &str, text: &str, ratchet: &str) -> Vec<String> {
        files_stay_small(&Tree::sample(&[(path, text), (RATCHET, ratchet)]))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn the_soft_limit_asks_for_an_entry() {
        assert!(found("core/a.rs", &lines(400), "").is_empty());
        let over = found("core/a.rs", &lines(401), "");
        assert_eq!(over, ["401 lines of code, over 400"]);
        assert!(found("core/a.rs", &lines(401), "# why\ncore/a.rs 401\n").is_empty());
    }

    #[test]
    fn the_list_only_shrinks() {
        let with = |count, listed: usize| {
            found("core/a.rs", &lines(count), &format!("core/a.rs {listed}\n"))
        };
        assert_eq!(with(451, 450), ["core/a.rs grew from 450 to 451 lines"]);
        assert!(with(430, 450).is_empty());
        assert_eq!(with(429, 450), ["core/a.rs shrank from 450 to 429 lines"]);
        assert_eq!(with(400, 410), ["core/a.rs needs no entry any more"]);
    }

    #[test]
    fn entries_for_nothing_and_entries_that_cannot_be_read_are_found() {
        assert_eq!(found("core/a.rs", "", "core/b.rs 450\n").len(), 1);
        assert_eq!(found("core/a.rs", "", "core/a.rs many\n").len(), 1);
    }

    #[test]
    fn the_hard_limit_has_no_exceptions() {
        let text = lines(601);
        let what = ["601 lines, over 600"];
        assert_eq!(found("core/a.rs", &text, "core/a.rs 601\n"), what);
        assert!(found("core/generated/a.rs", &text, "").is_empty());
        assert!(found("core/a.rs", &format!("// @generated\n{text}"), "").is_empty());
    }

    #[test]
    fn tests_have_a_limit_of_their_own_and_unit_tests_count_only_in_all() {
        assert!(found("tests/src/a.rs", &lines(800), "").is_empty());
        assert_eq!(found("tests/src/a.rs", &lines(801), "").len(), 1);
        let unit = |count| {
            format!(
                "{}#[cfg(test)]\nmod tests {{\n{}}}\n",
                lines(390),
                lines(count)
            )
        };
        assert!(found("core/a.rs", &unit(207), "").is_empty());
        assert_eq!(found("core/a.rs", &unit(208), ""), ["601 lines, over 600"]);
    }
}
