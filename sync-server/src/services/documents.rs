//! Documents between the store and the rules: opened from a snapshot and what came after it, entered with their
//! feeds and their list row in the transaction that changes them.

use xunge_documents::Document;
use xunge_domain::case::GridAnswer;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{ActedOn, Appended, CaseContent, Content};

use crate::services::{checkins, citations, clocks, tasks};
use crate::store::rows::{
    CaseRow, ChangeRow, FeedAppend, MembershipRow, SnapshotRow, StoredDocument,
};
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::Tables;

/// A snapshot is made once more than so many changes came after the last one. Until then the changes themselves are
/// put together in one go, which costs less than saving at every write did.
const OPEN_CHANGES_MAX: u64 = 32;

const DAMAGED: StoreError = StoreError::Damaged { what: "document" };

/// Opens a stored document. A damaged snapshot is rebuilt from the changes, which are the truth.
///
/// # Errors
/// The changes themselves do not fit together: `xunge doctor` says which.
pub fn open(
    store: &dyn HubRead,
    id: &DocumentId,
    stored: &StoredDocument,
) -> Result<Document, StoreError> {
    let newer = || stored.newer.iter().map(|change| change.bytes.as_slice());
    let from_snapshot = match &stored.snapshot {
        None => Some(Document::opened_by(newer().next())),
        Some(snapshot) => Document::load(&snapshot.bytes).ok(),
    };
    let opened = from_snapshot.and_then(|mut document| {
        document.replay(newer()).ok()?;
        Some(document)
    });
    match opened {
        Some(document) => Ok(document),
        None => {
            let all = store.changes(id, 1, u64::MAX)?;
            Document::from_changes(all.iter().map(|change| change.bytes.as_slice()))
                .map_err(|_| DAMAGED)
        }
    }
}

/// A document after a decision, ready to be entered.
pub struct Entering<'a> {
    /// Which.
    pub id: DocumentId,
    /// What the store holds of it.
    pub stored: &'a StoredDocument,
    /// The new changes in order of arrival, each with when the hub received it.
    pub arrived: &'a [(Appended, Timestamp)],
    /// The document with them.
    pub document: &'a Document,
    /// What it says.
    pub content: &'a Content,
    /// Its scopes from now on.
    pub placement: &'a [Scope],
}

/// Enters new changes: rows, snapshot, feeds of every scope, list row.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn enter(
    write: &mut dyn HubTransaction,
    tables: &Tables,
    entering: &Entering<'_>,
) -> Result<(), StoreError> {
    let rows = change_rows(entering);
    let Some(last) = rows.last() else {
        return Ok(());
    };
    let upto_arrival = last.arrival;
    write.append_changes(&entering.id, &rows)?;
    let heads = heads(entering.document);
    if upto_arrival - entering.stored.covered() > OPEN_CHANGES_MAX {
        write.replace_snapshot(
            &entering.id,
            &SnapshotRow {
                heads: heads.clone(),
                upto_arrival,
                bytes: entering.document.save(),
            },
        )?;
    }
    let moved = feed(write, &entering.id, entering.placement, upto_arrival)?;
    citations::cite(write, &entering.id, entering.content.photos())?;
    let content = match entering.content {
        Content::Case(content) => content,
        Content::MatterCheckin(content) => {
            let row = checkins::row::of(entering.id, content, last.received_at, heads)?;
            return write.put_checkin(&row);
        }
    };
    let case = &content.reading.case;
    // Only what somebody's device sealed can be marked.
    if case.photos.iter().any(|photo| photo.entry.seal.is_some())
        || case
            .actions
            .iter()
            .any(|action| action.entry.seal.is_some())
    {
        write.note_examination(&entering.id)?;
    }
    write.put_case(&case_row(
        entering.id,
        content,
        last.received_at,
        heads,
        &tables.grids,
    )?)?;
    tasks::follow(write, &entering.id, content, last.received_at)?;
    tasks::approvals::follow(write, &entering.id, content)?;
    clocks::keep(write, tables, case, last.received_at)?;
    if moved {
        checkins::follow::follow(write, &entering.id, entering.placement)?;
    }
    Ok(())
}

/// Enters what somebody did in a browser, behind a change that came before it where there is one; the decision.
///
/// # Errors
/// As [`enter`].
pub fn enter_acted<Decided>(
    write: &mut dyn HubTransaction,
    tables: &Tables,
    (id, stored): (DocumentId, &StoredDocument),
    before: Option<Appended>,
    acted: ActedOn<Decided>,
    now: Timestamp,
) -> Result<Decided, StoreError> {
    let appended = before.into_iter().chain([acted.appended]);
    let arrived: Vec<_> = appended.map(|appended| (appended, now)).collect();
    let entering = Entering {
        id,
        stored,
        arrived: &arrived,
        document: &acted.document,
        content: &acted.content,
        placement: &acted.placement,
    };
    enter(write, tables, &entering)?;
    Ok(acted.ruling)
}

/// Tells the scopes of a document what is new: those it enters get all of it, those it leaves that it left. Whether it
/// entered or left any.
pub(super) fn feed(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    placement: &[Scope],
    upto_arrival: u64,
) -> Result<bool, StoreError> {
    let members = write.memberships(id)?;
    let entry = |scope: &Scope, from_arrival, upto_arrival| FeedAppend {
        scope: scope.clone(),
        document: *id,
        from_arrival,
        upto_arrival,
    };
    let stayed = members
        .iter()
        .filter(|member| placement.contains(&member.scope));
    let moved = stayed.count() != placement.len() || members.len() != placement.len();
    let mut entries = Vec::with_capacity(placement.len());
    for scope in placement {
        let member = members.iter().find(|member| member.scope == *scope);
        let from_arrival = member.map_or(1, |member| member.upto_arrival + 1);
        if from_arrival > upto_arrival {
            continue;
        }
        entries.push(entry(scope, from_arrival, upto_arrival));
        write.put_membership(&MembershipRow {
            document: *id,
            scope: scope.clone(),
            upto_arrival,
        })?;
    }
    for member in members {
        if !placement.contains(&member.scope) {
            entries.push(entry(&member.scope, 0, 0));
            write.remove_membership(id, &member.scope)?;
        }
    }
    write.append_feed(&entries)?;
    Ok(moved)
}

fn change_rows(entering: &Entering<'_>) -> Vec<ChangeRow> {
    let numbered = entering
        .arrived
        .iter()
        .zip(entering.stored.next_arrival()..);
    numbered
        .map(|((appended, received_at), arrival)| ChangeRow {
            hash: Digest::from_bytes(*appended.change.hash.as_bytes()),
            arrival,
            actor: *appended.change.actor.as_bytes(),
            sequence: appended.change.sequence,
            operations: appended.change.operations,
            installation: appended.installation,
            signature: appended.signature.map(|signature| signature.to_vec()),
            bytes: appended.change.bytes.clone(),
            received_at: *received_at,
        })
        .collect()
}

/// Heads as the store keeps them.
pub fn heads(document: &Document) -> Vec<Digest> {
    let heads = document.heads().into_iter();
    heads
        .map(|head| Digest::from_bytes(*head.as_bytes()))
        .collect()
}

/// The list row of a case.
///
/// # Errors
/// A standing that cannot be written as JSON.
pub fn case_row(
    id: DocumentId,
    content: &CaseContent,
    updated_at: Timestamp,
    heads: Vec<Digest>,
    grids: &GridIndex,
) -> Result<CaseRow, StoreError> {
    let case = &content.reading.case;
    let (facts, standing) = (&case.facts, &content.standing);
    let unit_grid = match &facts.unit_grid {
        Some(GridAnswer::Known(code)) => Some(*code),
        _ => None,
    };
    let first = case
        .photos
        .iter()
        .min_by_key(|photo| (photo.entry.at, photo.id));
    Ok(CaseRow {
        document: id,
        case_no: standing.case_no.clone(),
        state: standing.state,
        class: standing.class(facts).map(str::to_owned),
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
        photo_count: u32::try_from(case.photos.len()).unwrap_or(u32::MAX),
        first_preview: first
            .and_then(|photo| photo.entry.preview)
            .map(|preview| preview.sha256),
        heads,
        standing: serde_json::to_string(standing).map_err(|_| StoreError::Damaged {
            what: "case standing",
        })?,
    })
}
