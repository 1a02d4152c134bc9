//! Texts that were erased since a backup are erased in the hub made of it: it takes those documents as the last hub has them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use xunge_documents::Document;
use xunge_documents::NewChange;
use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_evidence::erasure::{NamedErasure, TEXT_ERASED};
use xunge_sync::hub::{Appended, Content};

use super::order::emptied;
use super::rewrite::rewrite;
use crate::app::App;
use crate::services::directory::StoreDirectory;
use crate::services::documents::{Entering, enter};
use crate::services::records;
use crate::store::rows::{ChangeRow, MetaKey};
use crate::store::{HubRead, HubStore, HubTransaction, StoreError, TextErasureRow};

/// Lines read at once.
const PART: usize = 1_000;
const DAMAGED: StoreError = StoreError::Damaged { what: "document" };

/// Takes over from the last hub every document of which it erased a text since. Answers how many; what is not taken away of
/// older pages yet is left to the hub's own turn.
pub(crate) fn erase_texts_again(
    last: &dyn HubStore,
    restored: &App,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut taken = 0;
    for id in documents_with_erasures(last)? {
        let theirs = last.reading(|read| Theirs::read(read, &id))?;
        let Some(theirs) = theirs else {
            continue;
        };
        taken += u64::from(
            restored
                .store
                .writing(|write| take_over(restored, write, &id, &theirs, now))?,
        );
    }
    rewrite(restored)?;
    Ok(taken)
}

fn documents_with_erasures(last: &dyn HubStore) -> Result<BTreeSet<DocumentId>, StoreError> {
    let (mut documents, mut seq) = (BTreeSet::new(), 0);
    loop {
        let lines = last.reading(|read| read.audit_after(seq, PART))?;
        let named = lines.iter().filter(|line| line.what == TEXT_ERASED);
        let named = named.filter_map(|line| NamedErasure::of_line(&line.what, &line.detail));
        documents.extend(named.map(|named| named.document));
        match lines.last() {
            Some(line) if lines.len() == PART => seq = line.seq,
            _ => return Ok(documents),
        }
    }
}

/// A document as the last hub has it.
struct Theirs {
    rows: Vec<ChangeRow>,
    former: Vec<xunge_domain::ids::Digest>,
    orders: Vec<TextErasureRow>,
    document: Document,
}

impl Theirs {
    fn read(read: &dyn HubRead, id: &DocumentId) -> Result<Option<Self>, StoreError> {
        let rows = read.changes(id, 1, u64::MAX)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let raws = rows.iter().map(|row| row.bytes.as_slice());
        Ok(Some(Self {
            document: Document::from_changes(raws).map_err(|_| DAMAGED)?,
            former: read.former_changes(id)?,
            orders: read.text_erasures(id)?,
            rows,
        }))
    }
}

fn arrived(row: &ChangeRow) -> (Appended, Timestamp) {
    let change = NewChange {
        hash: ChangeHash(*row.hash.as_bytes()),
        actor: ActorId(row.actor),
        sequence: row.sequence,
        operations: row.operations,
        bytes: row.bytes.clone(),
    };
    let signature = row.signature.as_deref();
    let appended = Appended {
        change,
        installation: row.installation,
        signature: signature.and_then(|signature| signature.try_into().ok()),
    };
    (appended, row.received_at)
}

/// Whether there was anything to take over.
fn take_over(
    app: &App,
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    theirs: &Theirs,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let stored = write.document(id)?.unwrap_or_default();
    let ours = write.text_erasures(id)?;
    let lacks = |order: &&TextErasureRow| {
        let mut known = ours.iter();
        !known.any(|known| known.place == order.place && known.edition == order.edition)
    };
    let orders: Vec<_> = theirs.orders.iter().filter(lacks).collect();
    if orders.is_empty() {
        return Ok(false);
    }
    let tables = app.tables.get(write as &dyn HubRead, now)?;
    let content = Content::read(&theirs.document, *id);
    let cell = RefCell::new(write);
    let directory = StoreDirectory::new(Arc::clone(&tables), &cell);
    let placement = content.placement(&directory);
    directory.confirm()?;
    let write = &mut **cell.borrow_mut();
    write.replace_changes(id, &theirs.former)?;
    let arrived: Vec<_> = theirs.rows.iter().map(arrived).collect();
    let entering = Entering {
        id: *id,
        stored: &emptied(&stored),
        arrived: &arrived,
        document: &theirs.document,
        placement: &placement,
        content: &content,
    };
    enter(write, &tables, &entering)?;
    for order in orders {
        let mark = content.erased().iter();
        let mark = mark.rev().find(|mark| mark.place == order.place);
        let named = mark.map(|mark| NamedErasure::of_mark(*id, order.edition, mark));
        let detail = named.ok_or(DAMAGED)?.detail();
        let line = write.append_audit(now, "system", TEXT_ERASED, &detail)?;
        write.add_text_erasure(&TextErasureRow {
            line,
            ..order.clone()
        })?;
        write.put_meta(MetaKey::RewriteDue, &line.to_be_bytes())?;
    }
    records::note_all(write, id, &content, now)?;
    write.void_packs_of(id)?;
    Ok(true)
}
