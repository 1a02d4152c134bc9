//! Import: a file becomes the city's base map, in the place of the one before, or is refused with the reason. The file is copied in
//! first and the copy is looked at, so that what was looked at is what is kept.

use std::io;
use std::path::PathBuf;

use serde::Serialize;
use xunge_domain::datum::Datum;

use super::city_map::{CityMap, mark};
use super::{BASE_MAP_IMPORTED, BASE_MAP_REMOVED};
use crate::app::App;
use crate::store::StoreError;
use crate::store::mbtiles::{MapFileError, MapSource};
use crate::store::rows::MetaKey;

/// Longest title and attribution, in characters.
const TEXT_CHARACTERS_MAX: usize = 200;

/// Which file, and what is to be believed of it.
#[derive(Debug, Clone)]
pub struct MapImportOrder {
    /// The file.
    pub file: PathBuf,
    /// What its degrees mean.
    pub datum: Datum,
    /// What it is called; as the file says when not given.
    pub title: Option<String>,
    /// Whose it is; as the file says when not given.
    pub attribution: Option<String>,
    /// Only look.
    pub dry_run: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapImported {
    /// The map.
    pub map: CityMap,
    /// Whether it was written.
    pub written: bool,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MapImportError {
    /// What is in it.
    #[error(transparent)]
    File(#[from] MapFileError),
    /// Nobody says whose it is.
    #[error("neither the file nor the command says whose map it is")]
    NoAttribution,
    /// A text that is too long.
    #[error("{what} has {characters} characters, over {TEXT_CHARACTERS_MAX}")]
    TextTooLong {
        /// Title or attribution.
        what: &'static str,
        /// How many it has.
        characters: usize,
    },
    /// Tiles of Baidu lie in a square of their own.
    #[error(
        "maps in BD-09 are cut into other tiles than all others; there is no way to draw them here"
    )]
    Datum,
    /// The file cannot be read or copied.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a base map. Works while the hub serves. Cost: copies the file and reads it once.
///
/// # Errors
/// The file is none, says too little, or the disk's and the store's trouble; then the map before holds on.
pub fn import(app: &App, by: &str, order: &MapImportOrder) -> Result<MapImported, MapImportError> {
    if order.datum == Datum::Bd09 {
        return Err(MapImportError::Datum);
    }
    let incoming = app.base_maps.take_in(&order.file)?;
    let looked = MapSource::open(&incoming.path)?.look_through()?;
    let said = |name: &str| looked.metadata.get(name).map(|text| plain(text));
    let title = order.title.clone().or_else(|| said("name"));
    let attribution = order.attribution.clone().or_else(|| said("attribution"));
    let attribution = fitting("attribution", attribution)?.ok_or(MapImportError::NoAttribution)?;
    let map = CityMap {
        sha256: incoming.sha256,
        bytes: incoming.length,
        title: fitting("title", title)?.unwrap_or_else(|| "底图".into()),
        attribution,
        format: looked.format.id().into(),
        zoom_min: looked.zoom_min,
        zoom_max: looked.zoom_max,
        tile_pixels: looked.tile_pixels,
        datum: order.datum,
        tiles: looked.tiles,
    };
    if order.dry_run {
        return Ok(MapImported {
            map,
            written: false,
        });
    }
    app.base_maps.keep_map(&incoming)?;
    let now = app.clock.now();
    let value = serde_json::to_value(&map).map_err(io::Error::other)?;
    let mark = app.store.writing(|write| {
        write.put_meta(MetaKey::BaseMap, value.to_string().as_bytes())?;
        write.append_audit(now, by, BASE_MAP_IMPORTED, &value)?;
        mark(write)
    })?;
    app.base_maps
        .keep_only(mark.map(|mark| (&map.sha256, mark)))?;
    Ok(MapImported { map, written: true })
}

/// Takes the base map away: devices let go of theirs with their next sync. Answers whether there was one.
///
/// # Errors
/// The store's, or a file that cannot be removed.
pub fn remove(app: &App, by: &str) -> Result<bool, MapImportError> {
    let now = app.clock.now();
    let removed = app.store.writing(|write| {
        let removed = write.remove_meta(MetaKey::BaseMap)?;
        if removed {
            write.append_audit(now, by, BASE_MAP_REMOVED, &serde_json::json!({}))?;
        }
        Ok::<_, StoreError>(removed)
    })?;
    app.base_maps.keep_only(None)?;
    Ok(removed)
}

/// A text that says something, within its limit.
fn fitting(what: &'static str, text: Option<String>) -> Result<Option<String>, MapImportError> {
    let text = text.map(|text| text.trim().to_owned());
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let characters = text.chars().count();
    if characters > TEXT_CHARACTERS_MAX {
        return Err(MapImportError::TextTooLong { what, characters });
    }
    Ok(Some(text))
}

/// Attributions are HTML by the specification; screens show plain text.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut in_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            letter if in_tag || letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    [
        ("&copy;", "©"),
        ("&#169;", "©"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(plain, |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_lose_their_tags_and_keep_their_words() {
        let html = "<a href=\"https://example.org\">&copy; 天地图</a> GS(2024)0650号 &amp; others";
        assert_eq!(plain(html), "© 天地图 GS(2024)0650号 & others");
        assert_eq!(plain("a > b"), "a > b");
    }

    #[test]
    fn texts_say_something_and_are_not_too_long() {
        assert!(matches!(fitting("title", None), Ok(None)));
        assert!(matches!(fitting("title", Some(" \n".into())), Ok(None)));
        let long = "图".repeat(TEXT_CHARACTERS_MAX);
        assert!(matches!(fitting("title", Some(long.clone())), Ok(Some(_))));
        let refused = fitting("title", Some(format!("{long}图")));
        assert!(matches!(
            refused,
            Err(MapImportError::TextTooLong {
                characters: 201,
                ..
            })
        ));
    }
}
