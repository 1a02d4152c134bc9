//! Taking notes in, in the order they were said: all of a request in one transaction, and answered once that is committed.

use xunge_domain::duty::{DutyNote, DutyWord};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{
    DUTY_NOTES_MAX, DutyAnswer, DutyFrame, DutyOutcome, DutyRequest, Frame, Nonce, RefusedFrame,
};

use super::decline::decline;
use super::leave::{said, taken_back};
use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{alone, refusal, refused};
use crate::services::device_session::{Presented, Recognised, device_unknown, recognise};
use crate::services::tasks::reoffer_declined;
use crate::store::{HubRead, HubTransaction, StoreError, TaskRow};

/// What was said in one request.
#[derive(Default)]
struct Heard {
    answers: Vec<DutyAnswer>,
    /// Offers that nobody has any more.
    declined: Vec<TaskRow>,
}

/// Answers a device that says something of its person's duty. What is declined goes to the next at once; should the hub be
/// stopped in between, its next look at the tasks does it. The session's token is not used up; saying it twice says it once.
///
/// # Errors
/// A device this hub does not know, or the hub's own trouble.
pub fn take(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    asked: &DutyRequest,
) -> Result<Vec<u8>, ApiError> {
    let now = app.clock.now();
    let heard = app.store.writing(|write| {
        Ok::<_, StoreError>(match recognise(write as &dyn HubRead, presented)? {
            Recognised::Unknown => None,
            // Whoever it was says nothing of anybody's duty any more.
            Recognised::Revoked(_) => Some(Err(refused(&messages::DEVICE_REVOKED))),
            Recognised::Device(person) => {
                let mut heard = Heard::default();
                for note in asked.notes.iter().take(DUTY_NOTES_MAX) {
                    hear(write, &person, note, now, &mut heard)?;
                }
                Some(Ok(heard))
            }
        })
    })?;
    let frame = match heard.ok_or_else(device_unknown)? {
        Err(frame) => frame,
        Ok(heard) => {
            for task in &heard.declined {
                // It is declined whatever comes of this.
                if let Err(trouble) = reoffer_declined(app, task) {
                    tracing::warn!(error.reason = %trouble, "a declined offer went to nobody yet; it is tried again");
                }
            }
            Frame::Duty(DutyFrame {
                answers: heard.answers,
            })
        }
    };
    Ok(alone(app, nonce, &frame))
}

fn hear(
    write: &mut dyn HubTransaction,
    person: &Person,
    note: &DutyNote,
    now: Timestamp,
    heard: &mut Heard,
) -> Result<(), StoreError> {
    let outcome = if note.author != person.id {
        DutyOutcome::Refused(refusal(&messages::DUTY_AUTHOR))
    } else if let Err(unfit) = note.check() {
        DutyOutcome::Refused(RefusedFrame {
            code: unfit.code().into(),
            zh: unfit.zh(),
            en: unfit.en(),
        })
    } else {
        let refused = match &note.says {
            DutyWord::Decline { .. } => match decline(write, note, now)? {
                Ok(task) => {
                    heard.declined.extend(task);
                    None
                }
                Err(message) => Some(message),
            },
            DutyWord::Leave { .. } => said(write, note, now)?.err(),
            DutyWord::TakeBack { leave } => taken_back(write, &note.author, leave, now)?.err(),
        };
        match refused {
            Some(message) => DutyOutcome::Refused(refusal(message)),
            None => DutyOutcome::Taken,
        }
    };
    heard.answers.push(DutyAnswer {
        note: note.id,
        outcome,
    });
    Ok(())
}
