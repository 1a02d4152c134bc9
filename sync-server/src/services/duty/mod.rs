//! What people say of their own duty from their phones: that they decline an offer of a task, that they are on leave, that they are
//! back. The roster stays the city's table; this stands beside it, said once, kept by the hub and shown to whoever sends people.

mod decline;
mod leave;
mod list;
mod take;

pub use decline::TASK_DECLINED;
pub use leave::{LEAVE_SAID, LEAVE_TAKEN_BACK, LEAVES_PER_PERSON_MAX};
pub use list::{LeaveView, leaves, sends_people};
pub use take::take;
