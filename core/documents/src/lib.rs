//! The only room that knows Automerge: schema, edits, readers, guard.
