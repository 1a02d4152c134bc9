//! A damaged store.

use std::path::Path;
use std::sync::Arc;

use xunge_field::SalvageView;

use crate::app::ports;
use crate::error::FieldError;
use crate::key_wrapper::KeyWrapper;
use crate::signer::DeviceSigner;

/// Puts a damaged store aside, untouched, and a new one with all that can still be read in its place, what was not sent first.
/// Only after `store_damaged`, with the app object shut down; then open it again. Background thread; seconds to minutes.
///
/// # Errors
/// In use, newer, full, or the key cannot be had: then nothing has changed.
#[uniffi::export]
pub fn salvage(
    folder: String,
    signer: Arc<dyn DeviceSigner>,
    key_wrapper: Arc<dyn KeyWrapper>,
) -> Result<SalvageView, FieldError> {
    let salvaged =
        xunge_field::FieldApp::salvage(Path::new(&folder), &ports(signer, key_wrapper)?)?;
    Ok(salvaged)
}
