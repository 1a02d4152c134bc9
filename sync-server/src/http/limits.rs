//! Limits of every request. A route that takes more (sync, blobs) says so itself.

use std::time::Duration;

/// Largest JSON or form body.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// A request is answered within this time or not at all. Long, because a phone at 64 kbit/s sends 256 KiB in half
/// a minute.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(120);
/// Rows of one part of a list.
pub const LIST_PART_MAX: usize = 200;
