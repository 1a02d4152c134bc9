//! The hub's memory behind one trait.
//!
//! `HubStore` hands out two kinds of work: a *read* sees one consistent moment, a *write* is one transaction that
//! holds completely or not at all. Reading and writing are traits a table family each, so that a service asks for
//! no more than it needs, and a PostgreSQL store can be written family by family against the same
//! [`contract`]. All SQL of the server lives below this folder.
//!
//! Synchronous on purpose: SQLite blocks anyway, the simulation runs without a runtime, and the HTTP side calls it
//! through `spawn_blocking`.

mod applications;
mod cases;
mod checkins;
mod clocks;
#[cfg(test)]
pub(crate) mod contract;
mod devices;
mod documents;
mod duty;
mod editions;
mod error;
mod feeds;
mod list_cursor;
mod log;
pub mod mbtiles;
mod meta_key;
mod people;
mod pieces;
mod places;
mod private;
mod pushes;
pub mod ranges;
mod records;
mod risks;
pub mod rows;
pub mod sqlite;
mod system;
mod tables;
mod tasks;

mod blobs;
mod citations;

use std::collections::BTreeSet;
use std::sync::Arc;

use xunge_domain::scope::Scope;
use xunge_sync::testing::{self, Mutant};

pub use applications::{ApplicationRow, ReadApplications, WriteApplications};
pub use blobs::{ReadBlobs, WriteBlobs};
pub use cases::{ReadCases, WriteCases};
pub use checkins::{CheckinFilter, CheckinRow, ReadCheckins, WriteCheckins};
pub use citations::{QuarantineCursor, ReadCitations, WriteCitations};
pub use clocks::{ClockRow, EscalationRow, ReadClocks, WriteClocks};
pub use devices::{ReadDevices, WriteDevices};
pub use documents::{ReadDocuments, WriteDocuments};
pub use duty::{LeaveRow, ReadDuty, WriteDuty};
pub use editions::{ReadEditions, TextErasureRow, WriteEditions};
pub use error::StoreError;
pub use feeds::{ReadFeeds, WriteFeeds};
pub use log::{LogNodes, ReadLog, WriteLog};
pub use people::{ReadPeople, WritePeople};
pub use pieces::{PieceRow, ReadPieces, WaitingDocument, WritePieces};
pub use places::{ReadPlaces, WritePlaces};
pub use private::{PrivateRow, ReadPrivate, SubjectRow, WRAPPED_KEY_BYTES, WritePrivate};
pub use pushes::{ReadPushes, WritePushes};
pub use records::{ReadRecords, RecordRow, WriteRecords};
pub use risks::{ReadRisks, RiskAnswerRow, RiskRow, WriteRisks};
pub use system::{ReadSystem, WriteSystem};
pub use tables::{EditionRow, ReadTables, TableRow, WriteTables};
pub use tasks::{NoticeRow, ReadTasks, TaskDeclined, TaskEnd, TaskKey, TaskRow, WriteTasks};

/// Most rows one list call answers, whatever was asked for.
pub const LIST_ROWS_MAX: usize = 10_000;

/// Everything that can be looked up, at one consistent moment.
pub trait HubRead:
    ReadDocuments
    + ReadEditions
    + ReadFeeds
    + ReadBlobs
    + ReadCitations
    + ReadCases
    + ReadCheckins
    + ReadClocks
    + ReadPeople
    + ReadDevices
    + ReadPlaces
    + ReadTables
    + ReadTasks
    + ReadDuty
    + ReadApplications
    + ReadPushes
    + ReadRecords
    + ReadPieces
    + ReadRisks
    + ReadPrivate
    + ReadSystem
    + ReadLog
{
}

/// Everything a transaction may look up and change. It sees its own changes.
pub trait HubTransaction:
    HubRead
    + WriteDocuments
    + WriteEditions
    + WriteFeeds
    + WriteBlobs
    + WriteCitations
    + WriteCases
    + WriteCheckins
    + WriteClocks
    + WritePeople
    + WriteDevices
    + WritePlaces
    + WriteTables
    + WriteTasks
    + WriteDuty
    + WriteApplications
    + WritePushes
    + WriteRecords
    + WritePieces
    + WriteRisks
    + WritePrivate
    + WriteSystem
    + WriteLog
{
}

/// Work that only looks.
pub type ReadWork<'work> = &'work mut dyn FnMut(&dyn HubRead) -> Result<(), StoreError>;
/// Work that changes. It may be called again from its start when the database asks for a retry, so it must not
/// carry half a result over.
pub type WriteWork<'work> = &'work mut dyn FnMut(&mut dyn HubTransaction) -> Result<(), StoreError>;

/// Hears which feeds a commit appended to.
pub trait FeedWatcher: Send + Sync {
    /// Called after the commit, on the thread that made it: must not wait.
    fn moved(&self, scopes: BTreeSet<Scope>);
}

/// Where the hub keeps everything but the bytes of blobs.
///
/// Do not call the store from inside a work: the in-memory store has one connection and would wait for itself.
pub trait HubStore: Send + Sync {
    /// Runs `work` against one consistent moment. Usually called as [`dyn HubStore::reading`](#method.reading).
    ///
    /// # Errors
    /// What the work answered, or the database's own trouble.
    fn read(&self, work: ReadWork<'_>) -> Result<(), StoreError>;

    /// Runs `work` as one transaction: committed and durable when this returns `Ok`, without a trace otherwise.
    ///
    /// # Errors
    /// What the work answered, or the database's own trouble.
    fn write(&self, work: WriteWork<'_>) -> Result<(), StoreError>;

    /// Copies everything, as of one moment, into a fresh file while others go on working.
    ///
    /// # Errors
    /// The file exists, cannot be written, or the database's own trouble.
    fn backup_into(&self, file: &std::path::Path) -> Result<(), StoreError>;

    /// Makes sure that nothing which a committed write destroyed is left in the store's files beside its place: logs of
    /// earlier writes and the like. A store whose files never hold more than what is there has nothing to do.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while somebody reads an older moment, e.g. for a backup: to be tried again. Or the database's own
    /// trouble.
    fn scrub(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Writes everything anew without what is not there any more, and then does as [`HubStore::scrub`]: parts of a row that was
    /// changed or taken away may lie anywhere in pages it ever stood in. Cost: the whole database is written twice; nobody else
    /// writes meanwhile.
    ///
    /// # Errors
    /// As [`HubStore::scrub`].
    fn rewrite(&self) -> Result<(), StoreError> {
        self.scrub()
    }

    /// Tells somebody of every commit of this process that appended to feeds; the first who asks. A store that tells
    /// nobody is allowed: nothing depends on it.
    fn watch_feeds(&self, _watcher: Arc<dyn FeedWatcher>) {}
}

impl dyn HubStore + '_ {
    /// [`HubStore::read`] with a result of any kind.
    ///
    /// # Errors
    /// What the work answered, or the database's own trouble.
    pub fn reading<Answer, Failure: From<StoreError>>(
        &self,
        mut work: impl FnMut(&dyn HubRead) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let mut answer = None;
        let ran = self.read(&mut |store| keep(&mut answer, work(store)));
        settle(ran, answer)
    }

    /// [`HubStore::write`] with a result of any kind; a failure of the work rolls back.
    ///
    /// # Errors
    /// What the work answered, or the database's own trouble.
    pub fn writing<Answer, Failure: From<StoreError>>(
        &self,
        mut work: impl FnMut(&mut dyn HubTransaction) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let mut answer = None;
        let ran = self.write(&mut |store| keep(&mut answer, work(store)));
        settle(ran, answer)
    }
}

/// Remembers what the work said; a failure becomes the sign to roll back.
fn keep<Answer, Failure>(
    slot: &mut Option<Result<Answer, Failure>>,
    said: Result<Answer, Failure>,
) -> Result<(), StoreError> {
    let go_on = if said.is_ok() {
        Ok(())
    } else {
        Err(StoreError::Abandoned)
    };
    *slot = Some(said);
    go_on
}

fn settle<Answer, Failure: From<StoreError>>(
    ran: Result<(), StoreError>,
    answer: Option<Result<Answer, Failure>>,
) -> Result<Answer, Failure> {
    match (ran, answer) {
        (Ok(()), Some(said)) | (Err(StoreError::Abandoned), Some(said @ Err(_))) => said,
        (Err(_), Some(Ok(said))) if testing::active(Mutant::ReceiptBeforeCommit) => Ok(said),
        (Err(trouble), _) => Err(trouble.into()),
        (Ok(()), None) => Err(StoreError::Abandoned.into()),
    }
}
