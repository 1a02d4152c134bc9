//! The only room that knows Automerge: schema, edits, readers, guard.

pub mod change_parts;
pub mod guard;
pub mod operations;
