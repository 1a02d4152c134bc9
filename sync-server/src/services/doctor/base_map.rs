//! The base map: the file is there, and is the one that was imported. A backup has none, so a restored hub lacks it until it is imported
//! again; nothing that anybody reported depends on it.

use xunge_domain::ids::Digest;

use super::Report;
use crate::app::App;
use crate::services::backup::digest_of;
use crate::services::base_map::city_map;
use crate::store::StoreError;

pub(super) fn examine(app: &App, report: &mut Report) -> Result<(), StoreError> {
    let Some(map) = app.store.reading(|read| city_map(read))? else {
        return Ok(());
    };
    let file = app.base_maps.map(&map.sha256);
    if !file.is_file() {
        let what = "its file is not here: import it again (a backup has none)";
        report.note("base_map_missing", "base-map", what);
        return Ok(());
    }
    report.base_maps += 1;
    let found: Result<Digest, _> = digest_of(&file);
    match found {
        Ok(found) if found == map.sha256 => {}
        Ok(_) => report.find(
            "base_map_damaged",
            "base-map",
            "its file holds other bytes: import it again",
        ),
        Err(cause) => report.find("base_map_damaged", "base-map", cause.to_string()),
    }
    Ok(())
}
