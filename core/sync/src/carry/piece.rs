//! A piece: what is handed up, kept and put into a parcel as one. Open, or sealed to the hub.
//!
//! One byte says which: `0` and the packed message, or `1` and the same sealed.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use xunge_domain::case::BlobReference;

use crate::carry::carriage::Carriage;
use crate::carry::certificate::Certificate;
use crate::carry::error::CarryError;
use crate::carry::sealed::{SEALED_OVERHEAD, seal, unseal};
use crate::keys::{PublicKey, SoftwareKey};
use crate::wire::{PackError, pack, unpack};

/// Most bytes of a piece: what one request may carry.
pub const PIECE_BYTES_MAX: usize = 4 * 1024 * 1024 - 1024;
/// Most bytes of a photo in one piece.
pub const PHOTO_PART_BYTES_MAX: usize = 1024 * 1024;

const OPEN: u8 = 0;
const SEALED: u8 = 1;

/// What is in it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Piece {
    /// Changes of one device.
    #[n(0)]
    Work(#[n(0)] Work),
    /// Bytes of a photo that some changes cite.
    #[n(1)]
    Photo(#[n(0)] PhotoPart),
}

/// Changes of one device with its certificate.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Work {
    /// Of the device that signed all of them. The hub knows its devices itself.
    #[n(0)]
    pub certificate: Certificate,
    /// A document each.
    #[n(1)]
    pub carriages: Vec<Carriage>,
}

/// Bytes of a photo. Its name proves them once they are whole.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PhotoPart {
    /// The photo.
    #[n(0)]
    pub blob: BlobReference,
    /// Where the bytes begin.
    #[n(1)]
    pub offset: u64,
    /// At most [`PHOTO_PART_BYTES_MAX`] of them.
    #[n(2)]
    pub bytes: ByteVec,
}

impl From<PackError> for CarryError {
    fn from(error: PackError) -> Self {
        match error {
            PackError::TooLarge | PackError::TooMany => Self::TooLarge,
            PackError::Compression | PackError::Cbor(_) => Self::Unreadable,
        }
    }
}

/// A piece that everybody may read.
///
/// # Errors
/// Larger than a piece may be.
pub fn open_piece(piece: &Piece) -> Result<Vec<u8>, CarryError> {
    marked(OPEN, &pack(piece))
}

/// A piece that the hub alone can read. `secret` are 32 random bytes that are used for nothing else.
///
/// # Errors
/// Larger than a piece may be, or a secret that is none: draw again.
pub fn seal_piece(
    piece: &Piece,
    hub: &PublicKey,
    secret: &[u8; 32],
) -> Result<Vec<u8>, CarryError> {
    seal_packed(&pack(piece), hub, secret)
}

/// Seals an open piece. One that is sealed stays as it is.
///
/// # Errors
/// As [`seal_piece`].
pub fn seal_open_piece(
    bytes: &[u8],
    hub: &PublicKey,
    secret: &[u8; 32],
) -> Result<Vec<u8>, CarryError> {
    match bytes.split_first() {
        Some((&OPEN, packed)) => seal_packed(packed, hub, secret),
        _ => Ok(bytes.to_vec()),
    }
}

fn seal_packed(packed: &[u8], hub: &PublicKey, secret: &[u8; 32]) -> Result<Vec<u8>, CarryError> {
    let made = SoftwareKey::from_bytes(secret).map_err(|_| CarryError::Seal)?;
    marked(SEALED, &seal(packed, hub, &made)?)
}

fn marked(mark: u8, bytes: &[u8]) -> Result<Vec<u8>, CarryError> {
    if bytes.len() + 1 + SEALED_OVERHEAD > PIECE_BYTES_MAX {
        return Err(CarryError::TooLarge);
    }
    Ok([&[mark], bytes].concat())
}

/// Whether only the hub can read it.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.first() == Some(&SEALED)
}

/// Reads an open piece.
///
/// # Errors
/// Sealed, too large, or no piece.
pub fn read_piece(bytes: &[u8]) -> Result<Piece, CarryError> {
    match bytes.split_first() {
        _ if bytes.len() > PIECE_BYTES_MAX => Err(CarryError::TooLarge),
        Some((&OPEN, packed)) => whole(unpack(packed)?),
        Some((&SEALED, _)) => Err(CarryError::Seal),
        _ => Err(CarryError::Unreadable),
    }
}

/// Reads any piece: what the hub does.
///
/// # Errors
/// Sealed to somebody else, changed, too large, or no piece.
pub fn unseal_piece(bytes: &[u8], hub: &SoftwareKey) -> Result<Piece, CarryError> {
    match bytes.split_first() {
        Some((&SEALED, sealed)) if bytes.len() <= PIECE_BYTES_MAX => {
            whole(unpack(&unseal(sealed, hub)?)?)
        }
        _ => read_piece(bytes),
    }
}

/// Numbers that contradict each other make no piece.
fn whole(piece: Piece) -> Result<Piece, CarryError> {
    if let Piece::Photo(part) = &piece {
        let end = part.offset.checked_add(part.bytes.len() as u64);
        let fits = end.is_some_and(|end| end <= part.blob.length);
        if !fits || part.bytes.is_empty() || part.bytes.len() > PHOTO_PART_BYTES_MAX {
            return Err(CarryError::Unreadable);
        }
    }
    Ok(piece)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::carry::error::tests::{HUB, certificate, key};
    use crate::keys::Signer as _;
    use xunge_domain::ids::Digest;

    fn photo(offset: u64, length: u64) -> Piece {
        Piece::Photo(PhotoPart {
            blob: BlobReference {
                sha256: Digest::of(b"photo"),
                length,
            },
            offset,
            bytes: b"photo".to_vec().into(),
        })
    }

    #[test]
    fn a_sealed_piece_is_the_hubs_to_read_and_nobody_can_change_a_bit_of_it() {
        let hub = key(HUB);
        let piece = Piece::Work(Work {
            certificate: certificate(1, &hub),
            carriages: vec![],
        });
        let sealed = seal_piece(&piece, &hub.public_key(), &[3; 32]).unwrap();
        assert_eq!(unseal_piece(&sealed, &hub), Ok(piece.clone()));
        assert_eq!(read_piece(&sealed), Err(CarryError::Seal));
        assert_eq!(unseal_piece(&sealed, &key(1)), Err(CarryError::Seal));
        let open = open_piece(&piece).unwrap();
        let inside = &open[1..];
        assert!(!sealed.windows(inside.len()).any(|window| window == inside));
        for bit in 8..sealed.len() * 8 {
            let mut forged = sealed.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal_piece(&forged, &hub).is_err(), "bit {bit}");
        }
        for cut in 0..sealed.len() {
            assert!(unseal_piece(&sealed[..cut], &hub).is_err(), "cut at {cut}");
        }
        let again = seal_open_piece(&open, &hub.public_key(), &[4; 32]).unwrap();
        assert_eq!(unseal_piece(&again, &hub), Ok(piece));
    }

    #[test]
    fn parts_of_a_photo_lie_inside_of_it() {
        let read = |piece| read_piece(&open_piece(&piece).unwrap());
        assert_eq!(read(photo(2, 7)), Ok(photo(2, 7)));
        for wrong in [photo(3, 7), photo(u64::MAX, 7)] {
            assert_eq!(read(wrong), Err(CarryError::Unreadable));
        }
    }
}
