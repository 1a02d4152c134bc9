//! Making a bundle of what the hub holds. Nothing is repaired here: what does not hold goes in as it is, and whoever
//! verifies sees it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use xunge_domain::case::{Case, PhotoEntry, fold};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_evidence::checkpoint::SignedCheckpoint;
use xunge_evidence::entry::OwnedAuditLine;
use xunge_evidence::record::Record;
use xunge_sync::keys::{PublicKey, Signer as _, pem_of, to_der};
use xunge_sync::seal::{Sealable, bare, statement_in};

use super::files::{
    CASE, CHECKPOINT, CHECKPOINT_SIGNATURE, CHECKPOINT_SIGNED, CONSISTENCY, ENTRY, ERASED, Files,
    GUIDE, HISTORY, HUB_KEY, KEY, NAMED, ORIGINAL, PREVIEW, READABLE, RECEIVED, RECORD, REVOKED,
    SIGNATURE, STATEMENT, SUMS, SUMS_SIGNATURE, between_line, device, entry_of, erased_line,
    evidence, proof_of, sums,
};
use super::{proof, readable};
use crate::app::App;
use crate::blob_files::BlobFileError;
use crate::services::documents::open;
use crate::services::log::{self, LogError};
use crate::services::revocation::DEVICE_REVOKED;
use crate::store::rows::AuditRow;
use crate::store::{HubRead, StoreError};
use crate::store::{RecordRow, TextErasureRow};

/// The words of the lines that say whose key an installation has.
pub(super) const NAMING: [&str; 3] = ["device_enrolled", "device_taken_over", "store_lives_twice"];
/// The word of a line that says that a device counts no more.
/// Lines looked through at once.
const PART: usize = 1_000;
/// Most records of other cases that a bundle names for each device.
const BETWEEN_MAX: usize = 2_000;

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// No such case.
    #[error("there is no such case")]
    Unknown,
    /// A blob could not be read.
    #[error(transparent)]
    Blob(#[from] BlobFileError),
    /// The log, or the store.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<StoreError> for BundleError {
    fn from(error: StoreError) -> Self {
        Self::Log(error.into())
    }
}

/// A bundle, and what it was not possible to put into it.
pub struct Made {
    /// Its files.
    pub files: Files,
    /// Photos whose bytes are not here.
    pub missing: Vec<Digest>,
}

struct Making<'a> {
    app: &'a App,
    read: &'a dyn HubRead,
    id: DocumentId,
    size: u64,
    files: Files,
    missing: Vec<Digest>,
    installations: BTreeSet<InstallationId>,
}

/// Makes the bundle of a case. `since`: a checkpoint that somebody kept, to show that the log goes on from it. Cost: reads
/// every photo, and looks through the audit log once for the keys.
///
/// # Errors
/// No such case, or the hub's own trouble.
pub fn make(
    app: &App,
    id: DocumentId,
    since: Option<&SignedCheckpoint>,
) -> Result<Made, BundleError> {
    app.store.reading(|read| {
        let checkpoint = log::checkpoint_of(app, read)?;
        let mut making = Making {
            app,
            read,
            id,
            size: checkpoint.claimed().size,
            files: Files::new(),
            missing: Vec::new(),
            installations: BTreeSet::new(),
        };
        let stored = read.document(&id)?.ok_or(BundleError::Unknown)?;
        let document = open(read, &id, &stored)?;
        if document.kind() != DocumentKind::Case {
            return Err(BundleError::Unknown);
        }
        let case = document.read(id).case;
        let value = case_json(app, read, &case)?;
        let rows = read.records(&id)?;
        let lines: BTreeMap<IntentId, u64> =
            rows.iter().map(|row| (row.intent, row.line)).collect();
        for photo in &case.photos {
            making.photo_files(&photo.id, &photo.entry)?;
            making.entry(
                &case,
                &photo.id,
                &photo.entry,
                lines.get(&photo.id).copied(),
            )?;
        }
        for action in case
            .actions
            .iter()
            .filter(|action| action.entry.seal.is_some())
        {
            making.entry(
                &case,
                &action.id,
                &action.entry,
                lines.get(&action.id).copied(),
            )?;
        }
        making.erasures(&case)?;
        making.keys()?;
        making.chains(&rows)?;
        making.checkpoint(&checkpoint, since)?;
        Ok(making.finish(&value))
    })
}

fn case_json(app: &App, read: &dyn HubRead, case: &Case) -> Result<Value, StoreError> {
    let standing = fold(case);
    let authors = case
        .photos
        .iter()
        .map(|photo| &photo.entry.author)
        .chain(case.hazards.iter().map(|note| &note.entry.author))
        .chain(case.comments.iter().map(|note| &note.entry.author))
        .chain(case.actions.iter().map(|action| &action.entry.author));
    let authors: BTreeSet<&PersonId> = authors.collect();
    let mut people = BTreeMap::new();
    for id in authors {
        if let Some(person) = read.person(id)? {
            people.insert(id.to_string(), person.name);
        }
    }
    Ok(json!({
        "document": case.id,
        "local_code": case.id.local_code(),
        "case_no": standing.case_no,
        "hub": log::origin(app).as_str(),
        "made_at": app.clock.now().to_string(),
        "people": people,
        "case": case,
        "standing": standing,
    }))
}

impl Making<'_> {
    fn put(&mut self, path: String, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path, bytes.into());
    }

    fn photo_files(&mut self, intent: &IntentId, photo: &PhotoEntry) -> Result<(), BundleError> {
        let copies = photo.preview.map(|preview| (PREVIEW, preview.sha256));
        for (name, sha256) in [(ORIGINAL, photo.original.sha256)]
            .into_iter()
            .chain(copies)
        {
            match self.app.blobs.read(&sha256)? {
                Some(bytes) => self.put(evidence(intent, name), bytes),
                None if photo.elsewhere => {}
                None => self.missing.push(sha256),
            }
        }
        Ok(())
    }

    fn entry<Entry: Sealable + serde::Serialize>(
        &mut self,
        case: &Case,
        intent: &IntentId,
        entry: &Entry,
        line: Option<u64>,
    ) -> Result<(), BundleError> {
        let mut entry = entry.clone();
        let seal = entry.seal().take();
        self.put(evidence(intent, ENTRY), bare(&entry));
        let mut named = None;
        if let Some(seal) = &seal {
            let signed = statement_in(&case.id, &case.erased, intent, &entry, &seal.record);
            if let Ok(record) = Record::from_bytes(&seal.record) {
                self.installations.insert(record.installation);
                named = Some((record, Digest::of(&signed)));
            }
            self.put(evidence(intent, RECORD), seal.record.clone());
            self.put(
                evidence(intent, SIGNATURE),
                to_der(&seal.signature).unwrap_or_default(),
            );
            self.put(evidence(intent, STATEMENT), signed);
        }
        let received = match line {
            None => None,
            Some(line) => Some(self.line(line, |file| evidence(intent, file), RECEIVED)?),
        };
        let received = received.as_ref().map(OwnedAuditLine::from);
        let record = named.as_ref().map(|(record, name)| (record, name));
        let text = readable::entry(intent, &json!(entry), record, received.as_ref());
        self.put(evidence(intent, READABLE), text);
        Ok(())
    }

    /// Puts a line of the log with its proof into a folder.
    fn line(
        &mut self,
        line: u64,
        folder: impl Fn(&str) -> String,
        name: &str,
    ) -> Result<AuditRow, BundleError> {
        let proved = log::entry_of(self.read, line.saturating_sub(1), self.size)?;
        let text = proof::to_text(proved.index, proved.size, &proved.proof);
        self.put(folder(&entry_of(name)), proved.line.entry().to_bytes());
        self.put(folder(&proof_of(name)), text);
        Ok(proved.line)
    }

    /// The orders by which texts were erased; of a text that was erased again, the last.
    fn erasures(&mut self, case: &Case) -> Result<(), BundleError> {
        let orders = self.read.text_erasures(&self.id)?;
        for mark in &case.erased {
            let of_mark =
                |order: &&TextErasureRow| order.place == mark.place && order.line <= self.size;
            if let Some(order) = orders.iter().rev().find(of_mark) {
                let folder = |file: &str| format!("{ERASED}{file}");
                self.line(order.line, folder, &erased_line(&mark.place))?;
            }
        }
        Ok(())
    }

    /// Whose the keys are, and whether they were revoked, as the log says.
    fn keys(&mut self) -> Result<(), BundleError> {
        let mut after = 0;
        loop {
            let lines = self.read.audit_after(after, PART)?;
            let Some(last) = lines.last() else {
                return Ok(());
            };
            after = last.seq;
            for row in &lines {
                self.key_line(row)?;
            }
        }
    }

    fn key_line(&mut self, row: &AuditRow) -> Result<(), BundleError> {
        if row.seq > self.size || !(NAMING.contains(&&*row.what) || row.what == DEVICE_REVOKED) {
            return Ok(());
        }
        let Some((installation, key)) = named_key(&row.what, &row.detail) else {
            return Ok(());
        };
        if !self.installations.contains(&installation) {
            return Ok(());
        }
        let folder = |file: &str| device(&installation, file);
        if row.what == DEVICE_REVOKED {
            return self.line(row.seq, folder, REVOKED).map(drop);
        }
        if let Some(key) = key.and_then(|key| PublicKey::from_slice(&key).ok()) {
            self.put(folder(KEY), pem_of(&key));
        }
        self.line(row.seq, folder, NAMED).map(drop)
    }

    /// What the same devices sealed in between for other cases, as the log has it: so that nothing of this case can be left
    /// out of the middle.
    fn chains(&mut self, rows: &[RecordRow]) -> Result<(), BundleError> {
        let mut spans: BTreeMap<InstallationId, (u64, u64)> = BTreeMap::new();
        for row in rows {
            let span = spans.entry(row.installation).or_insert((row.seq, row.seq));
            *span = (span.0.min(row.seq), span.1.max(row.seq));
        }
        for (installation, span) in spans {
            let between = self.read.chain(&installation, span, BETWEEN_MAX)?;
            let others = between.into_iter().filter(|row| row.document != self.id);
            for row in others
                .filter(|row| row.line <= self.size)
                .collect::<Vec<_>>()
            {
                let folder = |file: &str| device(&installation, file);
                self.line(row.line, folder, &between_line(row.seq))?;
            }
        }
        Ok(())
    }

    fn checkpoint(
        &mut self,
        checkpoint: &SignedCheckpoint,
        since: Option<&SignedCheckpoint>,
    ) -> Result<(), BundleError> {
        self.put(CHECKPOINT.into(), checkpoint.to_text());
        self.put(CHECKPOINT_SIGNED.into(), checkpoint.claimed().to_text());
        let signature = to_der(checkpoint.signature()).unwrap_or_default();
        self.put(CHECKPOINT_SIGNATURE.into(), signature);
        let older = since.map(|since| since.claimed().size);
        if let Some(older) = older.filter(|older| (1..self.size).contains(older)) {
            let proof = log::consistency_of(self.read, older, self.size)?;
            let hashes = proof.proof.iter().map(|hash| format!("{hash}\n"));
            let text: String = std::iter::once(format!("{older}\n"))
                .chain(hashes)
                .collect();
            self.put(CONSISTENCY.into(), text);
        }
        Ok(())
    }

    fn finish(mut self, case: &Value) -> Made {
        let key = &self.app.hub_key.key;
        self.put(CASE.into(), readable::pretty(case));
        self.put(HISTORY.into(), readable::history(case));
        self.put(GUIDE.into(), readable::GUIDE_TEXT);
        self.put(HUB_KEY.into(), pem_of(&key.public_key()));
        let sums = sums(&self.files);
        let signature = to_der(&key.sign_now(sums.as_bytes())).unwrap_or_default();
        self.put(SUMS.into(), sums);
        self.put(SUMS_SIGNATURE.into(), signature);
        Made {
            files: self.files,
            missing: self.missing,
        }
    }
}

/// Which installation a line is about, and the key it names.
pub(super) fn named_key(what: &str, detail: &str) -> Option<(InstallationId, Option<Vec<u8>>)> {
    let detail: Value = serde_json::from_str(detail).ok()?;
    let field = if what == "store_lives_twice" {
        "became"
    } else {
        "installation"
    };
    let installation = detail[field].as_str()?.parse().ok()?;
    let key = detail["key"].as_str();
    Some((
        installation,
        key.and_then(|key| data_encoding::HEXLOWER.decode(key.as_bytes()).ok()),
    ))
}
