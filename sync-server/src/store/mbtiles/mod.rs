//! Files of map tiles (`MBTiles` 1.3, an SQLite database): a city's base map is looked through at its import, and extracts are cut of it.
//! They are no part of the hub's database, so they have a room of their own beside it.

mod cut;
mod source;
mod writer;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests;

use std::io;

use xunge_domain::base_map::TILE_BYTES_MAX;

pub use cut::{Cut, CutOrder};
pub use source::{MapLooked, MapSource};
pub use writer::MapWriter;

/// Why a file is no base map.
#[derive(Debug, thiserror::Error)]
pub enum MapFileError {
    /// No `MBTiles`.
    #[error("this is no MBTiles file: {0}")]
    NotMbtiles(String),
    /// Lines and areas instead of pictures.
    #[error("the tiles are vectors (format {0:?}), not pictures")]
    Vectors(String),
    /// A tile that is no picture, or none that both platforms draw.
    #[error("tile {zoom}/{column}/{row} (rows from the south) is no PNG, JPEG or WebP")]
    NoPicture {
        /// Its zoom level.
        zoom: i64,
        /// Its column.
        column: i64,
        /// Its row.
        row: i64,
    },
    /// A tile that is too large for a phone on a bad link.
    #[error(
        "tile {zoom}/{column}/{row} (rows from the south) has {bytes} bytes, over {TILE_BYTES_MAX}"
    )]
    TileTooLarge {
        /// Its zoom level.
        zoom: i64,
        /// Its column.
        column: i64,
        /// Its row.
        row: i64,
        /// How large it is.
        bytes: usize,
    },
    /// A tile outside of the square of its level.
    #[error("there is no place {zoom}/{column}/{row} (rows from the south), zoom 0 to 22")]
    NoPlace {
        /// Its zoom level.
        zoom: i64,
        /// Its column.
        column: i64,
        /// Its row.
        row: i64,
    },
    /// Tiles of different sizes: none could be drawn beside the other.
    #[error("tiles of {one} and of {other} pixels are in one map")]
    Sizes {
        /// One.
        one: u16,
        /// Another.
        other: u16,
    },
    /// Nothing in it.
    #[error("there are no tiles in it")]
    Empty,
    /// The file system's trouble.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// SQLite's.
    #[error("the file cannot be read as a database: {0}")]
    Database(#[from] rusqlite::Error),
}
