//! How much of a circle lies inside a ring of corners: exact, edge by edge.

/// A corner in metres east and north of the circle's centre.
pub(super) type Corner = (f64, f64);

/// The area that a circle around the origin and a ring have in common, in square metres. The last corner joins the first. Cost:
/// linear in the corners.
pub(super) fn common_area(ring: &[Corner], radius: f64) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let areas = ring.iter().zip(next);
    let sum: f64 = areas.map(|(from, to)| slice(*from, *to, radius)).sum();
    sum.abs()
}

fn cross(one: Corner, other: Corner) -> f64 {
    one.0 * other.1 - one.1 * other.0
}

fn dot(one: Corner, other: Corner) -> f64 {
    one.0 * other.0 + one.1 * other.1
}

/// The signed area of a sector of the circle between two directions.
fn sector(from: Corner, to: Corner, radius: f64) -> f64 {
    radius * radius / 2.0 * cross(from, to).atan2(dot(from, to))
}

/// The signed area that the circle has in common with the triangle of its centre and one edge.
fn slice(from: Corner, to: Corner, radius: f64) -> f64 {
    let along = (to.0 - from.0, to.1 - from.1);
    let at = |share: f64| (from.0 + share * along.0, from.1 + share * along.1);
    // Where the line of the edge cuts the circle, as shares of the edge.
    let (square, half, rest) = (
        dot(along, along),
        dot(from, along),
        dot(from, from) - radius * radius,
    );
    let under = half * half - square * rest;
    if square <= 0.0 || under <= 0.0 {
        return sector(from, to, radius);
    }
    let root = under.sqrt();
    let (enters, leaves) = ((-half - root) / square, (-half + root) / square);
    if enters >= 1.0 || leaves <= 0.0 {
        return sector(from, to, radius);
    }
    let mut area = 0.0;
    let (mut first, mut last) = (from, to);
    if enters > 0.0 {
        first = at(enters);
        area += sector(from, first, radius);
    }
    if leaves < 1.0 {
        last = at(leaves);
        area += sector(last, to, radius);
    }
    area + cross(first, last) / 2.0
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn square(west: f64, south: f64, edge: f64) -> [Corner; 4] {
        [
            (west, south),
            (west + edge, south),
            (west + edge, south + edge),
            (west, south + edge),
        ]
    }

    #[test]
    fn what_can_be_told_by_hand() {
        let near = |area: f64, expected: f64| (area - expected).abs() < 1e-9;
        assert!(near(common_area(&square(-9.0, -9.0, 18.0), 2.0), 4.0 * PI));
        assert!(near(common_area(&square(0.0, -9.0, 18.0), 2.0), 2.0 * PI));
        assert!(near(common_area(&square(0.0, 0.0, 18.0), 2.0), PI));
        assert!(near(common_area(&square(-0.5, -0.5, 1.0), 2.0), 1.0));
        assert!(near(common_area(&square(5.0, 5.0, 1.0), 2.0), 0.0));
        assert!(near(common_area(&[], 2.0), 0.0));
    }

    proptest::proptest! {
        /// Counted point by point on a lattice, for rings that lie anywhere and turn either way.
        #[test]
        fn agrees_with_counting(corners in proptest::collection::vec((-20.0_f64..20.0, 2.0_f64..20.0), 3..8), turned: bool, west in -15.0_f64..15.0) {
            // A star around a centre never cuts itself.
            let count = corners.len() as f64;
            let mut ring: Vec<Corner> = corners.iter().enumerate().map(|(index, (_, length))| {
                let angle = index as f64 / count * 2.0 * PI;
                (west + length * angle.cos(), length * angle.sin())
            }).collect();
            if turned {
                ring.reverse();
            }
            let inside = |x: f64, y: f64| {
                let next = ring.iter().cycle().skip(1);
                ring.iter().zip(next).filter(|(from, to)| {
                    (from.1 > y) != (to.1 > y) && x < (to.0 - from.0) * (y - from.1) / (to.1 - from.1) + from.0
                }).count() % 2 == 1
            };
            let step = 0.1;
            let cells = (-100..100).flat_map(|x| (-100..100).map(move |y| ((f64::from(x) + 0.5) * step, (f64::from(y) + 0.5) * step)));
            let counted = cells.filter(|(x, y)| x.hypot(*y) <= 10.0 && inside(*x, *y)).count() as f64 * step * step;
            let area = common_area(&ring, 10.0);
            proptest::prop_assert!((area - counted).abs() < 4.0, "{} {}", area, counted);
        }
    }
}
