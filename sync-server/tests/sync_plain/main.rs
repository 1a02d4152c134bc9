//! The devices of `tests/sync` once more, as clients that have no capability but `plain`: an old client is never broken.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

const COLUMNS: bool = false;

#[path = "../sync/cases.rs"]
mod cases;
#[path = "../sync/clones.rs"]
mod clones;
#[path = "../sync/comparison.rs"]
mod comparison;
#[path = "../sync/cuts.rs"]
mod cuts;
#[path = "../sync/device.rs"]
mod device;
#[path = "../sync/feeds.rs"]
mod feeds;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the tests of the hub, which use more of it"
)]
#[path = "../hub/support.rs"]
mod hub;
#[path = "../sync/refusals.rs"]
mod refusals;
#[path = "../sync/revocation.rs"]
mod revocation;
#[path = "../sync/town.rs"]
mod town;
#[path = "../sync/uploads.rs"]
mod uploads;
