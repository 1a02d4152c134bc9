//! The city's tables on the hub: imported edition by edition, exported, looked up by the day.

mod apply;
mod examine;
mod export;
mod extract;
mod hand_out;
mod import;
mod known;
pub mod places;
mod register;

pub use export::{ExportError, ExportOrder, Exported, export};
pub use hand_out::{mark, tables, tables_for};
pub use import::{ImportError, ImportOrder, Imported, import};

/// The word of a line that says that a table was imported.
pub const TABLE_IMPORTED: &str = "table_imported";
/// Most rows of a table.
pub const ROWS_MAX: u64 = 2_000_000;
/// Rows written or read at once.
const PART: usize = 2_000;
