//! The base map 底图: pictures under the beat, cut into tiles of the Web Mercator square. Which tiles a rectangle needs, where a tile
//! lies, and what a picture is; pure, so that hub, device and tests agree. Nobody else does map projection.

mod picture;
mod tile;

pub use picture::{TilePicture, TilePictureFormat};
pub use tile::{TilePlace, TileRange, ZOOM_MAX, fitting_zoom};

/// Most tiles of one rectangle that is drawn.
pub const DRAWN_TILES_MAX: usize = 64;
/// Largest picture of a tile.
pub const TILE_BYTES_MAX: usize = 512 * 1024;
/// How wide a tile's picture is where nothing else is said, in pixels.
pub const TILE_PIXELS: u16 = 256;
