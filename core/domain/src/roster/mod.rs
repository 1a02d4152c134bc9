//! The roster 排班: who is on duty when, and for which beats (domain design §6). No task is sent to anybody outside it.
//!
//! Three kinds of rows: a shift, a leave, and a hand-over of what is left of a shift to a colleague. What somebody
//! has of a shift is a [`Watch`]; on duty is who holds one at that instant.

mod decided;
mod row;

pub use decided::{Roster, Watch};
pub use row::{LEAVE_DAYS_MAX, RosterKind, RosterRow, SHIFT_HOURS_MAX};
