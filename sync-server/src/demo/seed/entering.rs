//! Writes told cases into the store, a batch a transaction.

use xunge_domain::class::ClassTable;

use super::telling::Told;
use super::{CaseNumber, SeedError};
use crate::app::App;
use crate::services::documents::{self, Entering};
use crate::store::HubTransaction;
use crate::store::rows::StoredDocument;
use crate::tables::note_tables_changed;

/// Leaves the day counters where the history ended, so that today's first filing goes on from there, and marks the city
/// as whole with its class table.
pub(super) fn finish(
    app: &App,
    numbers: &[CaseNumber],
    classes: &ClassTable,
) -> Result<(), SeedError> {
    app.store.writing(|write| {
        for (day, _) in numbers.iter().flatten() {
            write.next_case_number(day)?;
        }
        write.put_class_table(classes)?;
        note_tables_changed(write as &mut dyn HubTransaction)
    })?;
    Ok(())
}

pub(super) fn enter(app: &App, told: &[Told]) -> Result<(), SeedError> {
    let now = app.clock.now();
    app.store.writing(|write| {
        let tables = app.tables.get(write as &dyn crate::store::HubRead, now)?;
        told.iter().try_for_each(|told| {
            let entering = Entering {
                id: told.id,
                stored: &StoredDocument::default(),
                arrived: &told.arrived,
                document: &told.document,
                content: &told.content,
                placement: &told.placement,
            };
            documents::enter(write as &mut dyn HubTransaction, &tables, &entering)
        })
    })?;
    Ok(())
}
