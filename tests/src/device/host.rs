//! The ports of a device on a computer.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use xunge_field::domain::time::Timestamp;
use xunge_field::{
    Clock, Entropy, FieldApp, FieldError, Ports, SoftwareKey, Uptime, system_uptime,
};
use xunge_store::MemoryMedium;

const KEY_FILE: &str = "device.key";

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

struct ComputerClock;

impl Clock for ComputerClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
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

/// Opens the device in `folder`, making it when there is none.
///
/// # Errors
/// The key file or the store.
pub fn open(folder: &Path) -> Result<FieldApp, HostError> {
    fs::create_dir_all(folder)?;
    let key = key(&folder.join(KEY_FILE))?;
    Ok(FieldApp::open(folder, ports(key))?)
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
        clock: Box::new(ComputerClock),
        entropy: Box::new(ComputerEntropy),
        signer: Box::new(key),
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
    let unfinished = file.with_extension("unfinished");
    let mut out = fs::File::create(&unfinished)?;
    out.write_all(&key.to_bytes())?;
    out.sync_all()?;
    fs::rename(&unfinished, file)?;
    Ok(key)
}
