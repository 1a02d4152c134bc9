//! Between two devices on one socket: a key of this session from two keys made for it (ECDH), proven by both devices, so
//! that nobody else on the network reads along or speaks for one of them.
//!
//! Each sends a [`Hello`] in the clear, then messages under a key of its own direction, counted. The first is a
//! [`SharedMessage::Proof`]: certificate, and a signature over both hellos and which of them is the sender's.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DocumentId};

use crate::carry::certificate::Certificate;
use crate::carry::error::CarryError;
use crate::carry::piece::PIECE_BYTES_MAX;
use crate::carry::sealed::derived;
use crate::keys::{PUBLIC_KEY_BYTES, PublicKey, Signer as _, SoftwareKey};
use crate::wire::{pack, unpack};

const MAGIC: &[u8] = b"xunge share 1\n";
/// Bytes of the first message.
pub const HELLO_BYTES: usize = MAGIC.len() + PUBLIC_KEY_BYTES;
/// Most bytes of a message.
pub const MESSAGE_BYTES_MAX: usize = PIECE_BYTES_MAX + 1024;

/// What the devices say to each other.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum SharedMessage {
    /// First: who speaks.
    #[n(0)]
    Proof {
        /// The hub's word for it.
        #[n(0)]
        certificate: Certificate,
        /// Device signature over [`Channel::own_proof`].
        #[n(1)]
        signature: ByteArray<64>,
    },
    /// Second: what the sender holds of documents that both may see.
    #[n(1)]
    Holds(#[n(0)] Vec<Held>),
    /// What the other lacks: an open piece.
    #[n(2)]
    Piece(#[n(0)] ByteVec),
    /// Last: nothing more comes.
    #[n(3)]
    Done,
}

/// A document that is held.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Held {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// The first eight bytes of the name of every change, one behind the other.
    #[n(1)]
    pub names: ByteVec,
}

/// One side that has not heard the other yet.
pub struct Hello {
    own: SoftwareKey,
}

impl Hello {
    /// Begins. `secret` are 32 random bytes that are used for nothing else.
    ///
    /// # Errors
    /// A secret that is none: draw again.
    pub fn new(secret: &[u8; 32]) -> Result<Self, CarryError> {
        let own = SoftwareKey::from_bytes(secret).map_err(|_| CarryError::Seal)?;
        Ok(Self { own })
    }

    /// What to send first.
    pub fn bytes(&self) -> Vec<u8> {
        [MAGIC, self.own.public_key().as_bytes()].concat()
    }

    /// Meets the other side.
    ///
    /// # Errors
    /// It is no device of ours, or an echo.
    pub fn meet(self, their: &[u8]) -> Result<Channel, CarryError> {
        let key = their.strip_prefix(MAGIC).ok_or(CarryError::Protocol)?;
        let their = PublicKey::from_slice(key).map_err(|_| CarryError::Protocol)?;
        let own = self.own.public_key();
        if their == own {
            return Err(CarryError::Protocol);
        }
        let shared = their.agreed_with(&self.own);
        let shared = shared.map_err(|_| CarryError::Protocol)?;
        let mut both = [*own.as_bytes(), *their.as_bytes()];
        both.sort_unstable();
        let transcript = Digest::of(&both.concat());
        let cipher = |sender: &PublicKey| -> Result<ChaCha20Poly1305, CarryError> {
            let info = [b"xunge share 1".as_slice(), sender.as_bytes()].concat();
            let key = derived(&shared, transcript.as_bytes(), &info)?;
            Ok(ChaCha20Poly1305::new(&key))
        };
        Ok(Channel {
            outward: cipher(&own)?,
            inward: cipher(&their)?,
            sent: 0,
            received: 0,
            own,
            their,
            transcript,
        })
    }
}

/// Both sides have met.
pub struct Channel {
    outward: ChaCha20Poly1305,
    inward: ChaCha20Poly1305,
    sent: u64,
    received: u64,
    own: PublicKey,
    their: PublicKey,
    transcript: Digest,
}

fn nonce(count: u64) -> Nonce {
    let mut nonce = Nonce::default();
    nonce[4..].copy_from_slice(&count.to_be_bytes());
    nonce
}

impl Channel {
    fn proof(&self, sender: &PublicKey) -> Vec<u8> {
        let parts = [
            b"xunge share".as_slice(),
            self.transcript.as_bytes(),
            sender.as_bytes(),
        ];
        parts.concat()
    }

    /// What this device signs to prove that it speaks here.
    pub fn own_proof(&self) -> Vec<u8> {
        self.proof(&self.own)
    }

    /// What the other device must have signed.
    pub fn their_proof(&self) -> Vec<u8> {
        self.proof(&self.their)
    }

    /// The next message as bytes.
    ///
    /// # Errors
    /// Larger than a message may be.
    pub fn seal(&mut self, message: &SharedMessage) -> Result<Vec<u8>, CarryError> {
        let sealed = self
            .outward
            .encrypt(&nonce(self.sent), pack(message).as_slice());
        let sealed = sealed.map_err(|_| CarryError::TooLarge)?;
        if sealed.len() > MESSAGE_BYTES_MAX {
            return Err(CarryError::TooLarge);
        }
        self.sent += 1;
        Ok(sealed)
    }

    /// The next message of the other side.
    ///
    /// # Errors
    /// Changed, left out, repeated, too large, or no message.
    pub fn open(&mut self, bytes: &[u8]) -> Result<SharedMessage, CarryError> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(CarryError::TooLarge);
        }
        let plain = self.inward.decrypt(&nonce(self.received), bytes);
        let plain = plain.map_err(|_| CarryError::Protocol)?;
        self.received += 1;
        Ok(unpack(&plain)?)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn pair() -> (Channel, Channel) {
        let [one, other] = [1, 2].map(|byte| Hello::new(&[byte; 32]).unwrap());
        let (first, second) = (one.bytes(), other.bytes());
        (one.meet(&second).unwrap(), other.meet(&first).unwrap())
    }

    #[test]
    fn what_one_says_the_other_reads_once_and_in_order() {
        let (mut one, mut other) = pair();
        let first = one.seal(&SharedMessage::Holds(vec![])).unwrap();
        let second = one.seal(&SharedMessage::Done).unwrap();
        assert!(other.open(&second).is_err(), "out of order");
        assert_eq!(other.open(&first), Ok(SharedMessage::Holds(vec![])));
        assert!(other.open(&first).is_err(), "twice");
        assert_eq!(other.open(&second), Ok(SharedMessage::Done));
        assert!(one.open(&first).is_err(), "an echo");
        for bit in 0..second.len() * 8 {
            let (mut one, mut other) = pair();
            let mut changed = one.seal(&SharedMessage::Done).unwrap();
            let place = (bit / 8).min(changed.len() - 1);
            changed[place] ^= 1 << (bit % 8);
            assert!(other.open(&changed).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_proof_holds_for_its_sender_and_this_meeting_alone() {
        let (one, other) = pair();
        assert_eq!(one.own_proof(), other.their_proof());
        assert_ne!(one.own_proof(), one.their_proof());
        let third = Hello::new(&[3; 32]).unwrap();
        let elsewhere = Hello::new(&[1; 32]).unwrap().meet(&third.bytes()).unwrap();
        assert_ne!(elsewhere.own_proof(), one.own_proof());
    }

    #[test]
    fn an_echo_or_a_stranger_is_no_other_side() {
        let hello = Hello::new(&[1; 32]).unwrap();
        let echo = hello.bytes();
        assert!(hello.meet(&echo).is_err());
        let hello = Hello::new(&[1; 32]).unwrap();
        assert!(hello.meet(b"GET / HTTP/1.1\r\n").is_err());
    }
}
