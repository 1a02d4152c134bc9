//! `field-device base-map`: what of the city's base map is here, and the pictures around a place, as a screen would draw them.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use xunge_field::domain::geo::{Bounds, Point};
use xunge_field::{BaseMap, BaseMapTile, FieldApp};

use crate::output::{End, Failure, print};

/// `base-map`.
#[derive(Debug, Args)]
pub(crate) struct BaseMapArguments {
    /// Longitude,latitude in degrees (WGS-84): also say which tiles are around it.
    #[arg(long, allow_hyphen_values = true)]
    around: Option<Point>,
    /// So many metres to each side.
    #[arg(long, default_value_t = 500)]
    within: u32,
    /// So many pixels wide it is drawn.
    #[arg(long, default_value_t = 1_080)]
    pixels: u32,
    /// Write the pictures of these tiles into this folder, by zoom-column-row.
    #[arg(long, requires = "around")]
    to: Option<PathBuf>,
}

pub(crate) fn base_map(
    app: &mut FieldApp,
    json: bool,
    asked: &BaseMapArguments,
) -> Result<End, Failure> {
    let tiles = match asked.around {
        None => Vec::new(),
        Some(point) => {
            let area = Bounds::around(point, asked.within);
            app.base_map_tiles(area, asked.pixels)?
        }
    };
    if let Some(folder) = &asked.to {
        for tile in &tiles {
            let Some(picture) = app.base_map_tile(tile.zoom, tile.column, tile.row)? else {
                continue;
            };
            let file = folder.join(format!("{}-{}-{}", tile.zoom, tile.column, tile.row));
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(&file, picture))
                .map_err(|cause| Failure::File {
                    file: file.display().to_string(),
                    cause,
                })?;
        }
    }
    let map = app.base_map()?;
    let problem = app.sync_status()?.base_map_problem;
    let value = json!({ "base_map": map, "problem": problem, "tiles": tiles });
    print(json, &value, || {
        let mut lines = vec![map.as_ref().map_or_else(
            || "没有底图，地图照常显示。 No base map; maps are drawn without.".into(),
            told,
        )];
        lines.extend(problem.map(|problem| format!("！{} [{}]", problem.zh, problem.code)));
        let place = |tile: &BaseMapTile| format!("{}/{}/{}", tile.zoom, tile.column, tile.row);
        lines.extend(tiles.iter().map(place));
        lines.join("\n")
    });
    Ok(End::Done)
}

fn told(map: &BaseMap) -> String {
    let BaseMap {
        title,
        attribution,
        bytes,
        bytes_here,
        zoom_min,
        zoom_max,
    } = map;
    format!(
        "{title}（{attribution}）层级 zoom {zoom_min}-{zoom_max}：{bytes_here} / {bytes} 字节 bytes"
    )
}
