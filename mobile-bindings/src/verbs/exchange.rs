//! Between devices and by hand. The app owns the socket and the file, the core says what goes through them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::exchange::{Brought, Parcel, SharingStart, SharingStep};

/// A meeting with another device: keep it until it is done.
#[derive(uniffi::Object)]
pub struct Sharing(pub(crate) Mutex<xunge_field::Sharing>);

#[uniffi::export]
impl Sharing {
    /// What the other device brought so far. Any thread; memory only.
    pub fn brought(&self) -> Brought {
        let sharing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sharing.brought().clone().into()
    }
}

#[uniffi::export]
impl FieldApp {
    /// Makes a file of what the server has not received; sealed, the server alone can read it. Background thread; reads the
    /// disk, a signature a case, up to 64 MiB in memory.
    ///
    /// # Errors
    /// Nothing to carry, no certificate yet, or the store's.
    pub fn export(&self, sealed: bool) -> Result<Parcel, FieldError> {
        self.with(|app| Ok(app.export(sealed)?.into()))
    }

    /// Takes a file in, all of it or nothing; a second time it brings nothing new. Background thread; one commit.
    ///
    /// # Errors
    /// A file that is cut, changed, foreign or forged: then nothing is taken.
    pub fn import(&self, bytes: Vec<u8>) -> Result<Brought, FieldError> {
        self.with(|app| Ok(app.import(&bytes)?.into()))
    }

    /// How many pieces of others wait here to be handed up. Background thread; one count.
    ///
    /// # Errors
    /// The store's.
    pub fn carried_for_others(&self) -> Result<u64, FieldError> {
        self.with(|app| app.carried_for_others())
    }

    /// Begins a meeting with another device; send the message first. Both sides do the same. Background thread.
    ///
    /// # Errors
    /// Not enrolled, or no certificate yet.
    pub fn begin_sharing(&self) -> Result<SharingStart, FieldError> {
        self.with(|app| {
            let (sharing, message) = app.begin_sharing()?;
            Ok(SharingStart {
                sharing: Arc::new(Sharing(Mutex::new(sharing))),
                first: message,
            })
        })
    }

    /// Takes the next message of the other device, at most 4 MiB. Background thread; one commit, about 1 ms a case.
    ///
    /// # Errors
    /// The other is no device of this server, or brings something forged: the meeting is over.
    pub fn on_shared(
        &self,
        sharing: Arc<Sharing>,
        bytes: Vec<u8>,
    ) -> Result<SharingStep, FieldError> {
        self.with(|app| {
            let mut sharing = sharing.0.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(app.on_shared(&mut sharing, &bytes)?.into())
        })
    }
}
