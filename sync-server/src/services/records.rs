//! Records of what came in: each that reads is named in a line of the log, once, in the transaction that merges its entry.
//! That the seals hold was asked before the merge; what is odd about a record is told when somebody asks, and stops nothing.

use std::collections::BTreeSet;

use serde_json::json;
use xunge_domain::case::{Case, Keyed};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::Record;
use xunge_sync::hub::OriginInstallation;
use xunge_sync::seal::{Sealable, statement};

use crate::store::RecordRow;
use crate::store::{HubTransaction, StoreError};

/// The word of a line that says a record was received.
pub const RECORD_RECEIVED: &str = "record_received";

/// A sealed entry of a case.
struct Sealed {
    intent: IntentId,
    name: Digest,
    record: Record,
}

/// Notes the records of this origin that a case holds and that are not noted yet. Cost: nothing for entries without a
/// record; a line of the log and a row each.
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
    let photos = case
        .photos
        .iter()
        .filter_map(|photo| sealed(id, photo, origin));
    let actions = case
        .actions
        .iter()
        .filter_map(|action| sealed(id, action, origin));
    let mut sealed: Vec<Sealed> = photos.chain(actions).collect();
    if sealed.is_empty() {
        return Ok(());
    }
    let noted: BTreeSet<IntentId> = write
        .records(id)?
        .into_iter()
        .map(|row| row.intent)
        .collect();
    sealed.retain(|sealed| !noted.contains(&sealed.intent));
    // In the order of the chain, so that the log reads as the day went.
    sealed.sort_by_key(|sealed| (sealed.record.installation, sealed.record.seq));
    for Sealed {
        intent,
        name,
        record,
    } in sealed
    {
        let detail = json!({
            "document": id,
            "intent": intent,
            "record": name,
            "installation": record.installation,
            "seq": record.seq,
        });
        let line = write.append_audit(now, origin.person.id.as_str(), RECORD_RECEIVED, &detail)?;
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
