//! The demo city in one value.

use xunge_domain::class::{ClassTable, ClassTableError};
use xunge_domain::grid::UnitGrid;
use xunge_domain::person::{Organisation, Person};

use super::organisations::organisations;
use super::people::people;
use super::streets::STREETS;
use super::{grids, roads};

/// The sample class table the binary carries.
const CLASSES: &[u8] = include_bytes!("../../data/classes.sample.json");

/// The edition that table carries.
pub const SAMPLE_EDITION: &str = "郑州样表 2025-1";

/// Everything a hub is told before the first case.
pub struct City {
    /// The class table, marked as a sample.
    pub classes: ClassTable,
    /// Synthetic unit grids under real codes.
    pub unit_grids: Vec<UnitGrid>,
    /// Roads by street, in the order of [`STREETS`].
    pub roads: Vec<roads::Network>,
    /// Bodies, parents first.
    pub organisations: Vec<Organisation>,
    /// People, all pseudonyms.
    pub people: Vec<Person>,
}

/// The sample class table.
///
/// # Errors
/// The carried table cannot be right; a test keeps that from shipping.
pub fn sample_classes() -> Result<ClassTable, ClassTableError> {
    ClassTable::from_json(CLASSES)
}

impl City {
    /// Builds the city.
    ///
    /// # Errors
    /// The carried class table cannot be right.
    pub fn build() -> Result<Self, ClassTableError> {
        Ok(Self {
            classes: sample_classes()?,
            unit_grids: STREETS.iter().flat_map(grids::unit_grids).collect(),
            roads: STREETS.iter().map(roads::network).collect(),
            organisations: organisations(),
            people: people(),
        })
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_domain::class::ClassKind;

    #[test]
    fn the_sample_table_loads_and_covers_components_and_events() {
        let table = sample_classes().expect("a class table");
        assert!(table.sample);
        assert_eq!(table.edition, SAMPLE_EDITION);
        assert_eq!(table.effective_date, "2025-01-01");
        let count = |kind| {
            let of_kind = table.classes.iter().filter(|class| class.kind == kind);
            of_kind.count()
        };
        assert_eq!(
            (count(ClassKind::Component), count(ClassKind::Event)),
            (37, 42)
        );
        for (id, zh) in [
            ("road_damage", "路面破损"),
            ("standing_water", "积水"),
            ("street_lamp_out", "路灯不亮"),
            ("exposed_cable", "线缆裸露"),
            ("manhole_cover_missing", "井盖缺失"),
            ("illegal_parking", "机动车乱停放"),
            ("exposed_waste", "暴露垃圾"),
        ] {
            assert_eq!(table.find(id).expect(id).zh, zh);
        }
        for class in &table.classes {
            assert!((1..=3).contains(&class.conditions.len()), "{}", class.id);
        }
    }
}
