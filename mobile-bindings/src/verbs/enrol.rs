//! Enrolment: a one-time code becomes a device of a person.

use std::sync::Arc;

use xunge_field::{HttpAnswer, PersonView};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::link::{Enrolment, EnrolmentStart};

#[uniffi::export]
impl FieldApp {
    /// The request that redeems a code. Perform it, give the answer to [`Self::finish_enrolment`]. Background
    /// thread; no disk.
    ///
    /// # Errors
    /// Enrolled already, no code, or a code of a server with TLS and an address that is not `https`.
    pub fn begin_enrolment(
        &self,
        server_url: String,
        code: String,
    ) -> Result<EnrolmentStart, FieldError> {
        self.with(|app| {
            let (enrolment, request) = app.begin_enrolment(&server_url, &code)?;
            let pin = enrolment.server_pin();
            Ok(EnrolmentStart {
                server_pin: pin.map(|pin| pin.as_bytes().to_vec()),
                enrolment: Arc::new(Enrolment(enrolment)),
                request: request.into(),
            })
        })
    }

    /// Checks who answered, and keeps what the device needs to work without signal. Background thread; one commit,
    /// some 10 ms.
    ///
    /// # Errors
    /// No answer, an answer of somebody else, or a refusal; the code can be tried again.
    pub fn finish_enrolment(
        &self,
        enrolment: Arc<Enrolment>,
        answer: HttpAnswer,
    ) -> Result<PersonView, FieldError> {
        self.with(|app| app.finish_enrolment(&enrolment.0, answer))
    }
}
