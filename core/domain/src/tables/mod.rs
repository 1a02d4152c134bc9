//! The city's tables: data with an edition and an effective date, loaded at run time (domain.md, head).

mod calendar_day;
mod city_grid;
mod kind;
mod limit;
mod phrase;

pub use calendar_day::CalendarDay;
pub use city_grid::CityGrid;
pub use kind::{EDITION_CHARACTERS_MAX, TableKind, is_day, is_edition};
pub use limit::{AreaClass, HandlingClass, LimitKey, LimitRow, LimitTable};
pub use phrase::{PHRASE_CHARACTERS_MAX, Phrase, PhraseUse};
