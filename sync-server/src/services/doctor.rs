//! The doctor: does what is stored still prove itself? Every change is hashed again, every document rebuilt, every
//! list row and every ruling made again from the history and compared, every feed counted, every photo re-hashed.
//! It changes nothing and works beside a serving hub, a document a transaction.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Serialize;
use xunge_documents::CaseDocument;
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::fold;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{name_of, placement, rerule};
use xunge_sync::keys::Signer as _;
use xunge_sync::wire::server_change_message;

use crate::app::App;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{Entering, case_row, heads};
use crate::store::rows::{BlobState, CaseRow, ChangeRow, StoredDocument};
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::Tables;

const PAGE: usize = 500;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// Of what: a document, a scope, a blob.
    pub subject: String,
    /// In words.
    pub what: String,
}

/// What was looked at, and what does not hold.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Documents rebuilt.
    pub documents: u64,
    /// Changes hashed.
    pub changes: u64,
    /// Rulings decided again.
    pub rulings: u64,
    /// Feeds counted.
    pub feeds: u64,
    /// Photos re-hashed.
    pub blobs: u64,
    /// What does not hold; empty is healthy.
    pub findings: Vec<Finding>,
}

impl Report {
    fn find(&mut self, code: &'static str, subject: impl ToString, what: impl Into<String>) {
        self.findings.push(Finding {
            code,
            subject: subject.to_string(),
            what: what.into(),
        });
    }
}

/// Examines a hub.
///
/// # Errors
/// The store cannot be read at all; everything else is a finding.
pub fn examine(app: &App) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut scopes: BTreeSet<Scope> = BTreeSet::new();
    let mut after: Option<DocumentId> = None;
    loop {
        let page = app
            .store
            .reading(|read| read.documents(after.as_ref(), PAGE))?;
        for id in &page {
            app.store
                .writing(|write| document(app, write, id, &mut report, &mut scopes))?;
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(*last),
            _ => break,
        }
    }
    for scope in &scopes {
        app.store.reading(|read| feed(read, scope, &mut report))?;
    }
    blobs(app, &mut report)?;
    Ok(report)
}

fn document(
    app: &App,
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    report: &mut Report,
    scopes: &mut BTreeSet<Scope>,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let tables = app.tables.get(write as &dyn HubRead, now)?;
    let stored = write.document(id)?.unwrap_or_default();
    let changes = write.changes(id, 1, u64::MAX)?;
    let kept = write.case(id)?;
    scopes.extend(
        write
            .memberships(id)?
            .into_iter()
            .map(|member| member.scope),
    );
    report.documents += 1;
    report.changes += changes.len() as u64;
    check_changes(app, id, &changes, report);
    let rebuilt = CaseDocument::from_changes(changes.iter().map(|row| row.bytes.as_slice()));
    let rebuilt = match rebuilt {
        Ok(rebuilt) => rebuilt,
        Err(cause) => {
            report.find("changes_do_not_fit", id, cause.to_string());
            return Ok(());
        }
    };
    check_snapshot(id, &stored, &changes, &rebuilt, report);
    check_case(id, &rebuilt, &changes, kept.as_ref(), &tables, report)?;
    let case = rebuilt.read(*id).case;
    report.rulings += case.rulings.len() as u64;
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(tables, &cell);
    for ruling in rerule(&case, &directory) {
        let what = format!(
            "action {}: recorded {:?}, decided now {:?}",
            ruling.action, ruling.recorded, ruling.decided
        );
        report.find("ruling_differs", id, what);
    }
    directory.confirm()
}

fn check_changes(app: &App, id: &DocumentId, changes: &[ChangeRow], report: &mut Report) {
    let key = app.hub_key.key.public_key();
    for (row, arrival) in changes.iter().zip(1..) {
        if row.arrival != arrival {
            report.find(
                "arrival_gap",
                id,
                format!("change {} stands where {arrival} is due", row.arrival),
            );
        }
        if *name_of(&row.bytes).as_bytes() != *row.hash.as_bytes() {
            report.find(
                "change_altered",
                id,
                format!("the bytes of {} hash to something else", row.hash),
            );
        }
        let message = server_change_message(id, &ChangeHash(*row.hash.as_bytes()));
        let signature = row.signature.as_deref();
        let holds = signature.is_some_and(|signature| key.verifies(&message, signature));
        if row.installation.is_none() && !holds {
            report.find(
                "signature",
                id,
                format!("the hub's own change {} is not signed by it", row.hash),
            );
        }
    }
}

fn check_snapshot(
    id: &DocumentId,
    stored: &StoredDocument,
    changes: &[ChangeRow],
    rebuilt: &CaseDocument,
    report: &mut Report,
) {
    let Some(snapshot) = &stored.snapshot else {
        return;
    };
    let mut from_snapshot = match CaseDocument::load(&snapshot.bytes) {
        Ok(document) => document,
        Err(cause) => {
            report.find("snapshot_unreadable", id, cause.to_string());
            return;
        }
    };
    let newer = changes
        .iter()
        .filter(|row| row.arrival > snapshot.upto_arrival);
    let applied = from_snapshot.apply(newer.map(|row| row.bytes.as_slice()));
    if applied.is_err() || from_snapshot.heads() != rebuilt.heads() {
        report.find(
            "snapshot_differs",
            id,
            "the snapshot is not what the changes make",
        );
    }
}

fn check_case(
    id: &DocumentId,
    rebuilt: &CaseDocument,
    changes: &[ChangeRow],
    kept: Option<&CaseRow>,
    tables: &Tables,
    report: &mut Report,
) -> Result<(), StoreError> {
    let reading = rebuilt.read(*id);
    let standing = fold(&reading.case);
    let scopes = placement(&reading.case, &standing, &tables.grids);
    let updated_at = changes
        .last()
        .map_or_else(Timestamp::default, |row| row.received_at);
    let entering = Entering {
        id: *id,
        next_arrival: changes.len() as u64 + 1,
        arrived: &[],
        document: rebuilt,
        reading: &reading,
        standing: &standing,
        placement: &scopes,
    };
    let made = case_row(&entering, updated_at, heads(rebuilt), &tables.grids)?;
    if kept != Some(&made) {
        report.find(
            "list_row_differs",
            id,
            "the list row is not what the document says",
        );
    }
    Ok(())
}

fn feed(read: &dyn HubRead, scope: &Scope, report: &mut Report) -> Result<(), StoreError> {
    report.feeds += 1;
    let head = read.feed_head(scope)?;
    let mut cursor = 0;
    loop {
        let entries = read.feed_after(scope, cursor, PAGE)?;
        for entry in &entries {
            if entry.seq != cursor + 1 {
                report.find(
                    "feed_gap",
                    scope,
                    format!("entry {} follows {cursor}", entry.seq),
                );
            }
            cursor = entry.seq;
        }
        if entries.len() < PAGE {
            break;
        }
    }
    if cursor != head {
        report.find(
            "feed_head",
            scope,
            format!("the feed ends at {cursor}, its head says {head}"),
        );
    }
    Ok(())
}

fn blobs(app: &App, report: &mut Report) -> Result<(), StoreError> {
    let mut after: Option<Digest> = None;
    loop {
        let page = app.store.reading(|read| read.blobs(after.as_ref(), PAGE))?;
        for row in &page {
            if !matches!(row.state, BlobState::Stored { .. }) {
                continue;
            }
            report.blobs += 1;
            if let Err(cause) = app.blobs.verify(&row.sha256) {
                report.find("photo_damaged", row.sha256, cause.to_string());
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.sha256),
            _ => return Ok(()),
        }
    }
}
