//! The base map under the beat, where the city has one.

use xunge_field::domain::geo::Bounds;
use xunge_field::{BaseMap, BaseMapTile};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// The base map that the hub offers for this person's beats, and how much of it is here; nothing where it has none, or nothing was
    /// told yet: maps are drawn without. Background thread; under a millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn base_map(&self) -> Result<Option<BaseMap>, FieldError> {
        self.with(|app| app.base_map())
    }

    /// The tiles under a rectangle that is drawn so many pixels wide: of one zoom level, at most 64, only those that are here; each with
    /// the rectangle its picture is drawn into. Background thread; under a millisecond.
    ///
    /// # Errors
    /// The store's; a damaged map is none.
    pub fn base_map_tiles(
        &self,
        area: Bounds,
        pixels_across: u32,
    ) -> Result<Vec<BaseMapTile>, FieldError> {
        self.with(|app| app.base_map_tiles(area, pixels_across))
    }

    /// The picture of a tile, PNG, JPEG or WebP as it was made; nothing where there is none. Background thread; under a millisecond
    /// beside the bytes. Keep what was decoded: the same tile is drawn again and again.
    ///
    /// # Errors
    /// The store's; a damaged map is none.
    pub fn base_map_tile(
        &self,
        zoom: u8,
        column: u32,
        row: u32,
    ) -> Result<Option<Vec<u8>>, FieldError> {
        self.with(|app| app.base_map_tile(zoom, column, row))
    }
}
