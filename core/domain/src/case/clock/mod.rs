//! The clocks of a case (domain.md §4): one over the whole disposal, one a stage. Hub and device compute them from the same
//! rulings with the same tables, so both show the same minute.
//!
//! Which time counts: a clock starts at the hub's receipt, which is when it rules. It stops when the act was done, where the
//! ruling says that this was proven (`Ruling::done_at`), else at the ruling. No device's wall clock has a say. A verification's
//! clock is the one of its task: it runs from delivery, and until then the clerk's does.

mod delivery;
mod events;
mod kind;
mod read;
mod recipients;
mod stage_limits;
mod stage_terms;
mod terms;
mod view;

pub use delivery::{Delivery, OpenOffer};
pub use events::{CaseClock, case_clocks};
pub use kind::{ClockId, ClockKind};
pub use read::{CaseClockReading, ClockTables, ClockTrouble, listed, read_clocks};
pub use recipients::{EscalationParty, RECIPIENTS, recipients};
pub use stage_limits::StageLimits;
pub use stage_terms::{StageLimitTerms, StageSought, StageTerms};
pub use terms::{ClockTerms, FilingSought, TermsSought};
pub use view::ClockView;
