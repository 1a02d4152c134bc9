//! Records of what came in: each that reads is named in a line of the log, once, in the transaction that merges its entry.
//! That the seals hold was asked before the merge; what is odd about a record is told when somebody asks, and stops nothing.

use std::collections::BTreeSet;

use xunge_domain::case::{Case, Keyed};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::{NamedRecord, RECORD_RECEIVED};
use xunge_evidence::record::Record;
use xunge_sync::hub::OriginInstallation;
use xunge_sync::seal::{Sealable, statement};

use crate::store::{HubTransaction, RecordRow, StoreError};

/// A sealed entry of a case.
struct Sealed {
    intent: IntentId,
    name: Digest,
    record: Record,
}

/// Notes the records of this origin that a case holds and that are not noted yet. Cost: a look at the ids of what is
/// noted; a line of the log and a row each.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub fn note(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    case: &Case,
    origin: &OriginInstallation,
    now: Timestamp,
) -> Result<(), StoreError> {
    let photos = case.photos.iter().map(|photo| photo.id);
    let actions = case.actions.iter().map(|action| action.id);
    if !photos.chain(actions).any(|id| origin.owns(&id.prefix())) {
        return Ok(());
    }
    let noted = write.records(id)?.into_iter().map(|row| row.intent);
    let noted: BTreeSet<IntentId> = noted.collect();
    let photos = unnoted(&case.photos, &noted).filter_map(|photo| sealed(id, photo, origin));
    let actions = unnoted(&case.actions, &noted).filter_map(|action| sealed(id, action, origin));
    let mut sealed: Vec<Sealed> = photos.chain(actions).collect();
    // In the order of the chain, so that the log reads as the day went.
    sealed.sort_by_key(|sealed| (sealed.record.installation, sealed.record.seq));
    for Sealed {
        intent,
        name,
        record,
    } in sealed
    {
        let named = NamedRecord {
            document: *id,
            intent,
            name,
            installation: record.installation,
            seq: record.seq,
        };
        let who = origin.person.id.as_str();
        let line = write.append_audit(now, who, RECORD_RECEIVED, &named.detail())?;
        write.note_record(&RecordRow {
            document: *id,
            intent,
            name,
            installation: record.installation,
            seq: record.seq,
            previous: record.previous,
            received_at: now,
            line,
        })?;
    }
    Ok(())
}

fn unnoted<'case, Entry>(
    entries: &'case [Keyed<Entry>],
    noted: &BTreeSet<IntentId>,
) -> impl Iterator<Item = &'case Keyed<Entry>> {
    entries.iter().filter(|entry| !noted.contains(&entry.id))
}

fn sealed<Entry: Sealable>(
    id: &DocumentId,
    keyed: &Keyed<Entry>,
    origin: &OriginInstallation,
) -> Option<Sealed> {
    if !origin.owns(&keyed.id.prefix()) {
        return None;
    }
    let mut entry = keyed.entry.clone();
    let seal = entry.seal().take()?;
    let record = Record::from_bytes(&seal.record).ok()?;
    // A record of somebody else's chain is none of this device's.
    if !origin.lineage().any(|own| *own == record.installation) {
        return None;
    }
    Some(Sealed {
        intent: keyed.id,
        name: Digest::of(&statement(id, &keyed.id, &entry, &seal.record)),
        record,
    })
}
