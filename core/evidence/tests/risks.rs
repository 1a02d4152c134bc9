//! Risks as a whole: whatever else is known adds marks and takes none away, in whichever order it came.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use xunge_domain::case::{ActionName, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::Uptime;
use xunge_evidence::risk::{Piece, PieceId, Place, RiskKind, RiskLimits, Scene, Sealed, find};

const NOON: i64 = 1_751_252_400_000;

/// Mostly around noon, now and then anything a device may claim.
fn instants() -> impl Strategy<Value = Timestamp> {
    let near = (0..7_200_000_i64).prop_map(|millis| NOON + millis);
    prop_oneof![9 => near, 1 => any::<i64>()].prop_map(Timestamp::from_millis)
}

fn places() -> impl Strategy<Value = Option<Place>> {
    let near = (0..20_000_i32, 0..20_000_i32)
        .prop_map(|(x, y)| (1_137_800_000 + x * 50, 347_500_000 + y * 50));
    let anywhere = (any::<i32>(), any::<i32>());
    let points = prop_oneof![9 => near, 1 => anywhere];
    let accuracies = prop::option::of(prop_oneof![0..60_u32, Just(u32::MAX)]);
    prop::option::of((points, accuracies)).prop_map(|place| {
        place.map(|((longitude_e7, latitude_e7), accuracy_metres)| Place {
            point: Point {
                longitude_e7,
                latitude_e7,
            },
            accuracy_metres,
        })
    })
}

fn sealed() -> impl Strategy<Value = Sealed> {
    let looks = prop::option::of(prop_oneof![0..16_u64, any::<u64>()]);
    let photo = (
        prop::sample::select(PhotoPurpose::ALL.to_vec()),
        0..6_u8,
        looks,
    )
        .prop_map(|(purpose, bytes, look)| Sealed::Photo {
            purpose,
            original: Digest::of(&[bytes]),
            look,
        });
    prop_oneof![
        4 => photo,
        1 => prop::sample::select(ActionName::ALL.to_vec()).prop_map(Sealed::Action),
    ]
}

fn uptimes() -> impl Strategy<Value = Option<Uptime>> {
    let millis = prop_oneof![9 => 0..7_200_000_u64, 1 => any::<u64>()];
    prop::option::of((0..2_u8, millis)).prop_map(|uptime| {
        uptime.map(|(boot, millis)| Uptime {
            boot: [boot; 16].into(),
            millis,
        })
    })
}

fn person(number: u8) -> PersonId {
    format!("worker-{number}").parse().unwrap()
}

/// Pieces of two people in three cases; each has its own place.
fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let one = (
        (1..4_u8, 0..2_u8, 0..2_u8),
        sealed(),
        (instants(), prop::option::of(instants()), instants()),
        uptimes(),
        places(),
        (0..4_u32, 0..3_u32),
    );
    prop::collection::vec(one, 0..10).prop_map(|drawn| {
        let numbered = (0_u32..).zip(drawn);
        numbered
            .map(
                |(number, ((case, who, copy), sealed, times, uptime, place, (fixes, mocked)))| {
                    let installation = InstallationId::from_bytes([copy; 16]);
                    let (at, not_before, received_at) = times;
                    Piece {
                        id: PieceId {
                            document: DocumentId::from_bytes([case; 16]),
                            intent: IntentId::new(&installation, number, [0; 3]),
                        },
                        author: person(who),
                        sealed,
                        installation,
                        at,
                        not_before,
                        received_at,
                        uptime,
                        place,
                        fixes,
                        mocked,
                    }
                },
            )
            .collect()
    })
}

fn grid() -> UnitGrid {
    let at = |x, y| Point {
        longitude_e7: 1_137_800_000 + x,
        latitude_e7: 347_500_000 + y,
    };
    UnitGrid {
        code: UnitGridCode::from_parts(410_104, 101, 1, 1).unwrap(),
        name: "格1".into(),
        duty_grid: "putian-1".parse().unwrap(),
        corners: vec![at(0, 0), at(50_000, 0), at(50_000, 50_000), at(0, 50_000)],
    }
}

fn risks(pieces: &[Piece]) -> Vec<xunge_evidence::risk::Risk> {
    let (grid, beneficiaries) = (grid(), BTreeSet::from([person(1)]));
    let scene = Scene {
        document: DocumentId::from_bytes([1; 16]),
        grid: Some(&grid),
        beneficiaries: &beneficiaries,
    };
    find(pieces, &[], &scene, &RiskLimits::default())
}

fn marks(pieces: &[Piece]) -> BTreeSet<(PieceId, RiskKind)> {
    let found = risks(pieces).into_iter();
    found
        .map(|risk| (risk.piece, risk.finding.kind()))
        .collect()
}

proptest! {
    #[test]
    fn one_more_piece_takes_no_mark_away(mut pieces in pieces()) {
        let all = marks(&pieces);
        while pieces.pop().is_some() {
            let fewer = marks(&pieces);
            prop_assert!(fewer.is_subset(&all));
        }
    }

    #[test]
    fn no_order_makes_a_difference(pieces in pieces(), turn in 0..10_usize) {
        let expected = risks(&pieces);
        let mut turned = pieces.clone();
        turned.rotate_left(turn.min(pieces.len()));
        prop_assert_eq!(&risks(&turned), &expected);
        turned.reverse();
        prop_assert_eq!(&risks(&turned), &expected);
        // Told twice, it is told once.
        turned.extend(pieces);
        prop_assert_eq!(&risks(&turned), &expected);
    }

    #[test]
    fn a_mark_stands_on_a_piece_that_is_there_and_on_its_author(pieces in pieces()) {
        for risk in risks(&pieces) {
            let piece = pieces.iter().find(|piece| piece.id == risk.piece);
            prop_assert_eq!(piece.map(|piece| &piece.author), Some(&risk.person));
            let other = risk.finding.other();
            prop_assert!(other.is_none_or(|other| other != risk.piece));
            prop_assert!(risk.finding.zh().ends_with('。') && risk.finding.en().ends_with('.'));
        }
    }
}
