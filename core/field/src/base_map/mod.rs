//! The base map 底图 under the beat, where the city's hub has one: told by the hub, fetched behind everything else, drawn by the screens.
//! Every verb works with none.

pub(crate) mod ask;
pub(crate) mod draw;
pub(crate) mod fetch;
pub(crate) mod kept;
pub(crate) mod problem;
pub(crate) mod show;
