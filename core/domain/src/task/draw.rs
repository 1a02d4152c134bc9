//! Whether an offer goes to somebody else than the nearest: a draw that nobody can steer and everybody can repeat. The seed is
//! published as that of re-checks is: made of the log's root at midnight. All of it is SHA-256 over text.

use serde::Serialize;

use super::kind::TaskKind;
use crate::ids::{Digest, DocumentId};

/// Of so many offers a share goes to somebody else.
pub const TASK_MYRIAD: u32 = 10_000;

/// The seed of a day (`2026-11-28`, +08:00): SHA-256 over the lines `xunge task`, the day, the number of entries of the
/// log when the day began, and its root in hex, each ended by a line feed.
pub fn task_seed(day: &str, size: u64, root: &Digest) -> Digest {
    Digest::of(format!("xunge task\n{day}\n{size}\n{root}\n").as_bytes())
}

/// What is drawn for one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draw {
    /// The seed of its day.
    pub seed: Digest,
    /// The case.
    pub case: DocumentId,
    /// Verify or check.
    pub kind: TaskKind,
    /// 1 for the first offer of a case, 2 for the second…
    pub round: u32,
    /// The share.
    pub per_myriad: u32,
}

impl Draw {
    /// SHA-256 over seed, case, kind and round, with a blank between them: `printf '%s %s %s %s' $seed $case verify 1 | sha256sum`.
    pub fn drawn(&self) -> Digest {
        let Self {
            seed,
            case,
            kind,
            round,
            ..
        } = self;
        Digest::of(format!("{seed} {case} {} {round}", kind.id()).as_bytes())
    }

    /// Whether somebody else is sent: the first eight hex digits as a number are below the share of 2³².
    pub fn goes_to_somebody_else(&self) -> bool {
        number(&self.drawn(), 0) * u64::from(TASK_MYRIAD) < u64::from(self.per_myriad) << 32
    }

    /// Which of so many, from 0: the next eight hex digits as a share of 2³². Nothing of none.
    pub fn place(&self, of: usize) -> Option<usize> {
        let of = u64::try_from(of).ok().filter(|of| *of > 0)?;
        usize::try_from((number(&self.drawn(), 4) * of) >> 32).ok()
    }
}

/// Four bytes as a number.
fn number(digest: &Digest, from: usize) -> u64 {
    let bytes = digest.as_bytes().iter().skip(from).take(4);
    bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
}
