//! Take back a leave: back earlier, or it was a mistake.

use xunge_domain::duty::{DutyNote, DutyWord};
use xunge_domain::ids::DutyNoteId;

use crate::app::FieldApp;
use crate::documents::pen;
use crate::duty::kept::{add, kept};
use crate::error::FieldError;
use crate::tasks;

impl FieldApp {
    /// Takes a leave back; the hub ends it when it hears of it. Also one that was not sent: it may have arrived although no answer
    /// did. Doing it twice does it once. One commit.
    ///
    /// # Errors
    /// Not enrolled, no such leave said on this device or one that the hub refused, no space.
    pub fn take_back_leave(&mut self, leave: DutyNoteId) -> Result<(), FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let note = DutyNote {
            id: DutyNoteId::from_bytes(self.ports.random()),
            author: pen.identity.person.id.clone(),
            made_at: pen.now,
            says: DutyWord::TakeBack { leave },
        };
        self.store.transaction(|tx| {
            let notes = kept(tx)?;
            let said = notes.iter().find(|kept| kept.note.id == leave);
            let is_leave = |says: &DutyWord| matches!(says, DutyWord::Leave { .. });
            if !said.is_some_and(|said| is_leave(&said.note.says) && !said.is_refused()) {
                return Err(FieldError::NotFound { what: "leave" });
            }
            if notes.iter().any(|kept| kept.takes_back(leave)) {
                return Ok(());
            }
            add(tx, note, &tasks::kept::kept(tx)?, pen.now).map(drop)
        })
    }
}
