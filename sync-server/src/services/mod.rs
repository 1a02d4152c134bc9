//! What the hub does, one verb or register a file. A service owns its transaction, checks its input and writes the
//! audit log; it knows no HTTP. Synchronous: handlers call it through [`AppState::blocking`](crate::app::AppState).

pub mod act;
mod admission;
pub mod backup;
pub mod blobs;
pub mod cases;
pub mod citations;
pub mod collect;
pub mod column_frames;
pub mod columns;
pub mod comparison;
pub mod comparison_turns;
pub mod device_session;
pub mod directory;
pub mod disk;
pub mod doctor;
pub mod documents;
pub mod enrol_codes;
pub mod enrolment;
pub mod feeds;
pub mod former;
pub mod ingest;
pub mod live;
pub mod log;
pub mod login;
pub mod packs;
pub mod passwords;
pub mod people;
pub mod photos;
mod processors;
pub mod push_parts;
pub mod records;
pub mod restore;
pub mod revocation;
pub mod sessions;
pub mod setup;
pub mod sync;
