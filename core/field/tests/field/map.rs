//! The map of a beat, without a network.

use xunge_domain::geo::Bounds;

use crate::capture::{component, east, neighbour, phone};
use crate::hub::grid;
use crate::phone::{INSIDE, Phone};

#[test]
fn a_map_shows_the_beat_and_what_lies_in_the_rectangle() {
    let (mut phone, _) = phone();
    let case = phone.report("井盖松动");
    let whole = phone.app().map(None).unwrap();
    let codes: Vec<_> = whole.grids.iter().map(|grid| grid.code).collect();
    assert_eq!(codes, [grid().code, neighbour()]);
    assert_eq!(whole.components.len(), 2);
    assert_eq!(whole.components_left_out, 0);
    let cases: Vec<_> = whole.cases.iter().map(|case| case.id).collect();
    assert_eq!(cases, [case]);
    let area = whole.area.expect("the beat has an outline");
    let corners = whole.grids.iter().flat_map(|grid| &grid.corners);
    assert_eq!(Bounds::of(corners.copied()), Some(area));

    // So near the second manhole that the first one and the case lie outside.
    let around = Bounds::around(east(30.0), 10);
    let near = phone.app().map(Some(around)).unwrap();
    assert_eq!(near.grids.len(), 2, "outlines are drawn beyond the edge");
    let components: Vec<_> = near.components.iter().map(|one| one.code).collect();
    assert_eq!(components, [component(2, INSIDE).code]);
    assert_eq!(near.cases, []);
}

#[test]
fn who_is_not_enrolled_has_no_map_and_knows_no_bodies() {
    let mut phone = Phone::new();
    assert_eq!(phone.app().map(None).unwrap_err().code(), "not_enrolled");
    assert_eq!(phone.app().bodies().unwrap_err().code(), "not_enrolled");
}
