//! Server-rendered pages: they work without a script and under a strict content security policy.
//!
//! A *view* draws plain values and knows nothing of HTTP or the store; the routes beside them fetch the values. The
//! rich console replaces these pages later; they stay small, clear and good-looking until then.

pub mod act_form;
pub mod alone;
pub mod case_view;
pub mod checkin_form;
pub mod checkin_view;
pub mod context;
pub mod layout;
pub mod parts;
pub mod queue_view;
pub mod register_view;
pub mod risks_view;
pub(crate) mod routes;
pub mod tasks_view;
pub mod views;
pub mod words;
