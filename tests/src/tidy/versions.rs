//! One version per dependency, written once.

use super::finding::{Finding, Rule};
use super::manifest::Kind;
use super::tree::Tree;

/// Dependencies of tests that stay with their crate: (crate, dependency), each
/// with a reason beside it.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Proves that a bomb is refused within 1 MB; no other crate counts.
    ("xunge-documents", "allocation-counter"),
];

static RULE: Rule = Rule {
    name: "versions-in-the-workspace",
    why: "Two places for one version drift apart, and two versions of a library cost the phone twice.",
    remedy: "Put the version into [workspace.dependencies] of the top Cargo.toml \
             and write `name.workspace = true` here.",
};

/// A crate takes each dependency from the workspace.
#[must_use]
pub fn versions_only_in_the_workspace(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.crates() {
        for dependency in &manifest.dependencies {
            let pair = (manifest.name.as_str(), dependency.name.as_str());
            let is_exception = dependency.kind == Kind::Development && EXCEPTIONS.contains(&pair);
            if !dependency.from_workspace && !is_exception {
                let what = format!("`{}` does not come from the workspace", dependency.name);
                findings.push(RULE.at(&manifest.path, dependency.line, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::versions_only_in_the_workspace;
    use crate::tidy::Tree;

    #[test]
    fn a_version_in_a_crate_is_found() {
        let text = "[package]\nname = \"xunge-x\"\n[dependencies]\na.workspace = true\nb = \"1\"\n";
        let tree = Tree::sample(&[
            ("core/x/Cargo.toml", text),
            ("Cargo.toml", "[workspace.dependencies]\nb = \"1\"\n"),
        ]);
        let findings = versions_only_in_the_workspace(&tree);
        let places: Vec<(&str, usize)> =
            findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(places, [("core/x/Cargo.toml", 5)]);
    }

    #[test]
    fn an_exception_holds_for_tests_only() {
        let found = |section| {
            let text = format!(
                "[package]\nname = \"xunge-documents\"\n[{section}]\nallocation-counter = \"0.8\"\n"
            );
            let tree = Tree::sample(&[("core/documents/Cargo.toml", text.as_str())]);
            versions_only_in_the_workspace(&tree).len()
        };
        assert_eq!(found("dev-dependencies"), 0);
        assert_eq!(found("dependencies"), 1);
    }
}
