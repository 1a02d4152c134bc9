//! Writes told cases into the store, a batch a transaction.

use xunge_documents::CaseDocument;
use xunge_domain::class::ClassTable;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::telling::Told;
use super::{CaseNumber, SeedError};
use crate::app::App;
use crate::services::documents::{self, Entering};
use crate::store::rows::{CaseRow, ChangeRow, FeedAppend, MembershipRow, SnapshotRow};
use crate::store::{HubTransaction, StoreError};
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
    // Everything that can be made outside of the transaction is.
    let entries: Vec<Entry> = told.iter().map(Entry::of).collect();
    let now = app.clock.now();
    app.store.writing(|write| {
        let tables = app.tables.get(write as &dyn crate::store::HubRead, now)?;
        told.iter().zip(&entries).try_for_each(|(told, entry)| {
            write_one(write as &mut dyn HubTransaction, told, entry, &tables.grids)
        })
    })?;
    Ok(())
}

struct Entry {
    changes: Vec<ChangeRow>,
    snapshot: SnapshotRow,
    updated_at: Timestamp,
}

impl Entry {
    fn of(told: &Told) -> Self {
        let changes: Vec<ChangeRow> = told
            .changes
            .iter()
            .zip(1..)
            .map(|((appended, operations, received_at), arrival)| ChangeRow {
                hash: Digest::from_bytes(appended.change.hash.0),
                arrival,
                actor: appended.change.actor.0,
                sequence: appended.change.sequence,
                operations: *operations,
                installation: appended.installation,
                signature: appended.signature.map(|signature| signature.to_vec()),
                bytes: appended.change.bytes.clone(),
                received_at: *received_at,
            })
            .collect();
        Self {
            updated_at: changes
                .last()
                .map_or_else(Timestamp::default, |change| change.received_at),
            snapshot: SnapshotRow {
                heads: told
                    .document
                    .as_ref()
                    .map(documents::heads)
                    .unwrap_or_default(),
                upto_arrival: changes.len() as u64,
                bytes: told
                    .document
                    .as_ref()
                    .map_or_else(Vec::new, CaseDocument::save),
            },
            changes,
        }
    }

    /// The list row, as every ingest makes it.
    fn row(&self, told: &Told, grids: &GridIndex) -> Result<CaseRow, StoreError> {
        let heads = self.snapshot.heads.clone();
        let Some(document) = &told.document else {
            return Err(StoreError::Damaged { what: "demo case" });
        };
        let entering = Entering {
            id: told.id,
            next_arrival: self.snapshot.upto_arrival + 1,
            appended: &[],
            document,
            reading: &told.reading,
            standing: &told.standing,
            placement: &told.placement,
            received_at: self.updated_at,
        };
        documents::case_row(&entering, heads, grids)
    }
}

fn write_one(
    write: &mut dyn HubTransaction,
    told: &Told,
    entry: &Entry,
    grids: &GridIndex,
) -> Result<(), StoreError> {
    write.append_changes(&told.id, &entry.changes)?;
    write.replace_snapshot(&told.id, &entry.snapshot)?;
    let upto_arrival = entry.snapshot.upto_arrival;
    let feed: Vec<FeedAppend> = told
        .placement
        .iter()
        .map(|scope| FeedAppend {
            scope: scope.clone(),
            document: told.id,
            from_arrival: 1,
            upto_arrival,
        })
        .collect();
    write.append_feed(&feed)?;
    for scope in &told.placement {
        write.put_membership(&MembershipRow {
            document: told.id,
            scope: scope.clone(),
            upto_arrival,
        })?;
    }
    write.put_case(&entry.row(told, grids)?)
}
