//! Without the hub: what this device shares with another, exports into a file, imports, and hands up for others.

pub(crate) mod certificate;
pub(crate) mod export;
pub(crate) mod hand_up;
pub(crate) mod import;
mod photos;
pub(crate) mod share;
mod take;
mod work;
