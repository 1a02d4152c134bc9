//! Looking through a map: everything a phone will rely on is checked once, at the import.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use xunge_domain::base_map::{TILE_BYTES_MAX, TilePicture, TilePictureFormat, TilePlace};

use super::MapFileError;

/// Longest value of the metadata that is read: a description may be long, a name is not.
const METADATA_BYTES_MAX: usize = 4 * 1024;
/// Most rows of metadata that are read.
const METADATA_ROWS_MAX: usize = 1_000;

/// A file that may be a base map.
pub struct MapSource {
    pub(super) connection: Connection,
}

/// What was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLooked {
    /// What the file says of itself, by name.
    pub metadata: BTreeMap<String, String>,
    /// The form of its pictures.
    pub format: TilePictureFormat,
    /// The shallowest zoom level.
    pub zoom_min: u8,
    /// The deepest.
    pub zoom_max: u8,
    /// How wide a picture is, in pixels.
    pub tile_pixels: u16,
    /// How many tiles.
    pub tiles: u64,
}

impl MapSource {
    /// Opens a file to be read. Nothing of it is run: no functions from its schema, no writes.
    ///
    /// # Errors
    /// It is no database.
    pub fn open(path: &Path) -> Result<Self, MapFileError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            connection.execute_batch(
                "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;",
            )?;
            // The first look at the file.
            connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
            Ok(connection)
        };
        let connection = open().map_err(|cause| MapFileError::NotMbtiles(cause.to_string()))?;
        Ok(Self { connection })
    }

    /// Looks through everything: the metadata and each tile. Cost: reads the file once, about 200 MB a second from a disk.
    ///
    /// # Errors
    /// Whatever keeps it from being a base map.
    pub fn look_through(&self) -> Result<MapLooked, MapFileError> {
        let metadata = self.metadata()?;
        let named = metadata
            .get("format")
            .map(String::as_str)
            .unwrap_or_default();
        if named == "pbf" || named.contains("vector") {
            return Err(MapFileError::Vectors(named.to_owned()));
        }
        let mut seen: Option<MapLooked> = None;
        let mut statement = self
            .connection
            .prepare("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
            .map_err(|cause| MapFileError::NotMbtiles(cause.to_string()))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place = (row.get(0)?, row.get(1)?, row.get(2)?);
            let bytes = row.get_ref(3)?;
            let bytes = bytes.as_blob().unwrap_or_default();
            let (zoom, picture) = looked(place, bytes)?;
            let looked = seen.get_or_insert_with(|| MapLooked {
                metadata: metadata.clone(),
                format: picture.format,
                zoom_min: zoom,
                zoom_max: zoom,
                tile_pixels: picture.width,
                tiles: 0,
            });
            if looked.tile_pixels != picture.width {
                return Err(MapFileError::Sizes {
                    one: looked.tile_pixels,
                    other: picture.width,
                });
            }
            looked.zoom_min = looked.zoom_min.min(zoom);
            looked.zoom_max = looked.zoom_max.max(zoom);
            looked.tiles += 1;
        }
        seen.ok_or(MapFileError::Empty)
    }

    fn metadata(&self) -> Result<BTreeMap<String, String>, MapFileError> {
        let no_map = |cause: rusqlite::Error| MapFileError::NotMbtiles(cause.to_string());
        let mut statement = self
            .connection
            .prepare("SELECT name, value FROM metadata LIMIT ?1")
            .map_err(no_map)?;
        let most = i64::try_from(METADATA_ROWS_MAX).unwrap_or(i64::MAX);
        let rows = statement
            .query_map([most], |row| {
                // Numbers are written as such by some.
                let text = |place: usize| -> rusqlite::Result<String> {
                    Ok(match row.get_ref(place)? {
                        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                        rusqlite::types::ValueRef::Real(number) => number.to_string(),
                        other => other.as_str().unwrap_or_default().to_owned(),
                    })
                };
                Ok((text(0)?, text(1)?))
            })
            .map_err(no_map)?;
        let mut metadata = BTreeMap::new();
        for row in rows {
            let (name, value) = row?;
            if value.len() <= METADATA_BYTES_MAX {
                metadata.insert(name, value);
            }
        }
        Ok(metadata)
    }
}

/// The level and the picture of a tile that is in order.
fn looked(
    (zoom, column, row): (i64, i64, i64),
    bytes: &[u8],
) -> Result<(u8, TilePicture), MapFileError> {
    let place = || {
        let (zoom, column, row) = (
            u8::try_from(zoom).ok()?,
            u32::try_from(column).ok()?,
            u32::try_from(row).ok()?,
        );
        TilePlace::from_south(zoom, column, row)
    };
    let place = place().ok_or(MapFileError::NoPlace { zoom, column, row })?;
    if bytes.len() > TILE_BYTES_MAX {
        return Err(MapFileError::TileTooLarge {
            zoom,
            column,
            row,
            bytes: bytes.len(),
        });
    }
    // A vector tile is compressed; its first two bytes say so.
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(MapFileError::Vectors("gzip".into()));
    }
    let picture = TilePicture::of(bytes).ok_or(MapFileError::NoPicture { zoom, column, row })?;
    Ok((place.zoom, picture))
}
