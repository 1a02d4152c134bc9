//! 264 minor classes with three filing conditions each, and the limits of all by area and handling.

use std::io;

use xunge_domain::class::{ClassKind, FilingCondition, Limit, LimitUnit, MinorClass};
use xunge_domain::datum::Datum;
use xunge_domain::tables::{AreaClass, HandlingClass, LimitKey, LimitRow};

use super::MARK;
use super::file::Out;
use crate::city_tables::{CityRow, ClassRow};
use crate::demo::random::Random;

/// Classes of components and of events: 264 in all.
const COMPONENTS: usize = 126;
const EVENTS: usize = 138;
/// Minor classes of one major class.
const IN_MAJOR: usize = 23;

const COMPONENT_MAJORS: [&str; 6] = [
    "公用设施",
    "道路交通",
    "市容环境",
    "园林绿化",
    "房屋土地",
    "其他设施",
];
const EVENT_MAJORS: [&str; 6] = [
    "市容环境",
    "宣传广告",
    "施工管理",
    "街面秩序",
    "突发事件",
    "公共安全",
];
const THINGS: [(&str, &str); 21] = [
    ("井盖", "manhole"),
    ("箅子", "grate"),
    ("路灯", "lamp"),
    ("护栏", "railing"),
    ("电杆", "pole"),
    ("消火栓", "hydrant"),
    ("座椅", "bench"),
    ("垃圾箱", "bin"),
    ("公交站牌", "stop"),
    ("指示牌", "sign"),
    ("信号灯", "signal"),
    ("变压器", "transformer"),
    ("阀门", "valve"),
    ("交接箱", "cabinet"),
    ("行道树", "tree"),
    ("花钵", "planter"),
    ("宣传栏", "board"),
    ("桥面", "deck"),
    ("公厕", "toilet"),
    ("停车位", "bay"),
    ("监控杆", "mast"),
];
const KINDS: [(&str, &str); 14] = [
    ("上水", "water"),
    ("污水", "sewage"),
    ("雨水", "storm"),
    ("电力", "power"),
    ("通信", "telecom"),
    ("燃气", "gas"),
    ("热力", "heat"),
    ("交通", "traffic"),
    ("公安", "police"),
    ("园林", "garden"),
    ("小区", "estate"),
    ("无主", "ownerless"),
    ("临时", "temporary"),
    ("老旧", "old"),
];
const CONDITIONS: [&str; 3] = [
    "破损、松动或异响，影响使用",
    "缺失、移位或倾斜，危及行人车辆安全",
    "污损、堵塞或与周围高差超过三厘米",
];
const UNITS: [LimitUnit; 4] = [
    LimitUnit::UrgentHour,
    LimitUnit::WorkHour,
    LimitUnit::WorkDay,
    LimitUnit::NaturalDay,
];

/// The classes, bare, in the order of their codes.
fn classes() -> impl Iterator<Item = MinorClass> {
    let of_kind = |kind: ClassKind, count: usize| {
        (0..count).filter_map(move |index| {
            let (major, minor) = (index / IN_MAJOR, index % IN_MAJOR + 1);
            let (digit, majors, shift) = match kind {
                ClassKind::Component => (1, COMPONENT_MAJORS, 0),
                ClassKind::Event => (2, EVENT_MAJORS, 5),
            };
            let (thing_zh, thing) = THINGS.get((index + shift) % THINGS.len())?;
            let (kind_zh, word) =
                KINDS.get((index / THINGS.len() + index + shift) % KINDS.len())?;
            let ending = if kind == ClassKind::Event {
                "问题"
            } else {
                ""
            };
            // An id has letters alone.
            let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
            let tail: String = [letter(index / 26), letter(index)].into_iter().collect();
            let event = if kind == ClassKind::Event {
                "event_"
            } else {
                ""
            };
            Some(MinorClass {
                code: format!("{digit}{:02}{minor:02}", major + 1),
                id: format!("{event}{word}_{thing}_{tail}"),
                kind,
                major_zh: format!("{}{MARK}", majors.get(major)?),
                zh: format!("{kind_zh}{thing_zh}{ending}"),
                en: format!("{word} {thing} {tail} (synthetic)"),
                conditions: Vec::new(),
                self_handled: None,
                duplicates: None,
            })
        })
    };
    of_kind(ClassKind::Component, COMPONENTS).chain(of_kind(ClassKind::Event, EVENTS))
}

/// The codes of the classes of components.
pub(super) fn component_classes() -> Vec<String> {
    let components = classes().filter(|class| class.kind == ClassKind::Component);
    components.map(|class| class.code).collect()
}

fn limit(random: &mut Random) -> Limit {
    Limit {
        number: 1 + random.below(15) as u32,
        unit: random.pick(&UNITS).copied().unwrap_or(LimitUnit::WorkDay),
    }
}

/// A row a condition.
pub(super) fn write(out: &mut Out, seed: u64) -> io::Result<()> {
    let mut random = Random::new(seed, "classes");
    for class in classes() {
        for (number, words) in (1..).zip(CONDITIONS) {
            let row = CityRow::Class(ClassRow {
                condition: FilingCondition {
                    code: format!("{number}"),
                    zh: format!("{}{words}", class.zh),
                    limit: limit(&mut random),
                },
                class: class.clone(),
            });
            out.row(&row.cells(Datum::Wgs84))?;
        }
    }
    Ok(())
}

/// A row for each condition, kind of area and handling.
pub(super) fn write_limits(out: &mut Out, seed: u64) -> io::Result<()> {
    let mut random = Random::new(seed, "limits");
    for class in classes() {
        for condition in 1..=CONDITIONS.len() {
            for area_class in AreaClass::ALL {
                for handling_class in HandlingClass::ALL {
                    let row = CityRow::Limit(LimitRow {
                        key: LimitKey {
                            class: class.code.clone(),
                            condition: condition.to_string(),
                            area_class,
                            handling_class,
                        },
                        limit: limit(&mut random),
                    });
                    out.row(&row.cells(Datum::Wgs84))?;
                }
            }
        }
    }
    Ok(())
}
