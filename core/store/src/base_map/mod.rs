//! The base map's file, `base-map/` beside the database: fetched piece by piece, believed as a whole, read with SQLite, because an
//! `MBTiles` file is a database. It is public, so it is not encrypted, and it is none of the work: whatever is wrong with it is
//! [`StoreError::Damaged`] or an I/O error here and nowhere else, and the cure is to let go of it and fetch it again.

mod files;
mod tiles;

use xunge_domain::base_map::{TilePlace, TileRange};
use xunge_domain::ids::Digest;

pub(crate) use files::BaseMapFiles;
pub(crate) use files::FOLDER as BASE_MAP_FOLDER;

use crate::{Store, StoreError};

/// What became of a file all of whose bytes came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseMapFinish {
    /// It is here, on the disk under its final name.
    Kept,
    /// Its bytes are others than its name says. They are gone.
    WrongDigest,
    /// Its bytes are those, and no map of pictures. They are gone.
    NotDrawable,
}

impl Store {
    /// Whether there is a place for a base map: a store in memory has none.
    pub const fn keeps_base_map(&self) -> bool {
        self.base_map.has_folder()
    }

    /// How many of the first bytes of a file are here; all of them where it is finished. One look at the disk.
    ///
    /// # Errors
    /// Suspended, or the disk's.
    pub fn base_map_bytes_here(&self, sha256: Digest) -> Result<u64, StoreError> {
        self.awake()?;
        self.base_map.bytes_here(sha256)
    }

    /// Whether a file is finished. One look at the disk.
    ///
    /// # Errors
    /// Suspended.
    pub fn base_map_is_whole(&self, sha256: Digest) -> Result<bool, StoreError> {
        self.awake()?;
        Ok(self.base_map.is_whole(sha256))
    }

    /// Puts bytes behind those that are here, flushed. Bytes that begin elsewhere are passed over: they came twice.
    ///
    /// # Errors
    /// Suspended, a full disk, or the disk's.
    pub fn append_base_map(
        &self,
        sha256: Digest,
        from: u64,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.awake()?;
        self.base_map.append(sha256, from, bytes)
    }

    /// Believes a file all of whose bytes came, or not: hashes it, looks whether it is a map, and gives it its final name. Reads all of
    /// it: half a second for 64 MiB.
    ///
    /// # Errors
    /// Suspended, or the disk's.
    pub fn finish_base_map(&self, sha256: Digest) -> Result<BaseMapFinish, StoreError> {
        self.awake()?;
        self.base_map.finish(sha256)
    }

    /// Removes every file of a base map but these.
    ///
    /// # Errors
    /// Suspended, or the disk's.
    pub fn keep_base_maps(&self, kept: &[Digest]) -> Result<(), StoreError> {
        self.awake()?;
        self.base_map.keep_only(kept)
    }

    /// Which tiles of a range are in a finished file, at most `limit`, from the north-west on. Cost: an index, some dozen microseconds.
    ///
    /// # Errors
    /// Suspended; the file is not here or damaged.
    pub fn base_map_tiles(
        &self,
        sha256: Digest,
        range: TileRange,
        limit: usize,
    ) -> Result<Vec<TilePlace>, StoreError> {
        self.awake()?;
        self.base_map
            .read(sha256, |map| tiles::places(map, range, limit))
    }

    /// The picture of a tile as it was made; `None` where the map has none. Cost: an index and the bytes, under a millisecond.
    ///
    /// # Errors
    /// Suspended; the file is not here or damaged, or holds something else than a picture there.
    pub fn base_map_tile(
        &self,
        sha256: Digest,
        place: TilePlace,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.awake()?;
        self.base_map.read(sha256, |map| tiles::picture(map, place))
    }
}
