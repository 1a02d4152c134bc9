//! Uploads: bytes of photos, and what the hub has of them.

use xunge_domain::case::BlobReference;
use xunge_domain::time::Timestamp;

use crate::device::machine::{DeviceMachine, InFlight};
use crate::device::request::{HttpRequest, Session, chunk_request};
use crate::keys::{Signer, SignerError};
use crate::wire::{BlobAnswer, ByteRange, FrameReader, Nonce};

impl DeviceMachine {
    /// The request of [`Step::Chunk`], made `now` by the device's clock and with a fresh nonce.
    ///
    /// # Errors
    /// The device key cannot sign.
    pub fn chunk(
        &mut self,
        session: &Session,
        blob: &BlobReference,
        range: ByteRange,
        bytes: Vec<u8>,
        (now, nonce): (Timestamp, Nonce),
        signer: &dyn Signer,
    ) -> Result<HttpRequest, SignerError> {
        let request =
            chunk_request(session, blob, range, bytes, nonce).signed((now, &nonce), signer)?;
        let reader = FrameReader::new(session.server_key, nonce);
        self.in_flight = Some(InFlight::Chunk {
            reader,
            blob: blob.sha256,
        });
        Ok(request)
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
