//! A backup while the hub serves: a folder with the database as of one moment, every blob that database calls
//! stored, the hub's keys and a manifest. It holds the keys, so it must be kept like them.
//!
//! The database is copied first; while a backup runs nothing is collected, so every blob of that moment is still
//! there later.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::time::Timestamp;

use crate::app::{App, EntropyError};
use crate::blob_files::{BlobFileError, BlobFiles, sync_folder};
use crate::data_folder::DataFolder;
use crate::private_files::create_folder;
use crate::private_key::{self, PrivateKeyError};
use crate::server_key;
use crate::store::rows::{BlobRow, BlobState, MetaKey};
use crate::store::sqlite::SqliteStore;
use crate::store::{HubRead, HubStore, StoreError};

/// The manifest's name in a backup.
pub const MANIFEST: &str = "manifest.json";
/// The newest form of a backup this program knows.
pub const FORMAT: u32 = 1;
/// Blobs listed at once.
const PART: usize = 1_000;

/// Why there is no backup, or no restored hub.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target holds something.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file of the backup is missing or is not what the manifest says.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// Written by a newer program.
    #[error("the backup has format {0}, this program knows {FORMAT}")]
    Newer(u32),
    /// The file system's trouble.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The master key of personal data cannot be used.
    #[error(transparent)]
    PrivateKey(#[from] PrivateKeyError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A blob's trouble.
    #[error(transparent)]
    Blob(#[from] BlobFileError),
}

impl BackupError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotEmpty(_) => "folder_not_empty",
            Self::Damaged(_) => "backup_damaged",
            Self::Newer(_) => "backup_newer",
            Self::Io { .. } => "backup_io",
            Self::PrivateKey(_) => "backup_io",
            Self::Entropy(_) => "internal",
            Self::Store(error) => error.code(),
            Self::Blob(error) => error.code(),
        }
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The hub's clock, RFC 3339.
    pub made_at: String,
    /// Whose.
    pub server_installation: InstallationId,
    /// The life of the hub it was taken in.
    pub epoch: u64,
    /// SHA-256 of the database file.
    pub database_sha256: Digest,
    /// How many blobs.
    pub blobs: u64,
    /// Bytes of all blobs together.
    pub blob_bytes: u64,
}

/// Writes a backup into the folder `to`, which must be empty or missing. What is at `to` is whole: it is made
/// beside and renamed at the end.
///
/// # Errors
/// The target is not empty, the disk, or the store.
pub fn back_up(app: &App, to: &Path) -> Result<Manifest, BackupError> {
    let began = app.clock.now();
    let target = Staged::beside(to)?;
    let folder = DataFolder::at(target.path());
    let _nothing_is_collected = app
        .blobs
        .turns
        .hold_collecting()
        .map_err(BackupError::io(to))?;
    app.store.backup_into(&folder.database())?;
    let copy = SqliteStore::open(&folder.database())?;
    let files = BlobFiles::open(&folder.blobs())?;
    let (mut blobs, mut blob_bytes) = (0, 0);
    for_each_stored_blob(&copy, |blob| {
        copy_blob(&app.blobs, &files, &blob.sha256)?;
        blobs += 1;
        blob_bytes += blob.length;
        Ok(())
    })?;
    drop(copy);
    server_key::write_new(&app.hub_key.key, &folder.key())
        .map_err(BackupError::io(&folder.key()))?;
    // Without it nobody's personal data could ever be read again; it lies beside the key of the hub.
    if let Some(master) = app.private_key.existing()? {
        private_key::write_new(&master, &folder.private_key())?;
    }
    let manifest = Manifest {
        format: FORMAT,
        made_at: began.to_string(),
        server_installation: app.hub_key.installation,
        epoch: app.hub_key.epoch,
        database_sha256: digest_of(&folder.database())?,
        blobs,
        blob_bytes,
    };
    write_manifest(&target.path().join(MANIFEST), &manifest)?;
    target.put_in_place(to)?;
    note_watermark(app, began)?;
    Ok(manifest)
}

/// What was stored before the backup began is in it: devices may let go of their own copy. A backup that is older than one
/// that ended meanwhile moves nothing back.
fn note_watermark(app: &App, began: Timestamp) -> Result<(), StoreError> {
    app.store.writing(|write| {
        if watermark(write)?.is_some_and(|until| until >= began) {
            return Ok(());
        }
        write.put_meta(MetaKey::BackedUpUntil, &began.as_millis().to_be_bytes())?;
        let detail = serde_json::json!({ "until": began.to_string() });
        write.append_audit(app.clock.now(), "system", "backed_up", &detail)?;
        Ok(())
    })
}

/// What was stored before this moment of the hub's clock is in a backup; `None` while there is none.
///
/// # Errors
/// The store's; a value that is no moment is damage.
pub fn watermark(read: &(impl HubRead + ?Sized)) -> Result<Option<Timestamp>, StoreError> {
    let kept = read.meta(MetaKey::BackedUpUntil)?;
    let until = kept.map(|bytes| {
        let millis = <[u8; 8]>::try_from(bytes).map_err(|_| StoreError::Damaged {
            what: "backup watermark",
        })?;
        Ok(Timestamp::from_millis(i64::from_be_bytes(millis)))
    });
    until.transpose()
}

fn write_manifest(file: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let json = serde_json::to_vec_pretty(manifest).map_err(io::Error::other);
    json.and_then(|json| {
        let mut opened = File::create_new(file)?;
        opened.write_all(&json)?;
        opened.sync_all()
    })
    .map_err(BackupError::io(file))
}

/// SHA-256 of a file.
pub(in crate::services) fn digest_of(file: &Path) -> Result<Digest, BackupError> {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new();
    let copied =
        File::open(file).and_then(|mut opened| io::copy(&mut opened, &mut HashSink(&mut hasher)));
    copied.map_err(BackupError::io(file))?;
    Ok(Digest::from_bytes(hasher.finalize().into()))
}

struct HashSink<'hasher>(&'hasher mut sha2::Sha256);

impl Write for HashSink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        sha2::Digest::update(self.0, bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Walks all blobs a store calls stored.
pub(super) fn for_each_stored_blob(
    store: &dyn HubStore,
    mut work: impl FnMut(BlobRow) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let mut after: Option<Digest> = None;
    loop {
        let part = store.reading(|read| read.blobs(after.as_ref(), PART))?;
        let Some(last) = part.last() else {
            return Ok(());
        };
        after = Some(last.sha256);
        for blob in part {
            if matches!(blob.state, BlobState::Stored { .. }) {
                work(blob)?;
            }
        }
    }
}

/// Copies one blob and re-hashes the copy.
pub(super) fn copy_blob(
    from: &BlobFiles,
    to: &BlobFiles,
    sha256: &Digest,
) -> Result<(), BackupError> {
    let bytes = from
        .read(sha256)?
        .ok_or_else(|| BackupError::Damaged(format!("blob {sha256} is missing")))?;
    let stored = to.store(&bytes)?;
    if stored == *sha256 {
        Ok(())
    } else {
        Err(BackupError::Damaged(format!(
            "blob {sha256} holds other bytes"
        )))
    }
}

/// A folder made beside its place and moved there when it is whole. Dropped before: gone.
pub(super) struct Staged {
    path: PathBuf,
    kept: bool,
}

impl Staged {
    /// Beside `place`, which must be empty or missing.
    pub(super) fn beside(place: &Path) -> Result<Self, BackupError> {
        let empty = DataFolder::at(place)
            .is_empty()
            .map_err(|error| BackupError::Io {
                path: place.to_owned(),
                source: io::Error::other(error),
            })?;
        if !empty {
            return Err(BackupError::NotEmpty(place.to_owned()));
        }
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        let path = place.with_file_name(name);
        if path.exists() {
            // Left by a process that died; nobody was ever told it was whole.
            fs::remove_dir_all(&path).map_err(BackupError::io(&path))?;
        }
        // There is a key inside.
        create_folder(&path).map_err(BackupError::io(&path))?;
        Ok(Self { path, kept: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it durable under its name.
    pub(super) fn put_in_place(mut self, place: &Path) -> Result<(), BackupError> {
        sync_folder(&self.path).map_err(BackupError::io(&self.path))?;
        fs::rename(&self.path, place).map_err(BackupError::io(place))?;
        self.kept = true;
        let parent = place
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or_else(|| Path::new("."));
        sync_folder(parent).map_err(BackupError::io(parent))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
