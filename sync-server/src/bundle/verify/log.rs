//! Log and time: the hub wrote down that it received each record; when, no earlier than its beacon, no later than the
//! checkpoint; and the place as far as positioning bears it out.

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_evidence::checkpoint::{Checkpoint, Origin, SignedCheckpoint};
use xunge_evidence::entry::OwnedAuditLine;
use xunge_evidence::receipt::NamedRecord;
use xunge_evidence::record::beacon_message;
use xunge_evidence::tree::verify_consistency;

use super::signer::Devices;
use super::{Bracket, Piece, Problem, Trust, Verifying};
use crate::bundle::files::{
    CHECKPOINT, CHECKPOINT_SIGNATURE, CHECKPOINT_SIGNED, CONSISTENCY, HUB_KEY, RECEIVED, entry_of,
    evidence, proof_of,
};
use crate::bundle::proof;

/// A device's clock may be so far beyond what is proven without being odd.
const CLOCK_MILLIS_MAX: i64 = 5 * 60 * 1_000;
/// A place may be so far from the best fix, or three times its circle, without being odd.
const PLACE_METRES_MAX: f64 = 100.0;

/// What the checkpoint says, where it is the hub's.
pub(super) struct Log(Option<Checkpoint>);

impl Verifying<'_> {
    /// The checkpoint, whose it is, and whether it goes on from the one a witness kept.
    pub(super) fn log(&mut self, trust: &Trust) -> Log {
        if self.hub.is_none() || trust.hub_key.is_some_and(|key| Some(key) != self.hub) {
            self.found(Problem::HubUnknown, HUB_KEY);
        }
        let text = self.file(CHECKPOINT).unwrap_or_default();
        let text = String::from_utf8_lossy(text).into_owned();
        let checkpoint = self.checkpoint(&text);
        if checkpoint.is_none() {
            self.found(Problem::CheckpointForged, CHECKPOINT);
        }
        match (&trust.witness, &checkpoint) {
            (None, _) => self.found(Problem::NoWitness, ""),
            (Some(witness), Some(now)) => {
                if !self.goes_on(witness, now) {
                    self.found(Problem::Forked, CHECKPOINT);
                }
            }
            (Some(_), None) => {}
        }
        Log(checkpoint)
    }

    fn checkpoint(&self, text: &str) -> Option<Checkpoint> {
        let signed = SignedCheckpoint::parse(text).ok()?;
        let hub = self.hub?;
        let origin = Origin::parse(self.case["hub"].as_str()?)?;
        let verifies = |text: &[u8], signature: &[u8]| hub.verifies(text, signature);
        let checkpoint = signed.verified(&origin, hub.as_bytes(), verifies).ok()?;
        let text = checkpoint.to_text();
        let same = self.file(CHECKPOINT_SIGNED) == Some(text.as_bytes())
            && self.hub_signed(text.as_bytes(), self.file(CHECKPOINT_SIGNATURE));
        same.then(|| checkpoint.clone())
    }

    fn goes_on(&self, witness: &SignedCheckpoint, now: &Checkpoint) -> bool {
        let Some(hub) = self.hub else {
            return false;
        };
        let verifies = |text: &[u8], signature: &[u8]| hub.verifies(text, signature);
        let Ok(then) = witness.verified(&now.origin, hub.as_bytes(), verifies) else {
            return false;
        };
        if then.size == now.size {
            return then.root == now.root;
        }
        let proof = self
            .file(CONSISTENCY)
            .and_then(|text| std::str::from_utf8(text).ok());
        let mut lines = proof.into_iter().flat_map(str::lines);
        let size = lines.next().and_then(|line| line.parse().ok());
        let hashes: Option<Vec<Digest>> = lines.map(|line| line.parse().ok()).collect();
        size == Some(then.size)
            && hashes.is_some_and(|hashes| {
                verify_consistency((then.size, &then.root), (now.size, &now.root), &hashes).is_ok()
            })
    }

    /// A line of the log in a folder; said where the log does not hold it.
    pub(super) fn line(&mut self, folder: &str, name: &str, log: &Log) -> Option<OwnedAuditLine> {
        let entry = self.file(&format!("{folder}{}", entry_of(name)));
        let Some(entry) = entry.map(<[u8]>::to_vec) else {
            self.found(Problem::LineMissing, folder);
            return None;
        };
        let proof = self
            .file(&format!("{folder}{}", proof_of(name)))
            .unwrap_or_default();
        let Some(checkpoint) = &log.0 else {
            return OwnedAuditLine::from_bytes(&entry);
        };
        match proof::holds(&entry, proof, checkpoint.size, &checkpoint.root) {
            None => {
                self.found(Problem::LineForeign, folder);
                None
            }
            Some((line, held)) => {
                if !held {
                    self.found(Problem::LineNotHeld, folder);
                }
                Some(line)
            }
        }
    }

    /// The line that says that the record was received, and the time between.
    pub(super) fn receipt(&mut self, piece: &Piece, devices: &Devices, log: &Log) {
        let Some(record) = &piece.record else {
            return;
        };
        let folder = piece.folder();
        let line = self.line(&evidence(&piece.intent, ""), RECEIVED, log);
        if let Some(line) = &line {
            let own = self.document.map(|document| NamedRecord {
                document,
                intent: piece.intent,
                name: piece.name,
                installation: record.installation,
                seq: record.seq,
            });
            if own.is_none() || NamedRecord::of_line(&line.what, &line.detail) != own {
                self.found(Problem::LineForeign, &folder);
            }
            let revoked = devices
                .get(&record.installation)
                .and_then(|device| device.revoked);
            if let Some(problem) =
                revoked.and_then(|revoked| revoked.counts_against(line.seq, line.at))
            {
                self.found(problem, &folder);
            }
            if log
                .0
                .as_ref()
                .is_some_and(|checkpoint| checkpoint.at < line.at)
            {
                self.found(Problem::ClockBackwards, &folder);
            }
        }
        let not_before = self.beacon(piece);
        let not_after = line.map(|line| line.at);
        if matches!((not_before, not_after), (Some(before), Some(after)) if before > after) {
            self.found(Problem::ClockBackwards, &folder);
        }
        let outside = |at: Timestamp| {
            not_before.is_some_and(|before| before.millis_since(at) > CLOCK_MILLIS_MAX)
                || not_after.is_some_and(|after| at.millis_since(after) > CLOCK_MILLIS_MAX)
        };
        if outside(piece.at) || outside(record.moment.at) {
            self.found(Problem::ClockDiffers, &folder);
        }
        self.brackets.push(Bracket {
            place: folder,
            not_before,
            not_after,
        });
    }

    /// The hub's clock that the record names, where the hub signed it.
    fn beacon(&mut self, piece: &Piece) -> Option<Timestamp> {
        let record = piece.record.as_ref()?;
        let Some(beacon) = record.moment.beacon else {
            self.found(Problem::NoBeacon, &piece.folder());
            return None;
        };
        let message = beacon_message(&record.installation, &beacon.nonce, beacon.at);
        if self
            .hub
            .is_some_and(|hub| hub.verifies(&message, beacon.signature.as_slice()))
        {
            return Some(beacon.at);
        }
        self.found(Problem::BeaconForged, &piece.folder());
        None
    }

    /// Whether positioning bears the place out. Nothing of it is a forgery.
    pub(super) fn place(&mut self, piece: &Piece) {
        let (Some(record), true) = (&piece.record, piece.is_photo) else {
            return;
        };
        let fixes = &record.moment.fixes;
        if fixes.iter().any(|fix| fix.mock) {
            self.found(Problem::MockLocation, &piece.folder());
        }
        match (fixes.first(), piece.point) {
            (None, _) => self.found(Problem::NoFix, &piece.folder()),
            (Some(best), Some(point)) => {
                let circle = f64::from(best.accuracy_metres.unwrap_or(0)) * 3.0;
                if best.point.distance_metres(point) > circle.max(PLACE_METRES_MAX) {
                    self.found(Problem::PlaceFar, &piece.folder());
                }
            }
            (Some(_), None) => {}
        }
    }
}
