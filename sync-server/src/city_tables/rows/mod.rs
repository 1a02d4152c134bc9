//! The rows of each table, a file each: columns, reading, writing.

pub(super) mod classes;
pub(super) mod components;
pub(super) mod departments;
pub(super) mod grids;
pub(super) mod holidays;
pub(super) mod hours;
pub(super) mod limits;
pub(super) mod people;
pub(super) mod phrases;
pub(super) mod roster;
pub(super) mod stage_limits;

pub use classes::{ClassRow, class_rows};

use minicbor::Encode;
use xunge_domain::component::Component;
use xunge_domain::datum::Datum;
use xunge_domain::person::{Organisation, Person};
use xunge_domain::roster::{RosterKind, RosterRow};
use xunge_domain::tables::{
    CalendarDay, CityGrid, HoursRow, LimitRow, Phrase, StageLimitRow, TableKind,
};
use xunge_domain::time::Timestamp;

use super::{Cells, Context};

/// A row of one of the tables.
#[derive(Debug, Clone, PartialEq)]
pub enum CityRow {
    /// Of `grids`.
    Grid(CityGrid),
    /// Of `components`.
    Component(Component),
    /// Of `classes`: a class with one of its conditions.
    Class(ClassRow),
    /// Of `limits`.
    Limit(LimitRow),
    /// Of `holidays`.
    Day(CalendarDay),
    /// Of `departments`.
    Department(Organisation),
    /// Of `people`.
    Person(Person),
    /// Of `phrases`.
    Phrase(Phrase),
    /// Of `roster`.
    Roster(RosterRow),
    /// Of `hours`.
    Hours(HoursRow),
    /// Of `stage_limits`.
    StageLimit(StageLimitRow),
}

/// Reads a row. Nothing when something is wrong with it: then the cells hold what.
pub fn read_row(kind: TableKind, cells: &mut Cells<'_>, context: &Context<'_>) -> Option<CityRow> {
    match kind {
        TableKind::Grids => grids::read(cells, context).map(CityRow::Grid),
        TableKind::Components => components::read(cells, context).map(CityRow::Component),
        TableKind::Classes => classes::read(cells).map(CityRow::Class),
        TableKind::Limits => limits::read(cells, context).map(CityRow::Limit),
        TableKind::Holidays => holidays::read(cells).map(CityRow::Day),
        TableKind::Departments => departments::read(cells).map(CityRow::Department),
        TableKind::People => people::read(cells, context).map(CityRow::Person),
        TableKind::Phrases => phrases::read(cells, context).map(CityRow::Phrase),
        TableKind::Roster => roster::read(cells, context).map(CityRow::Roster),
        TableKind::Hours => hours::read(cells, context).map(CityRow::Hours),
        TableKind::StageLimits => stage_limits::read(cells).map(CityRow::StageLimit),
    }
}

impl CityRow {
    /// What it is found by; unique within an edition.
    pub fn key(&self) -> String {
        match self {
            Self::Grid(row) => row.grid.code.to_string(),
            Self::Component(row) => row.code.to_string(),
            Self::Class(row) => format!("{}/{}", row.class.code, row.condition.code),
            Self::Limit(row) => limits::key(&row.key),
            Self::Day(row) => row.date.clone(),
            Self::Department(row) => row.id.to_string(),
            Self::Person(row) => row.id.to_string(),
            Self::Phrase(row) => row.code.clone(),
            Self::Roster(row) => roster::key(row),
            Self::Hours(row) => hours::key(row),
            Self::StageLimit(row) => stage_limits::key(&row.key),
        }
    }

    /// The columns that make the key, for who is to be told that it stands twice.
    pub const fn key_column(&self) -> &'static str {
        match self {
            Self::Grid(_) | Self::Component(_) | Self::Phrase(_) => "code",
            Self::Class(_) | Self::Limit(_) => "condition",
            Self::Day(_) => "date",
            Self::Roster(_) | Self::Hours(_) => "from",
            Self::StageLimit(_) => "stage",
            Self::Department(_) | Self::Person(_) => "id",
        }
    }

    /// What rows are looked up together by: the beat of a grid, the unit grid of a component, the day of a shift.
    pub fn part(&self) -> String {
        match self {
            Self::Grid(row) => row.grid.duty_grid.to_string(),
            Self::Component(row) => row.unit_grid.to_string(),
            Self::Limit(row) => row.key.class.clone(),
            Self::Roster(row) => roster_part(row.kind, row.from),
            _ => String::new(),
        }
    }

    /// What is stored of it and what travels: CBOR.
    pub fn content(&self) -> Vec<u8> {
        match self {
            Self::Grid(row) => encoded(row),
            Self::Component(row) => encoded(row),
            Self::Class(row) => encoded(&row.whole()),
            Self::Limit(row) => encoded(row),
            Self::Day(row) => encoded(row),
            Self::Department(row) => encoded(row),
            Self::Person(row) => encoded(row),
            Self::Phrase(row) => encoded(row),
            Self::Roster(row) => encoded(row),
            Self::Hours(row) => encoded(row),
            Self::StageLimit(row) => encoded(row),
        }
    }

    /// A stored row; nothing when the bytes are none. Classes, departments and people are not stored row by row.
    pub fn from_content(kind: TableKind, content: &[u8]) -> Option<Self> {
        match kind {
            TableKind::Grids => minicbor::decode(content).ok().map(Self::Grid),
            TableKind::Components => minicbor::decode(content).ok().map(Self::Component),
            TableKind::Limits => minicbor::decode(content).ok().map(Self::Limit),
            TableKind::Holidays => minicbor::decode(content).ok().map(Self::Day),
            TableKind::Phrases => minicbor::decode(content).ok().map(Self::Phrase),
            TableKind::Roster => minicbor::decode(content).ok().map(Self::Roster),
            TableKind::Hours => minicbor::decode(content).ok().map(Self::Hours),
            TableKind::StageLimits => minicbor::decode(content).ok().map(Self::StageLimit),
            TableKind::Classes | TableKind::Departments | TableKind::People => None,
        }
    }

    /// Its cells, in the order of the table's columns.
    pub fn cells(&self, datum: Datum) -> Vec<String> {
        match self {
            Self::Grid(row) => grids::write(row, datum),
            Self::Component(row) => components::write(row, datum),
            Self::Class(row) => classes::write(row),
            Self::Limit(row) => limits::write(row),
            Self::Day(row) => holidays::write(row),
            Self::Department(row) => departments::write(row),
            Self::Person(row) => people::write(row),
            Self::Phrase(row) => phrases::write(row),
            Self::Roster(row) => roster::write(row),
            Self::Hours(row) => hours::write(row),
            Self::StageLimit(row) => stage_limits::write(row),
        }
    }
}

/// The part of the roster in which a row stands: its day, or `leave`, which may last.
pub fn roster_part(kind: RosterKind, from: Timestamp) -> String {
    match kind {
        RosterKind::Shift | RosterKind::HandOver => from.to_local_day(),
        RosterKind::Leave => kind.id().to_owned(),
    }
}

/// Writing to a vector cannot fail.
fn encoded(row: &impl Encode<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = minicbor::encode(row, &mut bytes);
    bytes
}

/// The one of several that a text names, by id or Chinese word.
fn named<Value: Copy>(
    all: &[Value],
    text: &str,
    names: impl Fn(Value) -> [&'static str; 2],
) -> Option<Value> {
    let is_called = |value: &&Value| {
        names(**value)
            .iter()
            .any(|name| name.eq_ignore_ascii_case(text))
    };
    all.iter().find(is_called).copied()
}

/// Between several parts of a cell.
const BETWEEN: [char; 6] = [';', '；', '、', ',', '，', '|'];

/// The parts of a cell that names several.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(BETWEEN).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

fn is_slug_of(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
