//! Reading a file of tiles. The hub made it and signed for it; whatever does not answer as it should all the same is damage.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use xunge_domain::base_map::{TILE_BYTES_MAX, TilePicture, TilePlace, TileRange};

use crate::StoreError;

/// Opens a file to be read.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connect = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.execute_batch(include_str!("../sql/base_map_pragmas.sql"))?;
        Ok(connection)
    };
    connect().map_err(damaged)
}

/// Whether a file is a map of pictures: one of its tiles can be read.
pub(super) fn look(path: &Path) -> Result<(), StoreError> {
    let map = open(path)?;
    let sql = "SELECT tile_data FROM tiles LIMIT 1";
    let found: Option<Vec<u8>> = map
        .query_row(sql, [], |row| row.get(0))
        .optional()
        .map_err(damaged)?;
    let is_picture = found.is_some_and(|bytes| TilePicture::of(&bytes).is_some());
    is_picture
        .then_some(())
        .ok_or_else(|| StoreError::damaged("no tile of the base map is a picture"))
}

/// Those tiles of a range that are in the file, from the north-west on.
pub(super) fn places(
    map: &Connection,
    range: TileRange,
    limit: usize,
) -> Result<Vec<TilePlace>, StoreError> {
    let TileRange { first, last } = range;
    let read = || -> rusqlite::Result<Vec<(u32, u32)>> {
        let mut statement = map.prepare_cached(include_str!("../sql/base_map_tiles.sql"))?;
        // Rows are counted from the south in the file.
        let parameters = params![
            first.zoom,
            first.column,
            last.column,
            last.row_from_south(),
            first.row_from_south(),
            i64::try_from(limit).unwrap_or(i64::MAX),
        ];
        let rows = statement.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    };
    let found = read().map_err(damaged)?.into_iter();
    Ok(found
        .filter_map(|(column, row)| TilePlace::from_south(first.zoom, column, row))
        .collect())
}

/// The picture of a tile.
pub(super) fn picture(map: &Connection, place: TilePlace) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = include_str!("../sql/base_map_tile.sql");
    let parameters = params![place.zoom, place.column, place.row_from_south()];
    let found: Option<Vec<u8>> = map
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(parameters, |row| row.get(0)).optional())
        .map_err(damaged)?;
    match found {
        Some(bytes) if bytes.len() > TILE_BYTES_MAX || TilePicture::of(&bytes).is_none() => {
            Err(StoreError::damaged("a tile of the base map is no picture"))
        }
        found => Ok(found),
    }
}

/// A table that is not there is damage too: nobody but the hub makes these files.
fn damaged(error: rusqlite::Error) -> StoreError {
    StoreError::damaged(format!("the base map: {error}"))
}
