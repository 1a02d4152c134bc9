//! The house rules over the repository. Each rule is proven on a sample that
//! breaks it, beside the rule in `src/tidy/`.

use std::path::Path;
use std::sync::OnceLock;

use xunge_tests::tidy::{self, Finding, Tree, report};

fn repository() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        match Tree::of_repository(&top) {
            Ok(tree) => tree,
            Err(error) => panic!("the tracked files cannot be read: {error}"),
        }
    })
}

#[track_caller]
fn holds(rule: fn(&Tree) -> Vec<Finding>) {
    let findings = rule(repository());
    assert!(findings.is_empty(), "{}", report(&findings));
}

#[test]
fn the_tree_is_really_read() {
    let paths: Vec<&str> = repository().files().map(|file| file.path()).collect();
    for path in [
        "Cargo.toml",
        "core/domain/Cargo.toml",
        "tests/tests/tidy.rs",
    ] {
        assert!(
            paths.contains(&path),
            "{path} is missing among {}",
            paths.len()
        );
    }
}

#[test]
fn crates_depend_one_way() {
    holds(tidy::crates_depend_one_way);
}

#[test]
fn dependencies_keep_to_their_rooms() {
    holds(tidy::dependencies_keep_to_their_rooms);
}

#[test]
fn versions_only_in_the_workspace() {
    holds(tidy::versions_only_in_the_workspace);
}

#[test]
fn every_crate_has_a_readme() {
    holds(tidy::every_crate_has_a_readme);
}

#[test]
fn files_stay_small() {
    holds(tidy::files_stay_small);
}

#[test]
fn sql_only_under_store() {
    holds(tidy::sql_only_under_store);
}

#[test]
fn automerge_only_under_documents() {
    holds(tidy::automerge_only_under_documents);
}

#[test]
fn no_container_key_twice() {
    holds(tidy::no_container_key_twice);
}

#[test]
fn no_unwrap_outside_tests() {
    holds(tidy::no_unwrap_outside_tests);
}

#[test]
fn no_sleep_in_tests() {
    holds(tidy::no_sleep_in_tests);
}

#[test]
fn no_path_of_a_machine() {
    holds(tidy::no_path_of_a_machine);
}

#[test]
fn nothing_unfinished() {
    holds(tidy::nothing_unfinished);
}
