//! How the store is protected, and what became of that of a revoked device.

use xunge_field::{RevokedStore, StoreProtection};

#[uniffi::remote(Record)]
pub struct StoreProtection {
    pub encrypted: bool,
    pub in_hardware: bool,
    pub recoverable: bool,
}

#[uniffi::remote(Enum)]
pub enum RevokedStore {
    Wiped,
    Sealed,
}
