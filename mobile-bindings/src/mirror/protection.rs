//! How the store is protected.

use xunge_field::StoreProtection;

#[uniffi::remote(Record)]
pub struct StoreProtection {
    pub encrypted: bool,
    pub in_hardware: bool,
    pub recoverable: bool,
}
