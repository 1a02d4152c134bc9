//! The ground: the plain of Zhengzhou tiled without a gap. Neighbours share their wavy borders; a community is a block of tiles
//! and one beat.

use std::io;

use xunge_domain::datum::Datum;
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGrid;
use xunge_domain::tables::{AreaClass, CityGrid};

use super::MARK;
use super::file::Out;
use crate::city_tables::CityRow;
use crate::demo::divisions::Division;
use crate::demo::random::Random;

/// West, south, east, north in degrees.
const BOUNDS: [f64; 4] = [112.72, 34.27, 114.22, 34.97];
/// Tiles are taken from bands so many rows high, so that a community is no long strip.
const BAND_ROWS: u32 = 4;
/// Tiles of a community.
const IN_COMMUNITY: usize = 15;
/// Points between two corners of a tile: borders follow streets, not lines.
const BETWEEN_CORNERS: u32 = 2;
/// How far a point of a border strays, in parts of a tile.
const STRAYS: f64 = 0.12;

/// Which tile, and whose it is.
pub(super) struct Tile {
    column: u32,
    row: u32,
    /// Its community, an index.
    pub(super) community: usize,
    sequence: u32,
}

/// All of it.
pub(super) struct Ground {
    seed: u64,
    columns: u32,
    rows: u32,
    pub(super) communities: Vec<Division>,
    pub(super) tiles: Vec<Tile>,
}

impl Ground {
    /// So many tiles, spread over communities.
    pub(super) fn new(seed: u64, count: u32, mut communities: Vec<Division>) -> Self {
        // A tile is about as high as it is wide on the ground.
        let columns = (f64::from(count) * 1.78).sqrt().ceil().max(1.0) as u32;
        let rows = count.div_ceil(columns);
        communities.truncate((count as usize).div_ceil(IN_COMMUNITY).max(1));
        let mut tiles = Vec::with_capacity(count as usize);
        let places = (0..rows.div_ceil(BAND_ROWS)).flat_map(|band| {
            (0..columns).flat_map(move |column| {
                (0..BAND_ROWS).map(move |step| (column, band * BAND_ROWS + step))
            })
        });
        let mut sequence = 0;
        for (index, (column, row)) in places
            .filter(|(_, row)| *row < rows)
            .take(count as usize)
            .enumerate()
        {
            let community = index * communities.len() / count as usize;
            let before = tiles.last().map(|tile: &Tile| tile.community);
            sequence = if before == Some(community) {
                sequence + 1
            } else {
                1
            };
            tiles.push(Tile {
                column,
                row,
                community,
                sequence,
            });
        }
        Self {
            seed,
            columns,
            rows,
            communities,
            tiles,
        }
    }

    /// The id of the beat that a community is.
    pub(super) fn beat(&self, community: usize) -> String {
        let division = self.communities.get(community);
        division.map_or_else(String::new, |division| format!("beat-{}", division.code))
    }

    pub(super) fn county(&self, tile: &Tile) -> &str {
        let division = self.communities.get(tile.community);
        division
            .and_then(|division| division.code.get(..6))
            .unwrap_or_default()
    }

    /// A place within a tile, `east` and `north` of its south-western corner in parts of it.
    pub(super) fn place(&self, tile: &Tile, east: f64, north: f64) -> Option<Point> {
        self.at(f64::from(tile.column) + east, f64::from(tile.row) + north)
    }

    fn at(&self, column: f64, row: f64) -> Option<Point> {
        let [west, south, east, north] = BOUNDS;
        Point::from_degrees(
            west + (east - west) * column / f64::from(self.columns),
            south + (north - south) * row / f64::from(self.rows),
        )
    }

    /// A point of the net that the borders run through, in thirds of a tile: where it is follows from where it stands in the net.
    fn net_point(&self, column: u32, row: u32) -> Option<Point> {
        let steps = f64::from(BETWEEN_CORNERS + 1);
        let mut random = Random::new(self.seed, &format!("border {column} {row}"));
        let stray = STRAYS / steps * 2.0;
        self.at(
            f64::from(column) / steps + random.between(-stray, stray),
            f64::from(row) / steps + random.between(-stray, stray),
        )
    }

    fn corners(&self, tile: &Tile) -> Option<Vec<Point>> {
        let steps = BETWEEN_CORNERS + 1;
        let (column, row) = (tile.column * steps, tile.row * steps);
        let south = (0..steps).map(|step| (column + step, row));
        let east = (0..steps).map(|step| (column + steps, row + step));
        let north = (0..steps).map(|step| (column + steps - step, row + steps));
        let west = (0..steps).map(|step| (column, row + steps - step));
        let around = south.chain(east).chain(north).chain(west);
        around
            .map(|(column, row)| self.net_point(column, row))
            .collect()
    }

    fn row(&self, tile: &Tile) -> Option<CityGrid> {
        let community = self.communities.get(tile.community)?;
        let class = AreaClass::ALL.get(tile.community % AreaClass::ALL.len())?;
        Some(CityGrid {
            grid: UnitGrid {
                code: format!("{}{:03}", community.code, tile.sequence)
                    .parse()
                    .ok()?,
                name: format!("{}第{}网格{MARK}", community.short_name(), tile.sequence),
                duty_grid: self.beat(tile.community).parse().ok()?,
                corners: self.corners(tile)?,
            },
            area_class: Some(*class),
        })
    }

    pub(super) fn write(&self, out: &mut Out) -> io::Result<()> {
        let rows = self.tiles.iter().filter_map(|tile| self.row(tile));
        rows.map(CityRow::Grid)
            .try_for_each(|row| out.row(&row.cells(Datum::Wgs84)))
    }
}
