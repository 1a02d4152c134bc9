//! The city's tables: data with an edition and an effective date, loaded at run time (domain.md, head).

mod calendar_day;
mod city_grid;
mod hours_table;
mod kind;
mod limit_key;
mod limit_table;
mod phrase;
mod stage_limit_table;

pub use calendar_day::CalendarDay;
pub use city_grid::CityGrid;
pub use hours_table::{HOURS_ROWS_MAX, HoursRow, HoursTable, Season, is_month_day};
pub use kind::{EDITION_CHARACTERS_MAX, TableKind, is_day, is_edition};
pub use limit_key::{AreaClass, AreaClassUnknown, HandlingClass, LimitKey};
pub use limit_table::{
    LIMIT_ROWS_MAX, LimitFound, LimitRow, LimitSource, LimitTable, LimitTableError, LimitUnknown,
};
pub use phrase::{PHRASE_CHARACTERS_MAX, Phrase, PhraseUse};
pub use stage_limit_table::{
    StageAllowance, StageLimitKey, StageLimitRow, StageLimitTable, StageUnit,
};
