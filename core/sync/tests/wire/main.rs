//! What travels is taken in one form only, and what is signed never changes. (The bytes of every message: `golden`.)
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

mod code;
mod samples;
mod signed;
mod strict;
