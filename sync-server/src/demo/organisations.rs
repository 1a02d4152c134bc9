//! The bodies of the demo city: the bureau with its centres and sections, the districts with their streets.

use xunge_domain::ids::OrganisationId;
use xunge_domain::person::{Organisation, PartyKind, PartyOrganisation};

use super::divisions;
use super::streets::STREETS;

/// id, name, parent.
const BODIES: [(&str, &str, &str); 19] = [
    ("zhengzhou", "郑州市", ""),
    ("city-bureau", "市城市管理局", "zhengzhou"),
    (
        "command-centre",
        "数字化城市管理监督指挥中心",
        "city-bureau",
    ),
    ("support-centre", "城市管理保障中心", "city-bureau"),
    (
        "utilities-centre",
        "城市公用事业服务保障中心",
        "city-bureau",
    ),
    ("road-dept", "道桥维护科", "support-centre"),
    ("road-works-two", "道桥管养二所", "support-centre"),
    ("drainage-dept", "排水管养所", "support-centre"),
    ("lighting-dept", "照明管养一所", "support-centre"),
    ("sanitation-dept", "环卫作业一队", "support-centre"),
    ("greening-dept", "园林绿化管护所", "support-centre"),
    ("enforcement-dept", "综合执法二大队", "city-bureau"),
    ("utilities-dept", "公用设施维护科", "utilities-centre"),
    ("cable-dept", "线缆整治专班", "utilities-centre"),
    ("traffic-dept", "交通设施管理所", "city-bureau"),
    (
        "putian-smart-centre",
        "圃田乡智慧城市运行中心",
        "street-putian",
    ),
    ("erhuanlu-community", "二环路社区", "street-wulibu"),
    ("sunbazhai-community", "孙八砦社区", "street-changjianglu"),
    // A pseudonym, as everything that is no public body.
    ("road-contractor", "豫路市政工程公司", "zhengzhou"),
];

/// id, name, the body whose it is, kind.
const PARTY_ORGANISATIONS: [(&str, &str, &str, PartyKind); 5] = [
    (
        "support-committee",
        "城市管理保障中心党委",
        "support-centre",
        PartyKind::Committee,
    ),
    (
        "putian-smart-committee",
        "圃田乡智慧城市运行中心党委",
        "putian-smart-centre",
        PartyKind::Committee,
    ),
    (
        "road-dept-branch",
        "道桥维护科党支部",
        "road-dept",
        PartyKind::Branch,
    ),
    (
        "road-works-two-branch",
        "道桥管养二所党支部",
        "road-works-two",
        PartyKind::Branch,
    ),
    (
        "erhuanlu-branch",
        "二环路社区党支部",
        "erhuanlu-community",
        PartyKind::Branch,
    ),
];

/// The bodies that may lead a disposal, in the order a dispatcher reads them.
pub const DEPARTMENTS: [&str; 10] = [
    "road-dept",
    "road-works-two",
    "drainage-dept",
    "lighting-dept",
    "sanitation-dept",
    "greening-dept",
    "enforcement-dept",
    "utilities-dept",
    "cable-dept",
    "traffic-dept",
];

/// The office of a street.
pub fn street_office(slug: &str) -> Option<OrganisationId> {
    format!("street-{slug}").parse().ok()
}

/// All bodies, parents before children.
pub fn organisations() -> Vec<Organisation> {
    let mut bodies: Vec<Organisation> = Vec::new();
    let mut add = |id: &str, name: &str, parent: &str| {
        let known = bodies.iter().any(|body| body.id.as_str() == id);
        if let (Ok(id), false) = (id.parse(), known) {
            bodies.push(Organisation {
                id,
                name: name.to_owned(),
                parent: parent.parse().ok(),
                party: None,
            });
        }
    };
    add("zhengzhou", "郑州市", "");
    for street in &STREETS {
        let (Some(district), Some(office)) = (
            street.code.get(..6).and_then(divisions::district),
            divisions::street(street.code),
        ) else {
            continue;
        };
        let parent = format!("district-{}", district.code);
        add(&parent, &district.name, "zhengzhou");
        add(
            &format!("street-{}", street.slug),
            &format!("{}办事处", office.name),
            &parent,
        );
    }
    for (id, name, parent) in BODIES {
        add(id, name, parent);
    }
    bodies.extend(party_organisations());
    bodies
}

fn party_organisations() -> impl Iterator<Item = Organisation> {
    let all = PARTY_ORGANISATIONS.into_iter();
    all.filter_map(|(id, name, parent, kind)| {
        Some(Organisation {
            id: id.parse().ok()?,
            name: name.to_owned(),
            parent: parent.parse().ok(),
            party: Some(PartyOrganisation {
                kind,
                formed_by: Vec::new(),
            }),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bodies_form_one_tree_with_parents_first() {
        let bodies = organisations();
        for (index, body) in bodies.iter().enumerate() {
            match &body.parent {
                None => assert_eq!(body.id.as_str(), "zhengzhou"),
                Some(parent) => {
                    assert!(
                        bodies
                            .iter()
                            .take(index)
                            .any(|earlier| earlier.id == *parent)
                    );
                }
            }
        }
        for id in DEPARTMENTS
            .iter()
            .chain(&["street-putian", "street-wulibu"])
        {
            assert!(bodies.iter().any(|body| body.id.as_str() == *id), "{id}");
        }
    }
}
