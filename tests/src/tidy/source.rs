//! One tracked file.

use super::scanner::{Literal, Views, scan};

/// A text file of the repository. Rust files are taken apart; others have text
/// alone.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    views: Views,
    /// Per line: is it in a unit test?
    test_lines: Vec<bool>,
    is_test: bool,
}

/// One line of code outside comments and strings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) code: &'a str,
    /// Whether it is compiled for tests only.
    pub(super) in_test: bool,
}

impl SourceFile {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let is_rust = extension(path) == "rs";
        let views = if is_rust {
            scan(text)
        } else {
            Views::default()
        };
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            test_lines: test_lines(&views.code),
            is_test: is_test_path(path) || views.code.contains("#![cfg(test)]"),
            views,
        }
    }

    /// The path from the top of the repository, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn extension(&self) -> &str {
        extension(&self.path)
    }

    pub(super) fn is_rust(&self) -> bool {
        self.extension() == "rs"
    }

    /// Whether a program wrote it: nobody can mend it here.
    pub(super) fn is_generated(&self) -> bool {
        self.path.contains("/generated/")
            || self.path.ends_with(".d.ts")
            || self
                .text
                .lines()
                .take(5)
                .any(|line| line.contains("@generated"))
    }

    /// Whether the file is below one of `folders`, each with its closing `/`.
    pub(super) fn is_below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Whether all of the file is test code.
    pub(super) fn is_test(&self) -> bool {
        self.is_test
    }

    pub(super) fn mark_as_test(&mut self) {
        self.is_test = true;
    }

    /// The lines of code; none for files that are not Rust.
    pub(super) fn code_lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.views
            .code
            .lines()
            .zip(&self.test_lines)
            .zip(1..)
            .map(|((code, in_test), number)| Line {
                number,
                code,
                in_test: self.is_test || *in_test,
            })
    }

    pub(super) fn comment_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.views.comments.lines())
    }

    pub(super) fn literals(&self) -> &[Literal] {
        &self.views.literals
    }

    pub(super) fn is_test_line(&self, number: usize) -> bool {
        let line = number.saturating_sub(1);
        self.is_test || self.test_lines.get(line).copied().unwrap_or(false)
    }

    /// The modules that this file declares for tests only, as
    /// `#[cfg(test)] mod name;` does: their paths without `.rs` or `/mod.rs`.
    pub(super) fn test_modules(&self) -> Vec<String> {
        if !self.is_rust() {
            return Vec::new();
        }
        let mut modules = Vec::new();
        let mut named = None;
        for line in self.code_lines().filter(|line| line.in_test) {
            if line.code.contains("#[path") {
                named = self.literal_in(line.number);
            }
            let declared = line.code.split_once("mod ");
            if let Some((name, _)) = declared.and_then(|(_, rest)| rest.split_once(';')) {
                modules.push(match named.take() {
                    Some(file) => format!("{}{}", self.folder(), file.trim_end_matches(".rs")),
                    None => format!("{}{}", self.module_folder(), name.trim()),
                });
            }
        }
        modules
    }

    fn literal_in(&self, line: usize) -> Option<&str> {
        let mut literals = self.literals().iter();
        let literal = literals.find(|literal| literal.line == line)?;
        Some(&literal.text)
    }

    /// The folder of this file, with its closing `/`.
    fn folder(&self) -> &str {
        let end = self.path.rfind('/').map_or(0, |place| place + 1);
        self.path.split_at(end).0
    }

    /// Where the modules that this file declares have their files.
    fn module_folder(&self) -> String {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let folder = self.folder();
        match stem.strip_prefix(folder) {
            Some("mod" | "lib" | "main") => folder.to_owned(),
            _ => format!("{stem}/"),
        }
    }
}

fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_test_path(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/")
}

/// Marks the items under `#[cfg(test)]` and its kin. An item ends with its `;` or
/// with the brace that closes its first one; strings are blank by now.
fn test_lines(code: &str) -> Vec<bool> {
    let mut marks = vec![false; code.lines().count()];
    for attribute in [
        "#[cfg(test)]",
        "#[cfg(any(test",
        "#[cfg(all(test",
        "#[test]",
    ] {
        for (start, _) in code.match_indices(attribute) {
            let (before, rest) = code.split_at(start);
            let item = rest.split_at(item_length(rest)).0;
            let first = before.matches('\n').count();
            let last = first + item.matches('\n').count();
            for mark in marks.iter_mut().take(last + 1).skip(first) {
                *mark = true;
            }
        }
    }
    marks
}

fn item_length(text: &str) -> usize {
    let mut depth = 0_usize;
    for (place, letter) in text.char_indices() {
        match letter {
            ';' if depth == 0 => return place,
            '{' => depth += 1,
            '}' if depth <= 1 => return place,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    fn test_numbers(path: &str, text: &str) -> Vec<usize> {
        SourceFile::new(path, text)
            .code_lines()
            .filter(|line| line.in_test)
            .map(|line| line.number)
            .collect()
    }

    #[test]
    fn unit_tests_are_told_from_the_code_around_them() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\"; }\n}\nfn c() {}\n";
        assert_eq!(test_numbers("core/x/src/a.rs", text), [2, 3, 4, 5]);
    }

    #[test]
    fn an_item_for_tests_ends_where_it_ends() {
        let text = "#[cfg(test)]\nuse a::b;\nfn c() {}\n#[test]\nfn d() {\n}\nfn e() {}\n";
        assert_eq!(test_numbers("core/x/src/a.rs", text), [1, 2, 4, 5, 6]);
    }

    #[test]
    fn a_tests_folder_is_all_tests() {
        assert_eq!(test_numbers("core/x/tests/a.rs", "fn a() {}\n"), [1]);
        assert_eq!(test_numbers("tests/src/a.rs", "fn a() {}\n"), [1]);
        assert!(test_numbers("core/x/src/a.rs", "fn a() {}\n").is_empty());
    }

    #[test]
    fn modules_for_tests_are_found_where_they_lie() {
        let text = "#[cfg(test)]\nmod fakes;\nmod real;\n";
        let modules = |path| SourceFile::new(path, text).test_modules();
        assert_eq!(modules("core/x/src/lib.rs"), ["core/x/src/fakes"]);
        assert_eq!(modules("core/x/src/a/mod.rs"), ["core/x/src/a/fakes"]);
        assert_eq!(modules("core/x/src/a.rs"), ["core/x/src/a/fakes"]);
        let text = "#[cfg(test)]\n#[path = \"a_tests.rs\"]\nmod tests;\n";
        let file = SourceFile::new("core/x/src/a.rs", text);
        assert_eq!(file.test_modules(), ["core/x/src/a_tests"]);
    }
}
