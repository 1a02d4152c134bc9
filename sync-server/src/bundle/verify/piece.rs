//! A piece: one entry of the case with everything that lies beside it.

use minicbor::Decode;
use serde::Serialize;
use serde_json::{Value, json};
use xunge_domain::case::{Action, PhotoEntry, Seal};
use xunge_domain::ids::{Digest, IntentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::entry::OwnedAuditLine;
use xunge_evidence::record::{Record, RecordError};
use xunge_sync::keys::{SIGNATURE_BYTES, of_der};
use xunge_sync::seal::{Sealable, bare};

use super::{Problem, Verifying};
use crate::bundle::files::{
    ENTRY, RECEIVED, RECORD, SIGNATURE, STATEMENT, entry_of, evidence, proof_of,
};

pub(super) struct Piece {
    pub(super) intent: IntentId,
    pub(super) is_photo: bool,
    /// The entry as JSON, without and with its seal.
    pub(super) bare: Value,
    pub(super) sealed: Value,
    pub(super) author: PersonId,
    pub(super) at: Timestamp,
    pub(super) point: Option<xunge_domain::geo::Point>,
    pub(super) entry_hash: Digest,
    /// The bytes of the record, and of the signature as the seal holds it.
    pub(super) record_bytes: Option<Vec<u8>>,
    pub(super) record: Option<Record>,
    pub(super) statement: Option<Vec<u8>>,
    pub(super) signature: Option<[u8; SIGNATURE_BYTES]>,
    /// SHA-256 of the statement.
    pub(super) name: Digest,
    /// The line of the log that says it was received, and its proof.
    pub(super) line: Option<(OwnedAuditLine, Vec<u8>)>,
}

impl Piece {
    pub(super) fn folder(&self) -> String {
        evidence(&self.intent, "")
    }

    /// Reads a folder. `None`, and said, where there is no entry in it.
    pub(super) fn read(work: &mut Verifying<'_>, intent: IntentId) -> Option<Self> {
        let file = |name: &str| work.file(&evidence(&intent, name)).map(<[u8]>::to_vec);
        let entry = file(ENTRY).unwrap_or_default();
        let record_bytes = file(RECORD);
        let statement = file(STATEMENT);
        let der = file(SIGNATURE);
        let line = file(&entry_of(RECEIVED)).map(|line| {
            let proof = file(&proof_of(RECEIVED)).unwrap_or_default();
            (OwnedAuditLine::from_bytes(&line), proof)
        });
        let folder = evidence(&intent, "");
        let signature = der.as_deref().and_then(of_der);
        let parsed = photo(&entry).or_else(|| action(&entry));
        let Some(Parsed {
            is_photo,
            bare,
            author,
            at,
            point,
        }) = parsed
        else {
            work.found(Problem::EntryUnreadable, &folder);
            return None;
        };
        let record = match record_bytes.as_deref().map(Record::from_bytes) {
            None | Some(Err(RecordError::Without)) => {
                work.found(Problem::Unsealed, &folder);
                None
            }
            Some(Err(_)) => {
                work.found(Problem::EntryUnreadable, &folder);
                None
            }
            Some(Ok(record)) => {
                work.sealed += 1;
                Some(record)
            }
        };
        let line = match line {
            Some((Some(line), proof)) => Some((line, proof)),
            Some((None, _)) => {
                work.found(Problem::LineForeign, &folder);
                None
            }
            None => None,
        };
        let mut sealed = bare.clone();
        // The name of the key follows from whose key signed; it is put in when that is known.
        let seal = record_bytes
            .as_ref()
            .zip(signature)
            .map(|(record, signature)| Seal {
                record: record.clone(),
                signature: signature.to_vec(),
                key: work.key_of_case(&intent),
            });
        if let (Some(seal), Some(fields)) = (seal, sealed.as_object_mut()) {
            fields.insert("seal".into(), json!(seal));
        }
        Some(Self {
            intent,
            is_photo,
            bare,
            sealed,
            author,
            at,
            point,
            entry_hash: Digest::of(&entry),
            record_bytes,
            record,
            name: Digest::of(statement.as_deref().unwrap_or_default()),
            statement,
            signature,
            line,
        })
    }
}

impl Verifying<'_> {
    /// The name of the key of a seal, as the data of the case has it: which key signed is asked of the signature itself.
    fn key_of_case(&self, intent: &IntentId) -> Vec<u8> {
        let name = intent.to_string();
        let lists = ["photos", "actions"].into_iter();
        let mut items =
            lists.flat_map(|list| self.case["case"][list].as_array().into_iter().flatten());
        let item = items.find(|item| item["id"] == name.as_str());
        let key = item.and_then(|item| serde_json::from_value(item["seal"]["key"].clone()).ok());
        key.unwrap_or_default()
    }
}

struct Parsed {
    is_photo: bool,
    bare: Value,
    author: PersonId,
    at: Timestamp,
    point: Option<xunge_domain::geo::Point>,
}

fn photo(bytes: &[u8]) -> Option<Parsed> {
    let photo: PhotoEntry = whole(bytes)?;
    Some(Parsed {
        is_photo: true,
        bare: json!(photo),
        author: photo.author,
        at: photo.at,
        point: photo.point,
    })
}

fn action(bytes: &[u8]) -> Option<Parsed> {
    let action: Action = whole(bytes)?;
    Some(Parsed {
        is_photo: false,
        bare: json!(action),
        author: action.author,
        at: action.at,
        point: None,
    })
}

/// An entry in its one form, without a seal in it.
fn whole<Entry>(bytes: &[u8]) -> Option<Entry>
where
    Entry: Sealable + Serialize + for<'b> Decode<'b, ()>,
{
    let entry: Entry = minicbor::decode(bytes).ok()?;
    (bare(&entry) == bytes).then_some(entry)
}
