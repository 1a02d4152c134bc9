//! The registers of a small city.

use std::cell::Cell;
use std::collections::BTreeSet;

use xunge_domain::case::clock::{ClockTerms, FilingSought};
use xunge_domain::case::{Case, Decline};
use xunge_domain::class::ClassTable;
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridIndex, UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::Directory;

pub(crate) const LEAD: &str = "road-dept";
pub(crate) const OTHER: &str = "water-dept";

const CLASSES: &str = r#"{"edition":"test","effective_date":"2025-01-01","sample":true,"classes":[{
    "code":"20115","id":"road_damage","kind":"event","major_zh":"市容环境","zh":"路面破损","en":"Road damage",
    "conditions":[{"code":"1","zh":"破损","limit":{"number":7,"unit":"work_day"}}]}]}"#;

/// Where the matter is: inside the one unit grid.
pub(crate) fn here() -> Point {
    "113.785,34.755".parse().unwrap()
}

pub(crate) fn grid_code() -> UnitGridCode {
    UnitGridCode::from_parts(410_104, 101, 1, 1).unwrap()
}

pub(crate) fn body(id: &str) -> OrganisationId {
    id.parse().unwrap()
}

pub(crate) fn person_id(id: &str) -> PersonId {
    id.parse().unwrap()
}

pub(crate) struct City {
    classes: ClassTable,
    grids: GridIndex,
    people: Vec<Person>,
    filed: Cell<u32>,
    pub(crate) stored: BTreeSet<Digest>,
}

fn somebody(id: &str, role: Role, organisation: Option<&str>, beat: Option<&str>) -> Person {
    Person {
        id: person_id(id),
        name: id.into(),
        roles: vec![role],
        organisation: organisation.map(body),
        duty_grids: beat.map(|beat| beat.parse().unwrap()).into_iter().collect(),
    }
}

impl City {
    pub(crate) fn new() -> Self {
        let corner = |text: &str| text.parse().unwrap();
        let grid = UnitGrid {
            code: grid_code(),
            name: "格1".into(),
            duty_grid: "putian-1".parse().unwrap(),
            corners: [
                "113.78,34.75",
                "113.79,34.75",
                "113.79,34.76",
                "113.78,34.76",
            ]
            .map(corner)
            .to_vec(),
        };
        let people = vec![
            somebody("worker", Role::GridWorker, None, Some("putian-1")),
            somebody("neighbour", Role::GridWorker, None, Some("putian-1")),
            somebody("stranger", Role::GridWorker, None, Some("jicheng-1")),
            somebody("crew", Role::DisposalDept, Some(LEAD), None),
            somebody("colleague", Role::DisposalDept, Some(LEAD), None),
            somebody("waterman", Role::DisposalDept, Some(OTHER), None),
            somebody("clerk", Role::IntakeClerk, None, None),
            somebody("leader", Role::ShiftLeader, None, None),
            somebody("dispatcher", Role::Dispatcher, None, None),
        ];
        Self {
            classes: ClassTable::from_json(CLASSES.as_bytes()).unwrap(),
            grids: GridIndex::new(vec![grid]).unwrap(),
            people,
            filed: Cell::new(0),
            stored: BTreeSet::new(),
        }
    }
}

impl Directory for City {
    fn classes(&self) -> &ClassTable {
        &self.classes
    }
    fn grids(&self) -> &GridIndex {
        &self.grids
    }
    fn person(&self, id: &PersonId) -> Option<Person> {
        self.people.iter().find(|person| person.id == *id).cloned()
    }
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation> {
        [LEAD, OTHER].contains(&id.as_str()).then(|| Organisation {
            id: id.clone(),
            name: id.to_string(),
            parent: None,
            party: None,
        })
    }
    fn scopes_of(&self, _: &DocumentId) -> Vec<Scope> {
        Vec::new()
    }
    fn stored(&self, sha256: &Digest) -> bool {
        self.stored.contains(sha256)
    }
    fn case_exists(&self, _: &DocumentId) -> bool {
        true
    }
    fn terms(&self, _: &Case, _: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline> {
        Ok(None)
    }
    fn next_case_no(&self, now: Timestamp) -> String {
        self.filed.set(self.filed.get() + 1);
        format!("{}-{:05}", now.to_local_day(), self.filed.get())
    }
}
