//! The SQLite store of a device: one folder with `xunge.db` and `blobs/`, or the same thing in memory.
//!
//! Everything the device may not lose passes through here. "Saved" means: the photo's file and its directory were
//! flushed, then the row was committed with WAL and `synchronous=FULL`. Bytes and ids only: what a change, a view or
//! a person looks like inside is no business of this crate.

use xunge_cipher as _; // SQLCipher's provider: C calls it

mod at_rest;
mod base_map;
mod blob_place;
mod error;
mod error_text;
#[cfg(test)]
mod full_tests;
pub mod limits;
mod medium;
mod migrate;
mod open;
mod open_error;
mod power;
mod pragmas;
mod recover;
mod salvage;
mod search_text;
mod store;
mod tables;
mod topics;
mod transaction;
mod values;

pub use at_rest::data_key::{DATA_KEY_BYTES, DataKey};
pub use at_rest::envelope::{KeyEnvelope, PlatformWrap};
pub use at_rest::key_source::{KeySource, WrappedKey};
pub use at_rest::key_wrapper::{KeyUnavailable, KeyWrapper, unwrap_in_software, wrap_in_software};
pub use at_rest::recovery_key::{RecoveryKey, RecoveryPublicKey};
pub use base_map::BaseMapFinish;
pub use error::StoreError;
pub use error_text::ErrorText;
pub use medium::MemoryMedium;
pub use open_error::OpenStoreError;
pub use recover::Recovered;
pub use salvage::Salvage;
pub use store::Store;
pub use tables::blobs::{BlobKind, BlobRow, BlobState, BlobUse, NewBlob};
pub use tables::carried::CarriedPiece;
pub use tables::case_filter::CaseFilter;
pub use tables::case_places::BoundingBox;
pub use tables::cases::CaseRow;
pub use tables::changes::{Appended, ChangeRow, ChangeState, NewChange};
pub use tables::checkins::CheckinRow;
pub use tables::cursors::Cursor;
pub use tables::documents::{DocumentRow, LoadedDocument, NewDocument};
pub use tables::drafts::Draft;
pub use tables::intents::{IntentRow, IntentState, NewIntent, Reason};
pub use tables::packs::PackRow;
pub use tables::page::PageCursor;
pub use tables::pending::{OwnChangeCounts, PendingChange};
pub use tables::private::{NewPrivate, PrivateRow, PrivateState};
pub use tables::records::{AskAbout, NewRecord, RecordRow};
pub use tables::session::Session;
pub use topics::ChangeCounters;
pub use transaction::{Reader, Tx};

/// Compiles and runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
