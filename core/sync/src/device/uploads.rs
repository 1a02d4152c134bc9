//! Uploads: bytes of photos, and what the hub has of them.

use xunge_domain::case::BlobReference;

use crate::device::machine::{DeviceMachine, InFlight};
use crate::device::request::{HttpRequest, Session, chunk_request};
use crate::wire::{BlobAnswer, ByteRange, FrameReader, Nonce};

impl DeviceMachine {
    /// The request of [`Step::Chunk`].
    pub fn chunk(
        &mut self,
        session: &Session,
        blob: &BlobReference,
        range: ByteRange,
        bytes: Vec<u8>,
        nonce: Nonce,
    ) -> HttpRequest {
        let reader = FrameReader::new(session.server_key, nonce);
        self.in_flight = Some(InFlight::Chunk {
            reader,
            blob: blob.sha256,
        });
        chunk_request(session, blob, range, bytes, nonce)
    }

    /// Notes the gaps; blobs without any are stored, which is the receipt to commit.
    pub(super) fn on_blobs(&mut self, blobs: Vec<BlobAnswer>) -> Vec<BlobAnswer> {
        for answer in &blobs {
            self.gaps.insert(answer.sha256, answer.missing.clone());
        }
        let stored = blobs.into_iter();
        stored.filter(|answer| answer.missing.is_empty()).collect()
    }
}
