//! A parcel: pieces in a file, signed by the device that made it.
//!
//! `"xunge parcel 1\n"`, then each piece behind its length (u32, big-endian), a length of 0, and the CBOR of a [`Foot`]. The
//! foot's signature covers everything before it, so a file that is cut or changed anywhere is refused before any of it is
//! looked at. What a piece is worth is said by its own signature.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use crate::carry::certificate::{Certificate, Certified};
use crate::carry::error::{CarryError, decode_whole};
use crate::carry::piece::PIECE_BYTES_MAX;
use crate::keys::{PublicKey, Signer, SignerError};

/// Most bytes of a parcel: the work of weeks with some photos. It is held in memory once.
pub const PARCEL_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Most pieces of one.
pub const PIECES_MAX: usize = 4_096;

const MAGIC: &[u8] = b"xunge parcel 1\n";
const LENGTH_BYTES: usize = size_of::<u32>();

/// What stands at the end.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Foot {
    #[n(0)]
    certificate: Certificate,
    #[n(1)]
    made_at: Timestamp,
    #[n(2)]
    signature: ByteArray<64>,
}

/// A parcel that was read.
#[derive(Debug)]
pub struct Parcel<'a> {
    /// Who made it. That says nothing of the pieces.
    pub maker: Certified,
    /// When, by the maker's clock.
    pub made_at: Timestamp,
    /// The pieces, in order.
    pub pieces: Vec<&'a [u8]>,
}

fn message(before: &[u8], made_at: Timestamp) -> Vec<u8> {
    let made_at = made_at.as_millis().to_be_bytes();
    let digest = Digest::of(before);
    [b"xunge parcel".as_slice(), &made_at, digest.as_bytes()].concat()
}

/// Writes a parcel and signs it. Cost: one signature.
///
/// # Errors
/// Too many or too large pieces, or the key cannot sign.
pub fn write_parcel(
    pieces: &[Vec<u8>],
    certificate: &Certificate,
    made_at: Timestamp,
    signer: &dyn Signer,
) -> Result<Vec<u8>, CarryError> {
    if pieces.len() > PIECES_MAX {
        return Err(CarryError::TooLarge);
    }
    let mut out = MAGIC.to_vec();
    for piece in pieces {
        let length = u32::try_from(piece.len()).map_err(|_| CarryError::TooLarge)?;
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(piece);
    }
    out.extend_from_slice(&[0; LENGTH_BYTES]);
    let signed = signer.sign(&message(&out, made_at));
    let signature = signed.map_err(|SignerError { cause }| CarryError::Signer { cause })?;
    let foot = Foot {
        certificate: certificate.clone(),
        made_at,
        signature: signature.into(),
    };
    // Not compressed: a stream may be written in several ways, and then not every changed bit would show.
    let _ = minicbor::encode(&foot, &mut out);
    if out.len() > PARCEL_BYTES_MAX {
        return Err(CarryError::TooLarge);
    }
    Ok(out)
}

/// Reads a parcel whose maker this hub certified. Cost: two verifications and a hash of all.
///
/// # Errors
/// Cut, changed, too large, no parcel, or of a device that is not this hub's.
pub fn read_parcel<'a>(
    bytes: &'a [u8],
    hub: &PublicKey,
    now: Timestamp,
) -> Result<Parcel<'a>, CarryError> {
    if bytes.len() > PARCEL_BYTES_MAX {
        return Err(CarryError::TooLarge);
    }
    let mut rest = bytes.strip_prefix(MAGIC).ok_or(CarryError::Unreadable)?;
    let mut pieces = Vec::new();
    loop {
        let (length, behind) = rest
            .split_first_chunk::<LENGTH_BYTES>()
            .ok_or(CarryError::Unreadable)?;
        rest = behind;
        let length = u32::from_be_bytes(*length) as usize;
        if length == 0 {
            break;
        }
        if length > PIECE_BYTES_MAX || pieces.len() == PIECES_MAX {
            return Err(CarryError::TooLarge);
        }
        let (piece, behind) = rest
            .split_at_checked(length)
            .ok_or(CarryError::Unreadable)?;
        pieces.push(piece);
        rest = behind;
    }
    let foot: Foot = decode_whole(rest)?;
    let maker = foot.certificate.verify(hub, now)?;
    let before = &bytes[..bytes.len() - rest.len()];
    let message = message(before, foot.made_at);
    if !maker.key.verifies(&message, foot.signature.as_slice()) {
        return Err(CarryError::ForeignSignature);
    }
    Ok(Parcel {
        maker,
        made_at: foot.made_at,
        pieces,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::carry::error::tests::{HUB, NOW, certificate, key};

    fn parcel() -> Vec<u8> {
        let pieces = [vec![1; 3], vec![2; 5]];
        write_parcel(&pieces, &certificate(1, &key(HUB)), NOW, &key(1)).unwrap()
    }

    #[test]
    fn a_parcel_reads_back() {
        let bytes = parcel();
        let read = read_parcel(&bytes, &key(HUB).public_key(), NOW).unwrap();
        assert_eq!(read.pieces, [&[1; 3][..], &[2; 5]]);
        assert_eq!(read.made_at, NOW);
        assert_eq!(read.maker.key, key(1).public_key());
    }

    #[test]
    fn a_parcel_that_is_cut_anywhere_or_changed_in_any_bit_is_refused() {
        let bytes = parcel();
        let hub = key(HUB).public_key();
        for cut in 0..bytes.len() {
            assert!(
                read_parcel(&bytes[..cut], &hub, NOW).is_err(),
                "cut at {cut}"
            );
        }
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(read_parcel(&forged, &hub, NOW).is_err(), "bit {bit}");
        }
        assert!(read_parcel(&[bytes.as_slice(), &[0]].concat(), &hub, NOW).is_err());
    }

    #[test]
    fn a_parcel_under_anothers_certificate_is_refused() {
        let hub = key(HUB);
        let read = |certificate: &Certificate| {
            let bytes = write_parcel(&[vec![1]], certificate, NOW, &key(1)).unwrap();
            read_parcel(&bytes, &hub.public_key(), NOW).unwrap_err()
        };
        assert_eq!(read(&certificate(2, &hub)), CarryError::ForeignSignature);
        assert_eq!(
            read(&certificate(1, &key(9))),
            CarryError::ForeignCertificate
        );
    }
}
