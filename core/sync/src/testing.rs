//! The switches of the simulation: mistakes planted in the product, to prove that its checker is awake, and signatures
//! and compression that cost next to nothing, so that it can run a hundred thousand schedules; and for measuring what
//! the protocol costs beside its signatures, signatures that are none.
//!
//! Everything here is inert without the feature `testing`: the questions are then constants and the compiler drops what
//! they guard. With it they are switches of the process, off until [`switches`] turns one.

use crate::keys::{PublicKey, SIGNATURE_BYTES, Signature};

/// A mistake planted where the product does the right thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// The device commits the cursor of a frame before the frame.
    CursorBeforeFrame,
    /// The hub answers what it never committed.
    ReceiptBeforeCommit,
    /// The hub tells a cursor of a later moment than the entries it read.
    FeedEntryLost,
    /// What is made again after a quarantine gets another intent id.
    AnotherIntentId,
    /// A restored hub goes on under the actor of its former life.
    ServerActorReused,
    /// Nobody asks whose actor or whose key it is.
    OwnershipUnchecked,
}

impl Mutant {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::CursorBeforeFrame,
        Self::ReceiptBeforeCommit,
        Self::FeedEntryLost,
        Self::AnotherIntentId,
        Self::ServerActorReused,
        Self::OwnershipUnchecked,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CursorBeforeFrame => "cursor-before-frame",
            Self::ReceiptBeforeCommit => "receipt-before-commit",
            Self::FeedEntryLost => "feed-entry-lost",
            Self::AnotherIntentId => "another-intent-id",
            Self::ServerActorReused => "server-actor-reused",
            Self::OwnershipUnchecked => "ownership-unchecked",
        }
    }
}

/// Turning the switches: there is nothing to turn without the feature.
#[cfg(feature = "testing")]
pub mod switches {
    use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

    use super::Mutant;

    static MUTANT: AtomicU8 = AtomicU8::new(0);
    static QUICK: AtomicBool = AtomicBool::new(false);
    static NO_SIGNATURES: AtomicBool = AtomicBool::new(false);

    /// Plants a mistake in the whole process, or takes it out.
    pub fn plant(mutant: Option<Mutant>) {
        MUTANT.store(
            mutant.map_or(0, |mutant| mutant as u8 + 1),
            Ordering::Relaxed,
        );
    }

    /// From now on signatures are hashes that anybody could make, and messages are hardly compressed.
    pub fn be_quick() {
        QUICK.store(true, Ordering::Relaxed);
    }

    /// From now on every signature is 64 zero bytes and holds for everything: no time to make or check it, and next to
    /// no bytes behind a compressor.
    pub fn use_no_signatures() {
        NO_SIGNATURES.store(true, Ordering::Relaxed);
    }

    pub(super) fn no_signatures() -> bool {
        NO_SIGNATURES.load(Ordering::Relaxed)
    }

    pub(super) fn planted(mutant: Mutant) -> bool {
        MUTANT.load(Ordering::Relaxed) == mutant as u8 + 1
    }

    pub(super) fn quick() -> bool {
        QUICK.load(Ordering::Relaxed)
    }
}

/// Whether this mistake is planted.
#[cfg(feature = "testing")]
#[must_use]
pub fn active(mutant: Mutant) -> bool {
    switches::planted(mutant)
}

/// Whether this mistake is planted: not in this build.
#[cfg(not(feature = "testing"))]
#[must_use]
pub const fn active(_mutant: Mutant) -> bool {
    false
}

#[cfg(feature = "testing")]
pub(crate) fn quick() -> bool {
    switches::quick()
}

#[cfg(not(feature = "testing"))]
pub(crate) const fn quick() -> bool {
    false
}

/// Whether seals carry no record: what W1 is measured without, as it is without signatures.
#[cfg(feature = "testing")]
#[must_use]
pub fn without_records() -> bool {
    switches::no_signatures()
}

/// Whether seals carry no record: in this build they do.
#[cfg(not(feature = "testing"))]
#[must_use]
pub const fn without_records() -> bool {
    false
}

/// Whether [`quick_signature`] stands for signatures.
#[cfg(feature = "testing")]
pub(crate) fn quick_signatures() -> bool {
    switches::quick() || switches::no_signatures()
}

#[cfg(not(feature = "testing"))]
pub(crate) const fn quick_signatures() -> bool {
    false
}

/// A hash in place of a signature: it tells keys and messages apart and protects nothing. Or zeros, which do not even
/// tell.
#[cfg(feature = "testing")]
pub(crate) fn quick_signature(key: &PublicKey, message: &[u8]) -> Signature {
    use sha2::Digest as _;
    if switches::no_signatures() {
        return [0; SIGNATURE_BYTES];
    }
    let mut hash = sha2::Sha256::new();
    hash.update(key.as_bytes());
    hash.update(message);
    let hash = hash.finalize();
    let mut signature = [0; SIGNATURE_BYTES];
    for (byte, hashed) in signature.iter_mut().zip(hash.iter().cycle()) {
        *byte = *hashed;
    }
    signature
}

/// Never asked for: [`quick_signatures`] is false.
#[cfg(not(feature = "testing"))]
pub(crate) const fn quick_signature(_key: &PublicKey, _message: &[u8]) -> Signature {
    [0; SIGNATURE_BYTES]
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;

    #[test]
    fn one_mistake_at_a_time() {
        assert!(!Mutant::ALL.into_iter().any(active));
        switches::plant(Some(Mutant::FeedEntryLost));
        assert_eq!(
            Mutant::ALL.map(active),
            Mutant::ALL.map(|mutant| mutant == Mutant::FeedEntryLost)
        );
        switches::plant(None);
        assert!(!Mutant::ALL.into_iter().any(active));
    }
}
