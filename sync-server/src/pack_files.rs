//! The files of packs: a folder beside the blobs. Each is named after its scope, its place in the feed and its bytes, so
//! that a hub that starts again knows what lies there without asking anybody. All of it can be made again from the
//! database: a backup has none of it, and whoever empties the folder loses time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use sha2::Digest as _;
use xunge_domain::ids::Digest;
use xunge_domain::scope::Scope;

use crate::blob_files::sync_folder;

/// A scope with so many documents is packed; with fewer, the frames of its feed are as small, and a round trip less.
pub const PACKED_FROM: u64 = 200;
/// Raw bytes of changes after which a segment is full: about 250 cases. What a kill of the device costs is one segment.
pub const SEGMENT_RAW_BYTES: usize = 512 * 1024;
/// Documents after which a segment is full.
pub const SEGMENT_DOCUMENTS: usize = 500;
/// The one that is being made.
const UNFINISHED: &str = "unfinished";

/// When scopes are packed, and how finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackSizes {
    /// Fewest documents of a scope that is packed.
    pub from: u64,
    /// Documents after which a segment is full.
    pub segment_documents: usize,
    /// Raw bytes of changes after which it is.
    pub segment_bytes: usize,
}

impl Default for PackSizes {
    fn default() -> Self {
        Self {
            from: PACKED_FROM,
            segment_documents: SEGMENT_DOCUMENTS,
            segment_bytes: SEGMENT_RAW_BYTES,
        }
    }
}

/// A pack that lies ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptPack {
    /// The hub's epoch.
    pub epoch: u64,
    /// The place in the feed.
    pub seq: u64,
    /// The name of its bytes.
    pub sha256: Digest,
    /// How many bytes.
    pub length: u64,
}

impl KeptPack {
    /// Whether the feed has moved on so little that its tail is cheaper than a new pack: by an eighth of what the pack
    /// covers. So a scope that grows for ever is packed a number of times that grows with the logarithm of its size.
    pub const fn covers(&self, epoch: u64, head: u64, from: u64) -> bool {
        self.epoch == epoch && self.seq <= head && head - self.seq <= from + self.seq / 8
    }
}

#[derive(Default)]
struct Known {
    /// By the digest of the scope.
    kept: BTreeMap<Digest, KeptPack>,
    /// Scopes that could not be packed, and their place in the feed then.
    failed: BTreeMap<Digest, u64>,
}

/// The folder of packs.
pub struct PackFiles {
    folder: PathBuf,
    /// When scopes are packed, and how finely.
    pub sizes: PackSizes,
    known: Mutex<Known>,
    /// Held by whoever makes a pack: one at a time.
    making: Mutex<()>,
}

impl PackFiles {
    /// Looks at what lies in the folder, which need not be there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let mut known = Known::default();
        match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
            Ok(entries) => {
                for entry in entries {
                    let entry = entry?;
                    let length = entry.metadata()?.len();
                    let name = entry.file_name();
                    if let Some((scope, pack)) = name.to_str().and_then(|name| read(name, length)) {
                        known.kept.insert(scope, pack);
                    }
                }
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            sizes: PackSizes::default(),
            known: Mutex::new(known),
            making: Mutex::default(),
        })
    }

    /// Packs other scopes, or more finely: for tests and trials.
    #[must_use]
    pub const fn with(mut self, sizes: PackSizes) -> Self {
        self.sizes = sizes;
        self
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pack of a scope, when there is one.
    pub fn kept(&self, scope: &Scope) -> Option<KeptPack> {
        let scope = name_of(scope);
        let pack = self.known().kept.get(&scope).copied()?;
        // Somebody may have emptied the folder.
        let there = fs::metadata(self.path(&scope, &pack));
        there
            .is_ok_and(|found| found.len() == pack.length)
            .then_some(pack)
    }

    /// Whether making one failed, and the feed has hardly moved since.
    pub fn lately_failed(&self, scope: &Scope, head: u64) -> bool {
        let failed = self.known().failed.get(&name_of(scope)).copied();
        failed.is_some_and(|at| at <= head && head - at <= self.sizes.from + at / 8)
    }

    /// Opens a pack to be read.
    ///
    /// # Errors
    /// It is gone, or the file system's trouble.
    pub fn read(&self, scope: &Scope, pack: &KeptPack) -> io::Result<File> {
        File::open(self.path(&name_of(scope), pack))
    }

    fn path(&self, scope: &Digest, pack: &KeptPack) -> PathBuf {
        let KeptPack {
            epoch, seq, sha256, ..
        } = pack;
        self.folder.join(format!("{scope}-{epoch}-{seq}-{sha256}"))
    }

    /// Waits for whoever makes a pack, and keeps others from making one.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether one is being made.
    pub fn is_making(&self) -> bool {
        matches!(self.making.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Begins a pack. Hold [`PackFiles::turn`].
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn begin(&self) -> io::Result<PackWriter<'_>> {
        fs::create_dir_all(&self.folder)?;
        let file = File::create(self.folder.join(UNFINISHED))?;
        Ok(PackWriter {
            files: self,
            file: BufWriter::new(file),
            hash: sha2::Sha256::new(),
            length: 0,
        })
    }

    /// Deletes the pack of a scope where it ends before this place; whoever is reading it goes on.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn forget(&self, scope: &Scope, below: u64) -> io::Result<()> {
        let name = name_of(scope);
        // Another process may have made it: what lies in the folder counts, not what is known here.
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other?,
        };
        for entry in entries {
            let entry = entry?;
            let kept = entry.file_name().to_str().and_then(|name| read(name, 0));
            if kept.is_some_and(|(of, pack)| of == name && pack.seq < below) {
                fs::remove_file(entry.path())?;
            }
        }
        sync_folder(&self.folder)
    }

    /// Notes that this scope could not be packed.
    pub fn note_failure(&self, scope: &Scope, head: u64) {
        self.known().failed.insert(name_of(scope), head);
    }
}

/// A pack in the making; dropped before it is whole, nobody ever sees it.
pub struct PackWriter<'files> {
    files: &'files PackFiles,
    file: BufWriter<File>,
    hash: sha2::Sha256,
    length: u64,
}

impl PackWriter<'_> {
    /// Appends bytes.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// Puts it in the place of the one the scope had, which is deleted. Whoever is reading that goes on.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn finish(mut self, scope: &Scope, epoch: u64, seq: u64) -> io::Result<KeptPack> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        let pack = KeptPack {
            epoch,
            seq,
            sha256: Digest::from_bytes(self.hash.finalize().into()),
            length: self.length,
        };
        let scope = name_of(scope);
        let files = self.files;
        fs::rename(files.folder.join(UNFINISHED), files.path(&scope, &pack))?;
        sync_folder(&files.folder)?;
        let mut known = files.known();
        known.failed.remove(&scope);
        let before = known.kept.insert(scope, pack);
        drop(known);
        if let Some(before) = before.filter(|before| *before != pack) {
            match fs::remove_file(files.path(&scope, &before)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(pack)
    }
}

/// A scope in the name of a file.
fn name_of(scope: &Scope) -> Digest {
    Digest::of(scope.to_string().as_bytes())
}

fn read(name: &str, length: u64) -> Option<(Digest, KeptPack)> {
    let mut parts = name.split('-');
    let mut part = || parts.next();
    let (scope, epoch, seq, sha256) = (part()?, part()?, part()?, part()?);
    let pack = KeptPack {
        epoch: epoch.parse().ok()?,
        seq: seq.parse().ok()?,
        sha256: sha256.parse().ok()?,
        length,
    };
    Some((scope.parse().ok()?, pack)).filter(|_| parts.next().is_none())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use std::io::Read;

    use super::*;

    fn scope(text: &str) -> Scope {
        text.parse().unwrap()
    }

    fn make(files: &PackFiles, of: &str, seq: u64, bytes: &[u8]) -> KeptPack {
        let mut writer = files.begin().unwrap();
        writer.write(bytes).unwrap();
        writer.finish(&scope(of), 1, seq).unwrap()
    }

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_pack_takes_the_place_of_the_one_before_and_is_known_after_a_restart() {
        let kept = tempfile::tempdir().unwrap();
        let folder = kept.path().join("packs");
        let files = PackFiles::open(&folder).unwrap();
        assert_eq!(files.kept(&scope("grid:a")), None);
        let first = make(&files, "grid:a", 3, b"three");
        make(&files, "grid:b", 3, b"three");
        let turn = files.turn();
        assert!(files.is_making());
        drop(turn);
        assert!(!files.is_making());
        let mut reading = files.read(&scope("grid:a"), &first).unwrap();
        let second = make(&files, "grid:a", 4, b"four");
        assert_eq!(names(&folder), 2);
        let mut read = String::new();
        reading.read_to_string(&mut read).unwrap();
        assert_eq!(read, "three", "whoever reads goes on");
        assert!(files.read(&scope("grid:a"), &first).is_err());
        // The very same again.
        assert_eq!(make(&files, "grid:a", 4, b"four"), second);
        let again = PackFiles::open(&folder).unwrap();
        assert_eq!(again.kept(&scope("grid:a")), Some(second));
        assert_eq!(second.sha256, Digest::of(b"four"));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(again.kept(&scope("grid:a")), None);
    }

    #[test]
    fn what_was_left_unfinished_or_is_none_of_ours_is_passed_over() {
        let kept = tempfile::tempdir().unwrap();
        let files = PackFiles::open(kept.path()).unwrap();
        files.begin().unwrap().write(b"half").unwrap();
        fs::write(kept.path().join("notes.txt"), b"x").unwrap();
        let again = PackFiles::open(kept.path()).unwrap();
        assert_eq!(again.known().kept.len(), 0);
        make(&again, "grid:a", 1, b"whole");
        assert_eq!(names(kept.path()), 2, "the half one became this one");
    }

    #[test]
    fn a_pack_covers_its_feed_until_that_has_moved_on_by_an_eighth() {
        let pack = KeptPack {
            epoch: 2,
            seq: 800,
            sha256: Digest::of(b""),
            length: 1,
        };
        assert!(pack.covers(2, 800, 200) && pack.covers(2, 1_100, 200));
        assert!(!pack.covers(2, 1_101, 200));
        assert!(!pack.covers(3, 800, 200), "of another life of the hub");
        assert!(!pack.covers(2, 799, 200), "the hub has forgotten");
        let kept = tempfile::tempdir().unwrap();
        let files = PackFiles::open(kept.path()).unwrap();
        assert!(!files.lately_failed(&scope("grid:a"), 800));
        files.note_failure(&scope("grid:a"), 800);
        assert!(files.lately_failed(&scope("grid:a"), 1_100));
        assert!(!files.lately_failed(&scope("grid:a"), 1_101));
    }
}
