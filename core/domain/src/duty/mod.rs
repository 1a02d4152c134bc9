//! What somebody says of their own duty from the phone: that they will not take an offer of a task, that they are on leave, that they
//! are back earlier. Said once, signed and kept by the hub; the roster's table stays the city's, and this stands beside it.

mod cause;
mod note;
mod unfit;

pub use cause::DeclineCause;
pub use note::{DutyNote, DutyWord};
pub use unfit::{DUTY_WORDS_CHARACTERS_MAX, DutyUnfit};
