//! The demo city: Zhengzhou's real divisions with synthetic grids, roads, people, cases and photos.
//!
//! Everything follows from a seed and a clock, so that two people who run the demo see the same city.

pub mod city;
pub mod divisions;
pub mod grids;
pub mod history;
pub mod organisations;
pub mod people;
pub mod photos;
pub mod random;
pub mod roads;
pub mod seed;
pub mod streets;
