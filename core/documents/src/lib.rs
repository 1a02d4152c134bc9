//! The only room that knows Automerge: schema, edits, readers, guard.

pub mod actor;
pub mod change_parts;
mod document;
mod edit;
mod edit_limits;
mod edition;
pub mod guard;
mod merged_text;
pub mod operations;
mod read;
mod read_checkin;
pub mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use document::{ApplyError, Document, LoadError, NewChange};
pub use edit::{EDITS_MAX, Edit, EditError, Intent};
pub use edit_limits::{
    CODE_BYTES_MAX, LISTED_MAX, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, check_act,
};
pub use edition::{EditionError, NewEdition, TextOrder, edition_begun_by};
pub use read::{Anomaly, Reading};
pub use read_checkin::CheckinReading;

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
