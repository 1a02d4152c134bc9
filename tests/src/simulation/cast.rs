//! Who takes part: a small town of two beats, a department, a centre.

use std::sync::OnceLock;

use xunge_field::SoftwareKey;
use xunge_field::domain::class::ClassTable;
use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::{UnitGrid, UnitGridCode};
use xunge_field::domain::ids::{DutyGridId, OrganisationId, PersonId};
use xunge_field::domain::person::{Organisation, Person, Role};
use xunge_field::domain::time::Timestamp;

use crate::proxy::SplitMix;

/// The town's class table: one class is enough to rule on.
const CLASSES: &str = r#"{ "edition": "simulation", "effective_date": "2025-01-01", "sample": true, "classes": [
  { "code": "20401", "id": "road_damage", "kind": "event", "major_zh": "街面秩序", "zh": "路面破损", "en": "Road damage",
    "conditions": [{ "code": "1", "zh": "路面破损", "limit": { "number": 2, "unit": "work_day" } }] }] }"#;
/// The class every case has.
pub(super) const CLASS: &str = "road_damage";
/// Its filing condition.
pub(super) const CONDITION: &str = "1";
/// The department that is sent.
pub(super) const DEPARTMENT: &str = "road-dept";
/// Who decides in a browser.
pub(super) const CLERK: &str = "clerk";
/// Who decides in a browser.
pub(super) const LEADER: &str = "shift-leader";
/// Who decides in a browser.
pub(super) const DISPATCHER: &str = "dispatcher";

/// Who is given another beat.
pub(super) const NEIGHBOUR: &str = "worker-2";

/// Whose device it is, and its name in traces.
pub(super) type Part = (&'static str, &'static str);

/// Every schedule has a worker who also verifies and checks, and a department to send.
const ALWAYS: [Part; 2] = [("worker-1", "worker"), ("department-1", "department")];

/// Who may join: two devices of one person, two members of one department, neighbours.
const JOINING: [Part; 5] = [
    ("department-2", "department'"),
    ("worker-2", "neighbour"),
    ("worker-1", "worker's second"),
    ("department-1", "department's second"),
    ("worker-2", "neighbour's second"),
];

/// The two to six devices of a schedule.
pub(super) fn parts(random: &mut SplitMix) -> Vec<Part> {
    let joining = match random.below(100) {
        0..25 => 0,
        25..65 => 1,
        65..85 => 2,
        85..95 => 3,
        _ => 4,
    };
    let mut left = JOINING.to_vec();
    let mut parts = ALWAYS.to_vec();
    for _ in 0..joining {
        let chosen = random.below(left.len() as u64);
        parts.push(left.swap_remove(usize::try_from(chosen).unwrap_or(0)));
    }
    parts
}

#[expect(clippy::expect_used, reason = "the cast is written in this file")]
fn id<Id: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Id {
    text.parse().expect("an id of the cast")
}

/// A person's id.
pub(super) fn person_id(text: &str) -> PersonId {
    id(text)
}

/// A body's id.
pub(super) fn organisation_id(text: &str) -> OrganisationId {
    id(text)
}

/// The beat that both workers have at first.
pub(super) fn first_beat() -> DutyGridId {
    id("beat-1")
}

/// The beat that only the first worker has at first.
pub(super) fn second_beat() -> DutyGridId {
    id("beat-2")
}

/// The bodies.
pub(super) fn organisations() -> Vec<Organisation> {
    [
        ("centre", "运行中心"),
        (DEPARTMENT, "市政道路队"),
        ("street", "圃田乡"),
    ]
    .map(|(text, name)| Organisation {
        id: id(text),
        name: name.into(),
        parent: None,
        party: None,
    })
    .into()
}

/// The people.
pub(super) fn people() -> Vec<Person> {
    let person = |text: &str, role, body: &str, beats: &[&str]| Person {
        id: id(text),
        name: text.into(),
        roles: vec![role],
        organisation: Some(id(body)),
        duty_grids: beats.iter().map(|beat| id(beat)).collect(),
    };
    vec![
        person(
            "worker-1",
            Role::GridWorker,
            "street",
            &["beat-1", "beat-2"],
        ),
        person("worker-2", Role::GridWorker, "street", &["beat-1"]),
        person("department-1", Role::DisposalDept, DEPARTMENT, &[]),
        person("department-2", Role::DisposalDept, DEPARTMENT, &[]),
        person(CLERK, Role::IntakeClerk, "centre", &[]),
        person(LEADER, Role::ShiftLeader, "centre", &[]),
        person(DISPATCHER, Role::Dispatcher, "centre", &[]),
    ]
}

/// A place in the beat of this number (0 or 1).
pub(super) fn place(beat: u64) -> Point {
    let eastward = i32::try_from(beat).unwrap_or(0) * 100_000;
    Point {
        longitude_e7: 1_137_805_000 + eastward,
        latitude_e7: 347_505_000,
    }
}

/// One unit grid a beat.
#[expect(clippy::expect_used, reason = "the codes are written in this file")]
pub(super) fn unit_grids() -> Vec<UnitGrid> {
    let square = |beat: u64, duty_grid: &str| {
        let centre = place(beat);
        let corner = |east: i32, north: i32| Point {
            longitude_e7: centre.longitude_e7 + east * 40_000,
            latitude_e7: centre.latitude_e7 + north * 40_000,
        };
        UnitGrid {
            code: UnitGridCode::from_parts(410_122, 101, 1, 1 + u16::try_from(beat).unwrap_or(0))
                .expect("a code"),
            name: duty_grid.into(),
            duty_grid: id(duty_grid),
            corners: vec![corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)],
        }
    };
    vec![square(0, "beat-1"), square(1, "beat-2")]
}

/// The class table.
#[expect(clippy::expect_used, reason = "the table is written in this file")]
pub(super) fn classes() -> ClassTable {
    ClassTable::from_json(CLASSES.as_bytes()).expect("a class table")
}

/// When the schedules begin: Monday 2025-06-30 11:00 in Zhengzhou.
pub(super) const fn monday() -> Timestamp {
    Timestamp::from_millis(1_751_252_400_000)
}

/// A key for the hub and for six devices.
const KEYS_MADE: u8 = 7;

/// Keys that never change: making one costs more than most steps. Number 0 is the hub's.
#[expect(clippy::expect_used, reason = "the secrets are written in this file")]
pub(super) fn key(number: usize) -> SoftwareKey {
    static KEYS: OnceLock<Vec<SoftwareKey>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        (1..=KEYS_MADE)
            .map(|secret| SoftwareKey::from_bytes(&[secret; 32]).expect("a key"))
            .collect()
    });
    keys[number].clone()
}

/// A handful of tiny photos: real JPEGs, so that the device really makes its copies of them.
#[expect(clippy::expect_used, reason = "a picture of our own can be encoded")]
pub(super) fn photo(number: u64) -> &'static [u8] {
    static PHOTOS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let photos = PHOTOS.get_or_init(|| {
        (0..PHOTOS_MADE)
            .map(|number| {
                let mut random = SplitMix::of(7, number);
                let picture = image::RgbImage::from_fn(16, 16, |_, _| {
                    image::Rgb(std::array::from_fn(|_| random.below(256) as u8))
                });
                let mut bytes = std::io::Cursor::new(Vec::new());
                picture
                    .write_to(&mut bytes, image::ImageFormat::Jpeg)
                    .expect("a JPEG");
                bytes.into_inner()
            })
            .collect()
    });
    &photos[usize::try_from(number % PHOTOS_MADE).unwrap_or(0)]
}

/// How many photos there are to take. Fewer than photos taken, so that one picture is sent by two devices.
const PHOTOS_MADE: u64 = 12;
