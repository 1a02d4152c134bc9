//! The case 案卷: facts merge, decisions are ruled.

mod action;
mod decline;
mod entry;
mod facts;
mod judge;
mod standing;
mod state;
mod transition;

pub use action::{Act, Action, ActionName, CloseOutcome, StaffSession};
pub use decline::Decline;
pub use entry::{BlobReference, Keyed, Note, PhotoEntry, PhotoPurpose, Seal};
pub use facts::{FIXES_MAX, Facts, Fix, GridAnswer, Position, Severity};
pub use judge::{
    Actor, FEEDBACK_DISTANCE_METRES_MAX, JudgeContext, Outcome, REASON_CHARACTERS_MIN, Ruling,
    judge, offered,
};
pub use standing::{Case, Claim, Standing, fold};
pub use state::CaseState;
pub use transition::{Guard, TRANSITIONS, Target, Transition, transitions_of};
