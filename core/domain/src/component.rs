//! Components 部件: manholes, lamps, hydrants, each with a 16-digit code (domain.md §2).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use rstar::RTree;
use rstar::primitives::GeomWithData;
use serde::{Deserialize, Serialize};

use crate::geo::{Bounds, Point, UNITS_PER_DEGREE};
use crate::grid::UnitGridCode;
use crate::ids::{OrganisationId, ParseIdError, text_form};

/// Digits of a component code.
pub const COMPONENT_DIGITS: usize = 16;

/// What the digits of a code mean. Cities use one or the other; a table declares which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum CodeLayout {
    /// 6 county + 2 major class + 2 minor class + 6 sequence.
    #[n(0)]
    #[default]
    #[serde(rename = "6+2+2+6")]
    SixTwoTwoSix,
    /// 6 county + 2 major class + 3 minor class + 5 sequence.
    #[n(1)]
    #[serde(rename = "6+2+3+5")]
    SixTwoThreeFive,
}

impl CodeLayout {
    /// As it is written.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SixTwoTwoSix => "6+2+2+6",
            Self::SixTwoThreeFive => "6+2+3+5",
        }
    }

    /// Digits of the minor class.
    const fn minor_digits(self) -> u32 {
        match self {
            Self::SixTwoTwoSix => 2,
            Self::SixTwoThreeFive => 3,
        }
    }

    /// The parts of a code: county, major class, minor class, sequence.
    pub const fn parts(self, code: ComponentCode) -> (u64, u64, u64, u64) {
        let minor = 10_u64.pow(self.minor_digits());
        let sequence = 10_u64.pow(8 - self.minor_digits());
        (
            code.0 / 10_000_000_000,
            code.0 / 100_000_000 % 100,
            code.0 / sequence % minor,
            code.0 % sequence,
        )
    }

    /// Whether a code says the same class as a minor class code (five digits: 1, two of the major class, two of the minor).
    pub fn names_class(self, code: ComponentCode, class: &str) -> bool {
        let (_, major, minor, _) = self.parts(code);
        let number = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<u64>().ok());
        class.len() == 5
            && number(class.get(1..3)) == Some(major)
            && number(class.get(3..5)) == Some(minor)
    }
}

impl FromStr for CodeLayout {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        match text.trim() {
            "6+2+2+6" | "6226" => Ok(Self::SixTwoTwoSix),
            "6+2+3+5" | "6235" => Ok(Self::SixTwoThreeFive),
            _ => Err(ParseIdError::new("code layout (6+2+2+6 or 6+2+3+5)", text)),
        }
    }
}

/// Code of a component 部件标识码.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
#[cbor(transparent)]
pub struct ComponentCode(#[n(0)] u64);

impl ComponentCode {
    fn from_number(number: u64) -> Option<Self> {
        // A county begins with a digit other than 0, in every layout.
        (1_000_000_000_000_000..10_000_000_000_000_000)
            .contains(&number)
            .then_some(Self(number))
    }
}

impl fmt::Display for ComponentCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016}", self.0)
    }
}

impl FromStr for ComponentCode {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let wrong = || ParseIdError::new("component code (16 digits)", text);
        if text.len() != COMPONENT_DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        text.parse()
            .ok()
            .and_then(Self::from_number)
            .ok_or_else(wrong)
    }
}

impl<'bytes, C> Decode<'bytes, C> for ComponentCode {
    fn decode(
        input: &mut minicbor::Decoder<'bytes>,
        _: &mut C,
    ) -> Result<Self, minicbor::decode::Error> {
        Self::from_number(input.u64()?)
            .ok_or_else(|| minicbor::decode::Error::message("no component code"))
    }
}

text_form!(ComponentCode);

/// What became of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ComponentState {
    /// 完好.
    #[n(0)]
    #[default]
    Intact,
    /// 破损.
    #[n(1)]
    Damaged,
    /// 丢失.
    #[n(2)]
    Lost,
    /// 废弃.
    #[n(3)]
    Abandoned,
}

impl ComponentState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Intact, Self::Damaged, Self::Lost, Self::Abandoned];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Damaged => "damaged",
            Self::Lost => "lost",
            Self::Abandoned => "abandoned",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Intact => "完好",
            Self::Damaged => "破损",
            Self::Lost => "丢失",
            Self::Abandoned => "废弃",
        }
    }
}

/// How exactly a component was surveyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
pub enum AccuracyClass {
    /// Within 0.5 m.
    #[n(0)]
    A,
    /// Within 1 m.
    #[n(1)]
    B,
    /// Within 10 m.
    #[n(2)]
    C,
}

impl AccuracyClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// Its letter.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// Within how many metres the place holds.
    pub const fn metres(self) -> f64 {
        match self {
            Self::A => 0.5,
            Self::B => 1.0,
            Self::C => 10.0,
        }
    }
}

/// A component of a city's survey.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Component {
    /// Its code.
    #[n(0)]
    pub code: ComponentCode,
    /// What the digits of the code mean.
    #[n(1)]
    pub layout: CodeLayout,
    /// Its minor class, five digits.
    #[n(2)]
    pub class: String,
    /// What people call it; may be empty.
    #[n(3)]
    pub name: String,
    /// Where it is.
    #[n(4)]
    pub point: Point,
    /// The unit grid that holds it.
    #[n(5)]
    pub unit_grid: UnitGridCode,
    /// 权属单位.
    #[n(6)]
    pub owner: OrganisationId,
    /// 养护单位.
    #[n(7)]
    pub maintainer: OrganisationId,
    /// What became of it.
    #[n(8)]
    pub state: ComponentState,
    /// How exactly it was surveyed.
    #[n(9)]
    pub accuracy: AccuracyClass,
}

/// A component and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<'index> {
    /// The component.
    pub component: &'index Component,
    /// The great-circle distance.
    pub metres: f64,
}

/// Metres on a plane that touches the Earth near the components.
type Place = GeomWithData<[f64; 2], usize>;

/// The components somebody knows, ready for the question which one of a class is nearest.
pub struct ComponentIndex {
    components: Vec<Component>,
    by_class: BTreeMap<String, RTree<Place>>,
    /// Metres of one unit east, at the middle of the components.
    metres_east: f64,
}

/// On the sphere of [`Point::distance_metres`].
const METRES_NORTH: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0 / UNITS_PER_DEGREE as f64;
/// The plane is out by a hundredth at the edges of a city; so many more candidates than asked for are measured on the sphere.
const MORE_CANDIDATES: usize = 8;

impl ComponentIndex {
    /// Indexes `components`. Cost: about a microsecond each.
    pub fn new(mut components: Vec<Component>) -> Self {
        components.sort_by_key(|component| component.code);
        let middle = |first: i32, last: i32| first.midpoint(last);
        let latitudes = || {
            components
                .iter()
                .map(|component| component.point.latitude_e7)
        };
        let latitude = middle(
            latitudes().min().unwrap_or_default(),
            latitudes().max().unwrap_or_default(),
        );
        let latitude = f64::from(latitude) / f64::from(UNITS_PER_DEGREE);
        let metres_east = METRES_NORTH * latitude.to_radians().cos();
        let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for (index, component) in components.iter().enumerate() {
            let place = Place::new(on_plane(component.point, metres_east), index);
            match places.get_mut(&component.class) {
                Some(class) => class.push(place),
                None => {
                    places.insert(component.class.clone(), vec![place]);
                }
            }
        }
        Self {
            components,
            by_class: places
                .into_iter()
                .map(|(class, places)| (class, RTree::bulk_load(places)))
                .collect(),
            metres_east,
        }
    }

    /// The components of a class within so many metres, the nearest first, of two at the same distance the lower code; at most
    /// `count`.
    pub fn nearest(&self, point: Point, class: &str, metres: f64, count: usize) -> Vec<Near<'_>> {
        let Some(tree) = self.by_class.get(class) else {
            return Vec::new();
        };
        let at = on_plane(point, self.metres_east);
        let candidates = tree
            .nearest_neighbor_iter(&at)
            .take(count.saturating_add(MORE_CANDIDATES))
            .filter_map(|place| self.components.get(place.data));
        let mut near: Vec<Near<'_>> = candidates
            .map(|component| Near {
                component,
                metres: component.point.distance_metres(point),
            })
            .filter(|near| near.metres <= metres)
            .collect();
        sort(&mut near);
        near.truncate(count);
        near
    }

    /// The nearest component of every class that has one within so many metres, the nearest first. Cost: a look-up a class,
    /// a few hundred of them well under a millisecond.
    pub fn nearest_of_each_class(&self, point: Point, metres: f64, count: usize) -> Vec<Near<'_>> {
        let classes = self.by_class.keys();
        let mut near: Vec<Near<'_>> = classes
            .flat_map(|class| self.nearest(point, class, metres, 1))
            .collect();
        sort(&mut near);
        near.truncate(count);
        near
    }

    /// A component by its code.
    pub fn get(&self, code: ComponentCode) -> Option<&Component> {
        self.components
            .binary_search_by_key(&code, |component| component.code)
            .ok()
            .and_then(|index| self.components.get(index))
    }

    /// The components of a rectangle, edges included, by code. Cost: a comparison each, all of a city in a millisecond.
    pub fn within(&self, area: Bounds) -> impl Iterator<Item = &Component> {
        let components = self.components.iter();
        components.filter(move |component| area.holds(component.point))
    }

    /// All components, by code.
    pub fn components(&self) -> &[Component] {
        &self.components
    }
}

/// The nearest first, of two at the same distance the lower code.
fn sort(near: &mut [Near<'_>]) {
    near.sort_by(|one, other| {
        let codes = || one.component.code.cmp(&other.component.code);
        one.metres.total_cmp(&other.metres).then_with(codes)
    });
}

fn on_plane(point: Point, metres_east: f64) -> [f64; 2] {
    [
        f64::from(point.longitude_e7) * metres_east,
        f64::from(point.latitude_e7) * METRES_NORTH,
    ]
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn component(sequence: u64, class: &str, longitude: f64, latitude: f64) -> Component {
        let code = format!("410104{}{sequence:06}", &class[1..]);
        Component {
            code: code.parse().expect("a code"),
            layout: CodeLayout::SixTwoTwoSix,
            class: class.into(),
            name: String::new(),
            point: Point::from_degrees(longitude, latitude).expect("a place"),
            unit_grid: UnitGridCode::from_parts(410_104, 101, 1, 1).expect("a code"),
            owner: "water-dept".parse().expect("an id"),
            maintainer: "water-dept".parse().expect("an id"),
            state: ComponentState::Intact,
            accuracy: AccuracyClass::B,
        }
    }

    #[test]
    fn a_code_reads_in_both_layouts() {
        let code: ComponentCode = "4101040103000042".parse().expect("a code");
        assert_eq!(code.to_string(), "4101040103000042");
        let parts = CodeLayout::SixTwoTwoSix.parts(code);
        assert_eq!(parts, (410_104, 1, 3, 42));
        assert!(CodeLayout::SixTwoTwoSix.names_class(code, "10103"));
        assert!(!CodeLayout::SixTwoTwoSix.names_class(code, "10104"));
        let code: ComponentCode = "4101040100300042".parse().expect("a code");
        let parts = CodeLayout::SixTwoThreeFive.parts(code);
        assert_eq!(parts, (410_104, 1, 3, 42));
        assert!(CodeLayout::SixTwoThreeFive.names_class(code, "10103"));
        for bad in [
            "",
            "410104010300004",
            "0101040103000042",
            "41010401030000a2",
        ] {
            assert!(bad.parse::<ComponentCode>().is_err(), "{bad}");
        }
        for layout in [CodeLayout::SixTwoTwoSix, CodeLayout::SixTwoThreeFive] {
            assert_eq!(layout.id().parse(), Ok(layout));
        }
    }

    #[test]
    fn another_class_is_never_nearest_and_too_far_is_none() {
        let index = ComponentIndex::new(vec![
            component(1, "10103", 113.78, 34.75),
            component(2, "10105", 113.7801, 34.75),
            component(3, "10103", 113.79, 34.75),
        ]);
        let here = Point::from_degrees(113.7801, 34.75).expect("a place");
        let near = index.nearest(here, "10103", 50.0, 5);
        let codes: Vec<String> = near
            .iter()
            .map(|near| near.component.code.to_string())
            .collect();
        assert_eq!(codes, ["4101040103000001"]);
        assert!((near[0].metres - 9.14).abs() < 0.01);
        assert_eq!(index.nearest(here, "10103", 5_000.0, 5).len(), 2);
        assert!(index.nearest(here, "10199", 5_000.0, 5).is_empty());
    }

    #[test]
    fn a_rectangle_holds_what_stands_on_its_edge() {
        let index = ComponentIndex::new(vec![
            component(1, "10103", 113.78, 34.75),
            component(2, "10105", 113.79, 34.76),
            component(3, "10103", 113.791, 34.76),
        ]);
        let corner = |east, north| Point::from_degrees(east, north).expect("a place");
        let area = Bounds {
            south_west: corner(113.78, 34.75),
            north_east: corner(113.79, 34.76),
        };
        let inside: Vec<&str> = index.within(area).map(|one| one.class.as_str()).collect();
        assert_eq!(inside, ["10103", "10105"]);
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_is_the_one_that_measuring_all_says(
            places in proptest::collection::vec((113.5..113.9_f64, 34.6..34.9_f64), 1..60),
            east in 113.5..113.9_f64, north in 34.6..34.9_f64,
        ) {
            let all: Vec<Component> = (1..).zip(&places)
                .map(|(sequence, (longitude, latitude))| component(sequence, "10103", *longitude, *latitude))
                .collect();
            let here = Point::from_degrees(east, north).expect("a place");
            let mut measured: Vec<(f64, ComponentCode)> = all.iter()
                .map(|component| (component.point.distance_metres(here), component.code))
                .collect();
            measured.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let index = ComponentIndex::new(all);
            let found: Vec<ComponentCode> = index.nearest(here, "10103", f64::INFINITY, 3).iter().map(|near| near.component.code).collect();
            let expected: Vec<ComponentCode> = measured.iter().take(3).map(|(_, code)| *code).collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
