//! Errands: what goes beside push and pull. A piece that a courier hands up, the device's certificate, the receipts of its
//! records, personal data that is kept beside the documents, the city's tables, what somebody says of their duty, what base map there is. The session is shown, its token is not used up.

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use crate::device::answer::Effect;
use crate::device::machine::{DeviceMachine, InFlight};
use crate::device::request::{HttpRequest, Method, Session};
use crate::keys::{Signer, SignerError};
use crate::wire::{
    BASE_MAP_PATH, CARRIED_PATH, CERTIFICATE_PATH, CONTENT_TYPE, DUTY_PATH, FrameReader,
    NONCE_HEADER, Nonce, PLAIN, PRIVATE_PATH, RECEIPTS_PATH, TABLES_PATH, WIRE_HEADER,
};

/// Statuses of a hub that knows no errands, has had enough of them for now, or gives no certificate to a device that may only
/// send what it still holds.
const ERRANDS_REFUSED: [u16; 6] = [403, 404, 405, 406, 413, 429];

/// Something to do beside push and pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Ask for this device's certificate.
    Certificate,
    /// Hand up the piece of this name.
    Piece(Digest),
    /// Ask for receipts.
    Receipts,
    /// Hand up personal data.
    Private,
    /// Ask for what differs in the city's tables.
    Tables,
    /// Hand up notes about duty.
    Duty,
    /// Ask what base map there is for the beats.
    BaseMap,
}

impl DeviceMachine {
    /// The request of [`Step::Errand`](super::Step::Errand); `body` is the piece, what is asked about
    /// receipts, tables or the base map, the records or the notes; nothing for a certificate.
    ///
    /// # Errors
    /// The device key cannot sign.
    pub fn errand(
        &mut self,
        session: &Session,
        errand: Errand,
        body: Vec<u8>,
        (now, nonce): (Timestamp, Nonce),
        signer: &dyn Signer,
    ) -> Result<HttpRequest, SignerError> {
        let path = match errand {
            Errand::Certificate => CERTIFICATE_PATH,
            Errand::Piece(_) => CARRIED_PATH,
            Errand::Receipts => RECEIPTS_PATH,
            Errand::Private => PRIVATE_PATH,
            Errand::Tables => TABLES_PATH,
            Errand::Duty => DUTY_PATH,
            Errand::BaseMap => BASE_MAP_PATH,
        };
        let request = HttpRequest {
            method: Method::Post,
            path: path.into(),
            headers: vec![
                ("content-type".into(), CONTENT_TYPE.into()),
                (WIRE_HEADER.into(), PLAIN.into()),
                session.header(),
                (NONCE_HEADER.into(), data_encoding::HEXLOWER.encode(&nonce)),
            ],
            body,
        };
        let request = request.signed((now, &nonce), signer)?;
        let reader = FrameReader::new(session.server_key, nonce);
        self.in_flight = Some(InFlight::Errand { reader });
        Ok(request)
    }

    /// Whether errands wait for the next round: nobody signs for such a status, and believing it costs a delay alone.
    pub(super) fn errand_put_off(&mut self, status: u16) -> bool {
        let put_off = ERRANDS_REFUSED.contains(&status);
        self.errands_wait |= put_off;
        put_off
    }

    /// An answer to an errand that said nothing of it: once more only in the next round.
    pub(super) fn errand_done(&mut self, effects: &[Effect]) {
        let told = |effect: &Effect| {
            matches!(
                effect,
                Effect::Carried(_)
                    | Effect::Certified(_)
                    | Effect::Receipts(_)
                    | Effect::PrivateKept(_)
                    | Effect::Tables(_)
                    | Effect::Duty(_)
                    | Effect::BaseMapTold(_)
            )
        };
        self.errands_wait |= !effects.iter().any(told);
    }

    /// Whoever answers errands alone in this way must not keep photos waiting for ever.
    pub(super) const fn errand_failed(&mut self) {
        self.errands_wait = true;
    }
}
