//! A made-up base map around the hub's unit grids, to try with before the city has brought its own: streets and blocks that are nowhere.

use std::io;
use std::path::Path;

use jpeg_encoder::{ColorType, Encoder, EncodingError};
use xunge_domain::base_map::{TILE_PIXELS, TilePlace, TileRange, ZOOM_MAX};
use xunge_domain::datum::Datum;
use xunge_domain::geo::Bounds;

use super::cut::with_margin;
use crate::app::App;
use crate::services::city_tables::places::unit_grids_on;
use crate::store::StoreError;
use crate::store::mbtiles::{MapFileError, MapWriter};
use crate::tables::local_date;

/// Whose it is.
const ATTRIBUTION: &str = "样图，非真实地图 made up, not a real map";
/// Most tiles that are drawn.
const TILES_MAX: u64 = 20_000;
const QUALITY: u8 = 70;
/// Places along the edge of the square, as fine as anything is drawn: about a metre.
const FINEST_ZOOM: u8 = ZOOM_MAX - 5;
/// A block is so many pixels of that level wide, the street around it so many.
const BLOCK: u64 = 120;
const STREET: u64 = 14;

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The hub has no grids.
    #[error("this hub has no unit grids to draw a map around")]
    NoGrids,
    /// Levels that are none, or too many tiles.
    #[error("{0} tiles, over {TILES_MAX}: give fewer levels")]
    TooMany(u64),
    /// A picture could not be made.
    #[error(transparent)]
    Picture(#[from] EncodingError),
    /// The file's trouble.
    #[error(transparent)]
    File(#[from] MapFileError),
    /// The file system's trouble.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Draws a made-up map around all unit grids, of these levels, as an `MBTiles` file. Answers how many tiles. Cost: about a millisecond a
/// tile.
///
/// # Errors
/// No grids, too many tiles, or the disk's.
pub fn sample(app: &App, to: &Path, (zoom_min, zoom_max): (u8, u8)) -> Result<u64, SampleError> {
    let day = local_date(app.clock.now());
    let grids = app.store.reading(|read| unit_grids_on(read, &day))?;
    let corners = grids.iter().flat_map(|grid| grid.grid.corners.iter());
    let area = Bounds::of(corners.copied()).ok_or(SampleError::NoGrids)?;
    let area = with_margin(area);
    let levels: Vec<TileRange> = (zoom_min..=zoom_max.min(ZOOM_MAX))
        .map(|zoom| TileRange::of(area, Datum::Wgs84, zoom))
        .collect();
    let tiles: u64 = levels.iter().map(|level| level.count()).sum();
    if tiles == 0 || tiles > TILES_MAX {
        return Err(SampleError::TooMany(tiles));
    }
    let mut writer = MapWriter::begin(to)?;
    for TileRange { first, last } in levels {
        for column in first.column..=last.column {
            for row in first.row..=last.row {
                let place = TilePlace {
                    zoom: first.zoom,
                    column,
                    row,
                };
                writer.put(place, &drawn(place)?)?;
            }
        }
    }
    let metadata = [
        ("name", "样图 sample".to_owned()),
        ("attribution", ATTRIBUTION.to_owned()),
        ("format", "jpg".to_owned()),
        ("minzoom", zoom_min.to_string()),
        ("maxzoom", zoom_max.to_string()),
    ];
    Ok(writer.finish(&metadata)?)
}

fn drawn(place: TilePlace) -> Result<Vec<u8>, EncodingError> {
    let side = u64::from(TILE_PIXELS);
    let mut pixels = Vec::with_capacity(usize::from(TILE_PIXELS).pow(2) * 3);
    for down in 0..side {
        for across in 0..side {
            let east = finest(place.zoom, u64::from(place.column) * side + across);
            let south = finest(place.zoom, u64::from(place.row) * side + down);
            pixels.extend_from_slice(&colour(east, south));
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, QUALITY).encode(&pixels, TILE_PIXELS, TILE_PIXELS, ColorType::Rgb)?;
    Ok(bytes)
}

/// A pixel of a level as one of the finest.
const fn finest(zoom: u8, pixel: u64) -> u64 {
    if zoom <= FINEST_ZOOM {
        pixel << (FINEST_ZOOM - zoom)
    } else {
        pixel >> (zoom - FINEST_ZOOM)
    }
}

/// Streets, and blocks in a colour of their own; every seventh is a park, every thirteenth water. The same place has the same colour on
/// every tile and level.
const fn colour(east: u64, south: u64) -> [u8; 3] {
    let (column, row) = (east / BLOCK, south / BLOCK);
    if east % BLOCK < STREET || south % BLOCK < STREET {
        return [255, 255, 255];
    }
    let kind = column.wrapping_mul(2_654_435_761) ^ row.wrapping_mul(40_503);
    let shade = (kind % 16) as u8;
    match kind % 91 {
        0 | 7 | 14 | 21 | 28 => [200 - shade, 230, 190 - shade],
        13 | 26 | 39 => [180, 205 - shade, 235],
        _ => [238 - shade, 234 - shade, 224 - shade],
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::base_map::{TilePicture, TilePictureFormat};

    #[test]
    fn a_tile_is_a_picture_of_its_place() {
        let place = TilePlace::new(16, 53_482, 26_012).unwrap();
        let tile = drawn(place).unwrap();
        let picture = TilePicture::of(&tile).unwrap();
        assert_eq!(picture.format, TilePictureFormat::Jpeg);
        assert_eq!(picture.width, TILE_PIXELS);
        let beside = TilePlace {
            column: place.column + 1,
            ..place
        };
        assert_ne!(drawn(beside).unwrap(), tile);
        assert_eq!(drawn(place).unwrap(), tile);
    }

    #[test]
    fn a_place_has_one_colour_on_every_level() {
        for pixel in [0, 1, 255, 1_000_003] {
            assert_eq!(
                finest(FINEST_ZOOM - 1, pixel),
                finest(FINEST_ZOOM, pixel * 2)
            );
            assert_eq!(
                finest(FINEST_ZOOM + 1, pixel * 2),
                finest(FINEST_ZOOM, pixel)
            );
        }
    }
}
