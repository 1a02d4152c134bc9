//! The device's half against scripted answers: what it asks for, and what it makes of whatever comes back.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod base_map;
mod columns;
mod comparing;
mod packs;
mod parts;
mod rounds;
mod script;
mod uploads;
