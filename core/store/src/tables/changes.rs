//! Changes: append only, each with where it stands. Their order here is the order they arrived on this device, which
//! keeps every change behind those it depends on.

use rusqlite::types::Type;
use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, DocumentId};

use crate::StoreError;
use crate::limits::{ACTOR_BYTES_MAX, CHANGE_BYTES_MAX, SIGNATURE_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, digest, integer, within, wrong};

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    /// Made here, not received by the server yet.
    Pending,
    /// Made here, received by the server.
    Received,
    /// Refused by the server; kept, but in no document.
    Quarantined,
    /// Came from the server.
    Pulled,
    /// Built on a refused change and made anew as another; kept, but in no document.
    Dropped,
    /// Another device brought it; the server is not known to have it.
    Carried,
}

impl ChangeState {
    const fn number(self) -> i64 {
        match self {
            Self::Pending => 0,
            Self::Received => 1,
            Self::Quarantined => 2,
            Self::Pulled | Self::Carried => 3,
            Self::Dropped => 4,
        }
    }

    /// Reads the state, and behind it whether the change is marked as carried.
    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match row.get::<_, i64>(column)? {
            3 if row.get(column + 1)? => Ok(Self::Carried),
            0 => Ok(Self::Pending),
            1 => Ok(Self::Received),
            2 => Ok(Self::Quarantined),
            3 => Ok(Self::Pulled),
            4 => Ok(Self::Dropped),
            _ => Err(wrong(column, Type::Integer, "no state of a change")),
        }
    }

    /// Whether the change is part of its document.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Quarantined | Self::Dropped)
    }
}

/// A change to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'bytes> {
    /// Its document, which must be known.
    pub document: DocumentId,
    /// Its hash.
    pub hash: Digest,
    /// Its bytes.
    pub bytes: &'bytes [u8],
    /// Its actor.
    pub actor: &'bytes [u8],
    /// Its number among the actor's changes.
    pub sequence: u64,
    /// Whether this installation, or one it was before, made it.
    pub own: bool,
    /// Where it stands.
    pub state: ChangeState,
    /// The server's signature, on changes the server made.
    pub signature: Option<&'bytes [u8]>,
}

/// What became of an appended change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is new here.
    New,
    /// It was here and counted already. Pulling a pending one back marks it received, one that was carried as pulled.
    Known,
    /// It was here but refused or dropped, and the server has it after all: it counts again, as the newest change.
    Revived,
}

/// A kept change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its hash.
    pub hash: Digest,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its actor.
    pub actor: Vec<u8>,
    /// Its number among the actor's changes.
    pub sequence: u64,
    /// Whether this installation, or one it was before, made it.
    pub own: bool,
    /// Where it stands.
    pub state: ChangeState,
    /// The server's signature, on changes the server made.
    pub signature: Option<Vec<u8>>,
}

fn change(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        hash: digest(row, 0)?,
        bytes: row.get(1)?,
        actor: row.get(2)?,
        sequence: count(row, 3)?,
        own: row.get(4)?,
        state: ChangeState::read(row, 5)?,
        signature: row.get(7)?,
    })
}

impl Reader<'_> {
    /// One change.
    ///
    /// # Errors
    /// The store's.
    pub fn change(
        &self,
        document: DocumentId,
        hash: Digest,
    ) -> Result<Option<ChangeRow>, StoreError> {
        self.optional(
            include_str!("../sql/change.sql"),
            params![document.as_bytes(), hash.as_bytes()],
            change,
        )
    }

    /// Where a change stands, without its bytes.
    ///
    /// # Errors
    /// The store's.
    pub fn change_state(
        &self,
        document: DocumentId,
        hash: Digest,
    ) -> Result<Option<ChangeState>, StoreError> {
        self.optional(
            "SELECT state, carried FROM change WHERE document = ?1 AND hash = ?2",
            params![document.as_bytes(), hash.as_bytes()],
            |row| ChangeState::read(row, 0),
        )
    }

    /// Every change that is part of the document, in order: what a rebuild after a quarantine starts from.
    ///
    /// # Errors
    /// The store's.
    pub fn accepted_changes(&self, document: DocumentId) -> Result<Vec<ChangeRow>, StoreError> {
        self.all(
            include_str!("../sql/accepted_changes.sql"),
            [document.as_bytes()],
            change,
        )
    }

    /// The changes of the document that the server has as far as is known here, each with its hash: received from here
    /// or sent from there.
    ///
    /// # Errors
    /// The store's.
    pub fn known_to_hub(&self, document: DocumentId) -> Result<Vec<(Digest, Vec<u8>)>, StoreError> {
        self.all(
            include_str!("../sql/known_to_hub.sql"),
            [document.as_bytes()],
            |row| Ok((digest(row, 0)?, row.get(1)?)),
        )
    }

    /// Every change of the document, refused ones as well, in order.
    ///
    /// # Errors
    /// The store's.
    pub fn all_changes(&self, document: DocumentId) -> Result<Vec<ChangeRow>, StoreError> {
        self.all(
            include_str!("../sql/all_changes.sql"),
            [document.as_bytes()],
            change,
        )
    }

    /// The highest sequence an actor has here, refused changes included: a burnt number is never given again.
    ///
    /// # Errors
    /// The store's.
    pub fn highest_sequence(
        &self,
        document: DocumentId,
        actor: &[u8],
    ) -> Result<Option<u64>, StoreError> {
        self.one(
            "SELECT max(sequence) FROM change WHERE document = ?1 AND actor = ?2",
            params![document.as_bytes(), actor],
            |row| {
                row.get::<_, Option<i64>>(0)?
                    .map(|_| count(row, 0))
                    .transpose()
            },
        )
    }
}

impl Tx<'_> {
    /// Keeps a change. The same one again does no harm.
    ///
    /// # Errors
    /// No such document, too large, or the store's.
    pub fn append_change(&self, change: &NewChange<'_>) -> Result<Appended, StoreError> {
        within("change", change.bytes.len(), CHANGE_BYTES_MAX)?;
        within("actor", change.actor.len(), ACTOR_BYTES_MAX)?;
        within(
            "signature",
            change.signature.map_or(0, <[u8]>::len),
            SIGNATURE_BYTES_MAX,
        )?;
        let Some(state) = self.change_state(change.document, change.hash)? else {
            self.insert_change(change)?;
            return Ok(Appended::New);
        };
        let from_server = matches!(change.state, ChangeState::Pulled | ChangeState::Received);
        if !state.counts() && from_server {
            self.execute(
                Topic::Sync,
                "DELETE FROM change WHERE document = ?1 AND hash = ?2",
                params![change.document.as_bytes(), change.hash.as_bytes()],
            )?;
            self.insert_change(change)?;
            return Ok(Appended::Revived);
        }
        match state {
            ChangeState::Pending if from_server => {
                self.set_change_state(change.document, change.hash, ChangeState::Received)?;
            }
            ChangeState::Carried if from_server => {
                self.set_change_state(change.document, change.hash, ChangeState::Pulled)?;
            }
            _ => {}
        }
        if let Some(signature) = change.signature {
            self.sign(change.document, change.hash, signature)?;
        }
        Ok(Appended::Known)
    }

    fn insert_change(&self, change: &NewChange<'_>) -> Result<(), StoreError> {
        let rows = self.execute(
            Topic::Sync,
            include_str!("../sql/insert_change.sql"),
            params![
                change.document.as_bytes(),
                change.hash.as_bytes(),
                change.bytes,
                change.actor,
                integer("sequence", change.sequence)?,
                change.own,
                change.state.number(),
                change.signature,
                change.state == ChangeState::Carried,
            ],
        )?;
        match rows {
            0 => Err(StoreError::NotFound { what: "document" }),
            _ => Ok(()),
        }
    }

    /// A signature that comes later than its change is added; one that is there is never replaced.
    fn sign(&self, document: DocumentId, hash: Digest, signature: &[u8]) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE change SET signature = ?3 WHERE document = ?1 AND hash = ?2 AND signature IS NULL",
            params![document.as_bytes(), hash.as_bytes(), signature],
        )?;
        Ok(())
    }

    /// The server has a change that was pending. False when it was not pending, or is not here.
    ///
    /// # Errors
    /// The store's.
    pub fn receive_change(&self, document: DocumentId, hash: Digest) -> Result<bool, StoreError> {
        let rows = self.execute(
            Topic::Sync,
            "UPDATE change SET state = 1 WHERE document = ?1 AND hash = ?2 AND state = 0",
            params![document.as_bytes(), hash.as_bytes()],
        )?;
        Ok(rows == 1)
    }

    /// Says where a change stands; false when it is not here.
    ///
    /// # Errors
    /// The store's.
    pub fn set_change_state(
        &self,
        document: DocumentId,
        hash: Digest,
        state: ChangeState,
    ) -> Result<bool, StoreError> {
        let rows = self.execute(
            Topic::Sync,
            "UPDATE change SET state = ?3, carried = ?4 WHERE document = ?1 AND hash = ?2",
            params![
                document.as_bytes(),
                hash.as_bytes(),
                state.number(),
                state == ChangeState::Carried
            ],
        )?;
        Ok(rows == 1)
    }
}
