//! The master key of personal data: a file beside the database, readable by its owner alone, made when the first subject is
//! kept. It wraps the subjects' keys; without it a copied database says nothing about anybody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::app::{Entropy, EntropyError};
use crate::blob_files::sync_folder;
use crate::private_files::{Exposed, exposure};

/// Bytes of the secret.
pub const MASTER_KEY_BYTES: usize = 32;

/// Why there is no key to work with.
#[derive(Debug, thiserror::Error)]
pub enum PrivateKeyError {
    /// Others may read it.
    #[error(transparent)]
    Exposed(#[from] Exposed),
    /// It cannot be read or written, or holds something else.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is none, and personal data is kept that needs it.
    #[error("{}: the key of the personal data here is missing", .0.display())]
    Missing(PathBuf),
    /// No randomness for a new one.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// The secret. Wiped from memory when dropped; never printed.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; MASTER_KEY_BYTES]>);

impl MasterKey {
    /// From random bytes.
    pub fn from_bytes(bytes: [u8; MASTER_KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; MASTER_KEY_BYTES] {
        &self.0
    }
}

/// The file, read once.
pub struct PrivateKeyFile {
    path: PathBuf,
    read: Mutex<Option<MasterKey>>,
}

impl PrivateKeyFile {
    /// At a path where there may be none yet.
    pub const fn at(path: PathBuf) -> Self {
        Self {
            path,
            read: Mutex::new(None),
        }
    }

    /// The key; `None` while nothing was ever kept.
    ///
    /// # Errors
    /// Others may read the file, or it is no key.
    pub fn existing(&self) -> Result<Option<MasterKey>, PrivateKeyError> {
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = read(&self.path)?;
        }
        Ok(kept.clone())
    }

    /// The key, made when there is none and `needed` by nothing that is kept: a new one would open none of it.
    ///
    /// # Errors
    /// Missing, exposed, no key, no room, or no randomness.
    pub fn or_new(
        &self,
        entropy: &dyn Entropy,
        needed: bool,
    ) -> Result<MasterKey, PrivateKeyError> {
        if let Some(key) = self.existing()? {
            return Ok(key);
        }
        if needed {
            return Err(PrivateKeyError::Missing(self.path.clone()));
        }
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = &*kept {
            return Ok(key.clone());
        }
        let key = MasterKey::from_bytes(entropy.array()?);
        write_new(&key, &self.path)?;
        *kept = Some(key.clone());
        Ok(key)
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> PrivateKeyError + '_ {
    |source| PrivateKeyError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Reads the key file; `None` when there is none.
///
/// # Errors
/// Others may read it, it cannot be read, or holds something else.
pub fn read(path: &Path) -> Result<Option<MasterKey>, PrivateKeyError> {
    let mut opened = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed(path))?,
    };
    if let Some(exposed) = exposure(path) {
        return Err(exposed.into());
    }
    let mut bytes = Zeroizing::new([0; MASTER_KEY_BYTES]);
    let mut beyond = [0; 1];
    let length = opened
        .read_exact(&mut *bytes)
        .and_then(|()| opened.read(&mut beyond))
        .map_err(failed(path))?;
    if length > 0 {
        let longer = io::Error::other("longer than a key");
        return Err(failed(path)(longer));
    }
    Ok(Some(MasterKey(bytes)))
}

/// Writes a fresh key file, mode 0600, durable and whole or not at all. Never replaces one.
///
/// # Errors
/// The file exists or cannot be written.
pub fn write_new(key: &MasterKey, path: &Path) -> Result<(), PrivateKeyError> {
    let unfinished = path.with_extension("key.unfinished");
    let write = || -> io::Result<()> {
        if path.try_exists()? {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        // Left by a process that died; nothing was sealed with it.
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(&unfinished)?;
        opened.write_all(key.as_bytes())?;
        opened.sync_all()?;
        fs::rename(&unfinished, path)?;
        sync_folder(path.parent().unwrap_or_else(|| Path::new(".")))
    };
    write().map_err(failed(path))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn it_is_made_once_for_its_owner_alone_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private.key");
        let file = PrivateKeyFile::at(path.clone());
        assert!(file.existing().unwrap().is_none());
        let made = file.or_new(&SystemEntropy, false).unwrap();
        let again = PrivateKeyFile::at(path.clone());
        for key in [
            file.or_new(&SystemEntropy, false).unwrap(),
            again.or_new(&SystemEntropy, true).unwrap(),
        ] {
            assert_eq!(key.as_bytes(), made.as_bytes());
        }
        assert!(write_new(&made, &path).is_err(), "never replaced");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(exposure(&path).is_none());
    }

    #[test]
    fn no_new_key_takes_the_place_of_one_that_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private.key");
        let file = PrivateKeyFile::at(path.clone());
        let refused = file.or_new(&SystemEntropy, true);
        assert!(matches!(refused, Err(PrivateKeyError::Missing(_))));
        assert!(!path.exists());
    }

    #[test]
    fn what_is_no_key_or_open_to_others_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("private.key");
        for bytes in [&[1_u8; 31][..], &[1; 33], &[]] {
            let _ = fs::remove_file(&path);
            fs::write(&path, bytes).unwrap();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            }
            assert!(matches!(read(&path), Err(PrivateKeyError::Io { .. })));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::write(&path, [1; 32]).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
            assert!(matches!(read(&path), Err(PrivateKeyError::Exposed(_))));
        }
    }
}
