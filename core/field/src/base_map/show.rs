//! Show: what of the city's base map is here.

use serde::Serialize;

use super::kept::{held, offer};
use crate::app::FieldApp;
use crate::error::FieldError;

/// The base map of this person's beats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseMap {
    /// What it is called.
    pub title: String,
    /// Whose it is, with the number of its review 审图号: to be shown wherever the map is.
    pub attribution: String,
    /// Bytes of the newest one that the hub offers.
    pub bytes: u64,
    /// How many of them are here. All of them: it is checked against its digest, and is what is drawn. While a newer one comes, the one
    /// before is drawn, and title and attribution are that one's.
    pub bytes_here: u64,
    /// The shallowest zoom level.
    pub zoom_min: u8,
    /// The deepest.
    pub zoom_max: u8,
}

impl FieldApp {
    /// The base map that the hub offers for this person's beats; `None` where it has none, or nothing was told yet: maps are drawn
    /// without. Two values and a look at the disk: under a millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn base_map(&self) -> Result<Option<BaseMap>, FieldError> {
        let (offer, held) = self
            .store
            .read(|reader| Ok::<_, FieldError>((offer(reader)?, held(reader)?)))?;
        let Some(offer) = offer else {
            return Ok(None);
        };
        let is_held = held
            .as_ref()
            .is_some_and(|held| held.sha256 == offer.sha256);
        let bytes_here = if is_held {
            offer.length
        } else {
            // All bytes without the check are not yet the map.
            let here = self.store.base_map_bytes_here(offer.sha256).unwrap_or(0);
            here.min(offer.length.saturating_sub(1))
        };
        let drawn = held.unwrap_or_else(|| offer.clone());
        Ok(Some(BaseMap {
            title: drawn.title,
            attribution: drawn.attribution,
            bytes: offer.length,
            bytes_here,
            zoom_min: drawn.zoom_min,
            zoom_max: drawn.zoom_max,
        }))
    }
}
