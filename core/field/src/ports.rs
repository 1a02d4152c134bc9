//! What the platform gives: time, entropy, the device key, the key that wraps the data key.

use xunge_domain::time::Timestamp;
use xunge_evidence::record::Uptime;
use xunge_store::KeyWrapper;
use xunge_sync::keys::Signer;

/// The wall clock. A claim: shown, never decisive.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// The clock that nobody sets, and which start of the device it counts from; `None` where the platform has none.
    fn uptime(&self) -> Option<Uptime> {
        None
    }
}

/// The time since the machine started, sleep included, where the system tells it: Linux and Android. For a host's
/// [`Clock::uptime`].
pub fn system_uptime() -> Option<Uptime> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::time::{ClockId, clock_gettime};
        let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let hex: Vec<u8> = name.bytes().filter(u8::is_ascii_hexdigit).collect();
        let boot: [u8; 16] = data_encoding::HEXLOWER.decode(&hex).ok()?.try_into().ok()?;
        let since = clock_gettime(ClockId::Boottime);
        let millis = since.tv_sec.checked_mul(1_000)? + since.tv_nsec / 1_000_000;
        Some(Uptime {
            boot: boot.into(),
            millis: u64::try_from(millis).ok()?,
        })
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    None
}

/// Random bytes from the operating system.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The platform.
pub struct Ports {
    /// Time.
    pub clock: Box<dyn Clock>,
    /// Randomness.
    pub entropy: Box<dyn Entropy>,
    /// The device key.
    pub signer: Box<dyn Signer>,
    /// The key that wraps the store's data key; `None` leaves the store unencrypted, for measurements and tests. Nothing in
    /// memory is encrypted.
    pub key_wrapper: Option<Box<dyn KeyWrapper>>,
    /// The program and its version, as records name it.
    pub build: String,
}

impl Ports {
    pub(crate) fn random<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.entropy.fill(&mut bytes);
        bytes
    }
}
