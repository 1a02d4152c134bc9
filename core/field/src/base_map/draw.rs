//! Draw: which tiles a rectangle of a screen needs, and their pictures. A map that turns out to be damaged is let go of, and the screen
//! draws without one.

use serde::Serialize;
use xunge_domain::base_map::{DRAWN_TILES_MAX, TilePlace, TileRange, fitting_zoom};
use xunge_domain::geo::Bounds;
use xunge_store::StoreError;

use super::kept::held;
use crate::app::FieldApp;
use crate::error::FieldError;

/// A tile that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BaseMapTile {
    /// Zoom level.
    pub zoom: u8,
    /// From the 180th meridian eastwards.
    pub column: u32,
    /// From the north.
    pub row: u32,
    /// Where it lies, WGS-84: its picture is drawn into this rectangle.
    #[serde(skip)]
    pub area: Bounds,
}

impl FieldApp {
    /// The tiles under a rectangle that is drawn so many pixels wide: of one zoom level, at which a tile is drawn at about its own size,
    /// or the nearest the map has; at most 64, only those that are here. Under a millisecond.
    ///
    /// # Errors
    /// The store's; a damaged map is none.
    pub fn base_map_tiles(
        &mut self,
        area: Bounds,
        pixels_across: u32,
    ) -> Result<Vec<BaseMapTile>, FieldError> {
        let Some(map) = self.store.read(held)? else {
            return Ok(Vec::new());
        };
        let range = (map.zoom_min, map.zoom_max);
        let zoom = fitting_zoom(area, pixels_across, map.tile_pixels, map.datum, range);
        let range = TileRange::of(area, map.datum, zoom);
        let found = self
            .store
            .base_map_tiles(map.sha256, range, DRAWN_TILES_MAX);
        let tiles = self.unless_damaged(found)?.unwrap_or_default();
        let tile = |place: TilePlace| BaseMapTile {
            zoom: place.zoom,
            column: place.column,
            row: place.row,
            area: place.area(map.datum),
        };
        Ok(tiles.into_iter().map(tile).collect())
    }

    /// The picture of a tile, PNG, JPEG or WebP as it was made; `None` where there is none. Under a millisecond.
    ///
    /// # Errors
    /// The store's; a damaged map is none.
    pub fn base_map_tile(
        &mut self,
        zoom: u8,
        column: u32,
        row: u32,
    ) -> Result<Option<Vec<u8>>, FieldError> {
        let held = self.store.read(held)?;
        let (Some(map), Some(place)) = (held, TilePlace::new(zoom, column, row)) else {
            return Ok(None);
        };
        let found = self.store.base_map_tile(map.sha256, place);
        Ok(self.unless_damaged(found)?.flatten())
    }

    /// What was found; nothing of a map that is damaged, which goes.
    fn unless_damaged<Found>(
        &mut self,
        found: Result<Found, StoreError>,
    ) -> Result<Option<Found>, FieldError> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(StoreError::Suspended) => Err(StoreError::Suspended.into()),
            Err(_) => {
                self.drop_held_base_map()?;
                Ok(None)
            }
        }
    }
}
