//! The matter check-in 一事一报到: party organisations of professional bodies report to those at the grassroots over one
//! matter. Opening, answering and closing are decided, as with cases; the steps of the work merge.

mod action;
mod call;
mod decline;
mod demand;
mod fit;
mod judge;
mod standing;
mod state;
mod step;
mod step_decline;
mod step_name;
mod subject;
mod times;
mod transition;

pub use action::{Act, ActName, Action, Call};
pub use call::{CallStanding, call_standings};
pub use decline::Decline;
pub use demand::{DEMANDS, Demand, Writer, may_write};
pub use fit::{BODIES_MAX, EntryUnfit, LINES_MAX, PHOTOS_MAX, TEXT_CHARACTERS_MAX};
pub use judge::{
    Actor, JudgeContext, Outcome, PartyBodies, REASON_CHARACTERS_MIN, Ruling, judge, offered,
};
pub use standing::{Answered, MatterCheckin, Standing, fold};
pub use state::CheckinState;
pub use step::{CostBearer, DutyTurn, Estimated, Quantity, Step, StepEntry, ThanksKind};
pub use step_decline::StepDecline;
pub use step_name::StepName;
pub use subject::{Initiation, Subject};
pub use times::{
    Actual, CaseTimes, Comparison, Estimate, FourTimes, Promise, TableLimit, Term, TermSource,
    TimeName, four_times,
};
pub use transition::{Guard, TRANSITIONS, Target, Transition};
