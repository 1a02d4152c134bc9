//! Matter check-ins 一事一报到: a verb a file.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod close;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod row;
pub(crate) mod show;
pub(crate) mod step;
pub(crate) mod views;
