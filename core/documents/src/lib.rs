//! The only room that knows Automerge: schema, edits, readers, guard.

pub mod actor;
pub mod change_parts;
mod document;
mod edit;
pub mod guard;
mod merged_text;
pub mod operations;
mod read;
pub mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use document::{ApplyError, CaseDocument, LoadError, NewChange};
pub use edit::{EDITS_MAX, Edit, EditError, Intent, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
pub use read::{Anomaly, Reading};

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
