//! What the hub does, one verb or register a file. A service owns its transaction, checks its input and writes the
//! audit log; it knows no HTTP. Synchronous: handlers call it through [`AppState::blocking`](crate::app::AppState).

pub mod backup;
pub mod enrol_codes;
pub mod login;
pub mod passwords;
pub mod people;
pub mod restore;
pub mod sessions;
pub mod setup;
