//! Likely duplicates: each rule from both sides, and what must hold for any cases.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use proptest::prelude::*;
use xunge_domain::case::CaseState;
use xunge_domain::case::duplicate::{
    DUPLICATES_MAX, KnownCase, LikelyDuplicate, SAME_LOOK_BITS_MAX, Sighting, compare,
    likely_duplicates,
};
use xunge_domain::class::{
    ClassKind, DuplicateReach, FilingCondition, Limit, LimitUnit, MinorClass,
};
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const LOOK: u64 = 0x0F0F_3C3C_5A5A_9696;

fn class(code: &str, kind: ClassKind, duplicates: Option<DuplicateReach>) -> MinorClass {
    let limit = Limit {
        number: 7,
        unit: LimitUnit::WorkDay,
    };
    MinorClass {
        code: code.into(),
        id: "a_class".into(),
        kind,
        major_zh: "市容环境".into(),
        zh: "路面破损".into(),
        en: "Road damage".into(),
        conditions: vec![FilingCondition {
            code: "1".into(),
            zh: "破损".into(),
            limit,
        }],
        self_handled: None,
        duplicates,
    }
}

fn here() -> Point {
    "113.785,34.755".parse().unwrap()
}

fn north(metres: f64) -> Point {
    let degrees = metres / 111_195.080;
    Point::from_degrees(here().longitude(), here().latitude() + degrees).unwrap()
}

fn sighting<'a>(class: Option<&'a MinorClass>, looks: &'a [u64]) -> Sighting<'a> {
    Sighting {
        case: DocumentId::from_bytes([9; 16]),
        class,
        point: here(),
        accuracy_metres: None,
        at: NOW,
        looks,
    }
}

fn known(number: u8, class: &str, metres: f64) -> KnownCase {
    KnownCase {
        id: DocumentId::from_bytes([number; 16]),
        class: Some(class.into()),
        point: north(metres),
        state: CaseState::Reported,
        reported_at: NOW.plus_millis(-23 * MINUTE),
        ended_at: None,
        looks: Vec::new(),
    }
}

fn found(sighting: &Sighting<'_>, known: &[KnownCase]) -> Vec<u8> {
    let likely = likely_duplicates(sighting, known).into_iter();
    likely.map(|one| one.case.as_bytes()[0]).collect()
}

#[test]
fn the_class_says_how_near_and_the_fix_adds_what_it_leaves_open() {
    let event = class("20115", ClassKind::Event, None);
    let component = class("10101", ClassKind::Component, None);
    let given = DuplicateReach {
        radius_metres: 200,
        window_days: 30,
    };
    let wide = class("20115", ClassKind::Event, Some(given));
    for (class, radius) in [(&event, 50.0), (&component, 15.0), (&wide, 200.0)] {
        let cases = [
            known(1, &class.code, radius - 1.0),
            known(2, &class.code, radius + 1.0),
        ];
        let mut asked = sighting(Some(class), &[]);
        assert_eq!(found(&asked, &cases), [1]);
        asked.accuracy_metres = Some(5);
        assert_eq!(found(&asked, &cases), [1, 2]);
        // A fix of a kilometre reaches a hundred metres farther, not a kilometre.
        asked.accuracy_metres = Some(1_000);
        assert!(found(&asked, &[known(3, &class.code, radius + 102.0)]).is_empty());
    }
    let any = sighting(None, &[]);
    assert_eq!(
        found(&any, &[known(1, "20115", 49.0), known(2, "10101", 51.0)]),
        [1]
    );
}

#[test]
fn another_class_counts_only_when_a_photo_looks_the_same() {
    let event = class("20115", ClassKind::Event, None);
    let looks = [LOOK];
    let asked = sighting(Some(&event), &looks);
    let mut other = known(1, "20116", 5.0);
    assert!(found(&asked, &[other.clone()]).is_empty());
    other.looks = vec![!LOOK, LOOK ^ 0b111];
    assert_eq!(found(&asked, &[other.clone()]), [1]);
    let compared = compare(&asked, &other);
    assert_eq!(
        (compared.same_class, compared.look_bits),
        (Some(false), Some(3))
    );
    // One bit more than looks the same.
    other.looks = vec![LOOK ^ ((1 << (SAME_LOOK_BITS_MAX + 1)) - 1)];
    assert!(found(&asked, &[other.clone()]).is_empty());
    other.looks = vec![LOOK ^ ((1 << SAME_LOOK_BITS_MAX) - 1)];
    assert_eq!(found(&asked, &[other]), [1]);
}

#[test]
fn an_open_case_counts_however_old_a_closed_one_for_the_days_of_its_class() {
    let event = class("20115", ClassKind::Event, None);
    let asked = sighting(Some(&event), &[]);
    for state in CaseState::ALL {
        let mut old = known(1, "20115", 5.0);
        old.state = state;
        old.reported_at = NOW.plus_millis(-400 * DAY);
        old.ended_at = state.is_final().then_some(NOW.plus_millis(-7 * DAY));
        let counts = !state.is_final() || state == CaseState::Closed;
        assert_eq!(
            found(&asked, &[old.clone()]).len(),
            usize::from(counts),
            "{state:?}"
        );
        old.ended_at = state.is_final().then_some(NOW.plus_millis(-7 * DAY - 1));
        let counts = !state.is_final();
        assert_eq!(
            found(&asked, &[old]).len(),
            usize::from(counts),
            "{state:?}"
        );
    }
}

#[test]
fn the_same_look_comes_first_then_the_class_then_open_cases_then_the_nearest() {
    let event = class("20115", ClassKind::Event, None);
    let looks = [LOOK];
    let asked = sighting(Some(&event), &looks);
    let mut same_look = known(1, "20115", 40.0);
    same_look.looks = vec![LOOK];
    let mut other_class = known(2, "20116", 1.0);
    other_class.looks = vec![LOOK];
    let (far, near) = (known(3, "20115", 20.0), known(4, "20115", 10.0));
    let mut closed = known(5, "20115", 2.0);
    closed.state = CaseState::Closed;
    closed.ended_at = Some(NOW.plus_millis(-DAY));
    let cases = [closed, far, other_class, near, same_look];
    assert_eq!(found(&asked, &cases), [1, 2, 4, 3, 5]);
}

#[test]
fn the_reason_is_told_in_both_languages() {
    let event = class("20115", ClassKind::Event, None);
    let looks = [LOOK];
    let asked = sighting(Some(&event), &looks);
    let mut other = known(1, "20115", 8.0);
    other.looks = vec![LOOK ^ 1];
    let likely = compare(&asked, &other);
    assert_eq!(
        likely.zh(),
        "同一小类，相距 8 米，23 分钟前上报，照片相似（64 位中差 1 位），现为“已上报”"
    );
    assert_eq!(
        likely.en(),
        "same class, 8 m away, reported 23 min before, photos look alike (1 of 64 bits differ), now reported"
    );
    other.looks.clear();
    other.reported_at = NOW.plus_millis(3 * 60 * MINUTE);
    other.state = CaseState::Closed;
    other.ended_at = Some(NOW.plus_millis(-3 * DAY));
    let likely = compare(&sighting(None, &[]), &other);
    assert_eq!(likely.zh(), "相距 8 米，3 小时后上报，3 天前结案");
    assert_eq!(
        likely.en(),
        "8 m away, reported 3 h later, closed 3 days before"
    );
}

fn any_case() -> impl Strategy<Value = KnownCase> {
    let place = -80.0_f64..80.0;
    let looks = proptest::collection::vec(prop_oneof![Just(LOOK), any::<u64>()], 0..3);
    let classes = prop_oneof![Just("20115"), Just("20116")];
    (
        1_u8..200,
        classes,
        place,
        0..CaseState::ALL.len(),
        0_i64..20,
        looks,
    )
        .prop_map(|(number, class, metres, state, days, looks)| {
            let state = CaseState::ALL[state];
            KnownCase {
                state,
                reported_at: NOW.plus_millis(-days * DAY),
                ended_at: state.is_final().then_some(NOW.plus_millis(-days * DAY / 2)),
                looks,
                ..known(number, class, metres)
            }
        })
}

proptest! {
    /// Whatever order they are read in, and whatever else is there: a case is listed for what it is, or not at all.
    #[test]
    fn what_is_listed_depends_on_nothing_but_the_two(cases in proptest::collection::vec(any_case(), 0..12), seed in any::<u64>(), accuracy in 0_u32..200) {
        let event = class("20115", ClassKind::Event, None);
        let looks = [LOOK];
        let asked = Sighting { accuracy_metres: Some(accuracy), ..sighting(Some(&event), &looks) };
        let mut unlike = cases;
        unlike.sort_by_key(|case| case.id);
        unlike.dedup_by_key(|case| case.id);
        let listed = likely_duplicates(&asked, &unlike);
        let mut turned = unlike.clone();
        let by = seed as usize % turned.len().max(1);
        turned.rotate_left(by);
        prop_assert_eq!(&likely_duplicates(&asked, &turned), &listed);
        let alone: Vec<LikelyDuplicate> = unlike.iter().flat_map(|case| likely_duplicates(&asked, [case])).collect();
        prop_assert_eq!(alone.len().min(DUPLICATES_MAX), listed.len());
        prop_assert!(listed.iter().all(|one| alone.contains(one)));
        for one in &listed {
            prop_assert!(one.metres <= 50 + accuracy.min(100));
            prop_assert!(one.same_class == Some(true) || one.look_bits.is_some());
            prop_assert!(!one.state.is_final() || one.state == CaseState::Closed);
        }
    }

    /// Two open matters of one class, found with equal accuracy, are each other's duplicate or neither is.
    #[test]
    fn of_two_open_cases_each_finds_the_other(metres in 0.0_f64..120.0, accuracy in 0_u32..120, minutes in -5_000_i64..5_000) {
        let event = class("20115", ClassKind::Event, None);
        let one = Sighting { accuracy_metres: Some(accuracy), ..sighting(Some(&event), &[]) };
        let mut there = known(1, "20115", metres);
        there.reported_at = NOW.plus_millis(minutes * MINUTE);
        let two = Sighting { case: there.id, point: there.point, at: there.reported_at, ..one };
        let mut back = known(9, "20115", 0.0);
        back.reported_at = NOW;
        let (found_one, found_two) = (likely_duplicates(&one, [&there]), likely_duplicates(&two, [&back]));
        prop_assert_eq!(found_one.len(), found_two.len());
        if let (Some(one), Some(two)) = (found_one.first(), found_two.first()) {
            prop_assert_eq!(one.metres, two.metres);
            prop_assert_eq!(one.earlier_millis, -two.earlier_millis);
        }
        prop_assert_eq!(likely_duplicates(&one, [&back]), Vec::new());
    }
}
