//! What this worker says of their own duty: kept here until the hub has answered, whatever kills the app or cuts the link.

pub(crate) mod kept;
pub(crate) mod list;
mod say_leave;
pub(crate) mod send;
mod take_back_leave;
