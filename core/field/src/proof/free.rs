//! Making room: originals whose receipt is here and whose bytes are in a backup of the hub may go. The fleet of devices is the
//! last copy of everything else.

use serde::Serialize;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::proof::receipts::backed_up_until;

/// Photo files looked at in one transaction.
const PART: usize = 100;

/// What was freed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Freed {
    /// Photo files.
    pub files: u64,
    /// Their bytes together.
    pub bytes: u64,
    /// Bytes of all photo files that are still here.
    pub bytes_left: u64,
}

impl FieldApp {
    /// Frees originals, the oldest first, until the photo files on this device are `keep_bytes` together or no more may go:
    /// what has no receipt, or lies in no backup of the hub as it last said, stays whatever the budget says. Working copies
    /// and thumbnails stay. Commits of a hundred files each; killed meanwhile, the next call ends it.
    ///
    /// # Errors
    /// The store's.
    pub fn free_originals(&mut self, keep_bytes: u64) -> Result<Freed, FieldError> {
        let mut freed = Freed::default();
        loop {
            let (here, freeable) = self.store.read(|reader| {
                let until = backed_up_until(reader)?;
                let freeable = reader.freeable_blobs(until, PART)?;
                Ok::<_, FieldError>((reader.blob_bytes_here()?, freeable))
            })?;
            freed.bytes_left = here;
            let mut surplus = here.saturating_sub(keep_bytes);
            let chosen: Vec<_> = freeable
                .into_iter()
                .take_while(|(_, length)| {
                    let wanted = surplus > 0;
                    surplus = surplus.saturating_sub(*length);
                    wanted
                })
                .collect();
            if chosen.is_empty() {
                self.store.remove_freed()?;
                return Ok(freed);
            }
            self.store.transaction(|tx| {
                chosen
                    .iter()
                    .try_for_each(|(digest, _)| tx.free_blob(*digest))
            })?;
            freed.files += chosen.len() as u64;
            freed.bytes += chosen.iter().map(|(_, length)| length).sum::<u64>();
        }
    }
}
