//! Records of this crate's own: where a core view holds a type that cannot cross (`&'static str`, a pair), and what
//! the host needs for a request.

pub mod case_list;
pub mod case_page;
pub mod checkin;
pub mod clock;
pub mod exchange;
mod from_core;
pub mod home;
pub mod link;
pub mod map;
pub mod photo;
pub mod sync;
