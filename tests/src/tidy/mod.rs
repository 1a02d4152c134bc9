//! The house rules that a machine can check, each one a function from the tree of
//! tracked files to its findings.
//!
//! They read text, not types: a rule that runs in milliseconds on every `cargo
//! test` is worth more than a perfect one that nobody runs. Each has a sample that
//! breaks it beside it, so that a rule which stopped finding anything is itself
//! found. `tests/tests/tidy.rs` runs them over the repository.

mod arrows;
mod automerge_room;
mod containers;
mod crate_readme;
mod finding;
mod machine_paths;
mod manifest;
mod scanner;
mod size;
mod sleeps;
mod source;
mod sql;
mod tree;
mod unfinished;
mod unwraps;
mod versions;
mod words;

pub use arrows::{crates_depend_one_way, dependencies_keep_to_their_rooms};
pub use automerge_room::automerge_only_under_documents;
pub use containers::no_container_key_twice;
pub use crate_readme::every_crate_has_a_readme;
pub use finding::{Finding, Rule, report};
pub use machine_paths::no_path_of_a_machine;
pub use size::files_stay_small;
pub use sleeps::no_sleep_in_tests;
pub use source::SourceFile;
pub use sql::sql_only_under_store;
pub use tree::{Tree, TreeError};
pub use unfinished::nothing_unfinished;
pub use unwraps::no_unwrap_outside_tests;
pub use versions::versions_only_in_the_workspace;
