//! Import 导入: a file that somebody brought, all of it or nothing.

use serde::Serialize;
use xunge_domain::ids::DocumentId;
use xunge_store::Tx;
use xunge_sync::carry::{Piece, is_sealed, read_parcel, read_piece};

use crate::app::FieldApp;
use crate::documents::pen;
use crate::error::FieldError;
use crate::exchange::certificate::judged_at;
use crate::exchange::photos::{Arriving, Wanted};
use crate::exchange::take::{Judging, take_work};
use crate::sync::next_request::session;

/// What a file, or another device, brought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Brought {
    /// The name of whoever made the file, or holds the other device.
    pub from: String,
    /// Changes that are new here.
    pub changes: u64,
    /// The cases they are of.
    pub cases: Vec<DocumentId>,
    /// Photo files that are new here.
    pub photos: u64,
    /// Pieces that are new here and will be handed up with the next sync.
    pub carried: u64,
}

impl FieldApp {
    /// Takes a file in, in one commit; a second time it brings nothing new. What this person may see is merged as its
    /// authors' work, the rest, and what is sealed, is kept to be handed up with the next sync. Holds the file in memory;
    /// a verification a case.
    ///
    /// # Errors
    /// A file that is cut, changed or not of a device of this hub, or that holds anything forged: then nothing is taken.
    pub fn import(&mut self, bytes: &[u8]) -> Result<Brought, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let hub = session(pen.identity)?.server_key;
        self.store.transaction(|tx| {
            let now = judged_at(tx, pen.ports)?;
            let parcel = read_parcel(bytes, &hub, now)?;
            let judging = Judging {
                pen,
                hub: &hub,
                now,
            };
            let mut brought = Brought {
                from: parcel.maker.origin.person.name.clone(),
                ..Brought::default()
            };
            let mut wanted = Wanted::default();
            let mut photos = Arriving::default();
            for piece in &parcel.pieces {
                take_piece(tx, judging, piece, &mut brought, &mut wanted, &mut photos)?;
            }
            let (kept, carried) = photos.keep(tx, &wanted)?;
            brought.photos += kept;
            brought.carried += carried;
            Ok(brought)
        })
    }

    /// How many pieces of others wait here to be handed up.
    ///
    /// # Errors
    /// The store's.
    pub fn carried_for_others(&self) -> Result<u64, FieldError> {
        Ok(self.store.read(|reader| reader.waiting_piece_count())?)
    }
}

pub(crate) fn take_piece(
    tx: &Tx<'_>,
    judging: Judging<'_>,
    bytes: &[u8],
    brought: &mut Brought,
    wanted: &mut Wanted,
    photos: &mut Arriving,
) -> Result<(), FieldError> {
    if is_sealed(bytes) {
        brought.carried += u64::from(tx.keep_piece(bytes)?);
        return Ok(());
    }
    match read_piece(bytes)? {
        Piece::Photo(part) => photos.take(&part)?,
        Piece::Work(work) => {
            let taken = take_work(tx, judging, &work, wanted)?;
            brought.changes += taken.changes;
            brought.cases.extend(taken.cases);
            if taken.for_the_hub {
                brought.carried += u64::from(tx.keep_piece(bytes)?);
            }
        }
    }
    Ok(())
}
