//! Who works on the case: staff at the hub, four people with a device each.

use xunge_domain::case::{Case, JudgeContext, Outcome, Standing};
use xunge_domain::class::ClassTable;
use xunge_domain::geo::Point;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{Digest, OrganisationId, PersonId};
use xunge_domain::person::{Person, Role};

pub(crate) const LEAD: &str = "road-dept";
pub(crate) const OTHER: &str = "water-dept";
pub(crate) const CLASSES: [&str; 3] = ["20101", "20102", "20103"];

/// One device each, in the order of the replicas after the hub.
pub(crate) const DEVICES: [&str; 4] = ["worker-one", "worker-two", "crew", "crew-two"];
/// In browsers, at the hub.
pub(crate) const STAFF: [&str; 6] = [
    "clerk",
    "leader",
    "dispatcher",
    "supervisor",
    "rival",
    "secretary",
];

pub(crate) fn body(id: &str) -> OrganisationId {
    id.parse().unwrap()
}

pub(crate) fn here() -> Point {
    "113.785,34.755".parse().unwrap()
}

/// What the judge may look at.
pub(crate) struct City {
    classes: ClassTable,
    grids: GridIndex,
    people: Vec<Person>,
}

impl City {
    pub(crate) fn new() -> Self {
        let class = |code: &str| {
            format!(
                r#"{{"code":"{code}","id":"class_{}","kind":"event","major_zh":"市容","zh":"类","en":"Class",
                "conditions":[{{"code":"1","zh":"一","limit":{{"number":7,"unit":"work_day"}}}}],"self_handled":true}}"#,
                ["a", "b", "c"][usize::from(code.as_bytes()[4] - b'1')]
            )
        };
        let classes: Vec<String> = CLASSES.iter().map(|code| class(code)).collect();
        let table = format!(
            r#"{{"edition":"e","effective_date":"2025-01-01","sample":true,"classes":[{}]}}"#,
            classes.join(",")
        );
        let person = |id: &str, role, organisation: Option<&str>| Person {
            id: id.parse().unwrap(),
            name: id.into(),
            roles: vec![role],
            organisation: organisation.map(body),
            duty_grids: Vec::new(),
        };
        Self {
            classes: ClassTable::from_json(table.as_bytes()).unwrap(),
            grids: GridIndex::new(Vec::new()).unwrap(),
            people: vec![
                person("worker-one", Role::GridWorker, None),
                person("worker-two", Role::GridWorker, None),
                person("crew", Role::DisposalDept, Some(LEAD)),
                person("crew-two", Role::DisposalDept, Some(LEAD)),
                person("clerk", Role::IntakeClerk, None),
                person("leader", Role::ShiftLeader, None),
                person("dispatcher", Role::Dispatcher, None),
                person("supervisor", Role::SupervisorLead, None),
                person("rival", Role::DisposalDept, Some(OTHER)),
                person("secretary", Role::BranchSecretary, Some(OTHER)),
            ],
        }
    }

    pub(crate) fn person(&self, id: &str) -> &Person {
        self.people
            .iter()
            .find(|person| person.id.as_str() == id)
            .unwrap()
    }

    /// What the hub decides: blobs in `missing` have not arrived.
    pub(crate) fn judge(
        &self,
        case: &Case,
        standing: &Standing,
        action: &xunge_domain::case::Action,
        missing: &[Digest],
    ) -> Outcome {
        let context = JudgeContext {
            classes: &self.classes,
            grids: &self.grids,
            person: &|id: &PersonId| {
                let known = self.people.iter().find(|person| person.id == *id);
                known.cloned()
            },
            organisation_exists: &|id| [LEAD, OTHER].contains(&id.as_str()),
            stored: &|blob| !missing.contains(blob),
            case_exists: &|_| true,
        };
        let actor = self.person(action.author.as_str());
        xunge_domain::case::judge(case, standing, action, actor, &context)
    }
}
