//! Which crate may know which: the picture in the architecture, as a table.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Rule};
use super::manifest::{Dependency, Kind, Manifest};
use super::tree::Tree;

/// Every crate of ours and what it may depend on outside its tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("xunge-cipher", &[]),
    ("xunge-domain", &[]),
    ("xunge-documents", &["xunge-domain"]),
    (
        "xunge-sync",
        &["xunge-domain", "xunge-documents", "xunge-evidence"],
    ),
    ("xunge-store", &["xunge-cipher", "xunge-domain"]),
    ("xunge-photo", &["xunge-domain"]),
    ("xunge-evidence", &["xunge-domain"]),
    (
        "xunge-field",
        &[
            "xunge-domain",
            "xunge-documents",
            "xunge-sync",
            "xunge-store",
            "xunge-photo",
            "xunge-evidence",
        ],
    ),
    ("xunge-mobile", &["xunge-field"]),
    ("xunge-bindgen", &[]),
    (
        "xunge-server",
        &[
            "xunge-cipher",
            "xunge-domain",
            "xunge-documents",
            "xunge-sync",
            "xunge-photo",
            "xunge-evidence",
        ],
    ),
    (
        TESTS,
        &[
            "xunge-domain",
            "xunge-documents",
            "xunge-sync",
            "xunge-store",
            "xunge-photo",
            "xunge-evidence",
            "xunge-field",
            "xunge-mobile",
            "xunge-server",
        ],
    ),
];
const TESTS: &str = "xunge-tests";

/// Libraries that have a room of their own, and the crates that are the room.
const ROOMS: &[(&str, &[&str])] = &[
    ("automerge", &["xunge-documents"]),
    ("rusqlite", &["xunge-store", "xunge-server"]),
    ("uniffi", &["xunge-mobile"]),
    ("tokio", &["xunge-server", TESTS]),
    ("axum", &["xunge-server", TESTS]),
    ("ureq", &["xunge-server", TESTS]), // the server: in its tests only
    ("image", &["xunge-photo", "xunge-server", TESTS]),
];

static ARROW: Rule = Rule {
    name: "one-way-arrows",
    why: "Arrows that point one way let a reader understand a crate without those above it, \
          and keep SQLite, Automerge and the network out of the rules.",
    remedy: "Move the code to the crate that may know both, or hand the value in as an argument. \
             A new arrow changes the architecture first, then ARROWS in tests/src/tidy/arrows.rs.",
};

static ROOM: Rule = Rule {
    name: "dependency-room",
    why: "A library that is known in one place only can be replaced, guarded and tested there.",
    remedy: "Call the crate that owns the library. If the room really grows, \
             change ROOMS in tests/src/tidy/arrows.rs and say why in the commit.",
};

/// Dependencies among our crates follow the table, and make no circle even with
/// those for tests.
#[must_use]
pub fn crates_depend_one_way(tree: &Tree) -> Vec<Finding> {
    let crates = tree.crates();
    let mut findings = Vec::new();
    for manifest in &crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == manifest.name) else {
            let what = format!("the crate `{}` has no place in the table", manifest.name);
            findings.push(ARROW.at(&manifest.path, 1, what));
            continue;
        };
        for dependency in ours(manifest) {
            let name = dependency.name.as_str();
            let forbidden =
                name == TESTS || (dependency.kind != Kind::Development && !allowed.contains(&name));
            if forbidden {
                let what = format!("{} -> {name} is no arrow of ours", manifest.name);
                findings.push(ARROW.at(&manifest.path, dependency.line, what));
            }
        }
    }
    findings.extend(circles(&crates));
    findings
}

/// Libraries with a room of their own are dependencies of that room only.
#[must_use]
pub fn dependencies_keep_to_their_rooms(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.crates() {
        for dependency in &manifest.dependencies {
            let room = ROOMS.iter().find(|(name, _)| *name == dependency.name);
            if room.is_some_and(|(_, crates)| !crates.contains(&manifest.name.as_str())) {
                let what = format!("{} takes `{}`", manifest.name, dependency.name);
                findings.push(ROOM.at(&manifest.path, dependency.line, what));
            }
        }
    }
    findings
}

fn ours(manifest: &Manifest) -> impl Iterator<Item = &Dependency> {
    manifest
        .dependencies
        .iter()
        .filter(|dependency| dependency.name.starts_with("xunge-"))
}

/// Takes away crates that depend on nothing that is left, until nothing changes:
/// what stays is in a circle or above one.
fn circles(crates: &[Manifest]) -> Option<Finding> {
    let mut left: BTreeMap<&str, BTreeSet<&str>> = crates
        .iter()
        .map(|manifest| {
            let names = ours(manifest).map(|dependency| dependency.name.as_str());
            (manifest.name.as_str(), names.collect())
        })
        .collect();
    loop {
        let names: BTreeSet<&str> = left.keys().copied().collect();
        let before = left.len();
        left.retain(|_, dependencies| dependencies.iter().any(|name| names.contains(name)));
        if left.len() == before {
            break;
        }
    }
    let first = crates.iter().find(|c| left.contains_key(c.name.as_str()))?;
    let names: Vec<&str> = left.keys().copied().collect();
    let what = format!("a circle among {}", names.join(", "));
    Some(ARROW.at(&first.path, 1, what))
}

#[cfg(test)]
mod tests {
    use super::{crates_depend_one_way, dependencies_keep_to_their_rooms};
    use crate::tidy::Tree;

    fn manifest(name: &str, rest: &str) -> String {
        format!("[package]\nname = \"{name}\"\n{rest}")
    }

    #[test]
    fn an_arrow_against_the_table_is_found() {
        let text = manifest(
            "xunge-domain",
            "[dependencies]\nxunge-store.workspace = true\n",
        );
        let findings = crates_depend_one_way(&Tree::sample(&[("core/domain/Cargo.toml", &text)]));
        let [finding] = findings.as_slice() else {
            panic!("{findings:?}");
        };
        assert_eq!(finding.line, 4);
        assert_eq!(
            finding.what,
            "xunge-domain -> xunge-store is no arrow of ours"
        );
    }

    #[test]
    fn tests_may_look_further_but_not_in_a_circle() {
        let photo = manifest(
            "xunge-photo",
            "[dev-dependencies]\nxunge-store.workspace = true\n",
        );
        let store = manifest(
            "xunge-store",
            "[dev-dependencies]\nxunge-photo.workspace = true\n",
        );
        let one = [("core/photo/Cargo.toml", photo.as_str())];
        assert_eq!(crates_depend_one_way(&Tree::sample(&one)), []);
        let both = [one[0], ("core/store/Cargo.toml", store.as_str())];
        let findings = crates_depend_one_way(&Tree::sample(&both));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].what, "a circle among xunge-photo, xunge-store");
    }

    #[test]
    fn nothing_depends_on_the_tests_and_no_crate_is_unknown() {
        let field = manifest(
            "xunge-field",
            "[dev-dependencies]\nxunge-tests.workspace = true\n",
        );
        let other = manifest("xunge-other", "");
        let tree = Tree::sample(&[
            ("core/field/Cargo.toml", field.as_str()),
            ("other/Cargo.toml", other.as_str()),
        ]);
        assert_eq!(crates_depend_one_way(&tree).len(), 2);
    }

    #[test]
    fn a_library_outside_its_room_is_found() {
        let text = manifest("xunge-sync", "[dependencies]\nautomerge.workspace = true\n");
        let tree = Tree::sample(&[("core/sync/Cargo.toml", text.as_str())]);
        assert_eq!(dependencies_keep_to_their_rooms(&tree).len(), 1);
        let text = manifest(
            "xunge-documents",
            "[dependencies]\nautomerge.workspace = true\n",
        );
        let tree = Tree::sample(&[("core/documents/Cargo.toml", text.as_str())]);
        assert_eq!(dependencies_keep_to_their_rooms(&tree), []);
    }
}
