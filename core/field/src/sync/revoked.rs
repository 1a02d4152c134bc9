//! Revoked: the hub took this device's rights and signed that for this very request. What is here must not be found by
//! whoever holds the device now; what was not sent is the organisation's.

use xunge_store::{OpenStoreError, StoreError};

use crate::app::FieldApp;
use crate::error::FieldError;

/// The code of the refusal.
pub(crate) const REVOKED: &str = "revoked";

/// What became of the store of a revoked device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokedStore {
    /// Everything is gone: nothing waited to be sent, or nobody could ever have opened it.
    Wiped,
    /// Something waited to be sent. Only the organisation's recovery key opens it; this program cannot any more.
    Sealed,
}

impl RevokedStore {
    /// Stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wiped => "wiped",
            Self::Sealed => "sealed",
        }
    }

    /// What that means and the next step, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Wiped => "本机内容已全部清除。",
            Self::Sealed => {
                "未送达的内容已封存，只有管理员能用恢复密钥取出；请不要卸载应用，把设备交给管理员。"
            }
        }
    }

    /// What that means and the next step, in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Wiped => "Everything on this device was wiped.",
            Self::Sealed => {
                "What was not sent is sealed and only the recovery key opens it. Do not uninstall the app: hand the device to your administrator."
            }
        }
    }
}

impl FieldApp {
    /// Seals what waits to be sent, or wipes. Killed on the way, the next opening or the next contact ends it.
    pub(crate) fn on_revoked(&mut self) -> Result<RevokedStore, FieldError> {
        if !self.holds_unsent_work()? || !self.store.seal()? {
            self.wipe()?;
            return Ok(RevokedStore::Wiped);
        }
        self.forget_who_it_was();
        if let Some(wrapper) = &self.ports.key_wrapper {
            wrapper.destroy_key().map_err(OpenStoreError::from)?;
        }
        Ok(RevokedStore::Sealed)
    }

    /// Writes, records and photo files that the hub has not acknowledged, and drafts.
    fn holds_unsent_work(&self) -> Result<bool, StoreError> {
        self.store.read(|reader| {
            Ok(reader.pending_count(None)? > 0
                || reader.waiting_private_count()? > 0
                || reader.unacknowledged_blob_count(None)? > 0
                || !reader.drafts(None, 1)?.is_empty())
        })
    }
}
