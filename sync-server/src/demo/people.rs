//! The people of the demo city. Every name is a pseudonym.

use xunge_domain::ids::OrganisationId;
use xunge_domain::person::{Person, Role};

use super::grids::duty_grids;
use super::organisations::{DEPARTMENTS, street_office};
use super::streets::STREETS;

/// The password of every persona: a demo city holds nothing to protect, and one word is easy to hand around.
pub const DEMO_PASSWORD: &str = "xunge-demo";

/// Who is printed when the demo starts: id, name, role.
const PERSONAS: [(&str, &str, Role, &str); 5] = [
    ("clerk", "许静雯", Role::IntakeClerk, "command-centre"),
    (
        "shift-leader",
        "郭建勋",
        Role::ShiftLeader,
        "command-centre",
    ),
    ("dispatcher", "田晓璐", Role::Dispatcher, "command-centre"),
    ("leader", "韩伯钧", Role::SupervisorLead, "city-bureau"),
    ("admin", "夏知远", Role::Admin, "command-centre"),
];

const SURNAMES: [&str; 32] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "马", "罗", "梁", "宋", "郑", "谢", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
];
const GIVEN_NAMES: [&str; 37] = [
    "志强", "丽娟", "国栋", "晓燕", "海涛", "秀云", "建军", "雪梅", "永康", "春兰", "文博", "慧敏",
    "立新", "玉珍", "东升", "婷婷", "学峰", "桂芳", "振华", "佳怡", "保国", "红霞", "子豪", "凤英",
    "新民", "彩虹", "俊杰", "爱华", "明辉", "素珍", "长河", "小满", "守正", "若兰", "克勤", "思远",
    "润泽",
];

/// Hands out names in a fixed order that never repeats within 1,184 people.
struct Names(usize);

impl Names {
    fn next(&mut self) -> String {
        let index = self.0;
        self.0 += 1;
        let surname = SURNAMES.get(index * 7 % SURNAMES.len());
        let given = GIVEN_NAMES.get(index * 5 % GIVEN_NAMES.len());
        [surname, given].into_iter().flatten().copied().collect()
    }
}

fn person(
    id: &str,
    name: String,
    role: Role,
    organisation: Option<OrganisationId>,
) -> Option<Person> {
    Some(Person {
        id: id.parse().ok()?,
        name,
        roles: vec![role],
        organisation,
        duty_grids: Vec::new(),
    })
}

/// Everybody.
pub fn people() -> Vec<Person> {
    let mut names = Names(0);
    let mut people = Vec::new();
    for street in &STREETS {
        let ids: [String; 2] = match street.slug {
            "putian" => ["worker-putian".into(), "worker-putian-2".into()],
            "wulibu" => ["worker-erqi".into(), "worker-erqi-2".into()],
            slug => [format!("worker-{slug}"), format!("worker-{slug}-2")],
        };
        for id in ids {
            let worker = person(
                &id,
                names.next(),
                Role::GridWorker,
                street_office(street.slug),
            );
            people.extend(worker.map(|worker| Person {
                duty_grids: duty_grids(street),
                ..worker
            }));
        }
    }
    for department in DEPARTMENTS {
        let body = department.parse().ok();
        people.extend(person(
            department,
            names.next(),
            Role::DisposalDept,
            body.clone(),
        ));
        if department == "road-dept" {
            people.extend(person(
                "road-dept-2",
                names.next(),
                Role::DisposalDept,
                body,
            ));
        }
    }
    for (id, name, role, body) in PERSONAS {
        people.extend(person(id, name.to_owned(), role, body.parse().ok()));
    }
    let putian_centre = "putian-smart-centre".parse().ok();
    people.extend(person(
        "putian-centre",
        names.next(),
        Role::BranchSecretary,
        putian_centre,
    ));
    let community = "erhuanlu-community".parse().ok();
    people.extend(person(
        "erhuanlu-secretary",
        names.next(),
        Role::BranchSecretary,
        community,
    ));
    for body in ["road-dept", "road-works-two"] {
        people.extend(person(
            &format!("{body}-secretary"),
            names.next(),
            Role::BranchSecretary,
            body.parse().ok(),
        ));
    }
    people.extend(person(
        "support-secretary",
        names.next(),
        Role::BranchSecretary,
        "support-centre".parse().ok(),
    ));
    people
}

/// The personas the demo prints: who to log in as.
pub const PRINTED: [&str; 10] = [
    "worker-putian",
    "worker-putian-2",
    "worker-erqi",
    "clerk",
    "shift-leader",
    "dispatcher",
    "road-dept",
    "road-dept-2",
    "leader",
    "admin",
];

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::demo::organisations::organisations;
    use std::collections::BTreeSet;

    #[test]
    fn every_persona_exists_and_nobody_twice() {
        let people = people();
        let ids: BTreeSet<&str> = people.iter().map(|person| person.id.as_str()).collect();
        let names: BTreeSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!((ids.len(), names.len()), (people.len(), people.len()));
        for id in PRINTED {
            assert!(ids.contains(id), "{id}");
        }
        let worker = people
            .iter()
            .find(|person| person.id.as_str() == "worker-putian")
            .unwrap();
        assert_eq!(worker.duty_grids.len(), 4);
    }

    #[test]
    fn everybody_acts_for_a_body_that_exists() {
        let bodies = organisations();
        for person in people() {
            let body = person.organisation.unwrap();
            assert!(bodies.iter().any(|known| known.id == body), "{body}");
        }
    }
}
