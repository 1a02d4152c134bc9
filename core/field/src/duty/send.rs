//! Send: an errand brings to the hub what waits, in the order it was said, until the hub has answered each note.

use xunge_domain::duty::DutyNote;
use xunge_store::Reader;
use xunge_sync::wire::{DUTY_NOTES_MAX, DutyFrame};

use super::kept::{KeptNote, keep, kept};
use crate::app::FieldApp;
use crate::error::FieldError;

/// Whether something is to be sent.
pub(crate) fn waits(reader: &Reader<'_>) -> Result<bool, FieldError> {
    Ok(kept(reader)?.iter().any(KeptNote::waits))
}

/// What goes in one request.
pub(crate) fn under_way(reader: &Reader<'_>) -> Result<Vec<DutyNote>, FieldError> {
    let notes = kept(reader)?.into_iter().filter(KeptNote::waits);
    Ok(notes.take(DUTY_NOTES_MAX).map(|kept| kept.note).collect())
}

impl FieldApp {
    /// The hub's word on what was handed up. What it does not name is handed up again in the next round.
    pub(crate) fn take_duty(&mut self, told: &DutyFrame) -> Result<(), FieldError> {
        let answered = self.store.transaction(|tx| {
            let mut notes = kept(tx)?;
            let mut answered = false;
            for answer in &told.answers {
                let waiting = notes
                    .iter_mut()
                    .find(|kept| kept.note.id == answer.note && kept.waits());
                if let Some(waiting) = waiting {
                    waiting.outcome = Some(answer.outcome.clone());
                    answered = true;
                }
            }
            if answered {
                keep(tx, &notes)?;
            }
            Ok::<_, FieldError>(answered)
        })?;
        self.errands.duty_unanswered = !answered;
        Ok(())
    }
}
