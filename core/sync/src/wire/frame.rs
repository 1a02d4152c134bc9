//! The answer's envelope: each frame is signed over the request's nonce and its own place, so that a page of a
//! captive portal, an answer to another request or a reordered frame is never taken for a receipt.

use crate::keys::{PublicKey, SIGNATURE_BYTES, SoftwareKey};
use crate::wire::Nonce;
use crate::wire::message::Frame;
use crate::wire::pack::{pack, unpack};

/// Most bytes of one packed frame.
pub const FRAME_BYTES_MAX: usize = 4 * 1024 * 1024;
const LENGTH_BYTES: usize = 4;

fn signed(nonce: &Nonce, index: u32, payload: &[u8]) -> Vec<u8> {
    [
        b"xunge frame".as_slice(),
        nonce,
        &index.to_be_bytes(),
        payload,
    ]
    .concat()
}

/// Writes an answer.
pub struct FrameWriter<'a> {
    key: &'a SoftwareKey,
    nonce: Nonce,
    index: u32,
    bytes: Vec<u8>,
}

impl<'a> FrameWriter<'a> {
    /// An answer to the request with this nonce.
    pub const fn new(key: &'a SoftwareKey, nonce: Nonce) -> Self {
        Self {
            key,
            nonce,
            index: 0,
            bytes: Vec::new(),
        }
    }

    /// Appends a frame. Cost: one signature, about 0.1 ms.
    pub fn push(&mut self, frame: &Frame) {
        let payload = pack(frame);
        let signature = self
            .key
            .sign_now(&signed(&self.nonce, self.index, &payload));
        self.bytes
            .extend_from_slice(&(payload.len() as u32).to_be_bytes());
        self.bytes.extend_from_slice(&payload);
        self.bytes.extend_from_slice(&signature);
        self.index += 1;
    }

    /// The body.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With its end, or with a frame that stands alone.
    Complete,
    /// In the middle: the whole frames before the cut count.
    Cut,
    /// Bytes the pinned key did not sign: somebody else answered.
    Foreign,
}

/// The frames of an answer, as far as they can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// In order.
    pub frames: Vec<Frame>,
    /// How it ended.
    pub ending: Ending,
}

/// Reads an answer.
pub struct FrameReader {
    key: PublicKey,
    nonce: Nonce,
}

impl FrameReader {
    /// For the answer to the request with this nonce, signed with the pinned key.
    pub const fn new(key: PublicKey, nonce: Nonce) -> Self {
        Self { key, nonce }
    }

    /// Of the request whose answer this reads.
    pub const fn nonce(&self) -> &Nonce {
        &self.nonce
    }

    /// Reads a body, whole or cut. Cost: one verification a frame, about 0.2 ms.
    pub fn read(&self, mut body: &[u8]) -> Reading {
        let mut frames = Vec::new();
        loop {
            let Some((length, rest)) = body.split_first_chunk::<LENGTH_BYTES>() else {
                return Reading {
                    frames,
                    ending: Ending::Cut,
                };
            };
            let length = u32::from_be_bytes(*length) as usize;
            if length > FRAME_BYTES_MAX {
                return Reading {
                    frames,
                    ending: Ending::Foreign,
                };
            }
            let parts = rest.split_at_checked(length).and_then(|(payload, rest)| {
                rest.split_at_checked(SIGNATURE_BYTES)
                    .map(|(signature, rest)| (payload, signature, rest))
            });
            let Some((payload, signature, rest)) = parts else {
                return Reading {
                    frames,
                    ending: Ending::Cut,
                };
            };
            if !self.key.verifies(
                &signed(&self.nonce, frames.len() as u32, payload),
                signature,
            ) {
                return Reading {
                    frames,
                    ending: Ending::Foreign,
                };
            }
            let Ok(frame) = unpack::<Frame>(payload) else {
                return Reading {
                    frames,
                    ending: Ending::Foreign,
                };
            };
            let last = !matches!(
                frame,
                Frame::Head(_) | Frame::Documents(_) | Frame::Columns(_)
            );
            frames.push(frame);
            if last {
                let ending = if rest.is_empty() {
                    Ending::Complete
                } else {
                    Ending::Foreign
                };
                return Reading { frames, ending };
            }
            body = rest;
        }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::keys::Signer;
    use crate::wire::message::{DocumentsFrame, EndFrame};

    const NONCE: Nonce = [5; 16];

    fn answer() -> (SoftwareKey, Vec<Frame>, Vec<u8>) {
        let key = SoftwareKey::from_bytes(&[7; 32]).expect("a key");
        let documents = Frame::Documents(DocumentsFrame {
            documents: vec![],
            cursors: vec![],
            evicted: Vec::new(),
            left: Vec::new(),
        });
        let frames = vec![
            documents,
            Frame::End(EndFrame {
                blobs: vec![],
                more: false,
                packs: vec![],
                compared: None,
                refused: Vec::new(),
                tasks: Vec::new(),
            }),
        ];
        let mut writer = FrameWriter::new(&key, NONCE);
        frames.iter().for_each(|frame| writer.push(frame));
        let body = writer.finish();
        (key, frames, body)
    }

    #[test]
    fn a_whole_answer_is_complete_and_every_cut_of_it_is_a_cut() {
        let (key, frames, body) = answer();
        let reader = FrameReader::new(key.public_key(), NONCE);
        assert_eq!(
            reader.read(&body),
            Reading {
                frames: frames.clone(),
                ending: Ending::Complete
            }
        );
        for cut in 0..body.len() {
            let reading = reader.read(&body[..cut]);
            assert_eq!(reading.ending, Ending::Cut, "cut at {cut}");
            assert!(frames.starts_with(&reading.frames));
        }
    }

    #[test]
    fn another_key_another_request_or_a_portal_is_foreign() {
        let (key, _, body) = answer();
        let other = SoftwareKey::from_bytes(&[8; 32]).expect("a key");
        let read = |key: &SoftwareKey, nonce, body: &[u8]| {
            FrameReader::new(key.public_key(), nonce).read(body).ending
        };
        assert_eq!(read(&other, NONCE, &body), Ending::Foreign);
        assert_eq!(read(&key, [6; 16], &body), Ending::Foreign);
        assert_eq!(
            read(&key, NONCE, b"<!doctype html><title>Login</title>"),
            Ending::Foreign
        );
        let mut longer = body.clone();
        longer.push(0);
        assert_eq!(read(&key, NONCE, &longer), Ending::Foreign);
        for index in 0..body.len() {
            let mut flipped = body.clone();
            flipped[index] ^= 1;
            assert_ne!(
                read(&key, NONCE, &flipped),
                Ending::Complete,
                "byte {index}"
            );
        }
    }
}
