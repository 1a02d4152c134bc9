//! The core's own types as uniffi sees them. Each definition below is compared with the real type by the compiler
//! (a field or variant that changed there does not compile here) and then thrown away: no copy is made of anything.

mod act;
mod capture;
mod case;
mod checkin;
mod classes;
mod draft;
mod ids;
mod photo;
mod proof;
mod protection;
mod standing;
mod task;
mod words;
