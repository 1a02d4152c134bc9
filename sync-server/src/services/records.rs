//! Records of what came in: each that reads is named in a line of the log, once, in the transaction that merges its entry.
//! That the seals hold was asked before the merge; what is odd about a record is told when somebody asks, and stops nothing.

use std::collections::BTreeSet;

use xunge_domain::case::{ErasedText, Keyed};
use xunge_domain::ids::{Digest, DocumentId, IntentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::{NamedRecord, RECORD_RECEIVED};
use xunge_evidence::record::Record;
use xunge_sync::hub::{Content, OriginInstallation};
use xunge_sync::keys::PublicKey;
use xunge_sync::seal::{Sealable, statement_in};

use crate::store::{HubTransaction, RecordRow, StoreError};

/// A sealed entry of a document whose record reads.
struct Sealed {
    intent: IntentId,
    statement: Vec<u8>,
    record: Record,
    signature: Vec<u8>,
}

/// Notes the records of this origin that a document holds and that are not noted yet. Cost: a look at the ids of what is
/// noted; a line of the log and a row each.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn note(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    content: &Content,
    origin: &OriginInstallation,
    now: Timestamp,
) -> Result<(), StoreError> {
    let own = |id: &IntentId| origin.owns(&id.prefix());
    if !content.sealable().any(own) {
        return Ok(());
    }
    let noted = noted(write, id)?;
    let mut sealed = all_sealed(id, content, &|id| own(id) && !noted.contains(id));
    // A record of somebody else's chain is none of this device's.
    sealed.retain(|sealed| {
        origin
            .lineage()
            .any(|own| *own == sealed.record.installation)
    });
    for sealed in &sealed {
        enter(write, id, &origin.person.id, sealed, now)?;
    }
    Ok(())
}

/// Notes every record of a document that is not noted yet and that a device of this hub sealed, whoever brought it: of an
/// edition that was taken over whole. Cost: a verification a record.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn note_all(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    content: &Content,
    now: Timestamp,
) -> Result<(), StoreError> {
    let noted = noted(write, id)?;
    for sealed in &all_sealed(id, content, &|id| !noted.contains(id)) {
        let Some(row) = write.installation(&sealed.record.installation)? else {
            continue;
        };
        let key = PublicKey::from_slice(&row.public_key);
        if key.is_ok_and(|key| key.verifies(&sealed.statement, &sealed.signature)) {
            enter(write, id, &row.person, sealed, now)?;
        }
    }
    Ok(())
}

fn noted(read: &dyn HubTransaction, id: &DocumentId) -> Result<BTreeSet<IntentId>, StoreError> {
    let noted = read.records(id)?.into_iter().map(|row| row.intent);
    Ok(noted.collect())
}

/// A line of the log, and a row.
fn enter(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    who: &PersonId,
    sealed: &Sealed,
    now: Timestamp,
) -> Result<(), StoreError> {
    let record = &sealed.record;
    let named = NamedRecord {
        document: *id,
        intent: sealed.intent,
        name: Digest::of(&sealed.statement),
        installation: record.installation,
        seq: record.seq,
    };
    let line = write.append_audit(now, who.as_str(), RECORD_RECEIVED, &named.detail())?;
    write.note_record(&RecordRow {
        document: *id,
        intent: sealed.intent,
        name: named.name,
        installation: record.installation,
        seq: record.seq,
        previous: record.previous,
        received_at: now,
        line,
    })
}

/// The sealed ones of the entries that are wanted, in the order of their chains, so that the log reads as the day went.
fn all_sealed(
    id: &DocumentId,
    content: &Content,
    wanted: &dyn Fn(&IntentId) -> bool,
) -> Vec<Sealed> {
    let erased = content.erased();
    let mut found = sealed_of(id, erased, content.photos(), wanted);
    match content {
        Content::Case(content) => {
            let actions = &content.reading.case.actions;
            found.extend(sealed_of(id, erased, actions, wanted));
        }
        Content::MatterCheckin(content) => {
            let checkin = &content.reading.checkin;
            found.extend(sealed_of(id, erased, &checkin.actions, wanted));
            found.extend(sealed_of(id, erased, &checkin.steps, wanted));
        }
    }
    found.sort_by_key(|sealed| (sealed.record.installation, sealed.record.seq));
    found
}

fn sealed_of<Entry: Sealable>(
    id: &DocumentId,
    erased: &[ErasedText],
    entries: &[Keyed<Entry>],
    wanted: &dyn Fn(&IntentId) -> bool,
) -> Vec<Sealed> {
    let wanted = entries.iter().filter(|entry| wanted(&entry.id));
    wanted
        .filter_map(|entry| sealed(id, erased, entry))
        .collect()
}

fn sealed<Entry: Sealable>(
    id: &DocumentId,
    erased: &[ErasedText],
    keyed: &Keyed<Entry>,
) -> Option<Sealed> {
    let mut entry = keyed.entry.clone();
    let seal = entry.seal().take()?;
    Some(Sealed {
        intent: keyed.id,
        record: Record::from_bytes(&seal.record).ok()?,
        statement: statement_in(id, erased, &keyed.id, &entry, &seal.record),
        signature: seal.signature,
    })
}
