//! The hub's own key: a file beside the database, readable by its owner alone. It is not in the database, so that
//! a copied database cannot speak for the hub.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use xunge_sync::keys::SoftwareKey;

/// Bytes of the secret.
pub const SECRET_BYTES: usize = 32;

/// Reads the key file; `None` when there is none.
///
/// # Errors
/// The file cannot be read or holds something else.
pub fn read(file: &Path) -> io::Result<Option<SoftwareKey>> {
    let opened = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = Vec::new();
    // One byte more than a key has: a longer file is something else.
    let most = u64::try_from(SECRET_BYTES).unwrap_or(0) + 1;
    opened.take(most).read_to_end(&mut bytes)?;
    SoftwareKey::from_bytes(&bytes)
        .map(Some)
        .map_err(io::Error::other)
}

/// Writes a fresh key file, mode 0600, durable. Never replaces one.
///
/// # Errors
/// The file exists or cannot be written.
pub fn write_new(key: &SoftwareKey, file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(&key.to_bytes())?;
    opened.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_sync::keys::Signer;

    #[test]
    fn the_file_reads_back_is_private_and_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.key");
        assert!(read(&file).unwrap().is_none());
        let key = SoftwareKey::from_bytes(&[7; SECRET_BYTES]).unwrap();
        write_new(&key, &file).unwrap();
        assert_eq!(read(&file).unwrap().unwrap().public_key(), key.public_key());
        assert!(write_new(&SoftwareKey::from_bytes(&[9; SECRET_BYTES]).unwrap(), &file).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_an_error_not_another_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.key");
        for bytes in [&[1_u8; 31][..], &[0; 32][..], &[1; 33][..], &[]] {
            std::fs::write(&file, bytes).unwrap();
            assert!(read(&file).is_err());
        }
    }
}
