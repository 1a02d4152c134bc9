//! Sync, pull style: the host asks for the next request, performs it, gives the answer back.

pub(crate) mod columns;
pub(crate) mod commit;
pub(crate) mod comparison;
mod edition;
mod heads;
mod leave;
pub(crate) mod metered;
pub(crate) mod next_request;
pub(crate) mod on_answer;
mod packs;
pub(crate) mod recover;
pub(crate) mod revoked;
pub(crate) mod status;
