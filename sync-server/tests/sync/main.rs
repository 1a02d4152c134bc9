//! Devices against the hub: the real router on a real socket, the real machine of the device, documents in memory.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

/// Whether the devices of these tests speak columns. The tests beside this folder run the same with those that do not.
const COLUMNS: bool = true;

mod base_map;
mod carried;
mod cases;
mod clocks;
mod clones;
mod collect;
mod columns;
mod comparison;
mod cost;
mod cuts;
mod device;
mod disk;
mod doctor;
mod duplicates;
mod duty;
mod enrolment;
mod erase_text;
mod feeds;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the tests of the hub, which use more of it"
)]
#[path = "../hub/support.rs"]
mod hub;
mod live;
mod packs;
mod parts;
mod photos;
mod private;
mod refusals;
mod revocation;
mod risks;
mod scopes;
mod signed;
mod town;
mod uploads;
