//! The files of the city's base map: `base-map/` in the data folder, with the map as it was imported and the extracts that were cut of it
//! for beats. Which map holds is said in the database. Extracts can be made again of the map, and the map is a public file that the
//! city has: a backup has neither.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::Digest as _;
use xunge_domain::ids::Digest;

use crate::blob_files::{hash_file, sync_folder};

/// Most bytes of all extracts: the ones made first go first.
const EXTRACT_BYTES_MAX: u64 = 8 * 1024 * 1024 * 1024;
/// Bytes copied at once.
const COPIED_AT_ONCE: usize = 1024 * 1024;
const EXTRACTS: &str = "extracts";
const ENDING: &str = "mbtiles";

/// Names an extract: of which map, of which area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtractName {
    /// The mark of the map.
    pub mark: [u8; 8],
    /// The digest of the rectangle.
    pub area: Digest,
}

/// An extract that lies ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptExtract {
    /// The name of its bytes.
    pub sha256: Digest,
    /// How many bytes.
    pub length: u64,
    /// The deepest zoom level in it.
    pub zoom_max: u8,
}

/// The folder of the base map.
pub struct BaseMapFiles {
    folder: PathBuf,
    /// Held by whoever cuts an extract: one at a time.
    cutting: Mutex<()>,
}

impl BaseMapFiles {
    /// At a folder, which need not be there.
    pub const fn at(folder: PathBuf) -> Self {
        Self {
            folder,
            cutting: Mutex::new(()),
        }
    }

    /// Where a map lies that was imported.
    pub fn map(&self, sha256: &Digest) -> PathBuf {
        self.folder.join(format!("{sha256}.{ENDING}"))
    }

    fn extracts(&self) -> PathBuf {
        self.folder.join(EXTRACTS)
    }

    /// Waits for whoever cuts an extract, and keeps others from cutting one.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.cutting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Copies a file in under a name of its own, flushed, and says what its bytes are. It is in nobody's way before
    /// [`BaseMapFiles::keep_map`].
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn take_in(&self, from: &Path) -> io::Result<Incoming> {
        fs::create_dir_all(&self.folder)?;
        let name = format!("incoming-{}", std::process::id());
        let mut incoming = Incoming {
            path: self.folder.join(name),
            sha256: Digest::of(&[]),
            length: 0,
        };
        let (mut source, mut copy) = (File::open(from)?, File::create(&incoming.path)?);
        let mut hash = sha2::Sha256::new();
        let mut part = vec![0; COPIED_AT_ONCE];
        loop {
            let read = source.read(&mut part)?;
            let Some(bytes) = part.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            hash.update(bytes);
            copy.write_all(bytes)?;
            incoming.length += bytes.len() as u64;
        }
        copy.sync_all()?;
        incoming.sha256 = Digest::from_bytes(hash.finalize().into());
        Ok(incoming)
    }

    /// Gives a map that was taken in the name of its bytes.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn keep_map(&self, incoming: &Incoming) -> io::Result<()> {
        fs::rename(&incoming.path, self.map(&incoming.sha256))?;
        sync_folder(&self.folder)
    }

    /// Removes every map but this one, what a killed import left, and every extract of another mark.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn keep_only(&self, map: Option<(&Digest, [u8; 8])>) -> io::Result<()> {
        let of_map = map.map(|(sha256, _)| format!("{sha256}.{ENDING}"));
        let of_extracts = map.map(|(_, mark)| data_encoding::HEXLOWER.encode(&mark));
        for path in files(&self.folder)? {
            if name(&path) != of_map.as_deref() {
                fs::remove_file(path)?;
            }
        }
        for path in files(&self.extracts())? {
            let mark = name(&path).and_then(|name| name.split('-').next());
            if mark != of_extracts.as_deref() {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// The extract of an area, when there is one.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn extract(&self, wanted: &ExtractName) -> io::Result<Option<KeptExtract>> {
        let begins = begins(wanted);
        for path in files(&self.extracts())? {
            let rest = name(&path).and_then(|name| name.strip_prefix(begins.as_str()));
            if let Some((zoom_max, sha256)) = rest.and_then(read_rest) {
                let length = fs::metadata(&path)?.len();
                return Ok(Some(KeptExtract {
                    sha256,
                    length,
                    zoom_max,
                }));
            }
        }
        Ok(None)
    }

    /// Opens an extract to be read.
    ///
    /// # Errors
    /// It is gone, or the file system's trouble.
    pub fn read(&self, wanted: &ExtractName, kept: &KeptExtract) -> io::Result<File> {
        File::open(self.extract_path(wanted, kept))
    }

    fn extract_path(&self, wanted: &ExtractName, kept: &KeptExtract) -> PathBuf {
        let KeptExtract {
            sha256, zoom_max, ..
        } = kept;
        let name = format!("{}{zoom_max}-{sha256}", begins(wanted));
        self.extracts().join(name)
    }

    /// Where an extract is to be made. Hold [`BaseMapFiles::turn`].
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn begin_extract(&self) -> io::Result<PathBuf> {
        let folder = self.extracts();
        fs::create_dir_all(&folder)?;
        Ok(folder.join(format!("unfinished-{}", std::process::id())))
    }

    /// Gives a finished extract its name, and lets the oldest go where all of them became too many.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn keep_extract(
        &self,
        made: &Path,
        wanted: &ExtractName,
        zoom_max: u8,
    ) -> io::Result<KeptExtract> {
        let (sha256, length) = hash_file(made)?;
        let kept = KeptExtract {
            sha256,
            length,
            zoom_max,
        };
        fs::rename(made, self.extract_path(wanted, &kept))?;
        sync_folder(&self.extracts())?;
        self.let_oldest_go(EXTRACT_BYTES_MAX)?;
        Ok(kept)
    }

    fn let_oldest_go(&self, bytes_max: u64) -> io::Result<()> {
        let mut all = Vec::new();
        for path in files(&self.extracts())? {
            let file = fs::metadata(&path)?;
            all.push((file.modified()?, file.len(), path));
        }
        all.sort();
        let mut bytes: u64 = all.iter().map(|(_, length, _)| length).sum();
        // The newest stays, however large it is.
        let older = all.len().saturating_sub(1);
        for (_, length, path) in all.into_iter().take(older) {
            if bytes <= bytes_max {
                break;
            }
            fs::remove_file(path)?;
            bytes -= length;
        }
        Ok(())
    }
}

/// A map that was copied in and is not looked at yet; dropped before it is kept it goes.
pub struct Incoming {
    /// Where it is.
    pub path: PathBuf,
    /// What its bytes are.
    pub sha256: Digest,
    /// How many.
    pub length: u64,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // A kept one has another name by now.
        let _ = fs::remove_file(&self.path);
    }
}

/// The files of a folder; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str())
}

fn begins(wanted: &ExtractName) -> String {
    let mark = data_encoding::HEXLOWER.encode(&wanted.mark);
    format!("{mark}-{}-", wanted.area)
}

fn read_rest(rest: &str) -> Option<(u8, Digest)> {
    let (zoom_max, sha256) = rest.split_once('-')?;
    Some((zoom_max.parse().ok()?, sha256.parse().ok()?))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn named(mark: u8, area: &str) -> ExtractName {
        ExtractName {
            mark: [mark; 8],
            area: Digest::of(area.as_bytes()),
        }
    }

    fn made(files: &BaseMapFiles, name: &ExtractName, bytes: &[u8]) -> KeptExtract {
        let _turn = files.turn();
        let path = files.begin_extract().unwrap();
        fs::write(&path, bytes).unwrap();
        files.keep_extract(&path, name, 16).unwrap()
    }

    #[test]
    fn a_map_is_kept_by_its_bytes_and_one_that_is_not_kept_leaves_nothing() {
        let kept = tempfile::tempdir().unwrap();
        let files = BaseMapFiles::at(kept.path().join("base-map"));
        let source = kept.path().join("city.mbtiles");
        fs::write(&source, b"a map").unwrap();
        let incoming = files.take_in(&source).unwrap();
        assert_eq!(
            (incoming.sha256, incoming.length),
            (Digest::of(b"a map"), 5)
        );
        drop(incoming);
        assert_eq!(fs::read_dir(&files.folder).unwrap().count(), 0);
        let incoming = files.take_in(&source).unwrap();
        let sha256 = incoming.sha256;
        files.keep_map(&incoming).unwrap();
        drop(incoming);
        assert_eq!(fs::read(files.map(&sha256)).unwrap(), b"a map");
        files.keep_only(None).unwrap();
        assert!(!files.map(&sha256).exists());
    }

    #[test]
    fn extracts_are_found_by_map_and_area_and_go_with_their_map() {
        let kept = tempfile::tempdir().unwrap();
        let files = BaseMapFiles::at(kept.path().to_owned());
        assert_eq!(files.extract(&named(1, "a")).unwrap(), None);
        let first = made(&files, &named(1, "a"), b"first");
        let other = made(&files, &named(1, "b"), b"other");
        assert_eq!(first.sha256, Digest::of(b"first"));
        assert_eq!(files.extract(&named(1, "a")).unwrap(), Some(first));
        assert_eq!(files.extract(&named(1, "b")).unwrap(), Some(other));
        assert_eq!(files.extract(&named(2, "a")).unwrap(), None);
        let mut open = files.read(&named(1, "a"), &first).unwrap();
        files
            .keep_only(Some((&Digest::of(b"map"), [2; 8])))
            .unwrap();
        assert_eq!(files.extract(&named(1, "a")).unwrap(), None);
        let mut read = String::new();
        open.read_to_string(&mut read).unwrap();
        assert_eq!(read, "first", "whoever reads goes on");
    }

    #[test]
    fn too_many_extracts_let_the_oldest_go_and_the_newest_stays() {
        let kept = tempfile::tempdir().unwrap();
        let files = BaseMapFiles::at(kept.path().to_owned());
        for (seconds, area) in [(1, "a"), (2, "b"), (3, "c")] {
            let one = made(&files, &named(1, area), b"bytes");
            let path = files.extract_path(&named(1, area), &one);
            let file = File::options().write(true).open(path).unwrap();
            let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            file.set_modified(at).unwrap();
        }
        files.let_oldest_go(11).unwrap();
        assert_eq!(files.extract(&named(1, "a")).unwrap(), None);
        assert!(files.extract(&named(1, "b")).unwrap().is_some());
        files.let_oldest_go(0).unwrap();
        assert_eq!(files.extract(&named(1, "b")).unwrap(), None);
        assert!(files.extract(&named(1, "c")).unwrap().is_some());
    }
}
