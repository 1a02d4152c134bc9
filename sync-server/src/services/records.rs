//! Records of what came in: each that reads is named in a line of the log, once, in the transaction that merges its entry.
//! That the seals hold was asked before the merge; what is odd about a record is told when somebody asks, and stops nothing.

use std::collections::BTreeSet;

use xunge_domain::case::Keyed;
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::{NamedRecord, RECORD_RECEIVED};
use xunge_evidence::record::Record;
use xunge_sync::hub::{Content, OriginInstallation};
use xunge_sync::seal::{Sealable, statement};

use crate::store::{HubTransaction, RecordRow, StoreError};

/// A sealed entry of a document.
struct Sealed {
    intent: IntentId,
    name: Digest,
    record: Record,
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
    if !sealable(content).any(|id| origin.owns(&id.prefix())) {
        return Ok(());
    }
    let noted = write.records(id)?.into_iter().map(|row| row.intent);
    let noted: BTreeSet<IntentId> = noted.collect();
    let mut sealed = all_sealed(id, content.photos(), &noted, origin);
    match content {
        Content::Case(content) => {
            let actions = &content.reading.case.actions;
            sealed.extend(all_sealed(id, actions, &noted, origin));
        }
        Content::MatterCheckin(content) => {
            let checkin = &content.reading.checkin;
            sealed.extend(all_sealed(id, &checkin.actions, &noted, origin));
            sealed.extend(all_sealed(id, &checkin.steps, &noted, origin));
        }
    }
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

/// The ids of all entries that can carry a seal.
fn sealable(content: &Content) -> Box<dyn Iterator<Item = &IntentId> + '_> {
    let photos = content.photos().iter().map(|photo| &photo.id);
    match content {
        Content::Case(content) => {
            let actions = content.reading.case.actions.iter();
            Box::new(photos.chain(actions.map(|action| &action.id)))
        }
        Content::MatterCheckin(content) => {
            let actions = content.reading.checkin.actions.iter();
            let steps = content.reading.checkin.steps.iter();
            let actions = actions.map(|action| &action.id);
            Box::new(photos.chain(actions).chain(steps.map(|step| &step.id)))
        }
    }
}

/// The records of those that are not noted yet.
fn all_sealed<Entry: Sealable>(
    id: &DocumentId,
    entries: &[Keyed<Entry>],
    noted: &BTreeSet<IntentId>,
    origin: &OriginInstallation,
) -> Vec<Sealed> {
    let unnoted = entries.iter().filter(|entry| !noted.contains(&entry.id));
    unnoted
        .filter_map(|entry| sealed(id, entry, origin))
        .collect()
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
