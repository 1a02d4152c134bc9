//! The rules of the product: ids, places, classes, people, the case and its judge. Pure: no clock, no I/O, no
//! randomness. Depends on nothing else of ours; phone and server share it, so that both decide alike.

pub mod base_map;
pub mod case;
pub mod checkin;
pub mod class;
pub mod component;
pub mod datum;
pub mod document_kind;
pub mod duty;
pub mod geo;
pub mod grid;
pub mod ids;
pub mod person;
pub mod private;
pub mod roster;
pub mod scope;
pub mod tables;
pub mod task;
pub mod time;
pub mod working_time;

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
