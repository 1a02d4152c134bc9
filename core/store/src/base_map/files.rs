//! The files of base maps. `<digest>.part` grows piece by piece; it becomes `<digest>.mbtiles` once its digest was seen to be right, and
//! a final name always means that.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use xunge_domain::ids::Digest;

use super::{BaseMapFinish, tiles};
use crate::StoreError;
use crate::blob_place::digest_of;
use crate::open::flush_folder;

/// The folder in that of the store.
pub(crate) const FOLDER: &str = "base-map";
const PART: &str = "part";
const WHOLE: &str = "mbtiles";

/// Where base maps are kept, and the one that is being looked at.
pub(crate) struct BaseMapFiles {
    /// `None` in memory.
    folder: Option<PathBuf>,
    open: RefCell<Option<(Digest, Connection)>>,
}

impl BaseMapFiles {
    /// In the folder of a store, where it has one. Nothing is made before there is something to keep.
    pub(crate) fn of(store: Option<&Path>) -> Self {
        Self {
            folder: store.map(|store| store.join(FOLDER)),
            open: RefCell::default(),
        }
    }

    pub(crate) const fn has_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Closes what is open: a sleeping app holds no file.
    pub(crate) fn close(&self) {
        self.open.take();
    }

    fn folder(&self) -> Result<&Path, StoreError> {
        let nowhere = || unusable(io::Error::from(io::ErrorKind::Unsupported));
        self.folder.as_deref().ok_or_else(nowhere)
    }

    fn path(&self, sha256: Digest, ending: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("{sha256}.{ending}")))
    }

    pub(crate) fn is_whole(&self, sha256: Digest) -> bool {
        let path = self.path(sha256, WHOLE);
        path.is_some_and(|path| path.is_file())
    }

    pub(crate) fn bytes_here(&self, sha256: Digest) -> Result<u64, StoreError> {
        for ending in [WHOLE, PART] {
            let Some(path) = self.path(sha256, ending) else {
                return Ok(0);
            };
            match fs::metadata(path) {
                Ok(file) => return Ok(file.len()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(unusable(error)),
            }
        }
        Ok(0)
    }

    pub(crate) fn append(&self, sha256: Digest, from: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = self.folder()?;
        if self.is_whole(sha256) {
            return Ok(());
        }
        let write = || -> io::Result<()> {
            if !folder.is_dir() {
                fs::create_dir_all(folder)?;
                if let Some(store) = folder.parent() {
                    flush_folder(store)?;
                }
            }
            let path = folder.join(format!("{sha256}.{PART}"));
            let is_new = !path.is_file();
            let mut file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)?;
            if file.seek(SeekFrom::End(0))? != from {
                return Ok(());
            }
            if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_data()) {
                // What did not come through whole is asked for again, and a full disk needs the room now.
                let _ = file.set_len(from);
                return Err(error);
            }
            if is_new {
                flush_folder(folder)?;
            }
            Ok(())
        };
        write().map_err(unusable)
    }

    pub(crate) fn finish(&self, sha256: Digest) -> Result<BaseMapFinish, StoreError> {
        let folder = self.folder()?;
        if self.is_whole(sha256) {
            return Ok(BaseMapFinish::Kept);
        }
        let part = folder.join(format!("{sha256}.{PART}"));
        let digest = File::open(&part).and_then(|mut file| digest_of(&mut file));
        if digest.map_err(unusable)? != sha256 {
            fs::remove_file(&part).map_err(unusable)?;
            return Ok(BaseMapFinish::WrongDigest);
        }
        if tiles::look(&part).is_err() {
            fs::remove_file(&part).map_err(unusable)?;
            return Ok(BaseMapFinish::NotDrawable);
        }
        let whole = folder.join(format!("{sha256}.{WHOLE}"));
        File::open(&part)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&part, whole))
            .and_then(|()| flush_folder(folder))
            .map_err(unusable)?;
        Ok(BaseMapFinish::Kept)
    }

    pub(crate) fn keep_only(&self, kept: &[Digest]) -> Result<(), StoreError> {
        let is_open = |open: &(Digest, Connection)| !kept.contains(&open.0);
        if self.open.borrow().as_ref().is_some_and(is_open) {
            self.close();
        }
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let names: Vec<String> = kept.iter().map(Digest::to_string).collect();
        let remove = || -> io::Result<()> {
            let entries = match fs::read_dir(folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                other => other?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                let digest = name.split('.').next().unwrap_or_default();
                if !names.iter().any(|kept| kept == digest) {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        remove().map_err(unusable)
    }

    /// Looks into a finished file, which stays open for the next look.
    pub(crate) fn read<Answer>(
        &self,
        sha256: Digest,
        work: impl FnOnce(&Connection) -> Result<Answer, StoreError>,
    ) -> Result<Answer, StoreError> {
        let mut open = self.open.borrow_mut();
        let connection = match open.take() {
            Some((of, connection)) if of == sha256 => connection,
            _ => {
                let folder = self.folder()?;
                tiles::open(&folder.join(format!("{sha256}.{WHOLE}")))?
            }
        };
        let answer = work(&connection)?;
        // Only one that answered is kept.
        *open = Some((sha256, connection));
        Ok(answer)
    }
}

fn unusable(source: io::Error) -> StoreError {
    StoreError::io("keeping the base map", source)
}
