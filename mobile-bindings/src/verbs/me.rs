//! Whose device this is.

use xunge_field::PersonView;
use xunge_field::domain::ids::DocumentId;
use xunge_field::domain::time::Timestamp;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::sync::ChangeCounters;

#[uniffi::export]
impl FieldApp {
    /// Whose device this is; nothing before enrolment. Any thread when no verb is running; memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn me(&self) -> Result<Option<PersonView>, FieldError> {
        self.with(|app| Ok(app.me()))
    }

    /// Where the server is; nothing before enrolment. Any thread when no verb is running; memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn server_url(&self) -> Result<Option<String>, FieldError> {
        self.with(|app| Ok(app.server_url()))
    }

    /// What the server's certificate is held against before anything is sent: the first 16 bytes of the SHA-256 over the
    /// SubjectPublicKeyInfo of a certificate in the chain it shows, up to which every signature and the server's name must
    /// hold; dates do not count, because a phone's clock may be wrong by years. What does not fit is given as
    /// `HttpAnswer::WrongCertificate`. Nothing before enrolment, and where the server has no TLS of its own: then the
    /// platform's rules hold alone. Any thread when no verb is running; memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn server_pin(&self) -> Result<Option<Vec<u8>>, FieldError> {
        self.with(|app| Ok(app.server_pin().map(|pin| pin.as_bytes().to_vec())))
    }

    /// What time it is by the server's clock, as far as this device knows: deadlines are due by that, and a phone may be set
    /// wrong. Background thread; a few rows.
    ///
    /// # Errors
    /// The store's.
    pub fn hub_time(&self) -> Result<Timestamp, FieldError> {
        self.with(|app| app.hub_time())
    }

    /// How often cases, sync and drafts changed: poll it to know what to read again. Any thread; memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn change_counters(&self) -> Result<ChangeCounters, FieldError> {
        self.with(|app| {
            let counters = app.change_counters();
            Ok(ChangeCounters {
                cases: counters.cases,
                sync: counters.sync,
                drafts: counters.drafts,
            })
        })
    }

    /// A case by its id, or by the end of it that people say over the phone. Background thread; one look-up.
    ///
    /// # Errors
    /// Nothing on this device is called so.
    pub fn resolve(&self, id_or_code: String) -> Result<DocumentId, FieldError> {
        self.with(|app| app.resolve(&id_or_code))
    }
}
