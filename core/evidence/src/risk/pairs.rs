//! Rules about two pieces. Each says the same whichever of the two comes first.

use xunge_domain::case::PhotoPurpose;

use super::{ClockReference, Finding, Piece, Risk, RiskLimits, Sealed};

/// What is odd about two pieces.
pub(super) fn look(
    one: &Piece,
    two: &Piece,
    limits: &RiskLimits,
) -> impl Iterator<Item = Risk> + use<> {
    let (before, after) = if one.is_later_than(two) {
        (two, one)
    } else {
        (one, two)
    };
    let risks = if before.id == after.id {
        // One piece handed in twice has nothing to do with itself.
        [None, None, None, None]
    } else {
        [
            speed_jump(before, after, limits),
            clock_moved(before, after, limits),
            picture(before, after, limits),
            same_spot_and_moment(before, after, limits),
        ]
    };
    risks.into_iter().flatten()
}

fn on(piece: &Piece, finding: Finding) -> Risk {
    Risk {
        piece: piece.id,
        person: piece.author.clone(),
        finding,
    }
}

fn speed_jump(before: &Piece, after: &Piece, limits: &RiskLimits) -> Option<Risk> {
    if before.author != after.author {
        return None;
    }
    let millis = after.millis_between(before, limits)?;
    if millis > u64::from(limits.speed_seconds_max) * 1_000 {
        return None;
    }
    let (distance, explained) = after.metres_between(before)?;
    let metres = (distance - explained).max(0.0);
    if metres < f64::from(limits.speed_metres_min) {
        return None;
    }
    // A second at least: the fixes themselves are not taken at one stroke.
    let seconds = (millis as f64 / 1_000.0).max(1.0);
    let kmh = metres / seconds * 3.6;
    (kmh > f64::from(limits.speed_kmh)).then(|| {
        let finding = Finding::SpeedJump {
            metres: metres.round() as u32,
            seconds: seconds.round() as u32,
            kmh: kmh.round() as u32,
            other: before.id,
        };
        on(after, finding)
    })
}

/// Where the clock of one of the two does not fit the hub's times and the other's does, that one is marked: who sets his clock
/// right has done nothing odd.
fn clock_moved(before: &Piece, after: &Piece, limits: &RiskLimits) -> Option<Risk> {
    let passed = after.uptime_millis_since(before)?;
    let shown = after.at.millis_since(before.at);
    let seconds = (i128::from(shown) - i128::from(passed)).unsigned_abs() / 1_000;
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    let (marked, other) = if after.clock_fits(limits) && !before.clock_fits(limits) {
        (before, after)
    } else {
        (after, before)
    };
    (seconds > u64::from(limits.clock_seconds)).then(|| {
        let finding = Finding::ClockStep {
            seconds,
            against: ClockReference::Uptime,
            other: Some(other.id),
        };
        on(marked, finding)
    })
}

/// Found and before may be one photo: the one who reports often sees the matter as it will be taken on.
const fn stage(purpose: PhotoPurpose) -> u8 {
    match purpose {
        PhotoPurpose::Found | PhotoPurpose::Before => 0,
        PhotoPurpose::During => 1,
        PhotoPurpose::After => 2,
        PhotoPurpose::Verify => 3,
        PhotoPurpose::Check => 4,
    }
}

fn picture(before: &Piece, after: &Piece, limits: &RiskLimits) -> Option<Risk> {
    let (
        Sealed::Photo {
            purpose: earlier,
            original: first,
            look: first_look,
        },
        Sealed::Photo {
            purpose: later,
            original: second,
            look: second_look,
        },
    ) = (before.sealed, after.sealed)
    else {
        return None;
    };
    let other_case = before.id.document != after.id.document;
    if !other_case && stage(earlier) == stage(later) {
        return None;
    }
    let same_bytes = first == second;
    let bits = if same_bytes {
        0
    } else {
        (first_look? ^ second_look?).count_ones()
    };
    let other = before.id;
    if same_bytes || bits <= limits.reused_bits_max {
        let finding = Finding::ReusedPicture {
            bits,
            same_bytes,
            other,
        };
        return Some(on(after, finding));
    }
    // The same wall, twice: pictures of one place are alike, and so are those of one case.
    let one_place = after
        .metres_between(before)
        .is_some_and(|(metres, explained)| {
            metres <= f64::from(limits.alike_metres_min) + explained
        });
    (bits <= limits.alike_bits_max && other_case && !one_place)
        .then(|| on(after, Finding::RephotographedPicture { bits, other }))
}

/// The mark stands on the photo of after, whichever was taken first.
fn same_spot_and_moment(one: &Piece, two: &Piece, limits: &RiskLimits) -> Option<Risk> {
    let purpose = |piece: &Piece| match piece.sealed {
        Sealed::Photo { purpose, .. } => Some(stage(purpose)),
        Sealed::Action(_) => None,
    };
    let (before, after) = match (purpose(one)?, purpose(two)?) {
        (0, 2) => (one, two),
        (2, 0) => (two, one),
        _ => return None,
    };
    if before.id.document != after.id.document {
        return None;
    }
    let millis = after.millis_between(before, limits)?;
    let (metres, _) = after.metres_between(before)?;
    let one_moment = millis <= u64::from(limits.moment_seconds) * 1_000;
    (one_moment && metres <= f64::from(limits.spot_metres)).then(|| {
        let finding = Finding::SameSpotAndMoment {
            metres: metres.round() as u32,
            seconds: u32::try_from(millis / 1_000).unwrap_or(u32::MAX),
            other: before.id,
        };
        on(after, finding)
    })
}
