//! The tracked files of the repository, or a sample of it.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use super::manifest::Manifest;
use super::source::SourceFile;

/// Why the tree could not be read.
#[derive(Debug)]
pub enum TreeError {
    /// Git could not be started.
    NoGit(std::io::Error),
    /// Git refused; its words.
    Refused(String),
}

impl std::fmt::Display for TreeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoGit(error) => write!(out, "git, which lists the tracked files: {error}"),
            Self::Refused(words) => write!(out, "git ls-files refused: {words}"),
        }
    }
}

impl std::error::Error for TreeError {}

/// All text files, sorted by path.
#[derive(Debug)]
pub struct Tree {
    files: Vec<SourceFile>,
}

impl Tree {
    /// Reads what git tracks below `top`, and what it would track next: a new file
    /// breaks a rule before it is committed. Files that are no UTF-8 are no text
    /// and are left out.
    ///
    /// # Errors
    /// Where git cannot tell.
    pub fn of_repository(top: &Path) -> Result<Self, TreeError> {
        let output = Command::new("git")
            // A clone made by another user is still the one to check.
            .args(["-c", "safe.directory=*", "ls-files", "-z"])
            .args(["--cached", "--others", "--exclude-standard"])
            .current_dir(top)
            .output()
            .map_err(TreeError::NoGit)?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(TreeError::Refused(words));
        }
        let names = String::from_utf8_lossy(&output.stdout).into_owned();
        // A file that is listed but gone is about to be removed.
        let files = names
            .split_terminator('\0')
            .filter_map(|name| Some((name, std::fs::read_to_string(top.join(name)).ok()?)));
        Ok(Self::from_files(files))
    }

    /// A tree made up for a test of a rule.
    #[must_use]
    pub fn sample(files: &[(&str, &str)]) -> Self {
        Self::from_files(files.iter().map(|(path, text)| (*path, (*text).to_owned())))
    }

    fn from_files<'a>(files: impl Iterator<Item = (&'a str, String)>) -> Self {
        let mut files: Vec<SourceFile> = files
            .map(|(path, text)| SourceFile::new(path, &text))
            .collect();
        files.sort_by(|left, right| left.path().cmp(right.path()));
        mark_test_modules(&mut files);
        Self { files }
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    pub(super) fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path() == path)
    }

    /// Every Rust file.
    pub(super) fn rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files().filter(|file| file.is_rust())
    }

    /// The manifests of the workspace's crates; the one at the top is no crate, and a workspace of its own below
    /// (the fuzz targets) none of ours.
    pub(super) fn crates(&self) -> Vec<Manifest> {
        self.files()
            .filter(|file| file.path().ends_with("/Cargo.toml"))
            .filter(|file| !file.text().lines().any(|line| line == "[workspace]"))
            .map(Manifest::read)
            .collect()
    }
}

/// `#[cfg(test)] mod name;` makes all of the other file test code, and what that
/// one declares as well.
fn mark_test_modules(files: &mut [SourceFile]) {
    loop {
        let modules: HashSet<String> = files.iter().flat_map(SourceFile::test_modules).collect();
        let mut changed = false;
        for file in files.iter_mut().filter(|file| !file.is_test()) {
            let stem = file.path().strip_suffix(".rs").unwrap_or("");
            let stem = stem.strip_suffix("/mod").unwrap_or(stem);
            if modules.contains(stem) {
                file.mark_as_test();
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn files_of_test_modules_are_tests_to_any_depth() {
        let tree = Tree::sample(&[
            ("core/x/src/lib.rs", "#[cfg(test)]\nmod fakes;\nmod real;\n"),
            ("core/x/src/fakes/mod.rs", "mod more;\n"),
            ("core/x/src/fakes/more.rs", ""),
            ("core/x/src/real.rs", ""),
        ]);
        let tests: Vec<&str> = tree
            .files()
            .filter(|file| file.is_test())
            .map(|file| file.path())
            .collect();
        assert_eq!(
            tests,
            ["core/x/src/fakes/mod.rs", "core/x/src/fakes/more.rs"]
        );
    }
}
