//! The city's tables: data with an edition and an effective date, loaded at run time (domain.md, head).

mod calendar_day;
mod city_grid;
mod kind;
mod limit_key;
mod limit_table;
mod phrase;

pub use calendar_day::CalendarDay;
pub use city_grid::CityGrid;
pub use kind::{EDITION_CHARACTERS_MAX, TableKind, is_day, is_edition};
pub use limit_key::{AreaClass, AreaClassUnknown, HandlingClass, LimitKey};
pub use limit_table::{
    LIMIT_ROWS_MAX, LimitFound, LimitRow, LimitSource, LimitTable, LimitTableError, LimitUnknown,
};
pub use phrase::{PHRASE_CHARACTERS_MAX, Phrase, PhraseUse};
