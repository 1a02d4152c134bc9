//! Enrolment: a one-time code becomes a device of a person.

use xunge_store::{Reader, Session, Tx};
use xunge_sync::device::{HttpAnswer, HttpRequest, LinkProblem, enrol_request};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::{
    Ending, EnrolledFrame, EnrolmentCode, Frame, FrameReader, Nonce, ServerPin, reads_columns,
    takes_parts,
};

use crate::app::FieldApp;
use crate::at_rest::note_recovery_key;
use crate::error::FieldError;
use crate::exchange::certificate::set_certificate;
use crate::proof::receipts::forget_backups;
use crate::sync::columns::{set_hub_reads_columns, set_hub_takes_parts};
use crate::sync::comparison::set_compared;
use crate::tables::ask::take_first;
use crate::tables::{Tables, encode};
use crate::views::PersonView;

/// An enrolment on its way: keep it until the answer is there.
pub struct Enrolment {
    code: EnrolmentCode,
    nonce: Nonce,
    server_url: String,
}

impl Enrolment {
    /// What the host must hold the server's certificate against before it sends the request; `None` for a server without
    /// TLS of its own. See [`FieldApp::server_pin`].
    pub const fn server_pin(&self) -> Option<ServerPin> {
        self.code.pin
    }
}

impl FieldApp {
    /// The request that redeems a code. Perform it and give the answer to [`Self::finish_enrolment`].
    ///
    /// A device that the hub does not know any more says so ([`LinkProblem::Unknown`]) and may enrol again with a new
    /// code for the same person. Everything here stays, is this device's as before, and is offered again.
    ///
    /// # Errors
    /// Enrolled already and known to the hub as far as this app was told, no code, or a code that names a certificate
    /// with an address that is not `https`.
    pub fn begin_enrolment(
        &self,
        server_url: &str,
        code: &str,
    ) -> Result<(Enrolment, HttpRequest), FieldError> {
        let identity = self.identity.as_ref();
        if identity.is_some_and(|identity| !identity.forgotten) {
            return Err(FieldError::EnrolledAlready);
        }
        let code: EnrolmentCode = code.parse().map_err(|_| FieldError::Invalid {
            what: "enrolment code",
        })?;
        // Over plain HTTP there is no certificate to hold against the pin: the secret would be anybody's.
        if code.pin.is_some() && !server_url.starts_with("https://") {
            return Err(FieldError::Invalid {
                what: "server address",
            });
        }
        let nonce = self.ports.random();
        let mut former = Vec::new();
        if let Some(identity) = &self.identity {
            former.push(*identity.installation());
            former.extend(self.store.read(|reader| reader.former_installations())?);
        }
        let request = enrol_request(&code, &self.ports.signer.public_key(), former, nonce);
        let server_url = server_url.trim_end_matches('/').to_owned();
        Ok((
            Enrolment {
                code,
                nonce,
                server_url,
            },
            request,
        ))
    }

    /// Checks that the answer is signed by the key the code names, pins that key and keeps everything the device
    /// needs to work without signal. One commit.
    ///
    /// # Errors
    /// No answer, an answer of somebody else, or a refusal; the code can be tried again.
    pub fn finish_enrolment(
        &mut self,
        enrolment: &Enrolment,
        answer: HttpAnswer,
    ) -> Result<PersonView, FieldError> {
        let (status, body) = match answer {
            HttpAnswer::Answered { status, body } => (status, body),
            HttpAnswer::Unreachable => return Err(FieldError::Link(LinkProblem::Unreachable)),
            HttpAnswer::WrongCertificate => {
                return Err(FieldError::Link(LinkProblem::WrongCertificate));
            }
        };
        let foreign = || FieldError::Link(LinkProblem::Foreign { status });
        let key = claimed_key(&body)
            .filter(|key| key.fingerprint() == enrolment.code.fingerprint)
            .ok_or_else(|| refusal_of(&body).map_or_else(foreign, FieldError::Refused))?;
        let reading = FrameReader::new(key, enrolment.nonce).read(&body);
        match (reading.ending, reading.frames.into_iter().next()) {
            (Ending::Complete, Some(Frame::Enrolled(frame))) => self.enrolled(enrolment, &frame),
            (Ending::Complete, Some(Frame::Refused(refusal))) => Err(FieldError::Refused(refusal)),
            (Ending::Cut, _) => Err(FieldError::Link(LinkProblem::Cut)),
            _ => Err(foreign()),
        }
    }

    fn enrolled(
        &mut self,
        enrolment: &Enrolment,
        frame: &EnrolledFrame,
    ) -> Result<PersonView, FieldError> {
        let before = self.identity.as_ref();
        if before.is_some_and(|before| before.person.id != frame.person.id) {
            return Err(FieldError::EnrolledAlready);
        }
        let again = before.is_some();
        let session = Session {
            installation: frame.installation,
            person: encode(&frame.person),
            server_url: enrolment.server_url.clone(),
            server_public_key: *frame.server_key,
            epoch: frame.epoch,
            token: *frame.token,
            device_key_handle: Vec::new(),
        };
        self.store.transaction(|tx| -> Result<(), FieldError> {
            tx.set_session(&session)?;
            let now = self.ports.clock.now();
            if again {
                // The hub may have lost what it had acknowledged.
                tx.offer_everything_again()?;
                forget_backups(tx)?;
                set_forgotten(tx, false)?;
            } else {
                // Nothing is here yet that could differ.
                set_compared(tx, now, false)?;
            }
            note_server_pin(tx, enrolment.server_pin())?;
            note_recovery_key(tx, frame.recovery_key.as_deref())?;
            set_hub_reads_columns(tx, reads_columns(&frame.capabilities))?;
            set_hub_takes_parts(tx, takes_parts(&frame.capabilities))?;
            if let Some(certificate) = &frame.certificate {
                set_certificate(tx, certificate, now)?;
            }
            Tables::save(tx, &frame.classes, &frame.grids, &frame.organisations)?;
            match &frame.tables {
                Some(tables) => take_first(tx, tables, &frame.person.duty_grids),
                None => Ok(()),
            }
        })?;
        self.load_identity()?;
        self.wrap_for_recovery()?;
        self.machine.begin_anew();
        Ok(PersonView::of(&frame.person))
    }
}

/// The authority of the hub's certificate, as the code named it.
const SERVER_PIN: &str = "server_pin";

pub(crate) fn server_pin(reader: &Reader<'_>) -> Result<Option<ServerPin>, FieldError> {
    match reader.setting(SERVER_PIN)? {
        None => Ok(None),
        // Going on without the pin would be going on with anybody.
        Some(kept) => ServerPin::from_slice(&kept)
            .map(Some)
            .ok_or(FieldError::Invalid { what: "server pin" }),
    }
}

fn note_server_pin(tx: &Tx<'_>, pin: Option<ServerPin>) -> Result<(), FieldError> {
    match pin {
        Some(pin) => Ok(tx.set_setting(SERVER_PIN, pin.as_bytes())?),
        None => Ok(tx.delete_setting(SERVER_PIN)?),
    }
}

/// Kept, because who is told to ask for a code may come back with it days later.
const FORGOTTEN: &str = "forgotten_by_hub";

pub(crate) fn is_forgotten(reader: &Reader<'_>) -> Result<bool, FieldError> {
    Ok(reader.switch(FORGOTTEN)?)
}

pub(crate) fn set_forgotten(tx: &Tx<'_>, forgotten: bool) -> Result<(), FieldError> {
    Ok(tx.set_switch(FORGOTTEN, forgotten)?)
}

/// The key an enrolment answer names. It is believed only when the code names it too and it signed the answer.
fn claimed_key(body: &[u8]) -> Option<PublicKey> {
    let (length, rest) = body.split_first_chunk::<4>()?;
    let payload = rest.get(..u32::from_be_bytes(*length) as usize)?;
    match xunge_sync::wire::unpack::<Frame>(payload).ok()? {
        Frame::Enrolled(frame) => PublicKey::from_slice(frame.server_key.as_slice()).ok(),
        _ => None,
    }
}

/// An unsigned refusal: enough to tell a person why the code does not work, not enough to believe anything else.
fn refusal_of(body: &[u8]) -> Option<xunge_sync::wire::RefusedFrame> {
    #[derive(serde::Deserialize)]
    struct Envelope {
        error: Problem,
    }
    #[derive(serde::Deserialize)]
    struct Problem {
        code: String,
        zh: String,
        en: String,
    }
    let Envelope { error } = serde_json::from_slice(body).ok()?;
    Some(xunge_sync::wire::RefusedFrame {
        code: error.code,
        zh: error.zh,
        en: error.en,
    })
}
