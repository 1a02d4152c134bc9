//! Writing a file of tiles. Nobody sees it before it is finished, so it needs no log and no flush on the way.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params};
use xunge_domain::base_map::TilePlace;

use super::MapFileError;

/// "MPBX": how the registry of SQLite's application ids names `MBTiles`.
const APPLICATION_ID: i32 = 0x4d50_4258;

/// A file in the making.
pub struct MapWriter {
    connection: Connection,
    path: PathBuf,
    tiles: u64,
}

impl MapWriter {
    /// Begins a file, in the place of whatever is there.
    ///
    /// # Errors
    /// The disk's.
    pub fn begin(path: &Path) -> Result<Self, MapFileError> {
        if path.exists() {
            std::fs::remove_file(path)?;
        }
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE TABLE metadata (name TEXT NOT NULL, value TEXT NOT NULL);
             CREATE TABLE tiles (
               zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL, tile_data BLOB NOT NULL
             );",
        )?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            tiles: 0,
        })
    }

    /// Adds a tile. A place is given once.
    ///
    /// # Errors
    /// The disk's.
    pub fn put(&mut self, place: TilePlace, picture: &[u8]) -> Result<(), MapFileError> {
        self.put_value(
            (place.zoom, place.column, place.row_from_south()),
            ValueRef::Blob(picture),
        )
    }

    /// Adds what another file holds, with its row from the south.
    pub(super) fn put_value(
        &mut self,
        (zoom, column, row): (u8, u32, u32),
        picture: ValueRef<'_>,
    ) -> Result<(), MapFileError> {
        let mut put = self
            .connection
            .prepare_cached("INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)")?;
        put.execute(params![zoom, column, row, ToSqlOutput::Borrowed(picture)])?;
        self.tiles += 1;
        Ok(())
    }

    /// Ends the file: what it says of itself, its index, on the disk. Answers how many tiles it has.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(self, metadata: &[(&str, String)]) -> Result<u64, MapFileError> {
        for (name, value) in metadata {
            self.connection
                .execute("INSERT INTO metadata VALUES (?1, ?2)", params![name, value])?;
        }
        self.connection.execute_batch(
            "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row); COMMIT",
        )?;
        self.connection.close().map_err(|(_, cause)| cause)?;
        File::open(&self.path)?.sync_all()?;
        Ok(self.tiles)
    }
}
