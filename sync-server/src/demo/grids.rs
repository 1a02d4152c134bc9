//! Synthetic unit grids: rectangles under real community codes, each street tiled without a gap.

use xunge_domain::geo::Point;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::DutyGridId;

use super::divisions::{self, Division};
use super::streets::Street;

/// Unit grids with names of their own, because a story of the city happens there: street, column, row, name.
const NAMED: [(&str, u16, u16, &str); 5] = [
    ("putian", 2, 2, "圃田嘉园南院"),
    ("putian", 3, 2, "圃田嘉园北院"),
    ("wulibu", 4, 3, "二环支路63号院"),
    ("xidajie", 1, 1, "中实小区"),
    ("xidajie", 2, 1, "丰乐路15号院"),
];

/// The unit grids of a street, by code.
pub fn unit_grids(street: &Street) -> Vec<UnitGrid> {
    let communities = divisions::communities(street.code);
    let tiles = usize::from(street.columns) * usize::from(street.rows);
    let mut sequence_of = vec![0_u16; communities.len()];
    let mut grids = Vec::with_capacity(tiles);
    for tile in 0..tiles {
        let (row, column) = (
            (tile / usize::from(street.columns)) as u16,
            (tile % usize::from(street.columns)) as u16,
        );
        let which = tile * communities.len() / tiles;
        let (Some(community), Some(sequence)) =
            (communities.get(which), sequence_of.get_mut(which))
        else {
            continue;
        };
        *sequence += 1;
        grids.extend(unit_grid(street, community, *sequence, column, row));
    }
    grids
}

fn unit_grid(
    street: &Street,
    community: &Division,
    sequence: u16,
    column: u16,
    row: u16,
) -> Option<UnitGrid> {
    let code: UnitGridCode = format!("{}{sequence:03}", community.code).parse().ok()?;
    let [west, south, east, north] = street.bounds;
    let at = |column: u16, row: u16| {
        Point::from_degrees(
            west + (east - west) * f64::from(column) / f64::from(street.columns),
            south + (north - south) * f64::from(row) / f64::from(street.rows),
        )
    };
    let named = NAMED
        .iter()
        .find(|named| (named.0, named.1, named.2) == (street.slug, column, row));
    Some(UnitGrid {
        code,
        name: named.map_or_else(
            || format!("{}第{sequence}网格", community.short_name()),
            |named| named.3.to_owned(),
        ),
        duty_grid: duty_grid(street, column, row)?,
        corners: vec![
            at(column, row)?,
            at(column + 1, row)?,
            at(column + 1, row + 1)?,
            at(column, row + 1)?,
        ],
    })
}

/// A beat is a block of neighbouring tiles: halves of a street, quarters where there are four.
fn duty_grid(street: &Street, column: u16, row: u16) -> Option<DutyGridId> {
    let east = u16::from(column * 2 >= street.columns);
    let north = u16::from(row * 2 >= street.rows);
    let number = if street.beats >= 4 {
        north * 2 + east
    } else {
        east
    };
    format!("{}-{}", street.slug, number + 1).parse().ok()
}

/// The beats of a street.
pub fn duty_grids(street: &Street) -> Vec<DutyGridId> {
    (1..=street.beats)
        .filter_map(|number| format!("{}-{number}", street.slug).parse().ok())
        .collect()
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]
mod tests {
    use super::*;
    use crate::demo::streets::STREETS;
    use std::collections::BTreeSet;
    use xunge_domain::grid::GridIndex;

    fn index() -> GridIndex {
        GridIndex::new(STREETS.iter().flat_map(unit_grids).collect()).expect("a city")
    }

    #[test]
    fn every_point_of_putian_is_in_one_of_its_unit_grids() {
        let index = index();
        let mut beats = BTreeSet::new();
        for x in 0..=60 {
            for y in 0..=50 {
                let point = Point::from_degrees(
                    113.76 + f64::from(x) / 1_000.0,
                    34.73 + f64::from(y) / 1_000.0,
                )
                .unwrap();
                let grid = index.locate(point).expect("covered");
                assert!(grid.code.to_string().starts_with("410104202"));
                beats.insert(grid.duty_grid.to_string());
            }
        }
        let expected = ["putian-1", "putian-2", "putian-3", "putian-4"];
        assert_eq!(beats.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_stories_happen_where_they_happened() {
        let index = index();
        let name = |at: &str| index.locate(at.parse().unwrap()).expect("a grid");
        assert_eq!(name("113.7861,34.7552").name, "圃田嘉园南院");
        let courtyard = index
            .grids()
            .iter()
            .find(|grid| grid.name == "二环支路63号院")
            .expect("the courtyard");
        assert!(courtyard.code.to_string().starts_with("410103006021"));
        assert!(
            index
                .grids()
                .iter()
                .any(|grid| grid.name.starts_with("孙八砦社区"))
        );
    }

    #[test]
    fn every_beat_has_unit_grids_and_streets_do_not_overlap() {
        let index = index();
        for street in &STREETS {
            for beat in duty_grids(street) {
                assert!(index.grids().iter().any(|grid| grid.duty_grid == beat));
            }
            for grid in unit_grids(street) {
                let (low, high) = (grid.corners[0], grid.corners[2]);
                let middle = Point {
                    longitude_e7: low.longitude_e7.midpoint(high.longitude_e7),
                    latitude_e7: low.latitude_e7.midpoint(high.latitude_e7),
                };
                assert_eq!(index.locate(middle).unwrap().code, grid.code);
            }
        }
    }
}
