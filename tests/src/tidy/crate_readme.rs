//! A crate introduces itself.

use super::finding::{Finding, Rule};
use super::tree::Tree;

static RULE: Rule = Rule {
    name: "crate-readme",
    why: "Whoever opens a crate wants its purpose, its arrows and one example before its code.",
    remedy: "Write README.md beside Cargo.toml: purpose, arrows, one example.",
};

/// Every crate has a README.md that says something.
#[must_use]
pub fn every_crate_has_a_readme(tree: &Tree) -> Vec<Finding> {
    tree.crates()
        .iter()
        .filter_map(|manifest| {
            let path = manifest.path.replace("Cargo.toml", "README.md");
            let text = tree.file(&path).map_or("", |file| file.text().trim());
            text.is_empty()
                .then(|| RULE.at(&path, 1, format!("`{}` has no README", manifest.name)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::every_crate_has_a_readme;
    use crate::tidy::Tree;

    #[test]
    fn a_crate_without_words_is_found() {
        let tree = Tree::sample(&[
            ("core/a/Cargo.toml", "[package]\nname = \"xunge-a\"\n"),
            ("core/a/README.md", "# xunge-a\n"),
            ("core/b/Cargo.toml", "[package]\nname = \"xunge-b\"\n"),
            ("core/c/Cargo.toml", "[package]\nname = \"xunge-c\"\n"),
            ("core/c/README.md", "\n"),
        ]);
        let files: Vec<String> = every_crate_has_a_readme(&tree)
            .into_iter()
            .map(|finding| finding.file)
            .collect();
        assert_eq!(files, ["core/b/README.md", "core/c/README.md"]);
    }
}
