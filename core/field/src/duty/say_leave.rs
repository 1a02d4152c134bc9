//! Say leave: no offers from then until then.

use xunge_domain::duty::{DutyNote, DutyWord};
use xunge_domain::ids::DutyNoteId;
use xunge_domain::time::Timestamp;

use crate::app::FieldApp;
use crate::documents::pen;
use crate::duty::kept::add;
use crate::error::FieldError;
use crate::tasks::kept::kept;

impl FieldApp {
    /// Says that this worker is on leave: kept at once, sent with the next sync. From the hub's receipt on no task is offered in it, and
    /// what was offered by rule goes to others. One commit.
    ///
    /// # Errors
    /// Not enrolled, a leave that ends before it begins or is longer than a year, too long words, no space.
    pub fn say_leave(
        &mut self,
        from: Timestamp,
        until: Timestamp,
        words: &str,
    ) -> Result<DutyNoteId, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let note = DutyNote {
            id: DutyNoteId::from_bytes(self.ports.random()),
            author: pen.identity.person.id.clone(),
            made_at: pen.now,
            says: DutyWord::Leave {
                from,
                until,
                words: words.trim().to_owned(),
            },
        };
        self.store
            .transaction(|tx| add(tx, note, &kept(tx)?, pen.now))
    }
}
