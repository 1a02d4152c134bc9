//! Rules about one piece.

use xunge_domain::case::{ActionName, PhotoPurpose};

use super::{ClockReference, Finding, Piece, Risk, RiskLimits, Scene, Sealed};

/// Of three fixes in a thousand the true place is further away than three times the accuracy.
const ACCURACIES: f64 = 3.0;

/// What is odd about a piece. Without its scene: what needs none.
pub(super) fn look<'a>(
    piece: &'a Piece,
    scene: Option<&Scene<'_>>,
    limits: &RiskLimits,
) -> impl Iterator<Item = Risk> + use<'a> {
    let findings = [
        mock_location(piece),
        clock_before_beacon(piece, limits),
        clock_after_receipt(piece, limits),
        scene.and_then(|scene| check_by_beneficiary(piece, scene)),
        scene.and_then(|scene| outside_grid(piece, scene, limits)),
    ];
    findings.into_iter().flatten().map(|finding| Risk {
        piece: piece.id,
        person: piece.author.clone(),
        finding,
    })
}

fn mock_location(piece: &Piece) -> Option<Finding> {
    (piece.mocked > 0).then_some(Finding::MockLocation {
        mocked: piece.mocked,
        fixes: piece.fixes,
    })
}

fn clock_before_beacon(piece: &Piece, limits: &RiskLimits) -> Option<Finding> {
    let early = piece.not_before?.millis_since(piece.at);
    clock_step(early, ClockReference::Beacon, limits)
}

fn clock_after_receipt(piece: &Piece, limits: &RiskLimits) -> Option<Finding> {
    let late = piece.at.millis_since(piece.received_at);
    clock_step(late, ClockReference::Receipt, limits)
}

fn clock_step(millis: i64, against: ClockReference, limits: &RiskLimits) -> Option<Finding> {
    let seconds = u64::try_from(millis / 1_000).ok()?;
    (seconds > u64::from(limits.clock_seconds)).then_some(Finding::ClockStep {
        seconds,
        against,
        other: None,
    })
}

fn check_by_beneficiary(piece: &Piece, scene: &Scene<'_>) -> Option<Finding> {
    let checks = match piece.sealed {
        Sealed::Photo { purpose, .. } => purpose == PhotoPurpose::Check,
        Sealed::Action(name) => name == ActionName::Check,
    };
    let did_the_work = scene.beneficiaries.contains(&piece.author);
    (checks && did_the_work).then_some(Finding::CheckByBeneficiary)
}

fn outside_grid(piece: &Piece, scene: &Scene<'_>, limits: &RiskLimits) -> Option<Finding> {
    let (place, grid) = (piece.place?, scene.grid?);
    let metres = grid.metres_outside(place.point);
    let circle = ACCURACIES * f64::from(place.accuracy_metres.unwrap_or(0));
    (metres > circle.max(f64::from(limits.grid_metres))).then_some(Finding::OutsideGrid {
        metres: metres.round() as u32,
        accuracy_metres: place.accuracy_metres,
        grid: grid.code,
    })
}
