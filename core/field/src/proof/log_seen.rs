//! The hub's log as this device has seen it. A later checkpoint must go on from it: so every device is a witness, and a log that
//! was cut or rewritten shows at whoever saw it before.

use minicbor::{Decode, Encode};
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{Checkpoint, CheckpointError, Origin, SignedCheckpoint};
use xunge_evidence::tree::verify_consistency;
use xunge_store::{Reader, Tx};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::ReceiptsFrame;

use crate::error::FieldError;
use crate::tables::encode;

const SEEN: &str = "log_seen";
/// What was seen, and what does not go on from there, signed by the same hub: together they are the proof.
const CONTRADICTION: &str = "log_contradiction";

/// The newest checkpoint that fitted to all before it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Seen {
    /// A hub that was restored has another past, and says so by another epoch.
    #[n(0)]
    epoch: u64,
    #[n(1)]
    text: String,
}

/// Two checkpoints of one log, signed by one hub, that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct LogContradiction {
    /// What was seen first, as signed text.
    #[n(0)]
    pub earlier: String,
    /// What was shown later, as signed text.
    #[n(1)]
    pub later: String,
    /// When the hub signed the later one, by its clock.
    #[n(2)]
    pub at: Timestamp,
}

/// The size of the log that was seen in this epoch.
pub(crate) fn seen_size(reader: &Reader<'_>, epoch: u64) -> Result<Option<u64>, FieldError> {
    Ok(seen(reader, epoch)?.map(|seen| seen.claimed().size))
}

/// Looks at a checkpoint, and keeps it where it goes on from the one seen before. `None` where it is not one of the pinned hub's.
pub(crate) fn look(
    tx: &Tx<'_>,
    (hub, epoch): (&PublicKey, u64),
    frame: &ReceiptsFrame,
) -> Result<Option<Checkpoint>, FieldError> {
    let Some(shown) = signed_by(hub, &frame.checkpoint) else {
        return Ok(None);
    };
    let checkpoint = shown.claimed().clone();
    if let Some(seen) = seen(tx, epoch)? {
        let before = seen.claimed();
        let goes_on = before.origin == checkpoint.origin
            && verify_consistency(
                (before.size, &before.root),
                (checkpoint.size, &checkpoint.root),
                &frame.consistency,
            )
            .is_ok();
        if !goes_on {
            // The first one is kept: one that came later could be the next lie.
            if tx.setting(CONTRADICTION)?.is_none() {
                let found = LogContradiction {
                    earlier: seen.to_text(),
                    later: frame.checkpoint.clone(),
                    at: checkpoint.at,
                };
                tx.set_setting(CONTRADICTION, &encode(&found))?;
            }
            return Ok(None);
        }
    }
    let text = frame.checkpoint.clone();
    tx.set_setting(SEEN, &encode(&Seen { epoch, text }))?;
    Ok(Some(checkpoint))
}

/// Whether the hub once showed a log that does not go on from what this device saw before.
pub(crate) fn contradiction(reader: &Reader<'_>) -> Result<Option<LogContradiction>, FieldError> {
    let kept = reader.setting(CONTRADICTION)?;
    Ok(kept.and_then(|kept| minicbor::decode(&kept).ok()))
}

fn seen(reader: &Reader<'_>, epoch: u64) -> Result<Option<SignedCheckpoint>, FieldError> {
    let kept = reader.setting(SEEN)?;
    let kept = kept.and_then(|kept| minicbor::decode::<Seen>(&kept).ok());
    let kept = kept.filter(|kept| kept.epoch == epoch);
    Ok(kept.and_then(|kept| SignedCheckpoint::parse(&kept.text).ok()))
}

/// A checkpoint that this hub signed.
pub(crate) fn signed_by(hub: &PublicKey, text: &str) -> Option<SignedCheckpoint> {
    let shown = SignedCheckpoint::parse(text).ok()?;
    let origin = shown.claimed().origin.clone();
    let verified = verified(&shown, &origin, hub).is_ok();
    verified.then_some(shown)
}

fn verified<'shown>(
    shown: &'shown SignedCheckpoint,
    origin: &Origin,
    hub: &PublicKey,
) -> Result<&'shown Checkpoint, CheckpointError> {
    shown.verified(origin, hub.as_bytes(), |text, signature| {
        hub.verifies(text, signature)
    })
}
