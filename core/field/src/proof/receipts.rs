//! Receipts: asked for by an errand, verified, kept with the record they are of.

use minicbor::{Decode, Encode};
use serde::Serialize;
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::Receipt;
use xunge_store::{AskAbout, Reader, RecordRow, Tx};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::{AskedRecord, RECEIPTS_MAX, ReceiptsFrame, ReceiptsRequest};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::proof::log_seen::{look, seen_size, signed_by};
use crate::sync::next_request::session;
use crate::tables::encode;

/// A record is asked about by itself once it is so old: many go in one request then, and none waits behind a worker's next
/// report.
const RIPE_MILLIS: i64 = 60 * 60 * 1_000;
/// What the hub could not say is asked again after so long.
const AGAIN_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// Somebody asked for receipts now.
const WANTED: &str = "receipts_wanted";
/// Everything the hub stored before this moment of its clock is in a backup.
const BACKED_UP_UNTIL: &str = "backed_up_until";

/// A receipt with the checkpoint it is proved by: whoever has the hub's key can verify it alone.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct KeptReceipt {
    #[n(0)]
    pub(crate) receipt: Receipt,
    #[n(1)]
    pub(crate) checkpoint: String,
}

/// What this device can prove of something it sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofView {
    /// What was sealed: a photo, a request.
    pub id: IntentId,
    /// SHA-256 of what was signed.
    pub record: String,
    /// Of a photo, the SHA-256 of its original.
    pub original: Option<String>,
    /// The device's clock when it was made.
    pub made_at: Timestamp,
    /// When the hub wrote it into its log, by the hub's clock; nothing while there is no receipt.
    pub received_at: Option<Timestamp>,
    /// The line of the log.
    pub line: Option<u64>,
    /// Of a photo, when all bytes of the original were stored, by the hub's clock.
    pub stored_at: Option<Timestamp>,
}

impl FieldApp {
    /// Asks for the receipts that are missing in the next round, however young the records are. By itself each is asked for
    /// an hour after it was made.
    ///
    /// # Errors
    /// The store's.
    pub fn ask_for_receipts(&mut self) -> Result<(), FieldError> {
        self.store.transaction(|tx| tx.set_switch(WANTED, true))?;
        self.start_sync();
        Ok(())
    }

    /// What can be proved of a case without the hub: everything this device sealed in it, oldest first. Verifies each
    /// receipt: half a millisecond each.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn proofs(&self, case: DocumentId) -> Result<Vec<ProofView>, FieldError> {
        let hub = session(self.identity()?)?.server_key;
        let rows = self.store.read(|reader| reader.records_of(case))?;
        Ok(rows.into_iter().map(|row| view(row, &hub)).collect())
    }

    /// Keeps what the hub answered. What does not prove what it should is passed over, and asked again later.
    pub(crate) fn take_receipts(&mut self, frame: &ReceiptsFrame) -> Result<(), FieldError> {
        let session = session(self.identity()?)?;
        let now = self.ports.clock.now();
        let behind = self.errands.receipts_behind;
        let last = self.store.transaction(|tx| {
            let asked = open_records(tx, now, behind)?;
            let hub = (&session.server_key, session.epoch);
            take(tx, hub, frame, &asked)?;
            for record in &asked {
                tx.note_asked_about(record.intent, now)?;
            }
            if asked.len() < RECEIPTS_MAX {
                tx.set_switch(WANTED, false)?;
            }
            Ok::<_, FieldError>(asked.last().map(|record| record.intent))
        })?;
        self.errands.receipts_behind = last.or(behind);
        Ok(())
    }
}

fn view(row: RecordRow, hub: &PublicKey) -> ProofView {
    let kept = row.receipt.as_deref();
    let kept = kept.and_then(|kept| minicbor::decode::<KeptReceipt>(kept).ok());
    let received = kept.and_then(|kept| {
        let checkpoint = signed_by(hub, &kept.checkpoint)?;
        kept.receipt.verify(&row.name, checkpoint.claimed()).ok()
    });
    ProofView {
        id: row.intent,
        record: row.name.to_string(),
        original: row.original.map(|original| original.to_string()),
        made_at: row.made_at,
        received_at: received.map(|received| received.at),
        line: received.map(|received| received.line),
        stored_at: row.stored_at,
    }
}

/// Whether something is to be asked behind this record.
pub(crate) fn is_due(
    reader: &Reader<'_>,
    now: Timestamp,
    behind: Option<IntentId>,
) -> Result<bool, FieldError> {
    Ok(!open_records(reader, now, behind)?.is_empty())
}

/// What is asked behind this record.
pub(crate) fn request(
    reader: &Reader<'_>,
    epoch: u64,
    now: Timestamp,
    behind: Option<IntentId>,
) -> Result<ReceiptsRequest, FieldError> {
    let records = open_records(reader, now, behind)?.into_iter();
    Ok(ReceiptsRequest {
        records: records
            .map(|record| AskedRecord {
                document: record.document,
                intent: record.intent,
                original: record.original,
            })
            .collect(),
        seen: seen_size(reader, epoch)?,
    })
}

/// When the hub's backups reach to, as it last said.
pub(crate) fn backed_up_until(reader: &Reader<'_>) -> Result<Option<Timestamp>, FieldError> {
    let kept = reader.setting(BACKED_UP_UNTIL)?;
    Ok(kept.and_then(|kept| minicbor::decode(&kept).ok()))
}

/// Backups of the hub as it was before say nothing of what it stored since.
pub(crate) fn forget_backups(tx: &Tx<'_>) -> Result<(), FieldError> {
    Ok(tx.delete_setting(BACKED_UP_UNTIL)?)
}

fn open_records(
    reader: &Reader<'_>,
    now: Timestamp,
    behind: Option<IntentId>,
) -> Result<Vec<RecordRow>, FieldError> {
    let about = if reader.switch(WANTED)? {
        AskAbout::All
    } else {
        AskAbout::Ripe {
            made_before: now.plus_millis(-RIPE_MILLIS),
            asked_before: now.plus_millis(-AGAIN_MILLIS),
        }
    };
    Ok(reader.open_records(about, behind, RECEIPTS_MAX)?)
}

fn take(
    tx: &Tx<'_>,
    hub: (&PublicKey, u64),
    frame: &ReceiptsFrame,
    asked: &[RecordRow],
) -> Result<(), FieldError> {
    let Some(checkpoint) = look(tx, hub, frame)? else {
        return Ok(());
    };
    if let Some(until) = &frame.backed_up_until {
        tx.set_setting(BACKED_UP_UNTIL, &encode(until))?;
    }
    for told in &frame.receipts {
        let record = asked.iter().find(|record| record.intent == told.intent);
        let Some(record) = record.filter(|record| record.document == told.document) else {
            continue;
        };
        if told.receipt.verify(&record.name, &checkpoint).is_err() {
            continue;
        }
        let kept = KeptReceipt {
            receipt: told.receipt.clone(),
            checkpoint: frame.checkpoint.clone(),
        };
        tx.keep_receipt(record.intent, record.name, &encode(&kept))?;
        if let Some(at) = told.stored_at {
            tx.note_original_stored(record.intent, at)?;
        }
    }
    Ok(())
}
