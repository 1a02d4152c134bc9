//! Signer: which device sealed, whose it is, whether its key counted then, and whether its records follow each other.

use std::collections::{BTreeMap, BTreeSet};

use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::NamedRecord;
use xunge_evidence::record::{ChainFinding, ChainLink, check_chain};
use xunge_sync::keys::{PublicKey, of_pem};

use super::erasures::Erasures;
use super::log::Log;
use super::{Piece, Problem, Verifying};
use crate::bundle::files::{
    KEY, NAMED, REVOKED, SIGNATURE, STATEMENT, between_line, device, entry_of, evidence,
};
use crate::bundle::make::{NAMING, named_key};
use crate::services::revocation::{DEVICE_REVOKED, rights_end};

/// Most places of a chain that are looked for: a claim of a billion must not keep anybody busy.
const AWAY_MAX: usize = 10_000;

/// A device as the log has it.
pub(super) struct Device {
    key: PublicKey,
    /// Whose.
    who: String,
    /// How it was revoked.
    pub(super) revoked: Option<Revoked>,
}

/// A revocation as the log has it.
#[derive(Clone, Copy)]
pub(super) struct Revoked {
    /// Its line.
    line: u64,
    /// From when on the device has no rights; from the line on where it does not say.
    from: Option<Timestamp>,
}

impl Revoked {
    /// What is to be said of a record that the log names in this line, at this time.
    pub(super) fn counts_against(self, line: u64, at: Timestamp) -> Option<Problem> {
        (self.line < line).then(|| match self.from {
            Some(from) if at < from => Problem::SentLast,
            _ => Problem::KeyRevoked,
        })
    }
}

pub(super) type Devices = BTreeMap<InstallationId, Device>;

impl Verifying<'_> {
    /// The devices of the bundle whose keys the log names.
    pub(super) fn devices(&mut self, log: &Log) -> Devices {
        let folders = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix("devices/")?.split_once('/'));
        let mut ids: Vec<InstallationId> = folders.filter_map(|(id, _)| id.parse().ok()).collect();
        ids.dedup();
        let mut devices = Devices::new();
        for id in ids {
            let folder = device(&id, "");
            let key = self.file(&device(&id, KEY)).and_then(of_pem);
            let named = self.line(&folder, NAMED, log);
            let revoked = self.file(&device(&id, &entry_of(REVOKED))).is_some();
            let revoked = revoked.then(|| self.line(&folder, REVOKED, log)).flatten();
            let of_device = |what: &str, detail: &str| {
                named_key(what, detail).filter(|(named, _)| *named == id)
            };
            let in_log = named
                .as_ref()
                .filter(|line| NAMING.contains(&line.what.as_str()));
            let in_log = in_log.and_then(|line| of_device(&line.what, &line.detail)?.1);
            let revoked = revoked.filter(|line| {
                line.what == DEVICE_REVOKED && of_device(&line.what, &line.detail).is_some()
            });
            match (key, named) {
                (Some(key), Some(line)) if in_log.as_deref() == Some(key.as_bytes()) => {
                    let revoked = revoked.map(|line| Revoked {
                        line: line.seq,
                        from: rights_end(&line.detail),
                    });
                    devices.insert(
                        id,
                        Device {
                            key,
                            who: line.who,
                            revoked,
                        },
                    );
                }
                _ => self.found(Problem::KeyUnknown, &folder),
            }
        }
        devices
    }

    /// The statement is about this entry in this place, and a key that counted signed it.
    pub(super) fn signature(&mut self, piece: &Piece, devices: &Devices, erasures: &Erasures) {
        let Some(record_bytes) = &piece.record_bytes else {
            return;
        };
        let expected = self.statement_of(piece, record_bytes, erasures);
        if piece.statement.is_none() || piece.statement != expected {
            self.found(
                Problem::StatementDiffers,
                &evidence(&piece.intent, STATEMENT),
            );
        }
        let Some(record) = &piece.record else {
            return;
        };
        self.chains
            .entry(record.installation)
            .or_default()
            .push(ChainLink {
                seq: record.seq,
                name: piece.name,
                previous: record.previous,
            });
        let Some(device) = devices.get(&record.installation) else {
            self.found(Problem::KeyUnknown, &piece.folder());
            return;
        };
        let signed = |key: &PublicKey| {
            let parts = piece.statement.as_ref().zip(piece.signature);
            parts.is_some_and(|(statement, signature)| key.verifies(statement, &signature))
        };
        let path = evidence(&piece.intent, SIGNATURE);
        if device.who != piece.author.as_str() {
            self.found(Problem::KeyOfAnother, &path);
        }
        if !signed(&device.key) {
            // Somebody else's signature is another finding than none at all.
            let another = devices.values().any(|other| signed(&other.key));
            self.found(
                if another {
                    Problem::KeyOfAnother
                } else {
                    Problem::SignatureBroken
                },
                &path,
            );
        }
    }

    /// The records of a device follow each other, and what is not here is another case's, as the log says.
    pub(super) fn chained(&mut self, log: &Log) {
        for (installation, mut links) in std::mem::take(&mut self.chains) {
            let known: BTreeSet<u64> = links.iter().map(|link| link.seq).collect();
            let span = known.first().copied().zip(known.last().copied());
            let (first, last) = span.unwrap_or_default();
            let away: Vec<u64> = (first..=last)
                .filter(|seq| !known.contains(seq))
                .take(AWAY_MAX)
                .collect();
            for seq in away {
                let place = format!("{installation} {seq}");
                match self.between(&installation, seq, log) {
                    Between::Unknown => self.found(Problem::ChainGap, &place),
                    Between::OfThisCase => self.found(Problem::RecordMissing, &place),
                    // Whom it follows is not told here, and not asked.
                    Between::Other(name) => links.push(ChainLink {
                        seq,
                        name,
                        previous: None,
                    }),
                }
            }
            for finding in check_chain(&links) {
                match finding {
                    ChainFinding::Forked { seq } => {
                        self.found(Problem::ChainForked, &format!("{installation} {seq}"));
                    }
                    ChainFinding::Torn { seq } if known.contains(&seq) => {
                        self.found(Problem::ChainTorn, &format!("{installation} {seq}"));
                    }
                    ChainFinding::Torn { .. } | ChainFinding::Missing { .. } => {}
                }
            }
        }
    }

    fn between(&mut self, installation: &InstallationId, seq: u64, log: &Log) -> Between {
        let name = between_line(seq);
        let folder = device(installation, "");
        if self.file(&device(installation, &entry_of(&name))).is_none() {
            return Between::Unknown;
        }
        let line = self.line(&folder, &name, log);
        let named = line.and_then(|line| NamedRecord::of_line(&line.what, &line.detail));
        match named.filter(|named| named.installation == *installation && named.seq == seq) {
            None => {
                self.found(Problem::LineForeign, &device(installation, &name));
                Between::Unknown
            }
            Some(named) if Some(named.document) == self.document => Between::OfThisCase,
            Some(named) => Between::Other(named.name),
        }
    }
}

/// What stands at a place of a chain that has no folder here.
enum Between {
    Unknown,
    OfThisCase,
    Other(Digest),
}
