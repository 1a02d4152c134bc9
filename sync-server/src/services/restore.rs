//! A hub from a backup. It starts a new epoch, because it may have forgotten what it acknowledged after the
//! backup: devices notice and offer again what they have, and the hub takes its own lost rulings back from them.
//! Case numbers jump, so that none given out in the forgotten time is given twice.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use xunge_domain::ids::Digest;
use xunge_domain::private::Erasure;
use xunge_domain::time::Timestamp;

use crate::app::{Entropy, EntropyError};
use crate::blob_files::BlobFiles;
use crate::data_folder::DataFolder;
use crate::private_key;
use crate::server_key;
use crate::services::backup::{
    BackupError, FORMAT, MANIFEST, Manifest, Staged, copy_blob, digest_of, for_each_stored_blob,
};
use crate::services::erase_text;
use crate::services::private::{SUBJECT_ERASED, erase_row, erased_by};
use crate::store::rows::{BlobState, MetaKey};
use crate::store::sqlite::SqliteStore;
use crate::store::{HubStore, HubTransaction, StoreError, SubjectRow, WRAPPED_KEY_BYTES};

/// How far the case numbers of every day jump.
pub const CASE_NUMBERS_SKIPPED: u64 = 1_000;
/// Rows read at once.
const PART: usize = 1_000;

/// What a restore brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Of the backup.
    pub manifest: Manifest,
    /// The new epoch.
    pub epoch: u64,
}

/// Makes a hub at `to`, which must be empty or missing, from the backup at `from`, which is not changed. Everything
/// is checked while it is copied; `to` holds a whole hub or nothing.
///
/// # Errors
/// The target is not empty, the backup is damaged or newer, the disk, or the store.
pub fn restore(
    from: &Path,
    to: &DataFolder,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<Restored, BackupError> {
    let manifest = read_manifest(&from.join(MANIFEST))?;
    let source = DataFolder::at(from);
    if digest_of(&source.database())? != manifest.database_sha256 {
        return Err(BackupError::Damaged(
            "the database is not the one of the manifest".into(),
        ));
    }
    let staged = Staged::beside(to.path())?;
    let target = DataFolder::at(staged.path());
    fs::copy(source.database(), target.database()).map_err(BackupError::io(&target.database()))?;
    fs::File::open(target.database())
        .and_then(|file| file.sync_all())
        .map_err(BackupError::io(&target.database()))?;
    let key = server_key::read(&source.key())
        .map_err(BackupError::io(&source.key()))?
        .ok_or_else(|| BackupError::Damaged("server.key is missing".into()))?;
    server_key::write_new(&key, &target.key()).map_err(BackupError::io(&target.key()))?;
    let store = SqliteStore::open(&target.database())?;
    copy_private_key(&source, &target, &store)?;
    if let Some(problem) = store.integrity_problems()?.into_iter().next() {
        return Err(BackupError::Damaged(problem));
    }
    let (kept, files) = (
        BlobFiles::open(&source.blobs())?,
        BlobFiles::open(&target.blobs())?,
    );
    let mut blobs = 0;
    for_each_stored_blob(&store, |blob| {
        blobs += 1;
        copy_blob(&kept, &files, &blob.sha256)
    })?;
    if blobs != manifest.blobs {
        return Err(BackupError::Damaged(format!(
            "{blobs} blobs, the manifest says {}",
            manifest.blobs
        )));
    }
    let epoch = start_next_epoch(&store, &manifest, now, leap(entropy)?)?;
    drop(store);
    staged.put_in_place(to.path())?;
    Ok(Restored { manifest, epoch })
}

/// The master key of personal data, which a backup has where there is any.
fn copy_private_key(
    source: &DataFolder,
    target: &DataFolder,
    store: &dyn HubStore,
) -> Result<(), BackupError> {
    match private_key::read(&source.private_key())? {
        Some(master) => Ok(private_key::write_new(&master, &target.private_key())?),
        None if store.reading(|read| read.any_subject_key())? => {
            Err(BackupError::Damaged("private.key is missing".into()))
        }
        None => Ok(()),
    }
}

/// Erases again in a restored hub whom the hub at `last`, of which the backup is an older state, erased since. Answers how
/// many. Who was first kept after the backup is noted as erased, so that nothing a device still holds of them is kept.
///
/// # Errors
/// There is no hub at `last`, or one of the stores.
pub fn erase_again(
    last: &DataFolder,
    restored: &DataFolder,
    now: Timestamp,
) -> Result<u64, BackupError> {
    let damaged = |what: &str| BackupError::Damaged(format!("{}: {what}", last.path().display()));
    if !last.is_hub() {
        return Err(damaged("there is no hub"));
    }
    let last = SqliteStore::open(&last.database())?;
    let store = SqliteStore::open(&restored.database())?;
    let (last, store): (&dyn HubStore, &dyn HubStore) = (&last, &store);
    let (mut again, mut seq) = (0, 0);
    loop {
        let lines = last.reading(|read| read.audit_after(seq, PART))?;
        let erased = lines.iter().filter(|line| line.what == SUBJECT_ERASED);
        for subject in erased.filter_map(|line| erased_by(&line.detail)) {
            let Some(row) = last.reading(|read| read.subject(&subject))? else {
                continue;
            };
            again += u64::from(store.writing(|write| erase_row_again(write, &row, now))?);
        }
        match lines.last() {
            Some(line) if lines.len() == PART => seq = line.seq,
            _ => break,
        }
    }
    // What is left for the hub's own turn is no failure.
    match store.scrub() {
        Ok(()) | Err(StoreError::Busy) => Ok(again),
        Err(error) => Err(error.into()),
    }
}

/// Erases again in a restored hub the texts that the hub at `last` erased since: it takes those cases as that hub has them.
/// Answers how many.
///
/// # Errors
/// As [`erase_again`].
pub fn erase_texts_again(
    last: &DataFolder,
    restored: &DataFolder,
    entropy: Arc<dyn Entropy>,
    now: Timestamp,
) -> Result<u64, BackupError> {
    let damaged = |cause: &dyn std::fmt::Display| {
        BackupError::Damaged(format!("{}: {cause}", last.path().display()))
    };
    let app = restored
        .open_beside(entropy)
        .map_err(|cause| damaged(&cause))?;
    let last = SqliteStore::open(&last.database())?;
    Ok(erase_text::erase_texts_again(&last, &app, now)?)
}

/// Erases a subject as it was erased elsewhere. Whether there was anything of it.
fn erase_row_again(
    write: &mut dyn HubTransaction,
    elsewhere: &SubjectRow,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(erasure) = &elsewhere.erased else {
        return Ok(false);
    };
    match write.subject(&elsewhere.id)? {
        Some(row) if row.erased.is_none() => {
            let at = now;
            let erasure = Erasure {
                at,
                ..erasure.clone()
            };
            erase_row(write, "system", &row, &erasure).map(|()| true)
        }
        Some(_) => Ok(false),
        None => write
            .add_subject(elsewhere, &[0; WRAPPED_KEY_BYTES])
            .map(|()| false),
    }
}

fn read_manifest(file: &Path) -> Result<Manifest, BackupError> {
    let bytes = fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => BackupError::Damaged("there is no manifest.json".into()),
        _ => BackupError::io(file)(error),
    })?;
    let unreadable = |_| BackupError::Damaged("manifest.json is unreadable".into());
    // The format first: a newer manifest may have other fields.
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    let Format { format } = serde_json::from_slice(&bytes).map_err(unreadable)?;
    if format > FORMAT {
        return Err(BackupError::Newer(format));
    }
    serde_json::from_slice(&bytes).map_err(unreadable)
}

/// How far the next epoch lies from the last one: drawn, because one backup may be restored twice, and devices that saw
/// the first of these hubs must see that the second is another one. It stays a number that JavaScript can hold.
fn leap(entropy: &dyn Entropy) -> Result<u64, EntropyError> {
    let drawn: [u8; 4] = entropy.array()?;
    Ok(1 + u64::from(u32::from_be_bytes(drawn)))
}

fn start_next_epoch(
    store: &dyn HubStore,
    manifest: &Manifest,
    now: Timestamp,
    leap: u64,
) -> Result<u64, StoreError> {
    store.writing(|write| {
        let epoch = write.epoch()?.max(manifest.epoch).saturating_add(leap);
        write.put_meta_number(MetaKey::Epoch, i64::try_from(epoch).unwrap_or(i64::MAX))?;
        write.skip_case_numbers(CASE_NUMBERS_SKIPPED)?;
        write.remove_meta(MetaKey::SetupToken)?;
        write.remove_meta(MetaKey::PublicUrl)?;
        write.remove_meta(MetaKey::ServerPin)?;
        // A cookie of the time before the backup must not open the restored hub.
        write.remove_expired_staff_sessions(Timestamp::from_millis(i64::MAX))?;
        forget_partial_blobs(write)?;
        let detail = serde_json::json!({ "epoch": epoch, "backup_made_at": manifest.made_at });
        write.append_audit(now, "system", "restored", &detail)?;
        Ok(epoch)
    })
}

/// Partial files are not in a backup: their senders start again.
fn forget_partial_blobs(write: &mut dyn HubTransaction) -> Result<(), StoreError> {
    let mut after: Option<Digest> = None;
    loop {
        let part = write.blobs(after.as_ref(), PART)?;
        let Some(last) = part.last() else {
            return Ok(());
        };
        after = Some(last.sha256);
        for blob in part {
            if matches!(blob.state, BlobState::Partial { .. }) {
                write.forget_blob(&blob.sha256)?;
            }
        }
    }
}
