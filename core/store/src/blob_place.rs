//! Where the bytes of blobs are: `blobs/ab/cdef…` beside the database, or a map in memory.
//!
//! A file gets its final name only when all of it is on the disk: written under `blobs/incoming/`, flushed, renamed, its
//! folder flushed. So a final name always means whole bytes, whoever killed the app when. A final file without a row
//! (killed between the rename and the commit) does no harm: the same photo put again finds it. Nothing with a final name
//! is ever removed here.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use xunge_domain::ids::Digest;

use crate::StoreError;
use crate::open::flush_folder;

/// The folder of unfinished files, in the same file system as the finished ones.
const INCOMING: &str = "incoming";

/// Where blobs are kept.
pub(crate) enum BlobPlace {
    Folder(BlobFolder),
    Memory(RefCell<BTreeMap<Digest, Vec<u8>>>),
}

impl BlobPlace {
    pub(crate) fn memory() -> Self {
        Self::Memory(RefCell::default())
    }

    /// For a medium in memory; a folder is copied by whoever copies folders.
    pub(crate) fn copy(&self) -> Self {
        match self {
            Self::Folder(folder) => Self::Folder(BlobFolder::new(folder.root.clone())),
            Self::Memory(map) => Self::Memory(map.clone()),
        }
    }

    /// Keeps `bytes` under their digest. Bytes already there and whole are left alone, damaged ones are replaced.
    pub(crate) fn keep(&self, digest: Digest, bytes: &[u8]) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => folder
                .keep(digest, bytes)
                .map_err(|source| StoreError::io("keeping a photo", source)),
            Self::Memory(map) => {
                map.borrow_mut().insert(digest, bytes.to_owned());
                Ok(())
            }
        }
    }

    /// Whether the bytes match their name; `None` when there are none.
    pub(crate) fn is_whole(&self, digest: Digest) -> Result<Option<bool>, StoreError> {
        match self {
            Self::Folder(folder) => is_whole(&folder.path(digest), digest)
                .map_err(|source| StoreError::io("reading a photo", source)),
            Self::Memory(map) => Ok(map
                .borrow()
                .get(&digest)
                .map(|bytes| Digest::of(bytes) == digest)),
        }
    }

    /// All bytes, unchecked; `None` when there are none.
    pub(crate) fn read(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(folder) => absent_is_none(fs::read(folder.path(digest)))
                .map_err(|source| StoreError::io("reading a photo", source)),
            Self::Memory(map) => Ok(map.borrow().get(&digest).cloned()),
        }
    }

    /// Up to `length` bytes from `offset`, unchecked; fewer at the end; `None` when the blob is not here.
    pub(crate) fn read_range(
        &self,
        digest: Digest,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(folder) => absent_is_none(folder.read_range(digest, offset, length))
                .map_err(|source| StoreError::io("reading a photo", source)),
            Self::Memory(map) => Ok(map.borrow().get(&digest).map(|bytes| {
                let start = usize::try_from(offset)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                let end = start.saturating_add(length).min(bytes.len());
                bytes.get(start..end).unwrap_or_default().to_owned()
            })),
        }
    }

    /// The file, when there is one.
    pub(crate) fn path(&self, digest: Digest) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.path(digest)).filter(|path| path.is_file()),
            Self::Memory(_) => None,
        }
    }
}

/// `blobs/` on a disk.
pub(crate) struct BlobFolder {
    root: PathBuf,
}

impl BlobFolder {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Two characters name the folder, the rest the file: a folder of 100,000 entries is slow to open on a phone.
    fn path(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        match name.split_at_checked(2) {
            Some((head, tail)) => self.root.join(head).join(tail),
            None => self.root.join(name),
        }
    }

    /// Whether any finished blob is here.
    pub(crate) fn holds_any(&self) -> bool {
        fs::read_dir(&self.root).is_ok_and(|entries| {
            entries
                .filter_map(Result::ok)
                .any(|entry| entry.file_name() != INCOMING)
        })
    }

    /// Clears what a killed app left half written.
    pub(crate) fn remove_unfinished(&self) -> Result<(), StoreError> {
        let incoming = self.root.join(INCOMING);
        let clear = || -> io::Result<()> {
            fs::create_dir_all(&incoming)?;
            for entry in fs::read_dir(&incoming)? {
                let path = entry?.path();
                if path.is_file() {
                    fs::remove_file(path)?;
                }
            }
            // A folder an app made just before it was killed may not be on the disk yet.
            flush_folder(&self.root)
        };
        clear().map_err(|source| StoreError::io("clearing unfinished photos", source))
    }

    fn keep(&self, digest: Digest, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(digest);
        let folder = path.parent().unwrap_or(&self.root);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            flush_folder(&self.root)?;
        }
        if is_whole(&path, digest)? != Some(true) {
            let unfinished = self.root.join(INCOMING).join(digest.to_string());
            write_flushed(&unfinished, bytes)
                .and_then(|()| fs::rename(&unfinished, &path))
                .inspect_err(|_| {
                    // Best effort: a full disk needs the space back now, and the next opening clears it anyway.
                    let _ = fs::remove_file(&unfinished);
                })?;
        }
        // Also for a file that was there: the app may have been killed between the rename and this.
        flush_folder(folder)
    }

    fn read_range(&self, digest: Digest, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(digest))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Whether the file matches its name; `None` when there is none. Read in pieces: an original can be 40 MB.
fn is_whole(path: &Path, digest: Digest) -> io::Result<Option<bool>> {
    let Some(mut file) = absent_is_none(File::open(path))? else {
        return Ok(None);
    };
    let mut hasher = Sha256::new();
    io::copy(&mut file, &mut HashWriter(&mut hasher))?;
    Ok(Some(Digest::from_bytes(hasher.finalize().into()) == digest))
}

/// Feeds what is written to it into a hash.
struct HashWriter<'hash>(&'hash mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn absent_is_none<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
