//! A push in parts: a request body that is of use as far as it came. First the request without a push, then each part
//! of the push as a message of its own, each behind its length, and a length of zero as the end: without it the body
//! was cut, however whole the transport calls it.

use minicbor::{Decode, Encode};
use xunge_domain::ids::DocumentId;

use crate::wire::{DocumentVerdict, Nonce};

/// Most parts of a body.
pub const PARTS_MAX: u32 = 256;
/// Bytes of a length.
const LENGTH_BYTES: usize = 4;

/// Which part of which push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPlace {
    /// Of the request.
    pub nonce: Nonce,
    /// The first is 0.
    pub number: u32,
}

/// How far a push in parts got. What is named in neither list was received.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct TakenParts {
    /// The first so many parts are committed. The rest is to be sent again.
    #[n(0)]
    pub parts: u32,
    /// Verdicts on documents of these parts of which not every change was received.
    #[n(1)]
    pub verdicts: Vec<DocumentVerdict>,
    /// Documents of these parts to be sent again with the hashes spelled out.
    #[n(2)]
    pub unresolved: Vec<DocumentId>,
}

/// The body of a push in parts, from the packed request and its packed parts.
pub fn in_parts<'a>(request: &[u8], parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    append(&mut body, request);
    for part in parts {
        append(&mut body, part);
    }
    body.extend_from_slice(&[0; LENGTH_BYTES]);
    body
}

fn append(body: &mut Vec<u8>, message: &[u8]) {
    // No message of ours comes near four gigabytes; a length that lied would be refused as damage.
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    body.extend_from_slice(&length.to_be_bytes());
    body.extend_from_slice(message);
}

/// A body that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// More bytes than a body may have.
    #[error("the body is larger than it may be")]
    TooLarge,
    /// More than [`PARTS_MAX`] parts.
    #[error("the body has more than {PARTS_MAX} parts")]
    TooMany,
    /// Bytes behind the end.
    #[error("bytes follow the end of the body")]
    Behind,
}

impl PartError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "parts_too_large",
            Self::TooMany => "parts_too_many",
            Self::Behind => "parts_behind_end",
        }
    }
}

/// What a body is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A packed message: the request first, then the parts of its push.
    Message(Vec<u8>),
    /// Nothing follows: the body was whole.
    End,
}

/// Cuts a body into its pieces while it comes in. Keeps no more than what came and was not asked for.
#[derive(Debug)]
pub struct PartReader {
    waiting: Vec<u8>,
    /// How many bytes may still come.
    room: usize,
    messages: u32,
    ended: bool,
}

impl PartReader {
    /// For a body of at most so many bytes.
    pub const fn new(bytes_max: usize) -> Self {
        Self {
            waiting: Vec::new(),
            room: bytes_max,
            messages: 0,
            ended: false,
        }
    }

    /// Takes bytes in as they come.
    ///
    /// # Errors
    /// More than the body may have, or bytes behind its end.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), PartError> {
        if self.ended && !bytes.is_empty() {
            return Err(PartError::Behind);
        }
        self.room = self
            .room
            .checked_sub(bytes.len())
            .ok_or(PartError::TooLarge)?;
        self.waiting.extend_from_slice(bytes);
        Ok(())
    }

    /// The next piece that is there whole.
    ///
    /// # Errors
    /// A piece larger than what may still come, too many of them, or bytes behind the end.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, PartError> {
        if self.ended {
            return Ok(None);
        }
        let Some((length, rest)) = self.waiting.split_first_chunk::<LENGTH_BYTES>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length == 0 {
            self.ended = true;
            return if rest.is_empty() {
                Ok(Some(Piece::End))
            } else {
                Err(PartError::Behind)
            };
        }
        let Some(message) = rest.get(..length) else {
            // Said before a byte of it is waited for.
            return if length - rest.len() > self.room {
                Err(PartError::TooLarge)
            } else {
                Ok(None)
            };
        };
        if self.messages > PARTS_MAX {
            return Err(PartError::TooMany);
        }
        self.messages += 1;
        let message = message.to_vec();
        self.waiting.drain(..LENGTH_BYTES + length);
        Ok(Some(Piece::Message(message)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn pieces(reader: &mut PartReader) -> Vec<Piece> {
        std::iter::from_fn(|| reader.next_piece().unwrap()).collect()
    }

    #[test]
    fn a_body_read_byte_by_byte_is_what_it_is_read_at_once_and_a_cut_has_no_end() {
        let parts: [&[u8]; 2] = [b"one", b"the second"];
        let body = in_parts(b"request", parts);
        let whole: Vec<Piece> = [b"request".as_slice(), parts[0], parts[1]]
            .map(|message| Piece::Message(message.to_vec()))
            .into_iter()
            .chain([Piece::End])
            .collect();
        let mut at_once = PartReader::new(body.len());
        at_once.feed(&body).unwrap();
        assert_eq!(pieces(&mut at_once), whole);
        let mut slowly = PartReader::new(body.len());
        let mut told = Vec::new();
        for (place, byte) in body.iter().enumerate() {
            assert!(!told.contains(&Piece::End), "cut at {place}");
            slowly.feed(&[*byte]).unwrap();
            told.extend(pieces(&mut slowly));
        }
        assert_eq!(told, whole);
        assert_eq!(slowly.feed(&[0]), Err(PartError::Behind));
        let mut longer = PartReader::new(100);
        longer.feed(&[body.as_slice(), &[7]].concat()).unwrap();
        for _ in 0..3 {
            longer.next_piece().unwrap();
        }
        assert_eq!(longer.next_piece(), Err(PartError::Behind));
    }

    #[test]
    fn what_is_too_large_or_too_many_is_refused_before_it_is_kept() {
        let body = in_parts(b"request", [b"one".as_slice()]);
        let mut full = PartReader::new(body.len() - 1);
        assert_eq!(full.feed(&body), Err(PartError::TooLarge));
        let announced = [&9_u32.to_be_bytes()[..], b"1234"].concat();
        for (room, said) in [(13, Ok(None)), (12, Err(PartError::TooLarge))] {
            let mut reader = PartReader::new(room);
            reader.feed(&announced).unwrap();
            assert_eq!(reader.next_piece(), said);
        }
        let most = usize::try_from(PARTS_MAX).unwrap();
        for (parts, refused) in [(most, false), (most + 1, true)] {
            let body = in_parts(b"request", vec![b"1".as_slice(); parts]);
            let mut reader = PartReader::new(body.len());
            reader.feed(&body).unwrap();
            let mut said = std::iter::from_fn(|| reader.next_piece().transpose());
            let refusal = said.find_map(Result::err);
            assert_eq!(refusal, refused.then_some(PartError::TooMany), "{parts}");
        }
    }
}
