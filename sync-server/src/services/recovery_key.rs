//! The organisation's recovery key: made once, its private half written out and never kept.
//!
//! Devices wrap the key of their encrypted store for the public half when they enrol. Whoever has a lost phone's store and
//! the private half reads what was not sent; a hub that is broken into has nothing that opens a phone.

use xunge_sync::keys::{PublicKey, Signer as _, SoftwareKey};

use crate::app::App;
use crate::services::device_session::key_hex;
use crate::store::rows::MetaKey;
use crate::store::{HubRead, StoreError};

/// The public half; `None` while the organisation has none.
///
/// # Errors
/// The store's; a value that is no key is damage.
pub fn public_half(read: &dyn HubRead) -> Result<Option<PublicKey>, StoreError> {
    read.meta(MetaKey::RecoveryKey)?
        .map(|bytes| {
            PublicKey::from_slice(&bytes).map_err(|_| StoreError::Damaged {
                what: "recovery key",
            })
        })
        .transpose()
}

/// Keeps the public half, for every device that enrols from now on; answers whether there was none before. One that is
/// there stays: phones out there are wrapped for it.
///
/// # Errors
/// The store's.
pub fn keep_public_half(app: &App, key: &SoftwareKey) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let public = key.public_key();
    app.store.writing(|write| {
        if write.meta(MetaKey::RecoveryKey)?.is_some() {
            return Ok(false);
        }
        write.put_meta(MetaKey::RecoveryKey, public.as_bytes())?;
        let detail = serde_json::json!({ "key": key_hex(public.as_bytes()) });
        write.append_audit(now, "system", "recovery_key_made", &detail)?;
        Ok(true)
    })
}
