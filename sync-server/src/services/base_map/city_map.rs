//! Which base map the city has: one value of the database. The file lies beside it.

use serde::{Deserialize, Serialize};
use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;

use crate::store::rows::MetaKey;
use crate::store::{HubRead, StoreError};

/// The map that holds. Nothing in it says when it was imported: the same file once more is the same map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityMap {
    /// SHA-256 of the file, its name in the folder.
    pub sha256: Digest,
    /// Its length in bytes.
    pub bytes: u64,
    /// What it is called.
    pub title: String,
    /// Whose it is, with the number of its review.
    pub attribution: String,
    /// Form of its pictures: `png`, `jpg`, `webp`.
    pub format: String,
    /// The shallowest zoom level.
    pub zoom_min: u8,
    /// The deepest.
    pub zoom_max: u8,
    /// How wide a picture is, in pixels.
    pub tile_pixels: u16,
    /// What its degrees mean.
    pub datum: Datum,
    /// How many tiles.
    pub tiles: u64,
}

/// The map that holds; `None` where the city has none. Cost: a read.
///
/// # Errors
/// The store's, or kept bytes that are no map.
pub fn city_map(read: &dyn HubRead) -> Result<Option<CityMap>, StoreError> {
    let json = read.meta(MetaKey::BaseMap)?;
    let map = json.map(|json| serde_json::from_slice(&json));
    map.transpose()
        .map_err(|_| StoreError::Damaged { what: "base map" })
}

/// Names the map that holds, for comparison; `None` where the city has none. Cost: a read and a hash of some hundred bytes.
///
/// # Errors
/// The store's.
pub fn mark(read: &dyn HubRead) -> Result<Option<[u8; 8]>, StoreError> {
    let json = read.meta(MetaKey::BaseMap)?;
    Ok(json.map(|json| {
        let mut mark = [0; 8];
        let digest = Digest::of(&json);
        mark.iter_mut()
            .zip(digest.as_bytes())
            .for_each(|(to, from)| *to = *from);
        mark
    }))
}
