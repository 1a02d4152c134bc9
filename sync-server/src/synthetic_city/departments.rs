//! Departments: the city, its bureaus, districts, streets and communities.

use std::collections::BTreeMap;
use std::io;

use super::MARK;
use super::file::Out;
use super::ground::Ground;
use crate::demo::divisions;

const CITY: &str = "synthetic-city";

/// Bureaus that own and maintain components.
pub(super) const BUREAUS: [(&str, &str); 12] = [
    ("road-bureau", "市政道路中心"),
    ("drainage-bureau", "排水管理处"),
    ("water-company", "自来水公司"),
    ("power-company", "供电公司"),
    ("gas-company", "燃气公司"),
    ("telecom-company", "通信公司"),
    ("lighting-bureau", "照明管理处"),
    ("garden-bureau", "园林绿化中心"),
    ("sanitation-bureau", "环境卫生中心"),
    ("traffic-bureau", "交通设施大队"),
    ("housing-bureau", "房屋管理中心"),
    ("enforcement-bureau", "城市管理执法支队"),
];

/// Districts and streets that hold a community of the ground, by code.
fn above(ground: &Ground) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut districts, mut streets) = (BTreeMap::new(), BTreeMap::new());
    for community in &ground.communities {
        let (district, street) = (community.code.get(..6), community.code.get(..9));
        if let Some(code) = district.filter(|code| !districts.contains_key(*code)) {
            let name = divisions::district(code).map(|division| division.name);
            districts.insert(code.to_owned(), name.unwrap_or_default());
        }
        if let Some(code) = street.filter(|code| !streets.contains_key(*code)) {
            let name = divisions::street(code).map(|division| division.name);
            streets.insert(code.to_owned(), name.unwrap_or_default());
        }
    }
    (districts, streets)
}

pub(super) fn write(out: &mut Out, ground: &Ground) -> io::Result<()> {
    out.row(&[CITY, &format!("市指挥中心{MARK}"), "", "", ""])?;
    for (id, name) in BUREAUS {
        out.row(&[id, &format!("{name}{MARK}"), CITY, "", ""])?;
    }
    let (districts, streets) = above(ground);
    for (code, name) in &districts {
        out.row(&[&office(code), &format!("{name}{MARK}"), CITY, "", ""])?;
    }
    for (code, name) in &streets {
        let parent = office(code.get(..6).unwrap_or_default());
        out.row(&[&office(code), &format!("{name}{MARK}"), &parent, "", ""])?;
    }
    Ok(())
}

/// The office of a division.
pub(super) fn office(code: &str) -> String {
    format!("office-{code}")
}
