//! A small city in which every guard can be satisfied: two unit grids, two bodies, and a case with everything on it.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use xunge_domain::case::{
    Act, Action, ActionName, BlobReference, Case, CaseState, Claim, CloseOutcome, Decline, Facts,
    GridAnswer, JudgeContext, Keyed, Outcome, PhotoEntry, PhotoPurpose, Position, Standing, judge,
};
use xunge_domain::class::ClassTable;
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridIndex, UnitGrid, UnitGridCode};
use xunge_domain::ids::{CaseId, Digest, InstallationId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Person, Role};
use xunge_domain::time::Timestamp;

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
pub(crate) const CLASS: &str = "20115";
pub(crate) const CONDITION: &str = "1";
/// The body that leads and claims.
pub(crate) const LEAD: &str = "road-dept";
/// Another body.
pub(crate) const OTHER: &str = "water-dept";

const CLASSES: &str = r#"{"edition":"test","effective_date":"2025-01-01","sample":true,"classes":[{
    "code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
    "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]}]}"#;

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
        verifier: Some(person_id(task_of)),
        checker: Some(person_id(task_of)),
        ..Standing::unruled()
    }
}

/// A request of this verb that lacks nothing. Tasks go to `to`; a check passes.
pub(crate) fn well_formed(action: ActionName, to: &str) -> Act {
    let to = person_id(to);
    match action {
        ActionName::Report => Act::Report,
        ActionName::SendVerify => Act::SendVerify { to },
        ActionName::Verify => Act::Verify {
            result: Some(true),
            note: "属实".into(),
        },
        ActionName::Accept => Act::Accept,
        ActionName::Reject => Act::Reject {
            reason: "不在辖区".into(),
            duplicate_of: None,
        },
        ActionName::File => Act::File {
            condition: CONDITION.into(),
        },
        ActionName::Dispatch => Act::Dispatch {
            lead: body(LEAD),
            assist: vec![body(OTHER)],
            notify: Vec::new(),
        },
        ActionName::Claim => Act::Claim,
        ActionName::Feedback => Act::Feedback {
            point: Some(here()),
            note: "已修补".into(),
        },
        ActionName::SendCheck => Act::SendCheck { to },
        ActionName::Check => check(true),
        ActionName::Close => Act::Close {
            outcome: CloseOutcome::Normal,
        },
    }
}

pub(crate) fn check(passed: bool) -> Act {
    Act::Check {
        passed,
        point: Some(here()),
        note: "现场查看".into(),
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

/// One row of `machine.csv`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) state: CaseState,
    pub(crate) action: ActionName,
    pub(crate) role: Role,
    /// `None`: declined.
    pub(crate) to: Option<CaseState>,
}

/// What the written rules say, row by row.
pub(crate) fn rows() -> Vec<Row> {
    let role = |id: &str| Role::ALL.into_iter().find(|role| role.id() == id);
    include_str!("../machine.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split(',').collect();
            let [state, action, role_id, expected] = columns[..] else {
                panic!("{line:?} has not four columns");
            };
            let to = match expected.split_once(':') {
                Some(("accepted", to)) => Some(CaseState::from_id(to).unwrap()),
                _ => {
                    assert_eq!(expected, "declined", "{line:?}");
                    None
                }
            };
            Row {
                state: CaseState::from_id(state).unwrap(),
                action: ActionName::from_id(action).unwrap(),
                role: role(role_id).unwrap(),
                to,
            }
        })
        .collect()
}
