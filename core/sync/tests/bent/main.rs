//! The hub against changes that were bent byte by byte, without the library that writes them: what it accepts,
//! what it keeps aside, and what a restored hub takes back.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod again;
mod city;
mod many;
mod quarantined;
mod restored;
mod tampered;
mod together;
mod world;
