//! The hub: merges, rules, shows.
//!
//! Routes parse and reply, services own the transactions, the store owns the SQL. See the README for the arrows.

pub mod app;
pub mod blob_files;
pub mod demo;
pub mod error;
pub mod messages;
pub mod server_key;
pub mod store;
pub mod tables;
