//! Tasks 任务: who is sent to verify 核实 and to check 核查 (domain design §3, §6).
//!
//! Candidates are grid workers on duty whose beat the matter lies in, without those who benefit and those who were asked
//! already ([`candidates`]). The nearest of them is sent; a share, drawn by a published seed, goes to somebody else
//! ([`choose`]). Pure: roster, register and distances are handed in.

mod candidates;
mod choice;
mod decline;
mod draw;
mod kind;
mod rules;

pub use candidates::{Scene, candidates};
pub use choice::{Candidate, Choice, Distance, How, MeasuredFrom, choose};
pub use decline::TaskDecline;
pub use draw::{Draw, TASK_MYRIAD, task_seed};
pub use kind::TaskKind;
pub use rules::{TASK_MINUTES_MAX, TaskRules, TaskRulesError};
