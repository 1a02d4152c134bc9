//! Ask: an errand learns what base map there is, once the tables named one that was not asked about, or the person has other beats. A
//! city without one costs nothing.

use xunge_store::Reader;
use xunge_sync::wire::BaseMapFrame;

use super::kept::{Asked, asked, note_told, set_asked, set_held, set_offer, told};
use crate::app::{FieldApp, Identity};
use crate::error::FieldError;

/// Answers of one round: the map may be replaced while it is fetched.
const ANSWERS_MAX: u8 = 4;

/// Whether the hub is to be asked, after so many answers of this round.
pub(crate) fn is_due(
    reader: &Reader<'_>,
    identity: &Identity,
    answers: u8,
) -> Result<bool, FieldError> {
    let Some(told) = told(reader)?.filter(|_| answers < ANSWERS_MAX) else {
        return Ok(false);
    };
    let asked = asked(reader)?;
    Ok(asked.is_none_or(|asked| asked.mark != told || asked.beats != identity.person.duty_grids))
}

impl FieldApp {
    /// Takes in what base map there is. What is here stays until another is whole; where there is none any more it goes.
    pub(crate) fn take_base_map(&mut self, frame: &BaseMapFrame) -> Result<(), FieldError> {
        let beats = self.identity()?.person.duty_grids.clone();
        self.errands.base_map_answers = self.errands.base_map_answers.saturating_add(1);
        self.store.transaction(|tx| {
            let mark = frame.mark.map(|mark| *mark);
            note_told(tx, mark)?;
            if let Some(mark) = mark {
                set_asked(tx, Some(&Asked { mark, beats }))?;
                set_offer(tx, frame.offer.as_ref())?;
                if frame.offer.is_none() {
                    set_held(tx, None)?;
                }
            }
            Ok::<_, FieldError>(())
        })?;
        self.let_go_of_base_maps();
        Ok(())
    }
}
