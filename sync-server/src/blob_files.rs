//! The bytes of photos: a folder of files named by their SHA-256, and partial files that become one of them.
//!
//! Order of durability: bytes are written and synced before anybody is told which ranges are held; a finished
//! file is re-hashed *from the disk*, renamed and its folder synced before it may be called stored. So a crash
//! at any point leaves either a partial file that holds at least what was told, or the finished file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::Digest as _;
use xunge_domain::ids::Digest;

use crate::services::disk::{DiskGuard, DiskOf, DiskSpace, DiskView, PhotoLimit};
use crate::store::ranges::{ByteRanges, RANGES_MAX};

#[path = "blob_files_turns.rs"]
mod turns;

pub use turns::{BlobTurn, Turns};

/// Largest blob taken: evidence.md's limit of a picture.
pub const BLOB_BYTES_MAX: u64 = 40 * 1024 * 1024;
/// How much is read at once while re-hashing.
const READ_BYTES: usize = 64 * 1024;

/// What can go wrong with a blob.
#[derive(Debug, thiserror::Error)]
pub enum BlobFileError {
    /// Longer than [`BLOB_BYTES_MAX`], or empty.
    #[error("a blob has 1 to {BLOB_BYTES_MAX} bytes, this one {length}")]
    Length {
        /// As announced.
        length: u64,
    },
    /// A chunk that reaches past the announced length.
    #[error("the chunk ends at {end}, the blob at {length}")]
    PastEnd {
        /// Where the chunk ends.
        end: u64,
        /// As announced.
        length: u64,
    },
    /// So many holes that nobody means well.
    #[error("a partial blob has at most {RANGES_MAX} separate ranges; send them in order")]
    TooManyRanges,
    /// All bytes came, and they are something else. The partial file was dropped.
    #[error("the stored bytes hash to {found}; they were dropped, send them again")]
    Mismatch {
        /// What the bytes are.
        found: Digest,
    },
    /// No room left.
    #[error("the disk is full; free some space and try again")]
    DiskFull,
    /// The file system's other trouble.
    #[error("the blob folder failed: {0}")]
    Io(#[source] io::Error),
}

impl BlobFileError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "blob_length",
            Self::PastEnd { .. } => "blob_past_end",
            Self::TooManyRanges => "blob_too_many_ranges",
            Self::Mismatch { .. } => "blob_mismatch",
            Self::DiskFull => "disk_full",
            Self::Io(_) => "blob_io",
        }
    }
}

impl From<io::Error> for BlobFileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

/// The folder of blobs.
pub struct BlobFiles {
    folder: PathBuf,
    /// Who works on which blob.
    pub turns: Turns,
    disk: DiskGuard,
}

impl BlobFiles {
    /// Opens the folder, making it when it is not there.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(folder: &Path) -> Result<Self, BlobFileError> {
        fs::create_dir_all(folder.join("partial"))?;
        sync_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            turns: Turns::of(folder),
            disk: DiskGuard::new(DiskOf(folder.to_owned()), PhotoLimit::default()),
        })
    }

    /// Asks somebody else how full the disk is: for tests and trials.
    #[must_use]
    pub fn on_disk(mut self, space: impl DiskSpace + 'static) -> Self {
        self.disk = DiskGuard::new(space, PhotoLimit::default());
        self
    }

    /// Takes photos until the disk is so full.
    #[must_use]
    pub fn taken_until(mut self, limit: PhotoLimit) -> Self {
        self.disk = DiskGuard::new(DiskOf(self.folder.clone()), limit);
        self
    }

    /// How full the disk is.
    pub fn disk(&self) -> DiskView {
        self.disk.look()
    }

    /// Where a stored blob lies.
    pub fn path(&self, sha256: &Digest) -> PathBuf {
        let name = sha256.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    fn partial_path(&self, sha256: &Digest) -> PathBuf {
        self.folder.join("partial").join(sha256.to_string())
    }

    /// Writes those bytes of a chunk that `held` has not, and syncs them. Answers what is held then; only after
    /// that answer may anybody be told. Bytes that are held are never written again, so a second sender cannot
    /// spoil them.
    ///
    /// # Errors
    /// A length or chunk that cannot be, too many holes, a full disk, or the file system's trouble.
    pub fn write(
        &self,
        sha256: &Digest,
        length: u64,
        held: &ByteRanges,
        offset: u64,
        bytes: &[u8],
    ) -> Result<ByteRanges, BlobFileError> {
        check_length(length)?;
        let end = offset.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if end > length {
            return Err(BlobFileError::PastEnd { end, length });
        }
        let missing = held.missing_in(offset..end);
        if missing.is_empty() {
            return Ok(held.clone());
        }
        let mut then = held.clone();
        then.insert(offset..end);
        if then.as_slice().len() > RANGES_MAX {
            return Err(BlobFileError::TooManyRanges);
        }
        let path = self.partial_path(sha256);
        let fresh = !path.exists();
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        for range in missing {
            let part = usize::try_from(range.start - offset)
                .ok()
                .zip(usize::try_from(range.end - offset).ok())
                .and_then(|(from, upto)| bytes.get(from..upto))
                .unwrap_or_default();
            file.seek(SeekFrom::Start(range.start))?;
            file.write_all(part)?;
        }
        file.sync_data()?;
        if fresh {
            sync_folder(&self.folder.join("partial"))?;
        }
        Ok(then)
    }

    /// Turns a partial file that holds everything into a stored blob, after re-hashing what is on the disk.
    /// Repeatable: a blob that is stored already stays so, whatever a partial file beside it holds. That is how a
    /// crash between the rename and the row of the database costs nothing: the sender repeats its last chunk.
    ///
    /// # Errors
    /// The bytes are something else (the partial file is gone then), or the file system's trouble.
    pub fn complete(&self, sha256: &Digest, length: u64) -> Result<(), BlobFileError> {
        let (partial, stored) = (self.partial_path(sha256), self.path(sha256));
        if stored.exists() {
            match self.verify(sha256) {
                Ok(()) => {
                    self.discard(sha256)?;
                    return Ok(sync_folder(stored.parent().unwrap_or(&self.folder))?);
                }
                // A stored file that rotted is replaced by the whole one that came.
                Err(BlobFileError::Mismatch { .. }) if partial.exists() => {}
                Err(other) => return Err(other),
            }
        }
        let (found, bytes) = hash_file(&partial)?;
        if found != *sha256 || bytes != length {
            self.discard(sha256)?;
            return Err(BlobFileError::Mismatch { found });
        }
        // Only what is on the disk counts: the pages just hashed may be newer than what a power cut leaves.
        File::open(&partial)?.sync_all()?;
        let folder = stored.parent().unwrap_or(&self.folder);
        if !folder.exists() {
            fs::create_dir_all(folder)?;
            sync_folder(&self.folder)?;
        }
        fs::rename(&partial, &stored)?;
        sync_folder(folder)?;
        Ok(sync_folder(&self.folder.join("partial"))?)
    }

    /// Re-hashes a stored blob.
    ///
    /// # Errors
    /// Other bytes than its name says, or the file system's trouble.
    pub fn verify(&self, sha256: &Digest) -> Result<(), BlobFileError> {
        let (found, _) = hash_file(&self.path(sha256))?;
        if found == *sha256 {
            Ok(())
        } else {
            Err(BlobFileError::Mismatch { found })
        }
    }

    /// Drops a partial file, if there is one.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn discard(&self, sha256: &Digest) -> Result<(), BlobFileError> {
        match fs::remove_file(self.partial_path(sha256)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Takes a blob away with everything made of it. Only the collector does, with all turns in its hand.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn remove(&self, sha256: &Digest) -> Result<(), BlobFileError> {
        self.discard(sha256)?;
        let stored = self.path(sha256);
        let name = sha256.to_string();
        for path in files_in(stored.parent().unwrap_or(&self.folder))? {
            if stem(&path) == Some(&name) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// The blobs of which a file lies here, none of whose files changed since `before`, in no order.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn lying_since(&self, before: SystemTime) -> Result<Vec<Digest>, BlobFileError> {
        let mut newest = std::collections::BTreeMap::new();
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            for path in files_in(&folder.path())? {
                let named = stem(&path).and_then(|stem| stem.parse::<Digest>().ok());
                let (Some(sha256), Ok(metadata)) = (named, fs::metadata(&path)) else {
                    // Somebody else's, or just renamed.
                    continue;
                };
                let changed = metadata.modified()?;
                let known = newest.entry(sha256).or_insert(changed);
                *known = changed.max(*known);
            }
        }
        let old = newest.into_iter().filter(|(_, changed)| *changed < before);
        Ok(old.map(|(sha256, _)| sha256).collect())
    }

    /// Opens a stored blob; `None` when it is not there.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn open_stored(&self, sha256: &Digest) -> Result<Option<File>, BlobFileError> {
        match File::open(self.path(sha256)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// All bytes of a stored blob; `None` when it is not there.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn read(&self, sha256: &Digest) -> Result<Option<Vec<u8>>, BlobFileError> {
        let Some(file) = self.open_stored(sha256)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(BLOB_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Stores a whole blob at once, e.g. when seeding. Answers its name.
    ///
    /// # Errors
    /// As [`BlobFiles::write`] and [`BlobFiles::complete`].
    pub fn store(&self, bytes: &[u8]) -> Result<Digest, BlobFileError> {
        let sha256 = Digest::of(bytes);
        let _one_at_a_time = self.turns.turn(&sha256)?;
        let path = self.path(&sha256);
        if path.exists() {
            // As new: whoever stores it has yet to say so in the database, and what lies about unknown is collected.
            File::open(&path)?.set_modified(SystemTime::now())?;
        } else {
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            self.discard(&sha256)?;
            self.write(&sha256, length, &ByteRanges::new(), 0, bytes)?;
            self.complete(&sha256, length)?;
        }
        Ok(sha256)
    }
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
    }
}

/// The name up to its first dot: smaller copies are called like their original.
fn stem(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.split('.').next()
}

fn check_length(length: u64) -> Result<(), BlobFileError> {
    if (1..=BLOB_BYTES_MAX).contains(&length) {
        Ok(())
    } else {
        Err(BlobFileError::Length { length })
    }
}

pub(crate) fn hash_file(path: &Path) -> io::Result<(Digest, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = sha2::Sha256::new();
    let mut buffer = vec![0; READ_BYTES];
    let mut total: u64 = 0;
    loop {
        let count = match file.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if count == 0 {
            return Ok((Digest::from_bytes(hasher.finalize().into()), total));
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
        total += u64::try_from(count).unwrap_or(0);
    }
}

/// Makes names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[path = "blob_files_tests.rs"]
mod tests;
