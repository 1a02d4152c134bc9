//! The case page.

use xunge_field::domain::case::{ActionName, CaseState, Facts};
use xunge_field::domain::ids::{DocumentId, IntentId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{Delivery, NoteView, PhotoView, ReasonView, RulingView, StandingView};

use crate::views::clock::ClockView;
use crate::views::sync::LaneItem;

/// Everything about one case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseView {
    /// The case.
    pub id: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// The number given by filing.
    pub case_no: Option<String>,
    /// Class, in Chinese.
    pub class: String,
    /// The merging fields.
    pub facts: Facts,
    /// State as ruled.
    pub state: CaseState,
    /// State in Chinese.
    pub state_zh: String,
    /// State as this device expects it once its requests are ruled.
    pub provisional_state: CaseState,
    /// What else follows from the rulings.
    pub standing: StandingView,
    /// Its clocks, in the order of their starts.
    pub clocks: Vec<ClockView>,
    /// Where its content is.
    pub delivery: Delivery,
    /// Where its content is, in Chinese.
    pub delivery_zh: String,
    /// Photos, oldest first.
    pub photos: Vec<PhotoView>,
    /// Hazard notes.
    pub hazards: Vec<NoteView>,
    /// Comments.
    pub comments: Vec<NoteView>,
    /// What was asked and ruled, oldest first.
    pub timeline: Vec<EventView>,
    /// Work of this device that the server did not merge, with the reason.
    pub set_aside: Vec<LaneItem>,
    /// What this person could ask for now, with the reason where not.
    pub offered: Vec<OfferedAction>,
    /// Fields that two people set at once.
    pub concurrent: Vec<ConcurrentField>,
}

/// One request in a case's history.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EventView {
    /// The request.
    pub id: IntentId,
    /// The verb.
    pub action: ActionName,
    /// The verb in Chinese.
    pub action_zh: String,
    /// Who asked.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// What was decided; nothing until the server rules.
    pub ruling: Option<RulingView>,
}

/// An action with whether it is possible now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfferedAction {
    /// The verb.
    pub action: ActionName,
    /// The verb in Chinese.
    pub action_zh: String,
    /// Why not; nothing when it is possible.
    pub reason: Option<ReasonView>,
}

/// A field that two people set at once.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConcurrentField {
    /// Which.
    pub field: String,
    /// The values not shown.
    pub others: Vec<String>,
}
