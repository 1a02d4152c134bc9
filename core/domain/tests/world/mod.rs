//! A small city in which every guard can be satisfied: two unit grids, two bodies, and a case with everything on it.
#![allow(dead_code, unused_imports, reason = "each test file uses its own part")]

mod acts;
mod table;

use std::collections::BTreeMap;

pub(crate) use acts::*;
pub(crate) use table::{Row, lines, rows};

use xunge_domain::case::{
    Act, Action, BlobReference, Case, CaseState, Checks, Claim, Decline, Facts, Filing, GridAnswer,
    JudgeContext, Keyed, Outcome, PhotoEntry, PhotoPurpose, Position, Standing, judge,
};
use xunge_domain::class::ClassTable;
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridIndex, UnitGrid, UnitGridCode};
use xunge_domain::ids::{CaseId, Digest, InstallationId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Person, Role};
use xunge_domain::tables::HandlingClass;
use xunge_domain::time::Timestamp;

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
pub(crate) const CLASS: &str = "20115";
pub(crate) const CONDITION: &str = "1";
/// Another class: not one that a worker may settle.
pub(crate) const OTHER_CLASS: &str = "20116";
/// The body that leads and claims.
pub(crate) const LEAD: &str = "road-dept";
/// Another body.
pub(crate) const OTHER: &str = "water-dept";

const CLASSES: &str = r#"{"edition":"test","effective_date":"2025-01-01","sample":true,"classes":[{
    "code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
    "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}],"self_handled":true},{
    "code":"20116","id":"road_flood","kind":"event","major_zh":"市容环境","zh":"道路积水","en":"Standing water",
    "conditions":[{"code":"1","zh":"积水","limit":{"number":2,"unit":"urgent_hour"}}]}]}"#;

pub(crate) fn person_id(text: &str) -> PersonId {
    text.parse().unwrap()
}

pub(crate) fn body(text: &str) -> OrganisationId {
    text.parse().unwrap()
}

pub(crate) fn person(id: &str, roles: &[Role], organisation: Option<&str>) -> Person {
    Person {
        id: person_id(id),
        name: id.into(),
        roles: roles.to_vec(),
        organisation: organisation.map(body),
        duty_grids: Vec::new(),
    }
}

pub(crate) fn intent(counter: u32) -> IntentId {
    IntentId::new(&InstallationId::from_bytes([1; 16]), counter, [0; 3])
}

/// Where the matter is: inside grid 1.
pub(crate) fn here() -> Point {
    "113.785,34.755".parse().unwrap()
}

/// So many metres north of [`here`], to within a centimetre or two.
pub(crate) fn metres_north(metres: f64) -> Point {
    let degrees = metres / 111_195.080;
    Point::from_degrees(here().longitude(), here().latitude() + degrees).unwrap()
}

pub(crate) fn grid_code(sequence: u16) -> UnitGridCode {
    UnitGridCode::from_parts(410_104, 101, 1, sequence).unwrap()
}

fn grid(sequence: u16, west: &str, south: &str, east: &str, north: &str) -> UnitGrid {
    let corner = |x: &str, y: &str| format!("{x},{y}").parse().unwrap();
    UnitGrid {
        code: grid_code(sequence),
        name: format!("格{sequence}"),
        duty_grid: "putian-1".parse().unwrap(),
        corners: vec![
            corner(west, south),
            corner(east, south),
            corner(east, north),
            corner(west, north),
        ],
    }
}

/// What the judge may look at.
pub(crate) struct City {
    pub(crate) classes: ClassTable,
    pub(crate) grids: GridIndex,
    pub(crate) people: BTreeMap<PersonId, Person>,
    /// Blobs that have not arrived.
    pub(crate) missing: Vec<Digest>,
}

impl City {
    pub(crate) fn new(people: impl IntoIterator<Item = Person>) -> Self {
        let grids = vec![
            grid(1, "113.78", "34.75", "113.79", "34.76"),
            grid(2, "113.79", "34.75", "113.80", "34.76"),
        ];
        Self {
            classes: ClassTable::from_json(CLASSES.as_bytes()).unwrap(),
            grids: GridIndex::new(grids).unwrap(),
            people: people
                .into_iter()
                .map(|person| (person.id.clone(), person))
                .collect(),
            missing: Vec::new(),
        }
    }

    pub(crate) fn judge(&self, case: &Case, standing: &Standing, by: &str, act: Act) -> Outcome {
        let action = action(by, act);
        let context = JudgeContext {
            classes: &self.classes,
            grids: &self.grids,
            person: &|id| self.people.get(id).cloned(),
            organisation_exists: &|id| [LEAD, OTHER].contains(&id.as_str()),
            stored: &|blob| !self.missing.contains(blob),
            case_exists: &|id| *id == other_case(),
        };
        judge(
            case,
            standing,
            &action,
            &self.people[&action.author],
            &context,
        )
    }
}

pub(crate) fn action(by: &str, act: Act) -> Action {
    Action {
        author: person_id(by),
        at: NOW,
        act,
        seal: None,
        session: None,
    }
}

pub(crate) fn photo(by: &str, purpose: PhotoPurpose, counter: u32) -> Keyed<PhotoEntry> {
    let original = BlobReference {
        sha256: Digest::of(&counter.to_be_bytes()),
        length: 4,
    };
    Keyed {
        id: intent(counter),
        entry: PhotoEntry {
            author: person_id(by),
            at: NOW,
            purpose,
            caption: String::new(),
            original,
            preview: None,
            point: Some(here()),
            elsewhere: false,
            seal: None,
        },
    }
}

/// One photo of every purpose by one person.
pub(crate) fn photos(by: &str) -> Vec<Keyed<PhotoEntry>> {
    PhotoPurpose::ALL
        .into_iter()
        .zip(100..)
        .map(|(purpose, counter)| photo(by, purpose, counter))
        .collect()
}

/// A case with all facts, and a photo of every purpose by `photographer`.
pub(crate) fn full_case(photographer: &str) -> Case {
    Case {
        id: CaseId::from_bytes([9; 16]),
        facts: Facts {
            class: Some(CLASS.into()),
            condition: Some(CONDITION.into()),
            title: "路面破损".into(),
            position: Some(Position {
                point: here(),
                fixes: Vec::new(),
            }),
            unit_grid: Some(GridAnswer::Known(grid_code(1))),
            ..Facts::default()
        },
        photos: photos(photographer),
        hazards: Vec::new(),
        comments: Vec::new(),
        actions: Vec::new(),
        rulings: Vec::new(),
        erased: Vec::new(),
    }
}

/// A standing in `state` in which `task_of` has every task, and [`LEAD`] leads and has claimed through `claimant`.
pub(crate) fn full_standing(state: CaseState, task_of: &str, claimant: &str) -> Standing {
    Standing {
        state,
        sequence: 7,
        lead: Some(body(LEAD)),
        claim: Some(Claim {
            by: person_id(claimant),
            organisation: body(LEAD),
            at: NOW,
        }),
        filing: Some(Filing {
            class: Some(CLASS.into()),
            condition: CONDITION.into(),
            handling_class: HandlingClass::General,
            at: NOW,
        }),
        verifiers: vec![person_id(task_of)],
        checks: Checks {
            sent_to: vec![person_id(task_of)],
            made: Vec::new(),
        },
        ..Standing::unruled()
    }
}

/// The reason of a declined outcome.
#[track_caller]
pub(crate) fn declined(outcome: Outcome) -> Decline {
    match outcome {
        Outcome::Declined { reason } => reason,
        Outcome::Accepted { to, .. } => panic!("accepted to {to:?}"),
    }
}

/// The state of an accepted outcome.
#[track_caller]
pub(crate) fn accepted(outcome: Outcome) -> CaseState {
    match outcome {
        Outcome::Accepted { to, .. } => to,
        Outcome::Declined { reason } => panic!("declined: {reason:?}"),
    }
}
