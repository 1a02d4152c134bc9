//! The ports of a device on a computer.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use xunge_field::domain::time::Timestamp;
use xunge_field::{
    Clock, DataKey, Entropy, FieldApp, FieldError, KeyUnavailable, KeyWrapper, Ports, SalvageView,
    SoftwareKey, SoftwareKeyWrapper, Uptime, system_uptime,
};
use xunge_store::{MemoryMedium, OpenStoreError, Store, WrappedKey};

const KEY_FILE: &str = "device.key";
/// The secret that wraps the store's key. Beside the store it protects from nobody who takes the whole folder: it stands
/// where a phone has its key store, and says `software`.
const WRAPPING_KEY_FILE: &str = "store.key";

/// A device that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The folder or the key file.
    #[error("the device key in {KEY_FILE} cannot be read or made: {0}")]
    Key(#[from] io::Error),
    /// The facade.
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// The computer's clock, set forward or back by so many milliseconds, as a phone's may be.
#[derive(Default)]
struct ComputerClock(i64);

impl ComputerClock {
    fn showing(now: Timestamp) -> Self {
        Self(now.millis_since(Self::default().now()))
    }
}

impl Clock for ComputerClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            .plus_millis(self.0)
    }
    fn uptime(&self) -> Option<Uptime> {
        system_uptime()
    }
}

struct ComputerEntropy;

impl Entropy for ComputerEntropy {
    #[expect(
        clippy::expect_used,
        reason = "a computer without entropy cannot run a device"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system has entropy");
    }
}

/// How a device is opened, where not as usual.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hosting {
    /// Its store is left as versions before encryption left it: to measure what encryption costs.
    pub unencrypted: bool,
    /// What its clock shows now.
    pub now: Option<Timestamp>,
}

/// Opens the device in `folder`, making it when there is none. Its store is encrypted.
///
/// # Errors
/// The key file or the store.
pub fn open(folder: &Path) -> Result<FieldApp, HostError> {
    open_hosted(folder, Hosting::default())
}

/// [`open`], with something that is not as usual.
///
/// # Errors
/// As [`open`]; without encryption also a store that is encrypted already.
pub fn open_hosted(folder: &Path, hosting: Hosting) -> Result<FieldApp, HostError> {
    fs::create_dir_all(folder)?;
    Ok(FieldApp::open(folder, hosted(folder, hosting)?)?)
}

/// Salvages the damaged store of the device in `folder`.
///
/// # Errors
/// As [`FieldApp::salvage`].
pub fn salvage(folder: &Path, hosting: Hosting) -> Result<SalvageView, HostError> {
    Ok(FieldApp::salvage(folder, &hosted(folder, hosting)?)?)
}

fn hosted(folder: &Path, hosting: Hosting) -> Result<Ports, HostError> {
    let mut ports = ports(key(&folder.join(KEY_FILE))?);
    if let Some(now) = hosting.now {
        ports.clock = Box::new(ComputerClock::showing(now));
    }
    if !hosting.unencrypted {
        ports.key_wrapper = Some(Box::new(FileKeyWrapper(folder.join(WRAPPING_KEY_FILE))));
    }
    Ok(ports)
}

/// Wipes the device in `folder`, its keys included.
///
/// # Errors
/// It is in use, or a file cannot be removed.
pub fn wipe(folder: &Path) -> Result<(), HostError> {
    let wrapper = FileKeyWrapper(folder.join(WRAPPING_KEY_FILE));
    FieldApp::wipe_folder(folder, Some(&wrapper))?;
    forget_key(folder)
}

/// Destroys the signing key of a device that is wiped or revoked.
///
/// # Errors
/// The file cannot be removed.
pub fn forget_key(folder: &Path) -> Result<(), HostError> {
    match fs::remove_file(folder.join(KEY_FILE)) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(HostError::Key(cause)),
        _ => Ok(()),
    }
}

/// [`open`] without encryption.
///
/// # Errors
/// As [`open_hosted`].
pub fn open_unencrypted(folder: &Path) -> Result<FieldApp, HostError> {
    let unencrypted = true;
    open_hosted(
        folder,
        Hosting {
            unencrypted,
            now: None,
        },
    )
}

/// The store of a device without its facade, for a test that plants something.
///
/// # Errors
/// There is none, or it cannot be opened.
pub fn open_store(folder: &Path) -> Result<Store, OpenStoreError> {
    let source = WrappedKey {
        wrapper: &FileKeyWrapper(folder.join(WRAPPING_KEY_FILE)),
        random: &|bytes| ComputerEntropy.fill(bytes),
    };
    Store::open_encrypted(folder, &source)
}

/// A key store that is a file, readable by its owner alone.
struct FileKeyWrapper(PathBuf);

impl FileKeyWrapper {
    fn secret(&self) -> io::Result<SoftwareKeyWrapper> {
        let secret = fs::read(&self.0)?.try_into();
        let secret = secret.map_err(|_| io::Error::other("not 32 bytes"))?;
        Ok(SoftwareKeyWrapper::from_bytes(secret))
    }

    fn unavailable(&self, cause: &io::Error) -> KeyUnavailable {
        KeyUnavailable::because(format!("{}: {cause}", self.0.display()))
    }
}

impl KeyWrapper for FileKeyWrapper {
    fn wrap_key(&self, data_key: &DataKey) -> Result<Vec<u8>, KeyUnavailable> {
        let made = if self.0.exists() {
            Ok(())
        } else {
            let mut secret = [0; 32];
            ComputerEntropy.fill(&mut secret);
            write_secret(&self.0, &secret)
        };
        made.and_then(|()| self.secret())
            .map_err(|cause| self.unavailable(&cause))?
            .wrap_key(data_key)
    }
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, KeyUnavailable> {
        let secret = self.secret().map_err(|cause| self.unavailable(&cause))?;
        secret.unwrap_key(wrapped)
    }
    fn destroy_key(&self) -> Result<(), KeyUnavailable> {
        match fs::remove_file(&self.0) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(self.unavailable(&cause)),
            _ => Ok(()),
        }
    }
}

/// Opens a new device whose store and key are nowhere but in memory: one of many in a process.
///
/// # Errors
/// The store, or a medium in use.
pub fn open_in_memory(medium: &MemoryMedium) -> Result<FieldApp, HostError> {
    Ok(FieldApp::open_medium(medium, ports(new_key()?))?)
}

fn ports(key: SoftwareKey) -> Ports {
    Ports {
        clock: Box::new(ComputerClock::default()),
        entropy: Box::new(ComputerEntropy),
        signer: Box::new(key),
        key_wrapper: None,
        build: concat!("field-device ", env!("CARGO_PKG_VERSION")).into(),
    }
}

fn new_key() -> io::Result<SoftwareKey> {
    let mut secret = [0; 32];
    ComputerEntropy.fill(&mut secret);
    SoftwareKey::from_bytes(&secret).map_err(io::Error::other)
}

/// The key of a file. Written whole under another name first, so that a kill leaves no half a key.
fn key(file: &Path) -> io::Result<SoftwareKey> {
    if let Ok(bytes) = fs::read(file) {
        return SoftwareKey::from_bytes(&bytes).map_err(io::Error::other);
    }
    let key = new_key()?;
    write_secret(file, &key.to_bytes())?;
    Ok(key)
}

/// Writes a secret, readable by its owner alone; on the disk when this returns.
fn write_secret(file: &Path, secret: &[u8]) -> io::Result<()> {
    let unfinished = file.with_extension("unfinished");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&unfinished)?;
    out.write_all(secret)?;
    out.sync_all()?;
    fs::rename(&unfinished, file)?;
    match file.parent() {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
