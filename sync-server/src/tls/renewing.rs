//! Certificates that are renewed while the hub serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustls::ServerConfig;
use xunge_sync::wire::ServerPin;

use super::TlsError;
use super::certificate::load;

/// What a file looked like: a renewal changes one of them.
type Stamp = [Option<(SystemTime, u64, u64)>; 2];

/// The certificate the hub shows. Whoever renews the files needs to tell nobody: each new connection looks at their times,
/// which costs two microseconds beside a handshake of hundreds.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    /// What devices pin: that of the files at the start.
    pin: ServerPin,
    current: Mutex<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    /// Of the files looked at last, whether or not they could be used.
    seen: Stamp,
}

impl Tls {
    /// Reads certificate chain and key, both PEM. The chain ends with the authority's certificate.
    ///
    /// # Errors
    /// They cannot be read, do not belong together, or the chain is open.
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        // Taken before reading: a change in between is then read again, never missed.
        let seen = stamp(certificate, key);
        let loaded = load(certificate, key)?;
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            pin: loaded.pin,
            current: Mutex::new(Current {
                config: loaded.config,
                seen,
            }),
        })
    }

    /// What devices pin.
    pub const fn pin(&self) -> ServerPin {
        self.pin
    }

    /// For the next connection: the renewed files when they changed and fit, otherwise what served before. A renewal is
    /// often two writes, so files that do not fit are looked at again when one of them changes.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let now = stamp(&self.certificate, &self.key);
        if now != current.seen {
            current.seen = now;
            match load(&self.certificate, &self.key) {
                Ok(renewed) if renewed.pin == self.pin => {
                    tracing::info!("the renewed certificate is in use");
                    current.config = renewed.config;
                }
                Ok(_) => tracing::error!(
                    "the renewed certificate is of another authority, which every device would refuse; the old one stays in use"
                ),
                Err(cause) => tracing::warn!(
                    error.code = cause.code(),
                    "the renewed certificate cannot be used yet; the old one stays in use"
                ),
            }
        }
        Arc::clone(&current.config)
    }
}

fn stamp(certificate: &Path, key: &Path) -> Stamp {
    [certificate, key].map(|file| {
        let found = fs::metadata(file).ok()?;
        #[cfg(unix)]
        let place = std::os::unix::fs::MetadataExt::ino(&found);
        #[cfg(not(unix))]
        let place = 0;
        Some((found.modified().ok()?, found.len(), place))
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::super::authority::{Authority, Made};
    use super::*;
    use crate::app::SystemEntropy;

    fn authority() -> Authority {
        Authority::make("hub.example", SystemTime::now(), &SystemEntropy).unwrap()
    }

    fn certified(by: &Authority) -> Made {
        let hosts = ["hub.example".to_owned(), "192.0.2.1".to_owned()];
        by.certify(&hosts, SystemTime::now(), &SystemEntropy)
            .unwrap()
    }

    /// As a renewal does it: a new file in the old one's place.
    fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
        let (beside, place) = (folder.join("new"), folder.join(name));
        fs::write(&beside, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&beside, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        fs::rename(beside, &place).unwrap();
        place
    }

    #[test]
    fn renewed_files_are_used_once_they_fit_and_only_under_the_same_authority() {
        let folder = tempfile::tempdir().unwrap();
        let own = authority();
        let (first, second) = (certified(&own), certified(&own));
        let certificate = put(folder.path(), "tls.pem", &first.chain);
        let key = put(folder.path(), "tls.key", &first.key);
        let tls = Tls::open(&certificate, &key).unwrap();
        let before = tls.config();
        assert!(Arc::ptr_eq(&before, &tls.config()));

        put(folder.path(), "tls.pem", &second.chain);
        assert!(Arc::ptr_eq(&before, &tls.config()), "half of a renewal");
        put(folder.path(), "tls.key", &second.key);
        let after = tls.config();
        assert!(!Arc::ptr_eq(&before, &after));

        let other = certified(&authority());
        put(folder.path(), "tls.pem", &other.chain);
        put(folder.path(), "tls.key", &other.key);
        assert!(Arc::ptr_eq(&after, &tls.config()), "another authority");
        fs::remove_file(&certificate).unwrap();
        assert!(Arc::ptr_eq(&after, &tls.config()), "no file");
    }

    #[test]
    fn files_that_make_no_tls_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (own, made) = (certified(&authority()), certified(&authority()));
        let code = |chain: &str, key: &str| {
            let certificate = put(folder.path(), "tls.pem", chain);
            let key = put(folder.path(), "tls.key", key);
            Tls::open(&certificate, &key)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(code(&own.chain, &own.key), None);
        assert_eq!(code("", &own.key), Some("tls_certificate_unfit"));
        assert_eq!(code(&own.chain, "no key"), Some("tls_key_unfit"));
        assert_eq!(code(&own.chain, &made.key), Some("tls_key_unfit"));
        let leaf = own.chain.strip_suffix(&own.authority).unwrap();
        assert_eq!(code(leaf, &own.key), Some("tls_chain_open"));
        let mixed = format!("{leaf}{}", made.authority);
        // Both are called alike, but the last did not sign the first.
        assert_eq!(code(&mixed, &own.key), Some("tls_chain_open"));
        let turned = format!("{}{leaf}", own.authority);
        assert_eq!(code(&turned, &own.key), Some("tls_chain_open"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let key = put(folder.path(), "tls.key", &own.key);
            fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
            let certificate = put(folder.path(), "tls.pem", &own.chain);
            let error = Tls::open(&certificate, &key)
                .err()
                .map(|error| error.code());
            assert_eq!(error, Some("key_exposed"));
        }
        let gone = folder.path().join("gone.pem");
        let key = folder.path().join("tls.key");
        let error = Tls::open(&gone, &key).err().map(|error| error.code());
        assert_eq!(error, Some("file_unreadable"));
    }

    #[test]
    fn every_file_of_one_authority_has_its_pin() {
        let folder = tempfile::tempdir().unwrap();
        let own = authority();
        let made = certified(&own);
        let chain = put(folder.path(), "tls.pem", &made.chain);
        let key = put(folder.path(), "tls.key", &made.key);
        let root = put(folder.path(), "tls-ca.pem", &made.authority);
        let pin = Tls::open(&chain, &key).unwrap().pin();
        assert_eq!(super::super::pin_of_file(&root).unwrap(), pin);
        let other = put(folder.path(), "other.pem", &certified(&authority()).chain);
        assert_ne!(super::super::pin_of_file(&other).unwrap(), pin);
    }

    #[test]
    fn a_name_that_is_none_is_refused() {
        for host in ["", "a,O=b", "hub example", "http://hub"] {
            assert!(
                Authority::make(host, SystemTime::now(), &SystemEntropy).is_err(),
                "{host}"
            );
        }
    }
}
