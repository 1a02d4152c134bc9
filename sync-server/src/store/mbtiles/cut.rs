//! Cutting: the tiles that touch a rectangle, all levels of the map, as long as they fit. The same order of the same map makes the same
//! bytes, so that a device that has them is offered nothing new.

use std::path::Path;

use xunge_domain::base_map::TileRange;
use xunge_domain::datum::Datum;
use xunge_domain::geo::Bounds;

use super::{MapFileError, MapSource, MapWriter};

/// What an overflowing page wastes of a tile, on average, and its rows in table and index.
const TILE_OVERHEAD_BYTES: u64 = 2 * 1024 + 100;
/// What is to be cut.
#[derive(Debug, Clone, Copy)]
pub struct CutOrder<'a> {
    /// The rectangle, WGS-84.
    pub area: Bounds,
    /// What the degrees of the map mean.
    pub datum: Datum,
    /// The levels of the map.
    pub zooms: (u8, u8),
    /// Largest file.
    pub bytes_max: u64,
    /// What the file is to say of itself.
    pub metadata: &'a [(&'a str, String)],
}

/// What was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The deepest level in it: deeper ones did not fit.
    pub zoom_max: u8,
    /// How many tiles.
    pub tiles: u64,
}

impl MapSource {
    /// Cuts an extract into a new file, flushed. `None` where the map shows nothing of the rectangle, or its shallowest level alone is too
    /// large; then there is no file. Cost: reads and writes the tiles, 64 MiB in about a second; a map without an index is read whole
    /// a level.
    ///
    /// # Errors
    /// The disk's, or a map that cannot be read any more.
    pub fn cut(&self, order: &CutOrder<'_>, to: &Path) -> Result<Option<Cut>, MapFileError> {
        let mut zoom_max = self.fitting(order)?;
        while let Some(deepest) = zoom_max {
            let tiles = self.write(order, deepest, to)?;
            if tiles > 0 && std::fs::metadata(to)?.len() <= order.bytes_max {
                return Ok(Some(Cut {
                    zoom_max: deepest,
                    tiles,
                }));
            }
            std::fs::remove_file(to)?;
            zoom_max = deepest
                .checked_sub(1)
                .filter(|less| *less >= order.zooms.0 && tiles > 0);
        }
        Ok(None)
    }

    /// The deepest level up to which everything fits, as far as that can be told before writing.
    fn fitting(&self, order: &CutOrder<'_>) -> Result<Option<u8>, MapFileError> {
        let (mut bytes, mut fitting) = (0, None);
        let mut statement = self.connection.prepare(
            "SELECT coalesce(sum(length(tile_data)), 0), count(*) FROM tiles \
             WHERE zoom_level = ?1 AND tile_column BETWEEN ?2 AND ?3 AND tile_row BETWEEN ?4 AND ?5",
        )?;
        for zoom in order.zooms.0..=order.zooms.1 {
            let range = range(order, zoom);
            let (sum, count): (i64, i64) =
                statement.query_row(range, |row| Ok((row.get(0)?, row.get(1)?)))?;
            bytes += sum.unsigned_abs() + count.unsigned_abs() * TILE_OVERHEAD_BYTES;
            if bytes > order.bytes_max {
                break;
            }
            fitting = Some(zoom);
        }
        Ok(fitting)
    }

    fn write(&self, order: &CutOrder<'_>, zoom_max: u8, to: &Path) -> Result<u64, MapFileError> {
        let mut writer = MapWriter::begin(to)?;
        // A place that stands twice in a map without an index counts once.
        let mut read = self.connection.prepare(
            "SELECT tile_column, tile_row, tile_data FROM tiles \
             WHERE zoom_level = ?1 AND tile_column BETWEEN ?2 AND ?3 AND tile_row BETWEEN ?4 AND ?5 \
             GROUP BY tile_column, tile_row ORDER BY tile_column, tile_row",
        )?;
        for zoom in order.zooms.0..=zoom_max {
            let mut rows = read.query(range(order, zoom))?;
            while let Some(row) = rows.next()? {
                let place = (zoom, row.get(0)?, row.get(1)?);
                writer.put_value(place, row.get_ref(2)?)?;
            }
        }
        let mut metadata = order.metadata.to_vec();
        metadata.push(("maxzoom", zoom_max.to_string()));
        writer.finish(&metadata)
    }
}

/// Level, columns and rows from the south, as the file counts them.
fn range(order: &CutOrder<'_>, zoom: u8) -> [u32; 5] {
    let TileRange { first, last } = TileRange::of(order.area, order.datum, zoom);
    [
        u32::from(zoom),
        first.column,
        last.column,
        last.row_from_south(),
        first.row_from_south(),
    ]
}
