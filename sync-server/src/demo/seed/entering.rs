//! Writes told cases into the store, a batch a transaction.

use xunge_documents::CaseDocument;
use xunge_domain::case::{Case, GridAnswer, Standing};
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::telling::Told;
use super::{CaseNumber, SeedError};
use crate::app::App;
use crate::store::rows::{CaseRow, ChangeRow, FeedAppend, MembershipRow, SnapshotRow};
use crate::store::{HubTransaction, StoreError};

/// A number as it is written: the day and the place in it.
pub(super) fn case_no(day: &str, number: u64) -> String {
    format!("{day}{number:04}")
}

/// Leaves the day counters where the history ended, so that today's first filing goes on from there.
pub(super) fn settle_numbers(app: &App, numbers: &[CaseNumber]) -> Result<(), SeedError> {
    app.store.writing(|write| {
        for (day, _) in numbers.iter().flatten() {
            write.next_case_number(day)?;
        }
        Ok::<_, StoreError>(())
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
    Ok::<_, StoreError>(()).map_err(SeedError::from)
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
                heads: heads(told),
                upto_arrival: changes.len() as u64,
                bytes: told
                    .document
                    .as_ref()
                    .map_or_else(Vec::new, CaseDocument::save),
            },
            changes,
        }
    }
}

fn heads(told: &Told) -> Vec<Digest> {
    let heads = told.document.as_ref().map(CaseDocument::heads);
    let hashes = heads.iter().flatten();
    hashes.map(|hash| Digest::from_bytes(hash.0)).collect()
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
    write.put_case(&row(told, entry.updated_at, grids)?)
}

fn row(told: &Told, updated_at: Timestamp, grids: &GridIndex) -> Result<CaseRow, StoreError> {
    let Case { facts, photos, .. } = &told.reading.case;
    let standing: &Standing = &told.standing;
    let unit_grid = match &facts.unit_grid {
        Some(GridAnswer::Known(code)) => Some(*code),
        _ => None,
    };
    let first = photos.iter().min_by_key(|photo| (photo.entry.at, photo.id));
    Ok(CaseRow {
        document: told.id,
        case_no: standing.case_no.clone(),
        state: standing.state,
        class: facts.class.clone(),
        title: facts.title.clone(),
        address: facts.address.clone(),
        point: facts.position.as_ref().map(|position| position.point),
        unit_grid,
        duty_grid: unit_grid
            .and_then(|code| grids.get(code))
            .map(|grid| grid.duty_grid.clone()),
        severity: facts.severity,
        reporter: standing.reporter.clone(),
        lead: standing.lead.clone(),
        reported_at: standing.reported_at,
        updated_at,
        photo_count: photos.len() as u32,
        first_preview: first
            .and_then(|photo| photo.entry.preview)
            .map(|preview| preview.sha256),
        heads: heads(told),
        standing: serde_json::to_string(standing).map_err(|_| StoreError::Damaged {
            what: "case standing",
        })?,
    })
}
