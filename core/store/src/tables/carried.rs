//! Pieces that are carried for others until the server has them.

use rusqlite::params;
use xunge_domain::ids::Digest;

use crate::StoreError;
use crate::limits::{CARRIED_BYTES_MAX, CARRIED_PIECE_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, digest, within};

/// A piece that waits to be handed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedPiece {
    /// Its place among those that came.
    pub arrival: u64,
    /// SHA-256 of its bytes.
    pub name: Digest,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Reader<'_> {
    /// The first waiting piece behind this place; 0 is before all.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting_piece(&self, behind: u64) -> Result<Option<CarriedPiece>, StoreError> {
        let sql = "SELECT arrival, name, bytes FROM carried_piece
             WHERE state = 0 AND arrival > ?1 ORDER BY arrival LIMIT 1";
        self.optional(sql, [behind.cast_signed()], |row| {
            Ok(CarriedPiece {
                arrival: count(row, 0)?,
                name: digest(row, 1)?,
                bytes: row.get(2)?,
            })
        })
    }

    /// How many pieces wait.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting_piece_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM carried_piece WHERE state = 0";
        self.one(sql, [], |row| count(row, 0))
    }

    /// Whether a piece was kept here, whatever became of it.
    ///
    /// # Errors
    /// The store's.
    pub fn knows_piece(&self, name: Digest) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM carried_piece WHERE name = ?1)";
        self.one(sql, [name.as_bytes()], |row| row.get(0))
    }
}

impl Tx<'_> {
    /// Keeps a piece to be handed up; false when it is known already.
    ///
    /// # Errors
    /// Too large, more than a device carries for others, or the store's.
    pub fn keep_piece(&self, bytes: &[u8]) -> Result<bool, StoreError> {
        within("carried piece", bytes.len(), CARRIED_PIECE_BYTES_MAX)?;
        let name = Digest::of(bytes);
        if self.knows_piece(name)? {
            return Ok(false);
        }
        let carried = self.one(
            "SELECT coalesce(sum(length(bytes)), 0) FROM carried_piece WHERE state = 0",
            [],
            |row| count(row, 0),
        )?;
        let carried = usize::try_from(carried).unwrap_or(usize::MAX);
        let together = carried.saturating_add(bytes.len());
        within("carried pieces", together, CARRIED_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "INSERT INTO carried_piece (name, bytes, state) VALUES (?1, ?2, 0)",
            params![name.as_bytes(), bytes],
        )?;
        Ok(true)
    }

    /// The server has said what became of a piece: its bytes go, its name stays. Fine when it is not here.
    ///
    /// # Errors
    /// The store's.
    pub fn settle_piece(&self, name: Digest, taken: bool) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE carried_piece SET state = ?2, bytes = x'' WHERE name = ?1",
            params![name.as_bytes(), if taken { 1 } else { 2 }],
        )?;
        Ok(())
    }
}
