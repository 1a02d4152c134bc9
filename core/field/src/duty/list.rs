//! List: the leaves that were said on this device, and where each is now.

use serde::Serialize;
use xunge_domain::duty::DutyWord;
use xunge_domain::ids::DutyNoteId;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::DutyOutcome;

use super::kept::{KeptNote, kept};
use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::ReasonView;

/// Where a note about duty is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyDelivery {
    /// Only on this device: it counts once the hub has it.
    OnDevice,
    /// The hub has it, and it counts.
    Received,
    /// The hub does not count it, for the reason that is told.
    Refused,
}

impl DutyDelivery {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::OnDevice => "在本机，待送达",
            Self::Received => "已送达",
            Self::Refused => "未生效",
        }
    }

    pub(crate) fn of(kept: &KeptNote) -> (Self, Option<ReasonView>) {
        match &kept.outcome {
            None => (Self::OnDevice, None),
            Some(DutyOutcome::Taken) => (Self::Received, None),
            Some(DutyOutcome::Refused(refusal)) => {
                let reason = ReasonView {
                    code: refusal.code.clone(),
                    zh: refusal.zh.clone(),
                    en: refusal.en.clone(),
                };
                (Self::Refused, Some(reason))
            }
        }
    }
}

/// A leave that was said on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeaveView {
    /// Its name: for taking it back.
    pub id: DutyNoteId,
    /// From when.
    pub from: Timestamp,
    /// Until when, this instant not included.
    pub until: Timestamp,
    /// In words, or nothing.
    pub words: String,
    /// The device's clock when it was said.
    pub made_at: Timestamp,
    /// Where it is.
    pub delivery: DutyDelivery,
    /// Where it is, in Chinese.
    pub delivery_zh: String,
    /// Why the hub does not count it.
    pub reason: Option<ReasonView>,
    /// Where the word is that takes it back; nothing where nobody did.
    pub taken_back: Option<DutyDelivery>,
}

impl FieldApp {
    /// The leaves said on this device that have not been over for a month, the one that begins first first. From one value; under a
    /// millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn leaves(&self) -> Result<Vec<LeaveView>, FieldError> {
        let notes = self.store.read(kept)?;
        let leaves = notes.iter().filter_map(|kept| {
            let DutyWord::Leave { from, until, words } = &kept.note.says else {
                return None;
            };
            let (delivery, reason) = DutyDelivery::of(kept);
            let taken_back = notes.iter().find(|other| other.takes_back(kept.note.id));
            Some(LeaveView {
                id: kept.note.id,
                from: *from,
                until: *until,
                words: words.clone(),
                made_at: kept.note.made_at,
                delivery,
                delivery_zh: delivery.zh().into(),
                reason,
                taken_back: taken_back.map(|note| DutyDelivery::of(note).0),
            })
        });
        let mut leaves: Vec<LeaveView> = leaves.collect();
        leaves.sort_by_key(|leave| (leave.from, leave.id));
        Ok(leaves)
    }
}
