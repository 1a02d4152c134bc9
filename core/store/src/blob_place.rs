//! Where the bytes of blobs are: `blobs/ab/cdef…` beside the database, `sealed/ab/cdef…` under a key, or a map in memory.
//!
//! A file gets its final name only when all of it is on the disk: written under `incoming/`, flushed, renamed, its
//! folder flushed. So a final name always means whole bytes, whoever killed the app when. A final file without a row
//! (killed between the rename and the commit) does no harm: the same photo put again finds it. A final name is removed only
//! once it is committed that the bytes are not to be here any more.
//!
//! Under a key a file's name is keyed as well: whoever finds the phone cannot ask it for a photo that he knows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use xunge_domain::ids::Digest;

use crate::StoreError;
use crate::at_rest::data_key::DataKey;
use crate::at_rest::sealed_file::{FileSeal, SealedFile, UnsealError};
use crate::open::{BLOB_FOLDER, SEALED_FOLDER, flush_folder};

/// The folder of unfinished files, in the same file system as the finished ones.
pub(crate) const INCOMING: &str = "incoming";

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
            Self::Folder(folder) => Self::Folder(folder.clone()),
            Self::Memory(map) => Self::Memory(map.clone()),
        }
    }

    /// Keeps `bytes` under their digest. Bytes already there and whole are left alone, damaged ones are replaced.
    pub(crate) fn keep(&self, digest: Digest, bytes: &[u8]) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => folder
                .keep(digest, bytes.len() as u64, bytes)
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
            Self::Folder(folder) => folder
                .is_whole(digest)
                .map_err(|source| StoreError::io("reading a photo", source)),
            Self::Memory(map) => Ok(map
                .borrow()
                .get(&digest)
                .map(|bytes| Digest::of(bytes) == digest)),
        }
    }

    /// All bytes, unchecked where they are not sealed; `None` when there are none.
    pub(crate) fn read(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.read_range(digest, 0, usize::MAX)
    }

    /// Up to `length` bytes from `offset`, unchecked where they are not sealed; fewer at the end; `None` when the blob is
    /// not here.
    pub(crate) fn read_range(
        &self,
        digest: Digest,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(folder) => folder.read_range(digest, offset, length),
            Self::Memory(map) => Ok(map.borrow().get(&digest).map(|bytes| {
                let start = usize::try_from(offset)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                let end = start.saturating_add(length).min(bytes.len());
                bytes.get(start..end).unwrap_or_default().to_owned()
            })),
        }
    }

    /// Removes the bytes. Fine when there are none.
    pub(crate) fn remove(&self, digest: Digest) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => absent_is_none(fs::remove_file(folder.path(digest)))
                .map(drop)
                .map_err(|source| StoreError::io("removing a photo", source)),
            Self::Memory(map) => {
                map.borrow_mut().remove(&digest);
                Ok(())
            }
        }
    }

    /// The file, when there is one that others can read.
    pub(crate) fn path(&self, digest: Digest) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) if folder.key.is_none() => {
                Some(folder.path(digest)).filter(|path| path.is_file())
            }
            Self::Folder(_) | Self::Memory(_) => None,
        }
    }
}

/// `blobs/` or `sealed/` on a disk.
#[derive(Clone)]
pub(crate) struct BlobFolder {
    root: PathBuf,
    /// Seals the files.
    key: Option<DataKey>,
}

impl BlobFolder {
    /// In a store's folder.
    pub(crate) fn of(store: &Path, key: Option<&DataKey>) -> Self {
        let name = if key.is_some() {
            SEALED_FOLDER
        } else {
            BLOB_FOLDER
        };
        Self {
            root: store.join(name),
            key: key.cloned(),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Two characters name the folder, the rest the file: a folder of 100,000 entries is slow to open on a phone.
    pub(crate) fn path(&self, digest: Digest) -> PathBuf {
        let name = match &self.key {
            Some(key) => key.file_name(digest),
            None => digest.to_string(),
        };
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

    /// Length of a blob that is here.
    pub(crate) fn length(&self, digest: Digest) -> Option<u64> {
        match &self.key {
            None => fs::metadata(self.path(digest)).ok().map(|file| file.len()),
            Some(key) => self.sealed(key, digest).ok().map(|file| file.length()),
        }
    }

    /// Keeps `length` bytes that have this digest.
    pub(crate) fn keep(&self, digest: Digest, length: u64, bytes: impl Read) -> io::Result<()> {
        let path = self.path(digest);
        let folder = path.parent().unwrap_or(&self.root);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            flush_folder(&self.root)?;
        }
        if self.is_whole(digest)? != Some(true) {
            let name = path.file_name().unwrap_or_default();
            let unfinished = self.root.join(INCOMING).join(name);
            self.write_flushed(&unfinished, digest, length, bytes)
                .and_then(|()| fs::rename(&unfinished, &path))
                .inspect_err(|_| {
                    // Best effort: a full disk needs the space back now, and the next opening clears it anyway.
                    let _ = fs::remove_file(&unfinished);
                })?;
        }
        // Also for a file that was there: the app may have been killed between the rename and this.
        flush_folder(folder)
    }

    fn write_flushed(
        &self,
        path: &Path,
        digest: Digest,
        length: u64,
        mut bytes: impl Read,
    ) -> io::Result<()> {
        let mut file = File::create(path)?;
        match &self.key {
            None => {
                io::copy(&mut bytes, &mut file)?;
            }
            Some(key) => FileSeal::new(key, digest).write(length, &mut bytes, &mut file)?,
        }
        file.sync_all()
    }

    /// Whether the file matches its name; `None` when there is none. Read in pieces: an original can be 40 MB.
    pub(crate) fn is_whole(&self, digest: Digest) -> io::Result<Option<bool>> {
        match &self.key {
            None => match absent_is_none(File::open(self.path(digest)))? {
                Some(mut file) => Ok(Some(digest_of(&mut file)? == digest)),
                None => Ok(None),
            },
            // Nothing is sealed for a digest that is not its own: pieces that open are those bytes.
            Some(key) => match self
                .sealed(key, digest)
                .and_then(|mut file| file.read_all(|_| Ok(())))
            {
                Ok(()) => Ok(Some(true)),
                Err(UnsealError::Broken) => Ok(Some(false)),
                Err(UnsealError::Io(error)) => absent_is_none(Err(error)),
            },
        }
    }

    fn read_range(
        &self,
        digest: Digest,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let io = |source| StoreError::io("reading a photo", source);
        match &self.key {
            None => absent_is_none(self.read_plain_range(digest, offset, length)).map_err(io),
            Some(key) => match self
                .sealed(key, digest)
                .and_then(|mut file| file.read_range(offset, length))
            {
                Ok(bytes) => Ok(Some(bytes)),
                Err(UnsealError::Broken) => Err(StoreError::BlobDamaged(digest)),
                Err(UnsealError::Io(error)) => absent_is_none(Err(error)).map_err(io),
            },
        }
    }

    fn read_plain_range(&self, digest: Digest, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(digest))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        file.take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn sealed(&self, key: &DataKey, digest: Digest) -> Result<SealedFile, UnsealError> {
        FileSeal::new(key, digest).open(&self.path(digest))
    }
}

/// The digest of what is left to be read.
pub(crate) fn digest_of(bytes: &mut impl Read) -> io::Result<Digest> {
    let mut hasher = Sha256::new();
    io::copy(bytes, &mut HashWriter(&mut hasher))?;
    Ok(Digest::from_bytes(hasher.finalize().into()))
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

fn absent_is_none<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
