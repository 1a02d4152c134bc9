//! Export 导出: one file with everything of this device's that the hub is not known to have, and what it carries for others.

use std::collections::BTreeSet;

use xunge_domain::ids::DocumentId;
use xunge_store::{BlobKind, Reader};
use xunge_sync::carry::{
    CarryError, Certified, PARCEL_BYTES_MAX, PIECES_MAX, Piece, Work, open_piece, seal_open_piece,
    write_parcel,
};

use crate::app::FieldApp;
use crate::documents::{Pen, pen};
use crate::error::FieldError;
use crate::exchange::certificate::{own_certificate, want_certificate};
use crate::exchange::photos::{cited, parts};
use crate::exchange::work::{batches, carriage, something};
use crate::sync::next_request::session;

/// Most cases of one file.
const CASES_MAX: usize = 2_000;
/// Most photos looked at beside those of the cases.
const PHOTOS_MAX: usize = 500;
/// Left for what stands around the pieces.
const AROUND_BYTES: usize = 64 * 1024;

/// A file to be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its bytes, at most 64 MiB.
    pub bytes: Vec<u8>,
    /// How many cases of this device are in it.
    pub cases: u64,
    /// How many photo files.
    pub photos: u64,
    /// Photo files that did not fit: they stay here as ever.
    pub photos_left_out: u64,
    /// Pieces of others that go along.
    pub carried: u64,
}

impl FieldApp {
    /// Makes a file of what the server has not received: texts, then photos as far as they fit, and what others gave this
    /// device to hand up. Sealed, it can be read by the server alone, so anybody may carry it; otherwise colleagues who
    /// import it see what they may see. Nothing here changes: what is carried is still sent when there is signal. Reads the
    /// disk; a signature a case.
    ///
    /// # Errors
    /// Nothing to carry, no certificate yet, or the store's.
    pub fn export(&mut self, sealed: bool) -> Result<Parcel, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let made = self.store.read(|reader| parcel(reader, pen, sealed));
        if matches!(made, Err(FieldError::Carry(CarryError::NoCertificate))) {
            self.store.transaction(want_certificate)?;
        }
        made
    }
}

/// Pieces, as long as there is room.
struct Filling<'a> {
    pen: Pen<'a>,
    sealed: bool,
    pieces: Vec<Vec<u8>>,
    room: usize,
}

impl Filling<'_> {
    /// False where it does not fit any more.
    fn add(&mut self, piece: Vec<u8>) -> Result<bool, FieldError> {
        let hub = session(self.pen.identity)?.server_key;
        let piece = if self.sealed {
            seal_open_piece(&piece, &hub, &self.pen.ports.random())?
        } else {
            piece
        };
        let bytes = piece.len() + size_of::<u32>();
        if bytes > self.room || self.pieces.len() == PIECES_MAX {
            return Ok(false);
        }
        self.room -= bytes;
        self.pieces.push(piece);
        Ok(true)
    }
}

fn parcel(reader: &Reader<'_>, pen: Pen<'_>, sealed: bool) -> Result<Parcel, FieldError> {
    let (certificate, certified) = own_certificate(reader, pen.identity, pen.ports)?;
    let mut filling = Filling {
        pen,
        sealed,
        pieces: Vec::new(),
        room: PARCEL_BYTES_MAX - AROUND_BYTES,
    };
    let documents = reader.pending_documents(CASES_MAX)?;
    let carriages = own_work(reader, pen, &certified, &documents)?;
    let cases = carriages.len() as u64;
    for carriages in batches(carriages) {
        let certificate = certificate.clone();
        let work = Piece::Work(Work {
            certificate,
            carriages,
        });
        if !filling.add(open_piece(&work)?)? {
            return Err(CarryError::TooLarge.into());
        }
    }
    let carried = add_carried(reader, &mut filling)?;
    let (photos, photos_left_out) = add_photos(reader, &documents, &mut filling)?;
    something(&filling.pieces)?;
    let signer = pen.ports.signer.as_ref();
    Ok(Parcel {
        bytes: write_parcel(&filling.pieces, &certificate, pen.now, signer)?,
        cases,
        photos,
        photos_left_out,
        carried,
    })
}

fn own_work(
    reader: &Reader<'_>,
    pen: Pen<'_>,
    certified: &Certified,
    documents: &[DocumentId],
) -> Result<Vec<xunge_sync::carry::Carriage>, FieldError> {
    let mut carriages = Vec::new();
    for id in documents {
        carriages.extend(carriage(reader, pen, certified, *id)?);
    }
    Ok(carriages)
}

fn add_carried(reader: &Reader<'_>, filling: &mut Filling<'_>) -> Result<u64, FieldError> {
    let (mut behind, mut carried) = (0, 0);
    while let Some(piece) = reader.waiting_piece(behind)? {
        behind = piece.arrival;
        carried += u64::from(filling.add(piece.bytes)?);
    }
    Ok(carried)
}

/// Photos that wait, of these cases and of those whose text was received; previews before originals.
fn add_photos(
    reader: &Reader<'_>,
    documents: &[DocumentId],
    filling: &mut Filling<'_>,
) -> Result<(u64, u64), FieldError> {
    let mut waiting = reader.unacknowledged_blobs(BlobKind::Original, PHOTOS_MAX)?;
    for id in documents {
        let of_case = cited(reader, *id)?.into_iter();
        waiting.extend(of_case.filter(|used| used.blob.state == xunge_store::BlobState::Local));
    }
    waiting.sort_by_key(|used| used.kind);
    let (mut taken, mut left_out) = (0, 0);
    let mut names = BTreeSet::new();
    for used in waiting {
        if !names.insert(used.blob.digest) {
            continue;
        }
        // All of a photo or nothing of it; its bytes do not get smaller.
        let length = usize::try_from(used.blob.length).unwrap_or(usize::MAX);
        if length.saturating_add(AROUND_BYTES) > filling.room {
            left_out += 1;
            continue;
        }
        for part in parts(reader, &used)? {
            filling.add(open_piece(&Piece::Photo(part))?)?;
        }
        taken += 1;
    }
    Ok((taken, left_out))
}
