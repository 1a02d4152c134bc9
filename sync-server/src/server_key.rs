//! The hub's own key: a file beside the database, readable by its owner alone. It is not in the database, so that
//! a copied database cannot speak for the hub.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use p256::ecdsa::SigningKey;
use p256::elliptic_curve::sec1::ToSec1Point;

/// Bytes of the secret.
pub const SECRET_BYTES: usize = 32;

/// The secret key of the hub, P-256.
#[derive(Clone)]
pub struct ServerKey {
    secret: SigningKey,
}

/// Bytes that are no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no P-256 key")]
pub struct KeyError;

impl ServerKey {
    /// From a secret's bytes. Fresh keys come from random bytes; the few that are no key are refused.
    ///
    /// # Errors
    /// Zero, or beyond the order of the curve: draw again.
    pub fn from_bytes(bytes: [u8; SECRET_BYTES]) -> Result<Self, KeyError> {
        SigningKey::from_slice(&bytes)
            .map(|secret| Self { secret })
            .map_err(|_| KeyError)
    }

    /// The secret's bytes.
    pub fn to_bytes(&self) -> [u8; SECRET_BYTES] {
        self.secret.to_bytes().into()
    }

    /// The public half, compressed SEC1, 33 bytes.
    pub fn public(&self) -> Vec<u8> {
        self.secret
            .verifying_key()
            .to_sec1_point(true)
            .as_bytes()
            .to_vec()
    }

    /// Reads the key file; `None` when there is none.
    ///
    /// # Errors
    /// The file cannot be read or holds something else.
    pub fn read(file: &Path) -> io::Result<Option<Self>> {
        let mut opened = match File::open(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut bytes = [0; SECRET_BYTES];
        opened.read_exact(&mut bytes)?;
        Self::from_bytes(bytes).map(Some).map_err(io::Error::other)
    }

    /// Writes a fresh key file, mode 0600, durable. Never replaces one.
    ///
    /// # Errors
    /// The file exists or cannot be written.
    pub fn write_new(&self, file: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(file)?;
        opened.write_all(&self.to_bytes())?;
        opened.sync_all()
    }
}

/// Shows nothing of the secret.
impl std::fmt::Debug for ServerKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "ServerKey({})",
            data_encoding::HEXLOWER.encode(&self.public())
        )
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_back_is_private_and_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.key");
        assert!(ServerKey::read(&file).unwrap().is_none());
        let key = ServerKey::from_bytes([7; SECRET_BYTES]).unwrap();
        key.write_new(&file).unwrap();
        assert_eq!(
            ServerKey::read(&file).unwrap().unwrap().public(),
            key.public()
        );
        assert_eq!(key.public().len(), 33);
        assert!(
            ServerKey::from_bytes([9; SECRET_BYTES])
                .unwrap()
                .write_new(&file)
                .is_err()
        );
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
        for bytes in [&[1_u8; 31][..], &[0; 32][..]] {
            std::fs::write(&file, bytes).unwrap();
            assert!(ServerKey::read(&file).is_err());
        }
    }

    #[test]
    fn debugging_output_shows_no_secret() {
        let key = ServerKey::from_bytes([7; SECRET_BYTES]).unwrap();
        assert!(!format!("{key:?}").contains("0707"));
    }
}
