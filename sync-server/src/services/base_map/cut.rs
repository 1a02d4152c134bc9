//! Cut: the extract of somebody's beats is made by the first request that wants it, outside of every transaction, and lies ready for all
//! who have the same beats.

use std::io;

use xunge_domain::geo::{Bounds, Point};
use xunge_domain::ids::Digest;
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::BASE_MAP_BYTES_MAX;

use super::city_map::{CityMap, city_map, mark};
use crate::app::App;
use crate::base_map_files::{ExtractName, KeptExtract};
use crate::services::city_tables::places::unit_grids_of;
use crate::services::disk::DiskState;
use crate::store::mbtiles::{CutOrder, MapFileError, MapSource};
use crate::store::{HubRead, StoreError};
use crate::tables::local_date;

/// How far beyond the beats the map goes on: who stands at their edge sees the other side of the street.
const MARGIN_METRES: u32 = 300;

/// Why there is no extract now.
#[derive(Debug, thiserror::Error)]
pub(super) enum CutError {
    /// The file of the map is not there: after a restore it is to be imported again.
    #[error("the file of the base map is not in the data folder: import it again")]
    MapMissing,
    /// A disk that has no room for photos has none for this.
    #[error("the disk has no room for an extract of the base map")]
    NoRoom,
    #[error(transparent)]
    Map(#[from] MapFileError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a person's beats are to be given.
pub(super) struct Wanted {
    pub(super) map: CityMap,
    pub(super) mark: [u8; 8],
    /// The beats and their margin; `None` without beats.
    area: Option<Bounds>,
}

impl Wanted {
    /// `None` where the city has no map. Cost: a read a unit grid.
    pub(super) fn of(
        read: &dyn HubRead,
        person: &Person,
        now: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let (Some(map), Some(mark)) = (city_map(read)?, mark(read)?) else {
            return Ok(None);
        };
        let grids = unit_grids_of(read, &person.duty_grids, &local_date(now))?;
        let corners = grids.iter().flat_map(|grid| grid.grid.corners.iter());
        let area = Bounds::of(corners.copied()).map(with_margin);
        Ok(Some(Self { map, mark, area }))
    }

    fn name(&self) -> Option<ExtractName> {
        let Bounds {
            south_west,
            north_east,
        } = self.area?;
        let of = |point: Point| {
            [
                point.longitude_e7.to_be_bytes(),
                point.latitude_e7.to_be_bytes(),
            ]
        };
        let edges = [of(south_west), of(north_east)].concat().concat();
        Some(ExtractName {
            mark: self.mark,
            area: Digest::of(&edges),
        })
    }
}

/// The rectangle and what is around it.
pub(super) fn with_margin(area: Bounds) -> Bounds {
    Bounds {
        south_west: Bounds::around(area.south_west, MARGIN_METRES).south_west,
        north_east: Bounds::around(area.north_east, MARGIN_METRES).north_east,
    }
}

/// The extract that lies ready.
pub(super) fn kept(app: &App, wanted: &Wanted) -> io::Result<Option<(ExtractName, KeptExtract)>> {
    let Some(name) = wanted.name() else {
        return Ok(None);
    };
    Ok(app.base_maps.extract(&name)?.map(|kept| (name, kept)))
}

/// The extract, made now where it does not lie ready; `None` where the map shows nothing of the beats. Cost: nothing where it does, else
/// about a second for 64 MiB.
pub(super) fn extract(app: &App, wanted: &Wanted) -> Result<Option<KeptExtract>, CutError> {
    let (Some(area), Some(name)) = (wanted.area, wanted.name()) else {
        return Ok(None);
    };
    if let Some(kept) = app.base_maps.extract(&name)? {
        return Ok(Some(kept));
    }
    let _turn = app.base_maps.turn();
    // Whoever waited for the one who made it finds it here.
    if let Some(kept) = app.base_maps.extract(&name)? {
        return Ok(Some(kept));
    }
    if app.blobs.disk().state == DiskState::RefusesPhotos {
        return Err(CutError::NoRoom);
    }
    let map = &wanted.map;
    let file = app.base_maps.map(&map.sha256);
    if !file.is_file() {
        return Err(CutError::MapMissing);
    }
    let metadata = [
        ("name", map.title.clone()),
        ("attribution", map.attribution.clone()),
        ("format", map.format.clone()),
        ("type", "baselayer".to_owned()),
        ("minzoom", map.zoom_min.to_string()),
    ];
    let order = CutOrder {
        area,
        datum: map.datum,
        zooms: (map.zoom_min, map.zoom_max),
        bytes_max: BASE_MAP_BYTES_MAX,
        metadata: &metadata,
    };
    let unfinished = app.base_maps.begin_extract()?;
    let cut = MapSource::open(&file)?.cut(&order, &unfinished)?;
    let Some(cut) = cut else {
        return Ok(None);
    };
    let kept = app
        .base_maps
        .keep_extract(&unfinished, &name, cut.zoom_max)?;
    tracing::info!(
        extract.bytes = kept.length,
        extract.tiles = cut.tiles,
        extract.zoom_max = cut.zoom_max,
        "an extract of the base map was cut"
    );
    Ok(Some(kept))
}
