//! `xunge base-map`: the map under the beats. Ends with 1 when a file cannot be taken; then the map before holds on.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use xunge_domain::datum::Datum;

use crate::app::SystemEntropy;
use crate::cli::DataArgument;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::base_map::{
    CityMap, MapImportError, MapImportOrder, SampleError, city_map, import, remove, sample,
};
use crate::store::mbtiles::MapFileError;

/// The verbs of `base-map`.
#[derive(Debug, Subcommand)]
pub enum BaseMapVerb {
    /// Import an MBTiles file of pictures in the place of the map before. Devices fetch what their beats need.
    Import(BaseMapImportArguments),
    /// Print the map that holds, as JSON.
    Show(DataArgument),
    /// Draw a made-up map around the hub's unit grids, to try the import before the city has brought its own.
    Sample(BaseMapSampleArguments),
    /// Take the map away: devices draw without one from their next sync on.
    Remove(DataArgument),
}

/// `base-map import`.
#[derive(Debug, Args)]
pub struct BaseMapImportArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The file: MBTiles 1.3, png, jpg or webp; docs/base-map.md says where a city gets one.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the degrees of its tiles mean: wgs84 (CGCS2000 as well) or gcj02.
    #[arg(long, value_name = "NAME", default_value = "wgs84")]
    pub datum: Datum,
    /// What it is called; as the file says when not given.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Whose it is, with the number of its review 审图号: shown on every map. As the file says when not given.
    #[arg(long, value_name = "TEXT")]
    pub attribution: Option<String>,
    /// Say what is wrong with the file, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `base-map sample`.
#[derive(Debug, Args)]
pub struct BaseMapSampleArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The file to be written.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// The shallowest zoom level.
    #[arg(long, value_name = "LEVEL", default_value_t = 11)]
    pub zoom_min: u8,
    /// The deepest.
    #[arg(long, value_name = "LEVEL", default_value_t = 16)]
    pub zoom_max: u8,
}

pub(super) fn run(verb: &BaseMapVerb) -> Result<(), CommandError> {
    let open =
        |data: &DataArgument| DataFolder::at(&data.data).open_beside(Arc::new(SystemEntropy));
    match verb {
        BaseMapVerb::Import(arguments) => take_in(arguments),
        BaseMapVerb::Sample(arguments) => {
            let app = open(&arguments.data)?;
            let zooms = (arguments.zoom_min, arguments.zoom_max);
            let tiles = sample(&app, &arguments.to, zooms)
                .map_err(|error| not_drawn(error, &arguments.to))?;
            let to = arguments.to.display();
            say(&format!(
                "已生成样图 a made-up map was drawn: {to}, {tiles} 张瓦片 tiles"
            ));
            Ok(())
        }
        BaseMapVerb::Show(data) => {
            let map = open(data)?.store.reading(|read| city_map(read))?;
            match map {
                Some(map) => say(&json(&map)?),
                None => say("没有底图 no base map"),
            }
            Ok(())
        }
        BaseMapVerb::Remove(data) => {
            let app = open(data)?;
            let removed =
                remove(&app, "system").map_err(|error| failure(error, &app_folder(data)))?;
            say(if removed {
                "已移除底图 the base map was removed"
            } else {
                "没有底图 no base map"
            });
            Ok(())
        }
    }
}

fn app_folder(data: &DataArgument) -> PathBuf {
    DataFolder::at(&data.data).base_map()
}

fn take_in(arguments: &BaseMapImportArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let order = MapImportOrder {
        file: arguments.file.clone(),
        datum: arguments.datum,
        title: arguments.title.clone(),
        attribution: arguments.attribution.clone(),
        dry_run: arguments.dry_run,
    };
    let imported =
        import(&app, "system", &order).map_err(|error| failure(error, &arguments.file))?;
    if arguments.json {
        say(&json(&imported)?);
        return Ok(());
    }
    let CityMap {
        title,
        attribution,
        format,
        zoom_min,
        zoom_max,
        datum,
        tiles,
        ..
    } = &imported.map;
    let what = format!(
        "{title}, {tiles} 张瓦片 tiles ({format}), 层级 zoom {zoom_min}-{zoom_max}, {datum}, 署名 attribution: {attribution}"
    );
    say(&if imported.written {
        format!("已导入底图 base map imported: {what}")
    } else {
        format!("可以导入 can be imported: {what}; 未写入 nothing was written")
    });
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String, CommandError> {
    let json = serde_json::to_string(value);
    Ok(json.map_err(|error| ApiError::internal(&error))?)
}

fn not_drawn(error: SampleError, to: &std::path::Path) -> CommandError {
    match error {
        SampleError::Store(error) => error.into(),
        error => {
            let about = format!("{}: {error}", to.display());
            CommandError::new(&messages::BASE_MAP_UNFIT, about)
        }
    }
}

fn failure(error: MapImportError, file: &std::path::Path) -> CommandError {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    match error {
        MapImportError::Store(error) => error.into(),
        MapImportError::NoAttribution => {
            CommandError::new(&messages::BASE_MAP_ATTRIBUTION, file.display())
        }
        MapImportError::Datum => CommandError::new(&messages::BASE_MAP_DATUM, file.display()),
        MapImportError::Io(error) | MapImportError::File(MapFileError::Io(error)) => {
            CommandError::new(&messages::FILE_UNREADABLE, about(&error))
        }
        MapImportError::File(error @ MapFileError::Vectors(_)) => {
            CommandError::new(&messages::BASE_MAP_VECTORS, about(&error))
        }
        error => CommandError::new(&messages::BASE_MAP_UNFIT, about(&error)),
    }
}
