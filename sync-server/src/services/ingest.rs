//! A push: every document through the hub's pure ingest, all of it in the caller's transaction.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xunge_documents::Document;
use xunge_documents::change_parts::{ChangeHash, split};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{self, Known, Merged, OriginInstallation, name_of};
use xunge_sync::keys::Signer as _;
use xunge_sync::wire::{DocumentVerdict, PushedDocument, RefusedChanges};

use crate::app::App;
use crate::services::citations;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{Entering, enter, open};
use crate::services::erase_text::take_back;
use crate::services::processors::{on_all_processors, parts};
use crate::services::records;
use crate::store::rows::{ChangeRow, QuarantineRow, StoredDocument};
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::Tables;

/// Most refused changes of a document that a device is told of: more than anybody builds on.
const REFUSED_MAX: usize = 1_000;

/// Ingests a push. The verdicts may be told once the transaction is committed, not before.
///
/// What needs the document alone is done for many documents at a time, on all processors; what needs the store, or a
/// register that the document before may have changed, in the order of the push.
///
/// # Errors
/// The store's; nothing of the push is kept then.
pub fn ingest(
    app: &App,
    write: &mut dyn HubTransaction,
    origin: &OriginInstallation,
    documents: &[PushedDocument],
    now: Timestamp,
) -> Result<Vec<DocumentVerdict>, StoreError> {
    let tables = app.tables.get(write as &dyn HubRead, now)?;
    let mut verdicts = Vec::with_capacity(documents.len());
    let hub_public_key = app.hub_key.key.public_key();
    for part in parts(documents, |pushed| pushed.document) {
        let mut before = Vec::with_capacity(part.len());
        let mut work = Vec::with_capacity(part.len());
        for pushed in part {
            let stored = write.document(&pushed.document)?.unwrap_or_default();
            work.push((
                known(write as &dyn HubRead, &stored, pushed, origin)?,
                pushed,
            ));
            before.push(stored);
        }
        let merged = on_all_processors(work, |(known, pushed)| {
            hub::merge(
                pushed.document,
                known,
                &pushed.changes,
                origin,
                &hub_public_key,
            )
        });
        for ((pushed, stored), merged) in part.iter().zip(before).zip(merged) {
            let id = pushed.document;
            let verdict = ingest_document(app, write, &tables, origin, (id, &stored), merged, now)?;
            verdicts.push(verdict);
        }
    }
    Ok(verdicts)
}

fn ingest_document(
    app: &App,
    write: &mut dyn HubTransaction,
    tables: &Arc<Tables>,
    origin: &OriginInstallation,
    (id, stored): (DocumentId, &StoredDocument),
    merged: Merged,
    now: Timestamp,
) -> Result<DocumentVerdict, StoreError> {
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(Arc::clone(tables), &cell);
    let ingested = merged.rule(&app.hub_key, &directory, now);
    directory.confirm()?;
    let mut write = cell.borrow_mut();
    for kept in &ingested.quarantined {
        let row = QuarantineRow {
            document: id,
            hash: Digest::from_bytes(*kept.hash.as_bytes()),
            installation: Some(origin.installation),
            code: kept.reason.code().to_owned(),
            reason: reason_text(kept.reason.zh(), kept.reason.en()),
            bytes: kept.bytes.clone(),
            at: now,
        };
        if write.quarantine(&row)? {
            citations::cite_quarantined(&mut **write, &row)?;
            let detail = serde_json::json!({ "document": id, "hash": row.hash, "code": row.code });
            write.append_audit(now, origin.person.id.as_str(), "quarantined", &detail)?;
        }
    }
    let emptied = StoredDocument {
        last_arrival: stored.last_arrival,
        ..StoredDocument::default()
    };
    let stored = if ingested.replaces {
        write.replace_changes(&id, &[])?;
        &emptied
    } else {
        stored
    };
    if !ingested.appended.is_empty() {
        let arrived: Vec<_> = ingested
            .appended
            .into_iter()
            .map(|appended| (appended, now))
            .collect();
        let entering = Entering {
            id,
            stored,
            arrived: &arrived,
            document: &ingested.document,
            content: &ingested.content,
            placement: &ingested.placement,
        };
        enter(&mut **write, directory.tables(), &entering)?;
        records::note(&mut **write, &id, &ingested.content, origin, now)?;
        if ingested.replaces {
            let edition = ingested.document.edition();
            take_back(&mut **write, &id, edition, &ingested.content, now)?;
        }
    }
    Ok(DocumentVerdict {
        document: id,
        verdicts: ingested.verdicts,
    })
}

fn known(
    store: &dyn HubRead,
    stored: &StoredDocument,
    pushed: &PushedDocument,
    origin: &OriginInstallation,
) -> Result<Known, StoreError> {
    let id = &pushed.document;
    let document = if stored.last_arrival == 0 {
        Document::new()
    } else {
        open(store, id, stored)?
    };
    let mut quarantined = BTreeMap::new();
    let mut refused_of_others = BTreeSet::new();
    let asked = if store.has_quarantined(id)? {
        pushed.changes.as_slice()
    } else {
        &[]
    };
    for change in asked {
        let hash = name_of(&change.bytes);
        if let Some(row) = store.quarantined(id, &Digest::from_bytes(*hash.as_bytes()))? {
            let (zh, en) = reason_parts(&row.reason);
            quarantined.insert(hash, (row.code, zh, en));
        }
        let parts = split(&change.bytes);
        for dependency in parts.map_or_else(|_| Vec::new(), |parts| parts.dependencies) {
            let row = store.quarantined(id, &Digest::from_bytes(*dependency.as_bytes()))?;
            if row.is_some_and(|row| !is_own(row.installation, origin)) {
                refused_of_others.insert(dependency);
            }
        }
    }
    let replaced = replaced(store, pushed)?;
    let members = store.memberships(id)?;
    let placement: Vec<Scope> = members.into_iter().map(|member| member.scope).collect();
    let since_moved = since_moved(store, id, &placement, origin)?;
    Ok(Known {
        document,
        placement,
        quarantined,
        refused_of_others,
        since_moved,
        replaced,
    })
}

/// Which of the pushed changes, and of those they build on, are of a former edition.
fn replaced(
    store: &dyn HubRead,
    pushed: &PushedDocument,
) -> Result<BTreeSet<ChangeHash>, StoreError> {
    let id = &pushed.document;
    let mut replaced = BTreeSet::new();
    if !store.has_former_changes(id)? {
        return Ok(replaced);
    }
    for change in &pushed.changes {
        let parts = split(&change.bytes);
        let built_on = parts.map_or_else(|_| Vec::new(), |parts| parts.dependencies);
        for hash in built_on.into_iter().chain([name_of(&change.bytes)]) {
            if store.is_former_change(id, &Digest::from_bytes(*hash.as_bytes()))? {
                replaced.insert(hash);
            }
        }
    }
    Ok(replaced)
}

fn is_own(author: Option<InstallationId>, origin: &OriginInstallation) -> bool {
    author.is_some_and(|author| origin.lineage().any(|own| *own == author))
}

/// What the device of this origin is told to let go of in these documents: changes of others that are quarantined.
///
/// # Errors
/// The store's.
pub fn refused_of_others(
    store: &dyn HubRead,
    documents: impl IntoIterator<Item = DocumentId>,
    origin: &OriginInstallation,
) -> Result<Vec<RefusedChanges>, StoreError> {
    let mut refused = Vec::new();
    for document in documents {
        if !store.has_quarantined(&document)? {
            continue;
        }
        let before_all = (document, Digest::from_bytes([0; 32]));
        let rows = store.quarantine_after(Some(&before_all), REFUSED_MAX)?;
        let rows = rows.into_iter().filter(|row| row.document == document);
        let changes: Vec<Digest> = rows
            .filter(|row| !is_own(row.installation, origin))
            .map(|row| row.hash)
            .collect();
        if !changes.is_empty() {
            refused.push(RefusedChanges { document, changes });
        }
    }
    Ok(refused)
}

/// What others added to a document since the origin's person could see it last; `None` when that is still so, or never was.
fn since_moved(
    store: &dyn HubRead,
    id: &DocumentId,
    placement: &[Scope],
    origin: &OriginInstallation,
) -> Result<Option<BTreeSet<ChangeHash>>, StoreError> {
    let former = origin.former.iter();
    let left_at = former
        .filter(|former| placement.contains(&former.scope))
        .map(|former| former.left_at)
        .max();
    let scopes = Scope::of(&origin.person);
    let left_at = match left_at {
        Some(left_at) if !placement.iter().any(|scope| scopes.contains(scope)) => left_at,
        _ => return Ok(None),
    };
    let others = |row: &ChangeRow| !is_own(row.installation, origin);
    let rows = store.changes(id, 1, u64::MAX)?.into_iter();
    let since = rows.filter(|row| row.received_at > left_at && others(row));
    Ok(Some(
        since.map(|row| ChangeHash(*row.hash.as_bytes())).collect(),
    ))
}

/// A reason is kept as its Chinese and its English line.
fn reason_text(zh: &str, en: &str) -> String {
    format!("{zh}\n{en}")
}

fn reason_parts(reason: &str) -> (String, String) {
    let (zh, en) = reason.split_once('\n').unwrap_or((reason, reason));
    (zh.to_owned(), en.to_owned())
}
