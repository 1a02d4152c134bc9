//! Which cases are looked at again, whoever had them: a draw that nobody can steer and everybody can repeat.
//!
//! The seed of a day is made of the log's root as it stood when the day began. Everything that is drawn from was in that log
//! by then, and who would like to know the seed before cannot: the log's last line of the day before has a part in it. All of
//! it is SHA-256 over text, so that `sha256sum` repeats it.

use xunge_domain::ids::{Digest, DocumentId};

/// Of so many cases a share is taken.
pub const RECHECK_MYRIAD: u32 = 10_000;

/// The seed of a day (`2026-11-28`, +08:00): SHA-256 over the lines `xunge recheck`, the day, the number of entries of the
/// log when the day began, and its root in hex, each ended by a line feed.
pub fn recheck_seed(day: &str, size: u64, root: &Digest) -> Digest {
    Digest::of(format!("xunge recheck\n{day}\n{size}\n{root}\n").as_bytes())
}

/// Whether a case is taken: the first eight hex digits of SHA-256 over the seed and the case's id, both in hex, one after the
/// other, as a number, are below the share of 2³².
pub fn is_sampled(seed: &Digest, case: &DocumentId, per_myriad: u32) -> bool {
    let drawn = Digest::of(format!("{seed}{case}").as_bytes());
    let [a, b, c, d, ..] = *drawn.as_bytes();
    let number = u64::from(u32::from_be_bytes([a, b, c, d]));
    number * u64::from(RECHECK_MYRIAD) < u64::from(per_myriad) << 32
}
