//! One document: its changes, its snapshot, its list row, its rulings and its place in the feeds.

use std::cell::RefCell;
use std::collections::BTreeSet;

use xunge_documents::Document;
use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::inspect;
use xunge_domain::case::Case;
use xunge_domain::ids::DocumentId;
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{Content, Reruled, name_of, rerule};
use xunge_sync::keys::Signer as _;
use xunge_sync::wire::server_change_message;

use super::{Report, citations, registers};
use crate::app::App;
use crate::services::checkins;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{case_row, heads};
use crate::store::rows::{ChangeRow, MembershipRow, StoredDocument};
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::Tables;

pub(super) fn examine(
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
    let members = write.memberships(id)?;
    scopes.extend(members.iter().map(|member| member.scope.clone()));
    report.documents += 1;
    report.changes += changes.len() as u64;
    check_changes(app, id, &changes, write.has_former_changes(id)?, report);
    let rebuilt = Document::from_changes(changes.iter().map(|row| row.bytes.as_slice()));
    let rebuilt = match rebuilt {
        Ok(rebuilt) => rebuilt,
        Err(cause) => {
            report.find("changes_do_not_fit", id, cause.to_string());
            return Ok(());
        }
    };
    check_snapshot(id, &stored, &changes, &rebuilt, report);
    let content = Content::read(&rebuilt, *id);
    check_row(&*write, id, (&rebuilt, &content), &changes, &tables, report)?;
    citations::examine(write as &dyn HubRead, id, content.photos(), report)?;
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(tables, &cell);
    let placement = content.placement(&directory);
    let last = changes.last().map_or(0, |row| row.arrival);
    check_members(id, &placement, &members, last, report);
    let Content::Case(content) = &content else {
        // The rulings of a check-in rest on the register of their day, which is not kept: they are not decided again.
        return directory.confirm();
    };
    let case = &content.reading.case;
    report.rulings += case.rulings.len() as u64;
    let differing = rerule(case, &directory);
    directory.confirm()?;
    for ruling in &differing {
        let what = format!(
            "action {}: recorded {:?}, decided now {:?}",
            ruling.action, ruling.recorded, ruling.decided
        );
        if explained(&**cell.borrow(), case, ruling)? {
            report.note("ruling_differs", id, what);
        } else {
            report.find("ruling_differs", id, what);
        }
    }
    Ok(())
}

/// A ruling is decided again with the register of today. Where the author's entry was changed since, the ruling of
/// then may rightly be another.
fn explained(read: &dyn HubTransaction, case: &Case, ruling: &Reruled) -> Result<bool, StoreError> {
    let (Some(action), Some(recorded)) = (case.action(&ruling.action), case.ruling(&ruling.action))
    else {
        return Ok(false);
    };
    registers::changed_since(read, &action.author, recorded.at)
}

/// Where the rulings put the case, there it is, and each of those feeds was told everything.
fn check_members(
    id: &DocumentId,
    placement: &[Scope],
    members: &[MembershipRow],
    last: u64,
    report: &mut Report,
) {
    for scope in placement {
        if !members.iter().any(|member| member.scope == *scope) {
            report.find("feed_missing", id, format!("{scope} is not told of it"));
        }
    }
    for member in members {
        if !placement.contains(&member.scope) {
            // Of a hub from before documents left their scopes, or of other grids: its next change takes it away.
            report.note(
                "feed_not_left",
                id,
                format!("{} still holds it", member.scope),
            );
        }
        if member.upto_arrival != last {
            let what = format!(
                "{} is told up to {}, the last change is {last}",
                member.scope, member.upto_arrival
            );
            report.find("feed_behind", id, what);
        }
    }
}

fn check_changes(
    app: &App,
    id: &DocumentId,
    changes: &[ChangeRow],
    replaced: bool,
    report: &mut Report,
) {
    let key = app.hub_key.key.public_key();
    // A later edition goes on behind the last number of the one before.
    let first = changes.first().filter(|_| replaced);
    let first = first.map_or(1, |row| row.arrival);
    for (row, arrival) in changes.iter().zip(first..) {
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
        let alike = inspect(&row.bytes).is_ok_and(|change| {
            let parts = change.parts();
            parts.actor.as_bytes() == &row.actor
                && parts.sequence == row.sequence
                && change.operation_count() as u64 == row.operations
        });
        if !alike {
            let what = format!("the row of {} does not say what its bytes say", row.hash);
            report.find("change_row_differs", id, what);
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
    rebuilt: &Document,
    report: &mut Report,
) {
    let Some(snapshot) = &stored.snapshot else {
        return;
    };
    let mut from_snapshot = match Document::load(&snapshot.bytes) {
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

fn check_row(
    read: &dyn HubTransaction,
    id: &DocumentId,
    (rebuilt, content): (&Document, &Content),
    changes: &[ChangeRow],
    tables: &Tables,
    report: &mut Report,
) -> Result<(), StoreError> {
    let updated_at = changes
        .last()
        .map_or_else(Timestamp::default, |row| row.received_at);
    let heads = heads(rebuilt);
    let alike = match content {
        Content::Case(content) => {
            let made = case_row(*id, content, updated_at, heads, &tables.grids)?;
            read.case(id)? == Some(made)
        }
        Content::MatterCheckin(content) => {
            let made = checkins::row::of(*id, content, updated_at, heads)?;
            read.checkin(id)? == Some(made)
        }
    };
    if !alike {
        report.find(
            "list_row_differs",
            id,
            "the list row is not what the document says",
        );
    }
    Ok(())
}
