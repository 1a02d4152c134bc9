//! Sync, pull style: the host asks for the next request, performs it, gives the answer back.

pub(crate) mod columns;
mod commit;
pub(crate) mod comparison;
mod leave;
mod next_request;
pub(crate) mod on_answer;
mod packs;
mod recover;
pub(crate) mod revoked;
pub(crate) mod status;
