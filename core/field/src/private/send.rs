//! Send: an errand brings to the hub what waits, once the hub has the case; at the hub's word it leaves this device.

use xunge_domain::private::PrivateRecord;
use xunge_store::{Reader, Reason, StoreError};
use xunge_sync::wire::{
    PRIVATE_BYTES_MAX, PRIVATE_RECORDS_MAX, PrivateKeptFrame, PrivateOutcome, RefusedFrame,
};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::private::list::decoded;

/// The code of a refusal because the person asked to be forgotten: then nothing stays here either.
pub(super) const SUBJECT_ERASED: &str = "subject_erased";

/// Whether something is to be sent behind this place.
pub(crate) fn waits(reader: &Reader<'_>, behind: u64) -> Result<bool, FieldError> {
    Ok(!reader.waiting_private(behind, 1)?.is_empty())
}

/// What goes in one request behind this place, and up to which place that is.
pub(crate) fn under_way(
    reader: &Reader<'_>,
    behind: u64,
) -> Result<(Vec<PrivateRecord>, u64), FieldError> {
    let (mut records, mut upto, mut bytes) = (Vec::new(), behind, 0);
    // One by one: each may be a megabyte.
    while records.len() < PRIVATE_RECORDS_MAX {
        let Some(row) = reader.waiting_private(upto, 1)?.pop() else {
            break;
        };
        let content = row.content.unwrap_or_default();
        bytes += content.len();
        if !records.is_empty() && bytes > PRIVATE_BYTES_MAX {
            break;
        }
        // What cannot be read any more must not keep all others waiting.
        records.extend(decoded(&content).ok());
        upto = row.arrival;
    }
    Ok((records, upto))
}

impl FieldApp {
    /// The hub's word on what was handed up. What it does not name is handed up again in the next round.
    pub(crate) fn take_private_kept(&mut self, told: &PrivateKeptFrame) -> Result<(), FieldError> {
        let (behind, upto) = (self.errands.private_behind, self.errands.private_under_way);
        self.store.transaction(|tx| {
            for answer in &told.answers {
                // Of what was not asked about it has nothing to say.
                let asked = tx.private_record(answer.record)?;
                if !asked.is_some_and(|row| row.arrival > behind && row.arrival <= upto) {
                    continue;
                }
                match &answer.outcome {
                    PrivateOutcome::Kept => tx.private_kept(answer.record)?,
                    PrivateOutcome::Waits => {}
                    PrivateOutcome::Refused(refusal) => {
                        let forget = refusal.code == SUBJECT_ERASED;
                        tx.private_refused(answer.record, &reason(refusal), forget)?;
                    }
                }
            }
            Ok::<_, StoreError>(())
        })?;
        self.errands.private_behind = upto;
        self.leave_once_empty()
    }
}

fn reason(refusal: &RefusedFrame) -> Reason {
    Reason {
        code: refusal.code.clone(),
        zh: refusal.zh.clone(),
        en: refusal.en.clone(),
    }
}
