//! A checkpoint: what the log was at one moment, in one small signed text that anybody may keep. Whoever kept one can
//! show later that the log does not begin with the entries it spoke of.
//!
//! ```text
//! xunge-log/00112233445566778899aabbccddeeff      the log: its hub's installation
//! 1207                                            how many entries
//! 5H2DUSgQYxR+6yDBeQ4jVaqD1wKwjnGKhyQhBvNYPIQ=    the root over them, base64
//! time 1751252400000                              the hub's clock, milliseconds since 1970 UTC
//!
//! — xunge-log/00112233445566778899aabbccddeeff 9xJ…    key id and signature, base64
//! ```
//!
//! The shape is that of c2sp.org/tlog-checkpoint and c2sp.org/signed-note, so that a witness program reads origin, size
//! and root; the time is an extension line. It differs where a hub has one P-256 key and no other:
//!
//! - The signature is ES256, r ‖ s, over the text before the empty line. Signed notes have no number for it (their 0x02
//!   signs with DER and names the key otherwise), so the key id is made as they reserve it for such: the first four bytes
//!   of SHA-256(origin ‖ 0x0A ‖ 0xFF ‖ `xunge-es256` ‖ the 33 bytes of the key).
//! - There is exactly one signature, the hub's. Co-signatures of witnesses are not read yet.
//! - There is exactly one extension line. Anything else, and any second way to write the same, is refused.
//!
//! ES256 lets anybody turn a signature into a second one that holds as well: compare checkpoints by what they say, never
//! by their text.

mod note;
mod origin;

use data_encoding::BASE64;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

pub use note::{KEY_BYTES, SIGNATURE_BYTES, SignedCheckpoint};
pub use origin::{ORIGIN_BYTES_MAX, Origin};

/// A longer text is not looked at.
pub const CHECKPOINT_BYTES_MAX: usize = 1024;

/// What a log was at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: Origin,
    /// How many entries it had.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// The hub's clock when it signed: a claim of the hub.
    pub at: Timestamp,
}

/// Why a text is no checkpoint, or not one of this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Longer than any checkpoint.
    #[error("the text is longer than {CHECKPOINT_BYTES_MAX} bytes")]
    TooLong,
    /// Something in it is not as it must be.
    #[error("the text is no checkpoint: {what}")]
    Malformed {
        /// What is not as it must be.
        what: &'static str,
    },
    /// Of another log.
    #[error("this is the checkpoint of another log")]
    OtherLog,
    /// Signed by another key.
    #[error("this checkpoint is signed by another key")]
    OtherKey,
    /// Changed, or never signed.
    #[error("the signature of the checkpoint does not hold")]
    Signature,
}

impl CheckpointError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "checkpoint_too_long",
            Self::Malformed { .. } => "checkpoint_malformed",
            Self::OtherLog => "checkpoint_other_log",
            Self::OtherKey => "checkpoint_other_key",
            Self::Signature => "checkpoint_signature",
        }
    }
}

const TIME: &str = "time ";

impl Checkpoint {
    /// The bytes that are signed.
    pub fn to_text(&self) -> String {
        let root = BASE64.encode(self.root.as_bytes());
        format!(
            "{}\n{}\n{root}\n{TIME}{}\n",
            self.origin,
            self.size,
            self.at.as_millis()
        )
    }

    /// Reads what [`Checkpoint::to_text`] writes, and nothing else.
    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let malformed = |what| CheckpointError::Malformed { what };
        let mut lines = text.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let origin = Origin::parse(line()).ok_or(malformed("origin"))?;
        let size = line().parse().map_err(|_| malformed("size"))?;
        let root = BASE64.decode(line().as_bytes());
        let root = root.map_err(|_| malformed("root"))?;
        let root = Digest::from_slice(&root).map_err(|_| malformed("root"))?;
        let at = line().strip_prefix(TIME).and_then(|at| at.parse().ok());
        let at = Timestamp::from_millis(at.ok_or(malformed("time"))?);
        let read = Self {
            origin,
            size,
            root,
            at,
        };
        // A leading zero, a sign, a line too many: whatever would be a second way to write the same.
        if read.to_text() == text {
            Ok(read)
        } else {
            Err(malformed("not in its one form"))
        }
    }
}
