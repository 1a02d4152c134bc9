//! Decline: this worker does not take a task.

use xunge_domain::duty::{DeclineCause, DutyNote, DutyWord};
use xunge_domain::ids::{DocumentId, DutyNoteId};

use super::kept::kept;
use crate::app::FieldApp;
use crate::documents::pen;
use crate::duty;
use crate::duty::kept::add;
use crate::error::FieldError;

impl FieldApp {
    /// Declines the open task of a case: kept at once, sent with the next sync. At the hub it goes to the next on duty and never comes
    /// back to this worker. Declining twice declines once. One commit.
    ///
    /// # Errors
    /// Not enrolled, no such task here, another reason without words, too long words, no space.
    pub fn decline_task(
        &mut self,
        case: DocumentId,
        cause: DeclineCause,
        words: &str,
    ) -> Result<DutyNoteId, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let id = DutyNoteId::from_bytes(self.ports.random());
        self.store.transaction(|tx| {
            let offered = kept(tx)?;
            let task = offered.iter().find(|task| task.document == case);
            let task = task.ok_or(FieldError::NotFound { what: "task" })?;
            let notes = duty::kept::kept(tx)?;
            let mut said = notes.iter().filter(|kept| kept.declines(task));
            if let Some(before) = said.find(|kept| !kept.is_refused()) {
                return Ok(before.note.id);
            }
            let note = DutyNote {
                id,
                author: pen.identity.person.id.clone(),
                made_at: pen.now,
                says: DutyWord::Decline {
                    case,
                    kind: task.kind,
                    offered_at: task.offered_at,
                    cause,
                    words: words.trim().to_owned(),
                },
            };
            add(tx, note, &offered, pen.now)
        })
    }
}
