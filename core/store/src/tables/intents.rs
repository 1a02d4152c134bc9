//! The outbox of intents: what the worker wanted, beside the change that says it. When the server refuses a change the
//! intent is what remains to show and to make again.

use rusqlite::types::Type;
use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::{INTENT_BYTES_MAX, INTENT_KIND_BYTES_MAX, REASON_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, digest, document_id, intent_id, page_rows, timestamp, within, wrong};

/// Where an intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentState {
    /// Its change waits to be sent.
    Pending,
    /// The server has its change; nothing was ruled, or nothing needs to be.
    Received,
    /// Ruled: it took effect.
    Accepted,
    /// Ruled: it did not; the reason says why.
    Declined,
    /// Its change was refused and is in no document; the content lives on here alone.
    Quarantined,
    /// Was refused, and the worker made it again as another intent.
    Reapplied,
    /// Was refused or declined, and the worker has seen it and let it go.
    Dismissed,
}

impl IntentState {
    const fn number(self) -> i64 {
        match self {
            Self::Pending => 0,
            Self::Received => 1,
            Self::Accepted => 2,
            Self::Declined => 3,
            Self::Quarantined => 4,
            Self::Reapplied => 5,
            Self::Dismissed => 6,
        }
    }

    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match row.get::<_, i64>(column)? {
            0 => Ok(Self::Pending),
            1 => Ok(Self::Received),
            2 => Ok(Self::Accepted),
            3 => Ok(Self::Declined),
            4 => Ok(Self::Quarantined),
            5 => Ok(Self::Reapplied),
            6 => Ok(Self::Dismissed),
            _ => Err(wrong(column, Type::Integer, "no state of an intent")),
        }
    }
}

/// Why the server declined or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Stable code.
    pub code: String,
    /// For a person, Chinese.
    pub zh: String,
    /// For a person, English.
    pub en: String,
}

/// An intent to remember; it starts pending.
#[derive(Debug, Clone, Copy)]
pub struct NewIntent<'bytes> {
    /// Its id, the key of what it creates.
    pub id: IntentId,
    /// Its document, which must be known.
    pub document: DocumentId,
    /// The change that says it.
    pub change_hash: Digest,
    /// What kind it is.
    pub kind: &'bytes str,
    /// What it takes to make it again.
    pub content: &'bytes [u8],
    /// When the worker did it.
    pub created_at: Timestamp,
}

/// A remembered intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentRow {
    /// Its id.
    pub id: IntentId,
    /// Its document.
    pub document: DocumentId,
    /// The change that says it now.
    pub change_hash: Digest,
    /// What kind it is.
    pub kind: String,
    /// What it takes to make it again.
    pub content: Vec<u8>,
    /// Where it stands.
    pub state: IntentState,
    /// The last reason the server gave; it outlives the state, so that the history can still tell.
    pub reason: Option<Reason>,
    /// When the worker did it.
    pub created_at: Timestamp,
}

fn intent(row: &Row<'_>) -> rusqlite::Result<IntentRow> {
    Ok(IntentRow {
        id: intent_id(row, 0)?,
        document: document_id(row, 1)?,
        change_hash: digest(row, 2)?,
        kind: row.get(3)?,
        content: row.get(4)?,
        state: IntentState::read(row, 5)?,
        reason: match row.get(6)? {
            None => None,
            Some(code) => Some(Reason {
                code,
                zh: row.get(7)?,
                en: row.get(8)?,
            }),
        },
        created_at: timestamp(row, 9)?,
    })
}

impl Reader<'_> {
    /// One intent.
    ///
    /// # Errors
    /// The store's.
    pub fn intent(&self, id: IntentId) -> Result<Option<IntentRow>, StoreError> {
        self.optional(include_str!("../sql/intent.sql"), [id.as_bytes()], intent)
    }

    /// All intents of a document, in the order they were made.
    ///
    /// # Errors
    /// The store's.
    pub fn intents_of_document(&self, document: DocumentId) -> Result<Vec<IntentRow>, StoreError> {
        self.all(
            include_str!("../sql/intents_of_document.sql"),
            [document.as_bytes()],
            intent,
        )
    }

    /// The intents one change says, in the order they were made.
    ///
    /// # Errors
    /// The store's.
    pub fn intents_of_change(
        &self,
        document: DocumentId,
        change: Digest,
    ) -> Result<Vec<IntentRow>, StoreError> {
        self.all(
            include_str!("../sql/intents_of_change.sql"),
            params![document.as_bytes(), change.as_bytes()],
            intent,
        )
    }

    /// The oldest intents in a state: the lane of refused work, or of declined actions.
    ///
    /// # Errors
    /// The store's.
    pub fn intents_in_state(
        &self,
        state: IntentState,
        limit: usize,
    ) -> Result<Vec<IntentRow>, StoreError> {
        self.all(
            include_str!("../sql/intents_in_state.sql"),
            params![state.number(), page_rows(limit)],
            intent,
        )
    }

    /// How many intents are in a state.
    ///
    /// # Errors
    /// The store's.
    pub fn intent_count(&self, state: IntentState) -> Result<u64, StoreError> {
        self.one(
            "SELECT count(*) FROM intent WHERE state = ?1",
            [state.number()],
            |row| count(row, 0),
        )
    }

    /// How many intents the server has not received, in all or in one document.
    ///
    /// # Errors
    /// The store's.
    pub fn unsent_count(&self, document: Option<DocumentId>) -> Result<u64, StoreError> {
        match document {
            None => self.intent_count(IntentState::Pending),
            Some(document) => self.one(
                "SELECT count(*) FROM intent WHERE document = ?1 AND state = 0",
                [document.as_bytes()],
                |row| count(row, 0),
            ),
        }
    }
}

impl Tx<'_> {
    /// Remembers an intent; false when its id is known, and then nothing changes.
    ///
    /// # Errors
    /// No such document, too large, or the store's.
    pub fn add_intent(&self, intent: &NewIntent<'_>) -> Result<bool, StoreError> {
        within("intent", intent.content.len(), INTENT_BYTES_MAX)?;
        within("intent kind", intent.kind.len(), INTENT_KIND_BYTES_MAX)?;
        if self.document(intent.document)?.is_none() {
            return Err(StoreError::NotFound { what: "document" });
        }
        let rows = self.execute(
            Topic::Sync,
            include_str!("../sql/add_intent.sql"),
            params![
                intent.id.as_bytes(),
                intent.document.as_bytes(),
                intent.change_hash.as_bytes(),
                intent.kind,
                intent.content,
                intent.created_at.as_millis(),
            ],
        )?;
        Ok(rows == 1)
    }

    /// Says where an intent stands. A reason is written over the last one; none leaves it.
    ///
    /// # Errors
    /// No such intent, a reason too long, or the store's.
    pub fn set_intent_state(
        &self,
        id: IntentId,
        state: IntentState,
        reason: Option<&Reason>,
    ) -> Result<(), StoreError> {
        for text in reason
            .iter()
            .flat_map(|reason| [&reason.code, &reason.zh, &reason.en])
        {
            within("reason", text.len(), REASON_BYTES_MAX)?;
        }
        let rows = self.execute(
            Topic::Sync,
            include_str!("../sql/set_intent_state.sql"),
            params![
                id.as_bytes(),
                state.number(),
                reason.map(|reason| &reason.code),
                reason.map(|reason| &reason.zh),
                reason.map(|reason| &reason.en),
            ],
        )?;
        found(rows)
    }

    /// The intent was made again in another change, under the same id: it is pending there.
    ///
    /// # Errors
    /// No such intent, or the store's.
    pub fn rebind_intent(&self, id: IntentId, change: Digest) -> Result<(), StoreError> {
        let sql = "UPDATE intent SET change_hash = ?2, state = 0 WHERE id = ?1";
        found(self.execute(Topic::Sync, sql, params![id.as_bytes(), change.as_bytes()])?)
    }

    /// The server has a change: its pending intents are received. Those already ruled stay ruled. Says how many moved.
    ///
    /// # Errors
    /// The store's.
    pub fn receive_intents(
        &self,
        document: DocumentId,
        change: Digest,
    ) -> Result<usize, StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE intent SET state = 1 WHERE document = ?1 AND change_hash = ?2 AND state = 0",
            params![document.as_bytes(), change.as_bytes()],
        )
    }
}

fn found(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound { what: "intent" }),
        _ => Ok(()),
    }
}
