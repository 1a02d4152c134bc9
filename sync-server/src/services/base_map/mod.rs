//! The city's base map 底图: imported by an operator, cut for the beats of each person, handed out to their devices.

mod city_map;
mod cut;
mod hand_out;
mod import;
mod sample;

pub use city_map::{CityMap, city_map, mark};
pub use hand_out::{base_map, open};
pub use import::{MapImportError, MapImportOrder, MapImported, import, remove};
pub use sample::{SampleError, sample};

/// The word of a line that says that a base map was imported; its detail is what is kept of it.
pub const BASE_MAP_IMPORTED: &str = "base_map_imported";
/// The word of a line that says that the city has none any more.
pub const BASE_MAP_REMOVED: &str = "base_map_removed";
