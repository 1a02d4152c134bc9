//! Show: which tables of the city are here, and of which edition.

use serde::Serialize;
use xunge_domain::tables::TableKind;

use super::kept::kept;
use crate::app::FieldApp;
use crate::error::FieldError;

/// A table on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// Its id, e.g. `components`.
    pub table: String,
    /// Its Chinese name.
    pub zh: String,
    /// The edition; empty for what has none.
    pub edition: String,
    /// First day it holds, `YYYY-MM-DD`; empty for what has no edition.
    pub effective_date: String,
    /// How many rows of it are here: of grids and components those of this person's beats.
    pub rows: u64,
    /// It is made up.
    pub sample: bool,
    /// It is too large for a device, and so has no rows here.
    pub too_large: bool,
}

impl FieldApp {
    /// The tables that the server sent, in the order in which they refer to each other. Reads the disk.
    ///
    /// # Errors
    /// The store's.
    pub fn tables(&self) -> Result<Vec<TableView>, FieldError> {
        self.store.read(|reader| {
            let mut views = Vec::new();
            for kind in TableKind::ALL {
                if let Some(table) = kept(reader, kind)? {
                    views.push(TableView {
                        table: kind.id().into(),
                        zh: kind.zh().into(),
                        edition: table.edition,
                        effective_date: table.effective_date,
                        rows: table.rows.len() as u64,
                        sample: table.sample,
                        too_large: table.too_large,
                    });
                }
            }
            Ok(views)
        })
    }
}
