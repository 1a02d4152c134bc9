//! A receipt: the line of the log that says that the hub received a record, and what proves that the log holds that line.
//! Whoever keeps it with its checkpoint can show later, without the hub, what was received and when at the latest.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde_json::{Value, json};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use crate::checkpoint::Checkpoint;
use crate::entry::OwnedAuditLine;
use crate::tree::{VerifyError, verify_inclusion};

/// The word of a line that says a record was received.
pub const RECORD_RECEIVED: &str = "record_received";
/// Longest line that a receipt may hold.
pub const ENTRY_BYTES_MAX: usize = 1024;

/// A record as a line of the log names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedRecord {
    /// The document of the sealed entry.
    pub document: DocumentId,
    /// Its place there.
    pub intent: IntentId,
    /// SHA-256 of the statement.
    pub name: Digest,
    /// Whose chain.
    pub installation: InstallationId,
    /// The place in it.
    pub seq: u64,
}

impl NamedRecord {
    /// What the line says beside its word.
    pub fn detail(&self) -> Value {
        json!({
            "document": self.document,
            "intent": self.intent,
            "record": self.name,
            "installation": self.installation,
            "seq": self.seq,
        })
    }

    /// What a line names; `None` when it says something else.
    pub fn of_line(what: &str, detail: &str) -> Option<Self> {
        if what != RECORD_RECEIVED {
            return None;
        }
        let detail: Value = serde_json::from_str(detail).ok()?;
        let field = |name: &str| detail[name].as_str();
        Some(Self {
            document: field("document")?.parse().ok()?,
            intent: field("intent")?.parse().ok()?,
            name: field("record")?.parse().ok()?,
            installation: field("installation")?.parse().ok()?,
            seq: detail["seq"].as_u64()?,
        })
    }
}

/// A line of the log with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// The bytes of the entry.
    #[n(0)]
    pub entry: ByteVec,
    /// The hashes beside its way up, lowest first.
    #[n(1)]
    pub proof: Vec<Digest>,
}

/// What a receipt shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Which record.
    pub record: NamedRecord,
    /// The hub's clock when it wrote the line.
    pub at: Timestamp,
    /// The number of the line, from 1.
    pub line: u64,
}

/// Why a receipt shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Its bytes are no line of the log, or one that says something else.
    #[error("the receipt holds no line that names a record")]
    NoLine,
    /// The line names another record.
    #[error("the receipt is of another record")]
    OtherRecord,
    /// The proof does not lead from the line to the checkpoint.
    #[error("the log of the checkpoint does not hold the line")]
    Proof(#[from] VerifyError),
}

impl ReceiptError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoLine => "receipt_no_line",
            Self::OtherRecord => "receipt_other_record",
            Self::Proof(_) => "receipt_proof",
        }
    }
}

impl Receipt {
    /// What this shows of the record of this name, under a checkpoint that was verified. Cost: a hash a level.
    ///
    /// # Errors
    /// No line of a record, of another one, or not in that log.
    pub fn verify(&self, name: &Digest, checkpoint: &Checkpoint) -> Result<Received, ReceiptError> {
        let line = Some(&self.entry).filter(|entry| entry.len() <= ENTRY_BYTES_MAX);
        let line = line.and_then(|entry| OwnedAuditLine::from_bytes(entry));
        let line = line.ok_or(ReceiptError::NoLine)?;
        let record = NamedRecord::of_line(&line.what, &line.detail).ok_or(ReceiptError::NoLine)?;
        let index = line.seq.checked_sub(1).ok_or(ReceiptError::NoLine)?;
        if record.name != *name {
            return Err(ReceiptError::OtherRecord);
        }
        let Checkpoint { size, root, .. } = checkpoint;
        verify_inclusion(&line.line().leaf(), index, *size, &self.proof, root)?;
        Ok(Received {
            record,
            at: line.at,
            line: line.seq,
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::checkpoint::Origin;
    use crate::entry::AuditLine;
    use crate::tree::{leaf_hash, node_hash};

    fn record() -> NamedRecord {
        NamedRecord {
            document: DocumentId::from_bytes([1; 16]),
            intent: IntentId::from_bytes([2; 15]),
            name: Digest::from_bytes([3; 32]),
            installation: InstallationId::from_bytes([4; 16]),
            seq: 7,
        }
    }

    fn entry(what: &str) -> Vec<u8> {
        AuditLine {
            seq: 2,
            at: Timestamp::from_millis(9),
            who: "worker",
            what,
            detail: &record().detail().to_string(),
        }
        .to_bytes()
    }

    /// A log of two lines, of which this is the second.
    fn log(entry: &[u8]) -> (Receipt, Checkpoint) {
        let first = leaf_hash(b"first");
        let checkpoint = Checkpoint {
            origin: Origin::of_hub(&InstallationId::from_bytes([5; 16])),
            size: 2,
            root: node_hash(&first, &leaf_hash(entry)),
            at: Timestamp::from_millis(10),
        };
        let receipt = Receipt {
            entry: entry.to_vec().into(),
            proof: vec![first],
        };
        (receipt, checkpoint)
    }

    #[test]
    fn a_receipt_shows_its_record_under_its_checkpoint_and_nothing_else() {
        let (receipt, checkpoint) = log(&entry(RECORD_RECEIVED));
        let received = receipt.verify(&record().name, &checkpoint).unwrap();
        assert_eq!(
            received,
            Received {
                record: record(),
                at: Timestamp::from_millis(9),
                line: 2
            }
        );
        let other = receipt.verify(&Digest::from_bytes([8; 32]), &checkpoint);
        assert_eq!(other.unwrap_err().code(), "receipt_other_record");
        let later = Checkpoint {
            root: Digest::from_bytes([8; 32]),
            ..checkpoint.clone()
        };
        let elsewhere = receipt.verify(&record().name, &later);
        assert_eq!(elsewhere.unwrap_err().code(), "receipt_proof");
        let (said_otherwise, checkpoint) = log(&entry("login"));
        let nothing = said_otherwise.verify(&record().name, &checkpoint);
        assert_eq!(nothing.unwrap_err().code(), "receipt_no_line");
    }

    #[test]
    fn a_flipped_bit_anywhere_shows() {
        let (receipt, checkpoint) = log(&entry(RECORD_RECEIVED));
        for place in 0..receipt.entry.len() * 8 {
            let mut flipped = receipt.clone();
            flipped.entry[place / 8] ^= 1 << (place % 8);
            assert!(
                flipped.verify(&record().name, &checkpoint).is_err(),
                "{place}"
            );
        }
    }
}
