//! `classes` 分类与立案条件: a row a filing condition; the columns of the class stand in each of its rows.

use xunge_domain::class::{
    ClassKind, ClassTable, DuplicateReach, FilingCondition, Limit, LimitUnit, MinorClass,
};

use super::super::columns::Column;
use super::super::{Cells, problems};
use super::{is_slug_of, named};

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("code", &["小类代码", "代码"]),
    Column::needed("id", &["英文标识", "标识"]),
    Column::needed("kind", &["类型"]),
    Column::needed("major_zh", &["大类", "大类名称"]),
    Column::needed("zh", &["小类", "小类名称"]),
    Column::needed("en", &["英文名", "英文名称"]),
    Column::needed("condition", &["立案条件代码", "条件代码"]),
    Column::needed("condition_zh", &["立案条件"]),
    Column::needed("number", &["处置时限", "时限"]),
    Column::needed("unit", &["时限单位", "单位"]),
    Column::optional("self_handled", &["自行处置"]),
    Column::optional("duplicate_metres", &["重复距离", "疑似重复距离"]),
    Column::optional("duplicate_days", &["重复天数", "疑似重复天数"]),
];

/// Longest name.
const NAME_CHARACTERS_MAX: usize = 60;
/// Longest condition.
const CONDITION_CHARACTERS_MAX: usize = 300;
/// Longest code of a condition.
const CONDITION_CODE_BYTES_MAX: usize = 8;
/// Most units of a limit.
const NUMBER_MAX: u32 = 100_000;

/// Farthest that two reports of one matter are apart.
const DUPLICATE_METRES_MAX: u32 = 2_000;
/// Most days after its end that a case is a likely duplicate.
const DUPLICATE_DAYS_MAX: u32 = 366;

/// A class with one of its conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRow {
    /// The class, without conditions.
    pub class: MinorClass,
    /// One of its conditions.
    pub condition: FilingCondition,
}

impl ClassRow {
    /// The class with this condition.
    pub fn whole(&self) -> MinorClass {
        MinorClass {
            conditions: vec![self.condition.clone()],
            ..self.class.clone()
        }
    }
}

/// The rows of a class table, in its order.
pub fn class_rows(table: &ClassTable) -> impl Iterator<Item = ClassRow> + '_ {
    table.classes.iter().flat_map(|class| {
        let bare = MinorClass {
            conditions: Vec::new(),
            ..class.clone()
        };
        class.conditions.iter().map(move |condition| ClassRow {
            class: bare.clone(),
            condition: condition.clone(),
        })
    })
}

pub(super) fn read(cells: &mut Cells<'_>) -> Option<ClassRow> {
    let kind = cells.needed("kind", &problems::CLASS_KIND, |text| {
        named(
            &[ClassKind::Component, ClassKind::Event],
            text,
            |kind| match kind {
                ClassKind::Component => ["component", "部件"],
                ClassKind::Event => ["event", "事件"],
            },
        )
    });
    let code = cells.needed("code", &problems::CLASS_CODE, |text| {
        let first = match kind {
            Some(ClassKind::Component) => text.starts_with('1'),
            Some(ClassKind::Event) => text.starts_with('2'),
            None => true,
        };
        let digits = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        (first && digits).then(|| text.to_owned())
    });
    let id = cells.needed("id", &problems::CLASS_ID, |text| {
        let letter = |byte: u8| byte == b'_' || byte.is_ascii_lowercase();
        text.bytes().all(letter).then(|| text.to_owned())
    });
    let major_zh = cells.words("major_zh", true, NAME_CHARACTERS_MAX);
    let zh = cells.words("zh", true, NAME_CHARACTERS_MAX);
    let en = cells.words("en", true, NAME_CHARACTERS_MAX);
    let self_handled = cells.optional("self_handled", &problems::YES_NO, |text| {
        named(&[true, false], text, yes_no)
    });
    let duplicates = duplicates(cells, kind);
    let condition = condition(cells);
    let words = cells.words("condition_zh", true, CONDITION_CHARACTERS_MAX);
    let limit = limit(cells);
    Some(ClassRow {
        class: MinorClass {
            code: code?,
            id: id?,
            kind: kind?,
            major_zh: major_zh?,
            zh: zh?,
            en: en?,
            conditions: Vec::new(),
            self_handled: self_handled?,
            duplicates: duplicates?,
        },
        condition: FilingCondition {
            code: condition?,
            zh: words?,
            limit: limit?,
        },
    })
}

/// Where one of the two is given, the other is that of the kind.
fn duplicates(cells: &mut Cells<'_>, kind: Option<ClassKind>) -> Option<Option<DuplicateReach>> {
    let mut number = |column, problem, most| {
        cells.optional(column, problem, |text| {
            let number: u32 = text.parse().ok()?;
            (1..=most).contains(&number).then_some(number)
        })
    };
    let metres = number(
        "duplicate_metres",
        &problems::DUPLICATE_METRES,
        DUPLICATE_METRES_MAX,
    );
    let days = number(
        "duplicate_days",
        &problems::DUPLICATE_DAYS,
        DUPLICATE_DAYS_MAX,
    );
    let usual = DuplicateReach::of_kind(kind?);
    Some(match (metres?, days?) {
        (None, None) => None,
        (metres, days) => Some(DuplicateReach {
            radius_metres: metres.unwrap_or(usual.radius_metres),
            window_days: days.unwrap_or(usual.window_days),
        }),
    })
}

const fn yes_no(answer: bool) -> [&'static str; 2] {
    if answer {
        ["yes", "是"]
    } else {
        ["no", "否"]
    }
}

pub(super) fn condition(cells: &mut Cells<'_>) -> Option<String> {
    cells.needed("condition", &problems::CONDITION_CODE, |text| {
        is_slug_of(text, CONDITION_CODE_BYTES_MAX).then(|| text.to_owned())
    })
}

/// How many units.
pub(super) fn number(cells: &mut Cells<'_>) -> Option<u32> {
    cells.needed("number", &problems::NUMBER, |text| {
        let number: u32 = text.parse().ok()?;
        (1..=NUMBER_MAX).contains(&number).then_some(number)
    })
}

pub(super) fn limit(cells: &mut Cells<'_>) -> Option<Limit> {
    let number = number(cells);
    let unit = cells.needed("unit", &problems::UNIT, |text| {
        named(&LimitUnit::ALL, text, |unit| [unit.id(), unit.zh()])
    });
    Some(Limit {
        number: number?,
        unit: unit?,
    })
}

pub(super) fn write(row: &ClassRow) -> Vec<String> {
    let ClassRow { class, condition } = row;
    let kind = match class.kind {
        ClassKind::Component => "component",
        ClassKind::Event => "event",
    };
    vec![
        class.code.clone(),
        class.id.clone(),
        kind.into(),
        class.major_zh.clone(),
        class.zh.clone(),
        class.en.clone(),
        condition.code.clone(),
        condition.zh.clone(),
        condition.limit.number.to_string(),
        condition.limit.unit.id().into(),
        class.self_handled.map_or("", |may| yes_no(may)[0]).into(),
        given(class.duplicates.map(|reach| reach.radius_metres)),
        given(class.duplicates.map(|reach| reach.window_days)),
    ]
}

fn given(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
