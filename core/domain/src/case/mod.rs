//! The case 案卷: facts merge, decisions are ruled.

mod act;
mod act_parts;
mod action;
mod action_name;
mod asked;
pub mod clock;
mod decline;
pub mod duplicate;
mod entry;
mod erased;
mod facts;
mod guard;
mod history;
mod judge;
mod ruling;
mod standing;
mod state;
mod transition;

pub use act::Act;
pub use action::{Action, StaffSession};
pub use action_name::ActionName;
pub use asked::{
    ApplicationKind, CloseOutcome, ExtensionAsked, HoldCause, Level, SendBackCause, Source,
};
pub use decline::Decline;
pub use entry::{BlobReference, Keyed, Note, PhotoEntry, PhotoPurpose, Seal};
pub use erased::{ERASED_TEXT, ErasedText, TextErasure, TextErasureCause, TextPlace};
pub use facts::{FIXES_MAX, Facts, Fix, GridAnswer, Position, Severity};
pub use guard::Guard;
pub use history::Case;
pub use judge::{
    Actor, FEEDBACK_DISTANCE_METRES_MAX, JudgeContext, ONE_VISIT_MINUTES_MAX,
    REASON_CHARACTERS_MIN, judge, offered,
};
pub use ruling::{Outcome, Ruling};
pub use standing::{
    Application, Asked, CheckMade, Checks, Claim, Extension, Filing, Hold, JointSurvey,
    Registration, Rung, SendBack, SendBackCounts, Standing, Supervision, fold,
};
pub use state::CaseState;
pub use transition::{TRANSITIONS, Target, Transition, transitions_of};
