//! Photos that go along: cut into parts, and put together again. What is whole and cited here is kept as the photo it is.

use std::collections::BTreeMap;

use xunge_domain::case::{BlobReference, Keyed, PhotoEntry};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_store::limits::BLOB_BYTES_MAX;
use xunge_store::{BlobKind, BlobState, BlobUse, NewBlob, Reader, StoreError, Tx};
use xunge_sync::carry::{
    CarryError, PARCEL_BYTES_MAX, PHOTO_PART_BYTES_MAX, PhotoPart, Piece, open_piece,
};

use crate::error::FieldError;
use crate::photos::attach::note_look;

/// The photos of a document that others may want: what its changes cite, previews first.
pub(crate) fn cited(reader: &Reader<'_>, document: DocumentId) -> Result<Vec<BlobUse>, FieldError> {
    let used = reader.blobs_of(document)?.into_iter();
    let wanted = used.filter(|used| {
        used.cited_by.is_some()
            && matches!(used.kind, BlobKind::Preview | BlobKind::Original)
            && used.blob.state != BlobState::Elsewhere
    });
    Ok(wanted.collect())
}

/// A photo in parts. Nothing of one whose file is gone or damaged: the rest goes all the same.
pub(crate) fn parts(reader: &Reader<'_>, used: &BlobUse) -> Result<Vec<PhotoPart>, FieldError> {
    let bytes = match reader.read_blob(used.blob.digest) {
        Ok(bytes) => bytes,
        Err(StoreError::BlobMissing(_) | StoreError::BlobDamaged(_)) => return Ok(Vec::new()),
        Err(cause) => return Err(cause.into()),
    };
    let blob = BlobReference {
        sha256: used.blob.digest,
        length: bytes.len() as u64,
    };
    let parts = bytes.chunks(PHOTO_PART_BYTES_MAX).enumerate();
    Ok(parts
        .map(|(number, chunk)| PhotoPart {
            blob,
            offset: (number * PHOTO_PART_BYTES_MAX) as u64,
            bytes: chunk.to_vec().into(),
        })
        .collect())
}

/// Which photos the documents that were taken cite, and by which change.
#[derive(Default)]
pub(crate) struct Wanted(BTreeMap<Digest, (DocumentId, BlobKind, Digest)>);

impl Wanted {
    /// The photos of a document whose newest change that came is this one.
    pub(crate) fn of(
        &mut self,
        document: DocumentId,
        photos: &[Keyed<PhotoEntry>],
        change: Digest,
    ) {
        for photo in photos.iter().filter(|photo| !photo.entry.elsewhere) {
            let entry = &photo.entry;
            let kinds = [
                (entry.preview, BlobKind::Preview),
                (Some(entry.original), BlobKind::Original),
            ];
            for (blob, kind) in kinds {
                if let Some(blob) = blob {
                    self.0
                        .entry(blob.sha256)
                        .or_insert((document, kind, change));
                }
            }
        }
    }
}

/// Photos whose parts come one after the other.
#[derive(Default)]
pub(crate) struct Arriving {
    photos: BTreeMap<Digest, Vec<u8>>,
    lengths: BTreeMap<Digest, u64>,
    bytes: usize,
}

impl Arriving {
    /// Takes the next part of a photo; they come in order.
    ///
    /// # Errors
    /// Out of order, of two lengths, or more than a parcel holds.
    pub(crate) fn take(&mut self, part: &PhotoPart) -> Result<(), CarryError> {
        let length = *self
            .lengths
            .entry(part.blob.sha256)
            .or_insert(part.blob.length);
        let photo = self.photos.entry(part.blob.sha256).or_default();
        if length != part.blob.length || photo.len() as u64 != part.offset {
            return Err(CarryError::Photo);
        }
        self.bytes += part.bytes.len();
        if self.bytes > PARCEL_BYTES_MAX || length > BLOB_BYTES_MAX as u64 {
            return Err(CarryError::TooLarge);
        }
        photo.extend_from_slice(&part.bytes);
        Ok(())
    }

    /// Keeps what is wanted here, and carries the rest on. How many photos were new here, and how many pieces.
    ///
    /// # Errors
    /// A photo that is not whole or not what its name says, or the store's.
    pub(crate) fn keep(&self, tx: &Tx<'_>, wanted: &Wanted) -> Result<(u64, u64), FieldError> {
        for (name, bytes) in &self.photos {
            if Digest::of(bytes) != *name {
                return Err(CarryError::Photo.into());
            }
        }
        let (mut photos, mut carried) = (0, 0);
        for (name, bytes) in &self.photos {
            if let Some((document, kind, change)) = wanted.0.get(name) {
                let here = tx.blob(*name)?;
                if here.is_some_and(|blob| blob.state != BlobState::Elsewhere) {
                    continue;
                }
                let new = NewBlob {
                    document: *document,
                    kind: *kind,
                };
                tx.put_blob(&new, bytes)?;
                if *kind == BlobKind::Preview {
                    note_look(tx, *document, *name, bytes)?;
                }
                tx.cite_blob(*name, *document, *change)?;
                photos += 1;
            } else if tx.blob(*name)?.is_none() {
                carried += carry_on(tx, *name, bytes)?;
            }
        }
        Ok((photos, carried))
    }
}

/// A photo of what is not this person's to see, in pieces to be handed up.
fn carry_on(tx: &Tx<'_>, name: Digest, bytes: &[u8]) -> Result<u64, FieldError> {
    let mut carried = 0;
    for (number, chunk) in bytes.chunks(PHOTO_PART_BYTES_MAX).enumerate() {
        let part = PhotoPart {
            blob: BlobReference {
                sha256: name,
                length: bytes.len() as u64,
            },
            offset: (number * PHOTO_PART_BYTES_MAX) as u64,
            bytes: chunk.to_vec().into(),
        };
        carried += u64::from(tx.keep_piece(&open_piece(&Piece::Photo(part))?)?);
    }
    Ok(carried)
}
