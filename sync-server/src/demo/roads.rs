//! Synthetic roads: three along and three across each street, with names, so that a place has an address.

use xunge_domain::geo::Point;

use super::random::Random;
use super::streets::{STREETS, Street};

const WORDS: [&str; 40] = [
    "和顺", "永安", "丰泽", "锦绣", "明理", "学府", "康宁", "春晖", "文治", "瑞达", "汇文", "青云",
    "嘉禾", "望湖", "金桥", "通泰", "福元", "兴荣", "玉兰", "银杏", "致远", "崇德", "清风", "向阳",
    "长乐", "同乐", "安泰", "祥和", "新苑", "朝晖", "映月", "听泉", "松林", "翠竹", "梅园", "兰亭",
    "百花", "红叶", "南屏", "北望",
];

/// One road, straight as a tile's edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Road {
    /// Its name.
    pub name: String,
    /// Degrees north of a road that runs west to east, degrees east of one that runs south to north.
    pub line: f64,
}

/// The roads of one street.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// West to east.
    pub along: Vec<Road>,
    /// South to north.
    pub across: Vec<Road>,
}

/// A place on a road, in words and on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub point: Point,
    /// Where, in words.
    pub address: String,
    /// The road, for the title.
    pub road: String,
}

/// The corner of the road story: 至德街 and 商都路.
pub const STORY_CORNER: (f64, f64) = (113.7861, 34.7552);

/// The roads of a street. 圃田乡 has the two of the road story where they cross.
pub fn network(street: &Street) -> Network {
    let order = STREETS
        .iter()
        .position(|other| other.slug == street.slug)
        .unwrap_or(0);
    let [west, south, east, north] = street.bounds;
    let road = |index: usize, low: f64, high: f64, kind: &str| {
        let word = WORDS.get((order * 6 + index) % WORDS.len()).copied();
        Road {
            name: format!("{}{kind}", word.unwrap_or_default()),
            line: low + (high - low) * (0.2 + 0.3 * (index % 3) as f64),
        }
    };
    let mut roads = Network {
        along: (0..3)
            .map(|index| road(index, south, north, "路"))
            .collect(),
        across: (3..6).map(|index| road(index, west, east, "街")).collect(),
    };
    if street.slug == "putian" {
        let story = |road: Option<&mut Road>, name: &str, line| {
            if let Some(road) = road {
                *road = Road {
                    name: name.to_owned(),
                    line,
                };
            }
        };
        story(roads.along.get_mut(1), "商都路", STORY_CORNER.1);
        story(roads.across.get_mut(1), "至德街", STORY_CORNER.0);
    }
    roads
}

/// A random place on one of a street's roads, well inside the street.
pub fn place(street: &Street, roads: &Network, random: &mut Random) -> Option<Place> {
    let [west, south, east, north] = street.bounds;
    let along = random.pick(&roads.along)?.clone();
    let across = random.pick(&roads.across)?.clone();
    // A few metres off the line: people report from the kerb.
    let kerb = random.between(-0.000_08, 0.000_08);
    let (longitude, latitude, address, road) = match random.below(4) {
        0 => (
            across.line + kerb,
            along.line + kerb / 2.0,
            format!(
                "{}与{}交叉口{}",
                along.name,
                across.name,
                random.word(&["东南角", "西南角", "东北角", "西北角", "南侧", "北侧"])
            ),
            along.name,
        ),
        1 | 2 => {
            let share = random.between(0.04, 0.96);
            let number = 1 + (share * 300.0) as u32;
            (
                west + (east - west) * share,
                along.line + kerb,
                format!("{}{number}号{}", along.name, beside(random)),
                along.name,
            )
        }
        _ => {
            let share = random.between(0.04, 0.96);
            let number = 1 + (share * 200.0) as u32;
            (
                across.line + kerb,
                south + (north - south) * share,
                format!("{}{number}号{}", across.name, beside(random)),
                across.name,
            )
        }
    };
    Some(Place {
        point: Point::from_degrees(longitude, latitude)?,
        address,
        road,
    })
}

fn beside(random: &mut Random) -> &'static str {
    const WHERE: [&str; 8] = [
        "门前",
        "附近",
        "对面",
        "东侧人行道",
        "公交站旁",
        "小区门口",
        "路西侧",
        "十米处",
    ];
    random.word(&WHERE)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn places_lie_within_their_street_and_have_an_address() {
        for street in &STREETS {
            let (roads, mut random) = (network(street), Random::new(3, street.slug));
            for _ in 0..200 {
                let place = place(street, &roads, &mut random).unwrap();
                let [west, south, east, north] = street.bounds;
                assert!((west..east).contains(&place.point.longitude()));
                assert!((south..north).contains(&place.point.latitude()));
                assert!(place.address.starts_with(&place.road));
            }
        }
    }

    #[test]
    fn the_story_roads_cross_in_putian() {
        let roads = network(&STREETS[0]);
        assert!(roads.along.iter().any(|road| road.name == "商都路"));
        assert!(roads.across.iter().any(|road| road.name == "至德街"));
    }
}
