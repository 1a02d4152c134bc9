//! Packs: the documents of a scope in one file, which a device whose feed begins at 0 fetches in the place of the feed's
//! frames. A file is a row of segments, each believed and committed by itself:
//!   length (u32, big-endian) ‖ brotli(CBOR of PackSegment) ‖ signature (64 bytes)

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use xunge_domain::ids::Digest;
use xunge_domain::scope::Scope;

use crate::keys::{PublicKey, SIGNATURE_BYTES, SoftwareKey};
use crate::wire::pack::{pack, unpack};

/// Most bytes of one segment, packed.
pub const SEGMENT_BYTES_MAX: usize = 4 * 1024 * 1024;
const LENGTH_BYTES: usize = 4;

/// A pack that lies ready at the hub, under `/api/sync/packs/<sha256>`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PackOffer {
    /// Whose documents.
    #[n(0)]
    pub scope: Scope,
    /// The hub's epoch `seq` belongs to.
    #[n(1)]
    pub epoch: u64,
    /// The feed is known up to here once the whole pack is committed.
    #[n(2)]
    pub seq: u64,
    /// The name of its bytes.
    #[n(3)]
    pub sha256: Digest,
    /// How many bytes.
    #[n(4)]
    pub length: u64,
}

/// Documents of a pack, to be committed together.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PackSegment {
    /// A batch of columns, in which every document is new.
    #[n(0)]
    pub batch: ByteVec,
}

/// Stands for a pack and everything in it up to some segment, in order. What the hub signs behind each segment, so that
/// no segment is taken for another, nor for one of another pack, even of the same place in the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackChain(Digest);

impl PackChain {
    /// Before the first segment.
    pub fn start(scope: &Scope, epoch: u64, seq: u64) -> Self {
        let name = scope.to_string();
        let place = [
            b"xunge pack".as_slice(),
            &epoch.to_be_bytes(),
            &seq.to_be_bytes(),
            name.as_bytes(),
        ];
        Self(Digest::of(&place.concat()))
    }

    /// After one more segment.
    #[must_use]
    pub fn with(self, packed: &[u8]) -> Self {
        let link = [b"xunge pack link".as_slice(), self.0.as_bytes(), packed];
        Self(Digest::of(&link.concat()))
    }

    /// As it was kept.
    pub const fn from_digest(digest: Digest) -> Self {
        Self(digest)
    }

    /// To be kept.
    pub const fn digest(self) -> Digest {
        self.0
    }

    fn signed(self) -> Vec<u8> {
        [b"xunge pack segment".as_slice(), self.0.as_bytes()].concat()
    }
}

/// The bytes of a segment, and where the chain then is. Cost: one signature.
pub fn write_segment(
    key: &SoftwareKey,
    chain: PackChain,
    segment: &PackSegment,
) -> (Vec<u8>, PackChain) {
    let packed = pack(segment);
    let chain = chain.with(&packed);
    let length = (packed.len() as u32).to_be_bytes();
    let signature = key.sign_now(&chain.signed());
    ([length.as_slice(), &packed, &signature].concat(), chain)
}

/// What the first bytes of a row of segments are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentReading<'a> {
    /// A segment that the hub signed in this place.
    Whole {
        /// The segment.
        segment: PackSegment,
        /// Where the chain is behind it.
        chain: PackChain,
        /// The bytes behind it.
        rest: &'a [u8],
    },
    /// Not all of it is here.
    Cut,
    /// Nothing the hub signed in this place.
    Foreign,
}

/// Reads a segment behind `chain`. Cost: one verification, about 0.2 ms.
pub fn read_segment<'a>(key: &PublicKey, chain: PackChain, bytes: &'a [u8]) -> SegmentReading<'a> {
    let Some((length, rest)) = bytes.split_first_chunk::<LENGTH_BYTES>() else {
        return SegmentReading::Cut;
    };
    let length = u32::from_be_bytes(*length) as usize;
    if length > SEGMENT_BYTES_MAX {
        return SegmentReading::Foreign;
    }
    let parts = rest.split_at_checked(length).and_then(|(packed, rest)| {
        rest.split_at_checked(SIGNATURE_BYTES)
            .map(|(signature, rest)| (packed, signature, rest))
    });
    let Some((packed, signature, rest)) = parts else {
        return SegmentReading::Cut;
    };
    let chain = chain.with(packed);
    if !key.verifies(&chain.signed(), signature) {
        return SegmentReading::Foreign;
    }
    match unpack(packed) {
        Ok(segment) => SegmentReading::Whole {
            segment,
            chain,
            rest,
        },
        Err(_) => SegmentReading::Foreign,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::keys::Signer as _;

    fn key() -> SoftwareKey {
        SoftwareKey::from_bytes(&[7; 32]).unwrap()
    }

    fn chain() -> PackChain {
        PackChain::start(&"grid:putian-1".parse().unwrap(), 1, 9)
    }

    fn segment(batch: &[u8]) -> PackSegment {
        PackSegment {
            batch: batch.to_vec().into(),
        }
    }

    fn batches(bytes: &[u8], mut chain: PackChain) -> Vec<Vec<u8>> {
        let (mut bytes, mut found) = (bytes, Vec::new());
        while let SegmentReading::Whole {
            segment,
            chain: next,
            rest,
        } = read_segment(&key().public_key(), chain, bytes)
        {
            found.push(segment.batch.to_vec());
            (bytes, chain) = (rest, next);
        }
        found
    }

    #[test]
    fn segments_are_read_in_their_order_from_their_pack_and_from_no_other() {
        let (first, next) = write_segment(&key(), chain(), &segment(b"one"));
        let (second, _) = write_segment(&key(), next, &segment(b"two"));
        let whole = [first.as_slice(), &second].concat();
        assert_eq!(batches(&whole, chain()), [b"one", b"two"]);
        assert_eq!(batches(&second, next), [b"two"], "from the middle");
        for (scope, epoch, seq) in [
            ("grid:putian-2", 1, 9),
            ("grid:putian-1", 2, 9),
            ("grid:putian-1", 1, 8),
        ] {
            let other = PackChain::start(&scope.parse().unwrap(), epoch, seq);
            assert_eq!(batches(&whole, other).len(), 0);
        }
        let key = key().public_key();
        assert_eq!(
            read_segment(&key, chain(), &second),
            SegmentReading::Foreign
        );
        assert_eq!(
            read_segment(&key, next, &first),
            SegmentReading::Foreign,
            "repeated"
        );
        // A pack of the same place that began differently.
        let (_, elsewhere) = write_segment(&super::tests::key(), chain(), &segment(b"ones"));
        assert_eq!(
            read_segment(&key, elsewhere, &second),
            SegmentReading::Foreign
        );
    }

    #[test]
    fn every_cut_is_a_cut_and_every_changed_byte_is_noticed() {
        let (bytes, _) = write_segment(&key(), chain(), &segment(b"a batch of columns"));
        let key = key().public_key();
        for length in 0..bytes.len() {
            assert_eq!(
                read_segment(&key, chain(), &bytes[..length]),
                SegmentReading::Cut
            );
            let mut flipped = bytes.clone();
            flipped[length] ^= 1;
            let read = read_segment(&key, chain(), &flipped);
            assert!(
                !matches!(read, SegmentReading::Whole { .. }),
                "byte {length}"
            );
        }
        let portal = b"<!doctype html><title>Login</title>";
        assert_eq!(read_segment(&key, chain(), portal), SegmentReading::Foreign);
        let long = (SEGMENT_BYTES_MAX as u32 + 1).to_be_bytes();
        assert_eq!(read_segment(&key, chain(), &long), SegmentReading::Foreign);
    }
}
