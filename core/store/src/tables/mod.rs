//! One room a table family. Readers are methods on `Reader`, writers on `Tx`.

pub(crate) mod again;
mod blob_bytes;
pub(crate) mod blobs;
pub(crate) mod carried;
pub(crate) mod case_filter;
pub(crate) mod case_index;
pub(crate) mod case_places;
mod case_search;
pub(crate) mod cases;
pub(crate) mod changes;
pub(crate) mod checkins;
mod comparison;
pub(crate) mod cursors;
pub(crate) mod documents;
pub(crate) mod drafts;
mod editions;
pub(crate) mod intents;
pub(crate) mod leaving;
mod looks;
mod moments;
pub(crate) mod packs;
pub(crate) mod page;
pub(crate) mod pending;
pub(crate) mod private;
pub(crate) mod records;
pub(crate) mod session;
pub(crate) mod settings;
