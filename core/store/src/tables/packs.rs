//! Packs on their way: how much of each is committed.

use rusqlite::params;
use xunge_domain::ids::Digest;

use crate::StoreError;
use crate::limits::SCOPE_BYTES_MAX;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{digest, u64_bits, within};

/// The pack of a scope, as far as it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// The scope, as text.
    pub scope: String,
    /// The server's epoch `seq` belongs to.
    pub epoch: u64,
    /// Where the scope's feed goes on behind the pack.
    pub seq: u64,
    /// The name of its bytes.
    pub sha256: Digest,
    /// How many bytes it has.
    pub length: u64,
    /// How many of them are committed.
    pub taken: u64,
    /// Stands for these, opaque here.
    pub chain: Digest,
}

impl Reader<'_> {
    /// All packs, by scope.
    ///
    /// # Errors
    /// The store's.
    pub fn packs(&self) -> Result<Vec<PackRow>, StoreError> {
        let sql = "SELECT scope, epoch, seq, sha256, length, taken, chain FROM pack ORDER BY scope";
        self.all(sql, [], |row| {
            Ok(PackRow {
                scope: row.get(0)?,
                epoch: u64_bits(row, 1)?,
                seq: u64_bits(row, 2)?,
                sha256: digest(row, 3)?,
                length: u64_bits(row, 4)?,
                taken: u64_bits(row, 5)?,
                chain: digest(row, 6)?,
            })
        })
    }
}

impl Tx<'_> {
    /// Puts a pack in the place of the one its scope had.
    ///
    /// # Errors
    /// A scope beyond its limit, or the store's.
    pub fn put_pack(&self, pack: &PackRow) -> Result<(), StoreError> {
        within("scope", pack.scope.len(), SCOPE_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "INSERT OR REPLACE INTO pack (scope, epoch, seq, sha256, length, taken, chain)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                pack.scope,
                pack.epoch.cast_signed(),
                pack.seq.cast_signed(),
                pack.sha256.as_bytes(),
                pack.length.cast_signed(),
                pack.taken.cast_signed(),
                pack.chain.as_bytes(),
            ],
        )?;
        Ok(())
    }

    /// Notes how much of a pack is committed, together with what that much brought.
    ///
    /// # Errors
    /// No such pack, or the store's.
    pub fn take_of_pack(
        &self,
        scope: &str,
        sha256: Digest,
        taken: u64,
        chain: Digest,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE pack SET taken = ?3, chain = ?4 WHERE scope = ?1 AND sha256 = ?2";
        let values = params![
            scope,
            sha256.as_bytes(),
            taken.cast_signed(),
            chain.as_bytes()
        ];
        match self.execute(Topic::Sync, sql, values)? {
            0 => Err(StoreError::NotFound { what: "pack" }),
            _ => Ok(()),
        }
    }

    /// Forgets the pack of a scope; fine when there is none.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_pack(&self, scope: &str) -> Result<(), StoreError> {
        self.execute(Topic::Sync, "DELETE FROM pack WHERE scope = ?1", [scope])?;
        Ok(())
    }

    /// Forgets every pack.
    ///
    /// # Errors
    /// The store's.
    pub fn forget_packs(&self) -> Result<(), StoreError> {
        self.execute(Topic::Sync, "DELETE FROM pack", [])?;
        Ok(())
    }
}
