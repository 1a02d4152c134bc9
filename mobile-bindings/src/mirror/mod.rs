//! The core's own types as uniffi sees them. Each definition below is compared with the real type by the compiler
//! (a field or variant that changed there does not compile here) and then thrown away: no copy is made of anything.

mod act;
mod base_map;
mod bodies;
mod capture;
mod case;
mod checkin;
mod classes;
mod draft;
mod duty;
mod home;
mod ids;
mod map;
mod photo;
mod phrase;
mod private;
mod proof;
mod protection;
mod salvage;
mod standing;
mod task;
mod words;
