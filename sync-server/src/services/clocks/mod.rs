//! The clocks of cases on the hub: read for pages and the API, kept for lists, and escalated once.

mod escalate;
mod keep;
mod read;

pub use escalate::{ESCALATED, escalate, escalate_all};
pub use keep::{compute_missing, keep, keep_again};
pub use read::{EscalationView, clocks_json, escalations, highest_told, read_case_clocks};
