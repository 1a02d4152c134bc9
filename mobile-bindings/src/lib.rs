//! The phone's doors into the core: one object, synchronous methods that only delegate to `xunge-field`, views that
//! cross whole. What differs between platforms (clock, entropy, device key, key wrapping) is bound here.

pub mod app;
pub mod error;
pub mod key_wrapper;
pub mod log_sink;
mod mirror;
mod platform;
pub mod salvage;
pub mod signer;
mod verbs;
pub mod views;

uniffi::setup_scaffolding!();
