//! Each rule at its limit, each beside what must not be marked.

use xunge_domain::case::{ActionName, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{Digest, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use super::*;
use crate::record::Uptime;

const NOON: i64 = 1_751_252_400_000;
const WORKER: &str = "worker-putian";

/// A photo of the worker at noon, received a minute later.
fn photo(case: u8, number: u32, purpose: PhotoPurpose) -> Piece {
    let installation = InstallationId::from_bytes([1; 16]);
    Piece {
        id: PieceId {
            document: DocumentId::from_bytes([case; 16]),
            intent: IntentId::new(&installation, number, [0; 3]),
        },
        author: WORKER.parse().unwrap(),
        sealed: Sealed::Photo {
            purpose,
            original: Digest::of(&[case, number as u8]),
            // Far from each other: hashes of numbers.
            look: Digest::of(&[case, number as u8, 1])
                .as_bytes()
                .first_chunk()
                .map(|head| u64::from_be_bytes(*head)),
        },
        installation,
        at: Timestamp::from_millis(NOON),
        not_before: Some(Timestamp::from_millis(NOON - 3_600_000)),
        received_at: Timestamp::from_millis(NOON + 60_000),
        uptime: None,
        place: place(0),
        fixes: 1,
        mocked: 0,
    }
}

/// So many metres north of the corner of the grid.
fn place(metres: i32) -> Option<Place> {
    let point = Point {
        longitude_e7: 1_137_800_000,
        latitude_e7: 347_500_000 + (f64::from(metres) * 89.93).round() as i32,
    };
    Some(Place {
        point,
        accuracy_metres: Some(5),
    })
}

/// At so many seconds after noon, received an hour later.
fn at(piece: Piece, seconds: i64) -> Piece {
    Piece {
        at: Timestamp::from_millis(NOON + seconds * 1_000),
        received_at: Timestamp::from_millis(NOON + seconds * 1_000 + 3_600_000),
        ..piece
    }
}

/// Without a scene to speak of.
fn look(pieces: &[Piece]) -> Vec<Risk> {
    let scene = Scene {
        document: DocumentId::from_bytes([0; 16]),
        grid: None,
        beneficiaries: &BTreeSet::new(),
    };
    find(pieces, &[], &scene, &RiskLimits::default())
}

fn found(pieces: &[Piece]) -> Vec<(PieceId, RiskKind)> {
    kinds(look(pieces))
}

fn kinds(risks: Vec<Risk>) -> Vec<(PieceId, RiskKind)> {
    let pairs = risks.into_iter();
    pairs
        .map(|risk| (risk.piece, risk.finding.kind()))
        .collect()
}

fn with_look(mut piece: Piece, bits: u64) -> Piece {
    if let Sealed::Photo { look, .. } = &mut piece.sealed {
        *look = Some(bits);
    }
    piece
}

fn with_bytes(mut piece: Piece, bytes: &[u8]) -> Piece {
    if let Sealed::Photo { original, look, .. } = &mut piece.sealed {
        (*original, *look) = (Digest::of(bytes), None);
    }
    piece
}

#[test]
fn a_mocked_fix_is_told_with_how_many() {
    let mut piece = photo(1, 1, PhotoPurpose::Found);
    assert!(found(&[piece.clone()]).is_empty());
    (piece.fixes, piece.mocked) = (3, 2);
    let risks = look(&[piece.clone()]);
    assert_eq!(risks.len(), 1);
    assert_eq!(
        (&risks[0].piece, risks[0].person.as_str()),
        (&piece.id, WORKER)
    );
    assert_eq!(
        risks[0].finding,
        Finding::MockLocation {
            mocked: 2,
            fixes: 3
        }
    );
}

#[test]
fn a_jump_needs_distance_and_speed_and_marks_the_later() {
    let one = photo(1, 1, PhotoPurpose::Found);
    let there = |metres, seconds| Piece {
        place: place(metres),
        ..at(photo(2, 2, PhotoPurpose::Found), seconds)
    };
    // 5 km in a minute is 300 km/h; in ten minutes 30.
    let fast = there(5_000, 60);
    assert_eq!(
        found(&[one.clone(), fast.clone()]),
        [(fast.id, RiskKind::SpeedJump)]
    );
    assert!(found(&[one.clone(), there(5_000, 600)]).is_empty());
    // Near: positioning was off.
    assert!(found(&[one.clone(), there(900, 1)]).is_empty());
    // An accuracy of kilometres explains them.
    let mut vague = there(5_000, 60);
    vague.place = vague.place.map(|place| Place {
        accuracy_metres: Some(4_500),
        ..place
    });
    assert!(found(&[one.clone(), vague]).is_empty());
    // Somebody else may well be there.
    let mut other = there(5_000, 60);
    other.author = "worker-erqi".parse().unwrap();
    assert!(found(&[one.clone(), other]).is_empty());
    // Two phones of one person, whose clocks fit the hub's.
    let mut second = there(5_000, 60);
    second.installation = InstallationId::from_bytes([9; 16]);
    assert_eq!(found(&[one.clone(), second.clone()]).len(), 1);
    // And where one of them does not, nothing is said of speed.
    second.at = second.at.plus_millis(7_200_000);
    assert!(
        !found(&[one, second])
            .iter()
            .any(|(_, kind)| *kind == RiskKind::SpeedJump)
    );
}

#[test]
fn two_places_in_one_millisecond_have_a_speed_that_is_a_number() {
    let one = photo(1, 1, PhotoPurpose::Found);
    let two = Piece {
        place: place(20_000_000),
        ..photo(2, 2, PhotoPurpose::Found)
    };
    let risks = look(&[one, two]);
    assert!(
        matches!(
            risks[0].finding,
            Finding::SpeedJump {
                seconds: 1,
                kmh: 1_000_000..,
                ..
            }
        ),
        "{risks:?}"
    );
}

#[test]
fn the_clock_nobody_sets_decides_where_both_have_it() {
    let boot = |piece: Piece, millis| Piece {
        uptime: Some(Uptime {
            boot: [7; 16].into(),
            millis,
        }),
        ..piece
    };
    let one = boot(photo(1, 1, PhotoPurpose::Found), 1_000_000);
    // An hour by the wall, a minute in truth: the clock was moved, and 5 km in it is a jump.
    let two = boot(
        Piece {
            place: place(5_000),
            ..at(photo(2, 2, PhotoPurpose::Found), 3_600)
        },
        1_060_000,
    );
    assert_eq!(
        found(&[two.clone(), one.clone()]),
        [(two.id, RiskKind::SpeedJump), (two.id, RiskKind::ClockStep)]
    );
    // Set back: the later one by the clock nobody sets is marked, not the later by the wall.
    let back = boot(at(photo(2, 3, PhotoPurpose::Found), -1_800), 1_600_000);
    assert_eq!(
        found(&[one.clone(), back.clone()]),
        [(back.id, RiskKind::ClockStep)]
    );
    // Set right again: the one that was wrong is marked, against the one that fits the hub's times as well.
    let mut ahead = boot(photo(1, 4, PhotoPurpose::Found), 2_000_000);
    ahead.at = ahead.received_at.plus_millis(7_200_000);
    let right = boot(at(photo(1, 5, PhotoPurpose::Found), 1_000), 2_060_000);
    assert_eq!(
        found(&[ahead.clone(), right]),
        [(ahead.id, RiskKind::ClockStep)]
    );
    // Another start of the device: nothing to hold it against.
    let mut restarted = two;
    restarted.place = place(0);
    restarted.uptime = Some(Uptime {
        boot: [8; 16].into(),
        millis: 5,
    });
    assert!(found(&[one, restarted]).is_empty());
}

#[test]
fn a_clock_is_held_against_beacon_and_receipt() {
    let step = |seconds: i64| {
        let mut piece = photo(1, 1, PhotoPurpose::Found);
        piece.at = piece.received_at.plus_millis(seconds * 1_000);
        look(&[piece])
    };
    assert!(step(300).is_empty());
    let Finding::ClockStep {
        seconds: 301,
        against: ClockReference::Receipt,
        other: None,
    } = step(301)[0].finding
    else {
        unreachable!("after receipt")
    };
    let mut early = photo(1, 1, PhotoPurpose::Found);
    early.at = Timestamp::from_millis(i64::MIN);
    let risks = look(&[early.clone()]);
    assert!(matches!(
        risks[0].finding,
        Finding::ClockStep {
            against: ClockReference::Beacon,
            ..
        }
    ));
    early.not_before = None;
    assert!(found(&[early]).is_empty());
}

#[test]
fn a_picture_of_another_case_is_known_again() {
    let one = with_look(photo(1, 1, PhotoPurpose::Found), 0);
    let other = |bits: u32, metres| Piece {
        place: place(metres),
        ..at(
            with_look(photo(2, 2, PhotoPurpose::Found), (1 << bits) - 1),
            600,
        )
    };
    let kind = |piece: &Piece| found(&[one.clone(), piece.clone()]);
    for (bits, metres, expected) in [
        (0, 0, Some(RiskKind::ReusedPicture)),
        (4, 900, Some(RiskKind::ReusedPicture)),
        (5, 900, Some(RiskKind::RephotographedPicture)),
        (10, 900, Some(RiskKind::RephotographedPicture)),
        (11, 900, None),
        // Alike because they show one place.
        (5, 40, None),
    ] {
        let piece = other(bits, metres);
        let expected: Vec<_> = expected.map(|kind| (piece.id, kind)).into_iter().collect();
        assert_eq!(kind(&piece), expected, "{bits} bits, {metres} m");
    }
    // The same file, which nobody could draw.
    let (first, second) = (
        with_bytes(photo(1, 1, PhotoPurpose::Found), b"heic"),
        with_bytes(at(photo(2, 2, PhotoPurpose::Found), 9), b"heic"),
    );
    assert_eq!(
        found(&[second.clone(), first]),
        [(second.id, RiskKind::ReusedPicture)]
    );
}

#[test]
fn within_a_case_a_picture_may_stand_for_one_stage() {
    let taken = |number, purpose, bits| {
        with_look(at(photo(1, number, purpose), i64::from(number) * 600), bits)
    };
    let found_one = taken(1, PhotoPurpose::Found, 0);
    assert!(found(&[found_one.clone(), taken(2, PhotoPurpose::Before, 0)]).is_empty());
    let check = taken(3, PhotoPurpose::Check, 0b11);
    assert_eq!(
        found(&[found_one.clone(), check.clone()]),
        [(check.id, RiskKind::ReusedPicture)]
    );
    // Before and after of one place look alike, and should.
    assert!(found(&[found_one, taken(4, PhotoPurpose::After, 0xFF)]).is_empty());
}

#[test]
fn before_and_after_need_time_or_way_between_them() {
    let before = photo(1, 1, PhotoPurpose::Before);
    let after = |seconds, metres| Piece {
        place: place(metres),
        ..at(photo(1, 2, PhotoPurpose::After), seconds)
    };
    let one = after(120, 14);
    assert_eq!(
        found(&[before.clone(), one.clone()]),
        [(one.id, RiskKind::SameSpotAndMoment)]
    );
    // Taken first, it is marked all the same: the mark is about the pair.
    let first = after(-60, 0);
    assert_eq!(
        found(&[before.clone(), first.clone()]),
        [(first.id, RiskKind::SameSpotAndMoment)]
    );
    for honest in [
        after(121, 0),
        after(0, 16),
        Piece {
            place: None,
            ..after(0, 0)
        },
    ] {
        assert!(found(&[before.clone(), honest]).is_empty());
    }
    // Of another case.
    let mut other = after(0, 0);
    other.id.document = DocumentId::from_bytes([2; 16]);
    assert!(found(&[before, other]).is_empty());
}

#[test]
fn the_scene_tells_who_did_the_work_and_where() {
    let corner = |metres: i32| place(metres).unwrap().point;
    let east = |point: Point| Point {
        longitude_e7: point.longitude_e7 + 40_000,
        ..point
    };
    let grid = UnitGrid {
        code: UnitGridCode::from_parts(410_104, 101, 1, 1).unwrap(),
        name: "格1".into(),
        duty_grid: "putian-1".parse().unwrap(),
        corners: vec![corner(0), east(corner(0)), east(corner(300)), corner(300)],
    };
    let nobody = BTreeSet::new();
    let worker = BTreeSet::from([WORKER.parse().unwrap()]);
    let document = DocumentId::from_bytes([1; 16]);
    let ask = |piece: &Piece, beneficiaries| {
        let scene = Scene {
            document,
            grid: Some(&grid),
            beneficiaries,
        };
        kinds(find(
            std::slice::from_ref(piece),
            &[],
            &scene,
            &RiskLimits::default(),
        ))
    };
    let mut check = photo(1, 1, PhotoPurpose::Check);
    assert!(ask(&check, &nobody).is_empty());
    assert_eq!(
        ask(&check, &worker),
        [(check.id, RiskKind::CheckByBeneficiary)]
    );
    assert!(ask(&photo(1, 1, PhotoPurpose::After), &worker).is_empty());
    check.sealed = Sealed::Action(ActionName::Check);
    assert_eq!(ask(&check, &worker).len(), 1);
    // 100 m beyond the edge at 300 m.
    for (metres, accuracy, outside) in [(399, 5, false), (402, 5, true), (402, 40, false)] {
        let mut piece = photo(1, 1, PhotoPurpose::Found);
        piece.place = place(metres).map(|place| Place {
            accuracy_metres: Some(accuracy),
            ..place
        });
        assert_eq!(ask(&piece, &nobody).len(), usize::from(outside), "{metres}");
    }
    // A piece of another case has no place in this scene.
    let mut other = photo(2, 1, PhotoPurpose::Check);
    other.place = place(5_000);
    assert!(ask(&other, &worker).is_empty());
}

#[test]
fn every_kind_has_its_word_and_every_finding_its_reason() {
    let other = photo(0xAB, 1, PhotoPurpose::Found).id;
    let grid = UnitGridCode::from_parts(410_104, 101, 1, 1).unwrap();
    let findings = [
        Finding::MockLocation {
            mocked: 1,
            fixes: 2,
        },
        Finding::SpeedJump {
            metres: 5_000,
            seconds: 60,
            kmh: 300,
            other,
        },
        Finding::ClockStep {
            seconds: 7_300,
            against: ClockReference::Beacon,
            other: None,
        },
        Finding::ClockStep {
            seconds: 86_400 * 3,
            against: ClockReference::Receipt,
            other: None,
        },
        Finding::ClockStep {
            seconds: 400,
            against: ClockReference::Uptime,
            other: Some(other),
        },
        Finding::ReusedPicture {
            bits: 0,
            same_bytes: true,
            other,
        },
        Finding::ReusedPicture {
            bits: 3,
            same_bytes: false,
            other,
        },
        Finding::RephotographedPicture { bits: 9, other },
        Finding::SameSpotAndMoment {
            metres: 2,
            seconds: 30,
            other,
        },
        Finding::CheckByBeneficiary,
        Finding::OutsideGrid {
            metres: 420,
            accuracy_metres: Some(8),
            grid,
        },
    ];
    let told: BTreeSet<RiskKind> = findings.iter().map(Finding::kind).collect();
    assert_eq!(told.len(), RiskKind::ALL.len());
    for finding in &findings {
        let (zh, en) = (finding.zh(), finding.en());
        assert!(
            zh.ends_with('。') && en.ends_with('.') && en.is_ascii(),
            "{zh} {en}"
        );
        if let Some(other) = finding.other() {
            let code = other.document.local_code();
            let paired = matches!(finding, Finding::SameSpotAndMoment { .. });
            assert!(paired || (zh.contains(&code) && en.contains(&code)), "{zh}");
        }
        assert_eq!(RiskKind::from_id(finding.kind().id()), Some(finding.kind()));
    }
    assert_eq!(
        findings[2].zh(),
        "终端时钟比平台此前给出的时间还早 2 小时。"
    );
    assert_eq!(
        findings[1].en(),
        "5000 m from the same person's piece in issue ABABABAB, 60 s apart: 300 km/h."
    );
}

#[test]
fn limits_that_make_no_sense_are_refused() {
    let default = RiskLimits::default();
    assert_eq!(default.check(), Ok(()));
    let bits = RiskLimits {
        alike_bits_max: 25,
        ..default
    };
    assert_eq!(bits.check(), Err(LimitsError::Bits(25)));
    let share = RiskLimits {
        recheck_per_myriad: 10_001,
        ..default
    };
    assert_eq!(share.check(), Err(LimitsError::Share(10_001)));
}

#[test]
fn a_draw_is_as_anybody_makes_it_and_takes_its_share() {
    // printf 'xunge recheck\n2026-11-28\n1234\n%064d\n' 0 | sha256sum
    let seed = recheck_seed("2026-11-28", 1_234, &Digest::from_bytes([0; 32]));
    assert_eq!(
        seed.to_string(),
        "10b4fe26f6ac661ee67a8a0014c4c37d44d0384f8508c7ebf6afab5defe4af34"
    );
    let cases = |share| {
        (0..20_000_u32)
            .filter(|number| {
                let mut id = [0; 16];
                id[..4].copy_from_slice(&number.to_be_bytes());
                is_sampled(&seed, &DocumentId::from_bytes(id), share)
            })
            .count()
    };
    assert_eq!((cases(0), cases(RECHECK_MYRIAD)), (0, 20_000));
    let taken = cases(200);
    assert!((300..500).contains(&taken), "{taken} of about 400");
}
