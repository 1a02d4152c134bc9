//! At capture, without signal: what is around, said before anything is reported. Everything here offers; nothing refuses a
//! report, hides a case or deletes one.

pub(crate) mod around;
pub(crate) mod begin;
pub(crate) mod classes;
pub(crate) mod known;
pub(crate) mod pick;
pub(crate) mod views;
