//! The base map.

use xunge_field::domain::geo::Bounds;
use xunge_field::{BaseMap, BaseMapTile};

#[uniffi::remote(Record)]
pub struct BaseMap {
    pub title: String,
    pub attribution: String,
    pub bytes: u64,
    pub bytes_here: u64,
    pub zoom_min: u8,
    pub zoom_max: u8,
}

#[uniffi::remote(Record)]
pub struct BaseMapTile {
    pub zoom: u8,
    pub column: u32,
    pub row: u32,
    pub area: Bounds,
}
