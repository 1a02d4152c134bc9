//! Notes as this device keeps them: those that wait, and for a while those that were answered, so that a screen can show them.
//! They are few and small, so they lie in one value that is written anew with each.

use minicbor::{Decode, Encode};
use xunge_domain::duty::{DutyNote, DutyUnfit, DutyWord};
use xunge_domain::ids::DutyNoteId;
use xunge_domain::time::Timestamp;
use xunge_store::{Reader, Tx};
use xunge_sync::wire::{DutyOutcome, OfferedTask};

use crate::error::FieldError;
use crate::tables::encode;

const DUTY_NOTES: &str = "duty_notes";
/// Most that are kept. Only what the hub has answered goes.
pub(crate) const KEPT_MAX: usize = 200;
/// How long a leave is shown after its end.
const LEAVE_SHOWN_MILLIS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// A note with the hub's word on it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct KeptNote {
    #[n(0)]
    pub(crate) note: DutyNote,
    /// Nothing while it waits.
    #[n(1)]
    pub(crate) outcome: Option<DutyOutcome>,
}

impl KeptNote {
    pub(crate) const fn waits(&self) -> bool {
        self.outcome.is_none()
    }

    /// Whether the hub refused it, so that it counts for nothing.
    pub(crate) const fn is_refused(&self) -> bool {
        matches!(self.outcome, Some(DutyOutcome::Refused(_)))
    }

    /// Whether it takes this leave back.
    pub(crate) fn takes_back(&self, leave: DutyNoteId) -> bool {
        matches!(&self.note.says, DutyWord::TakeBack { leave: other } if *other == leave)
    }

    /// Whether it declines this offer.
    pub(crate) fn declines(&self, task: &OfferedTask) -> bool {
        matches!(&self.note.says, DutyWord::Decline { case, kind, offered_at, .. }
            if (*case, *kind, *offered_at) == (task.document, task.kind, task.offered_at))
    }
}

/// All notes, in the order they were said.
///
/// # Errors
/// The store's, or kept bytes that are no notes: what waits must not be lost without a word.
pub(crate) fn kept(reader: &Reader<'_>) -> Result<Vec<KeptNote>, FieldError> {
    let Some(bytes) = reader.setting(DUTY_NOTES)? else {
        return Ok(Vec::new());
    };
    minicbor::decode(&bytes).map_err(|_| FieldError::Invalid { what: "duty notes" })
}

pub(crate) fn keep(tx: &Tx<'_>, notes: &[KeptNote]) -> Result<(), FieldError> {
    Ok(tx.set_setting(DUTY_NOTES, &encode(notes))?)
}

/// Adds a note, and lets go of what nobody needs any more.
///
/// # Errors
/// It does not fit, or too many wait.
pub(crate) fn add(
    tx: &Tx<'_>,
    note: DutyNote,
    offered: &[OfferedTask],
    now: Timestamp,
) -> Result<DutyNoteId, FieldError> {
    note.check()?;
    let id = note.id;
    let mut notes = kept(tx)?;
    let all = notes.clone();
    notes.retain(|kept| kept.waits() || is_shown(kept, &all, offered, now));
    if notes.len() >= KEPT_MAX {
        notes.retain(KeptNote::waits);
    }
    if notes.len() >= KEPT_MAX {
        return Err(DutyUnfit::TooMany.into());
    }
    notes.push(KeptNote {
        note,
        outcome: None,
    });
    keep(tx, &notes)?;
    Ok(id)
}

/// Whether a screen may still show an answered note.
fn is_shown(kept: &KeptNote, all: &[KeptNote], offered: &[OfferedTask], now: Timestamp) -> bool {
    let lately = |until: Timestamp| until.plus_millis(LEAVE_SHOWN_MILLIS) > now;
    match &kept.note.says {
        DutyWord::Decline { .. } => offered.iter().any(|task| kept.declines(task)),
        DutyWord::Leave { until, .. } => lately(*until),
        DutyWord::TakeBack { leave } => all.iter().any(|other| {
            other.note.id == *leave
                && matches!(&other.note.says, DutyWord::Leave { until, .. } if lately(*until))
        }),
    }
}

/// How many the hub has not answered.
pub(crate) fn waiting_count(reader: &Reader<'_>) -> Result<u64, FieldError> {
    let waiting = kept(reader)?.iter().filter(|kept| kept.waits()).count();
    Ok(waiting as u64)
}
