//! Conditions on places.

use crate::case::action::Action;
use crate::case::decline::Decline;
use crate::case::facts::GridAnswer;
use crate::case::history::Case;
use crate::case::judge::{FEEDBACK_DISTANCE_METRES_MAX, REASON_CHARACTERS_MIN, demand};
use crate::grid::GridIndex;

/// The point lies in the unit grid that is named, or the worker says why in none.
pub(super) fn placed(case: &Case, grids: &GridIndex) -> bool {
    match (&case.facts.unit_grid, &case.facts.position) {
        (Some(GridAnswer::Known(code)), Some(position)) => grids
            .locate(position.point)
            .is_some_and(|grid| grid.code == *code),
        (Some(GridAnswer::NoGrid(reason)), _) => {
            reason.trim().chars().count() >= REASON_CHARACTERS_MIN
        }
        _ => false,
    }
}

/// A case without a point has nothing to be near to.
pub(super) fn near(case: &Case, action: &Action) -> Result<(), Decline> {
    let metres_max = FEEDBACK_DISTANCE_METRES_MAX;
    let Some(position) = &case.facts.position else {
        return Ok(());
    };
    let metres = action
        .act
        .point()
        .map(|point| position.point.distance_metres(point).round() as u32);
    demand(
        metres.is_some_and(|metres| metres <= metres_max),
        Decline::TooFar { metres, metres_max },
    )
}
