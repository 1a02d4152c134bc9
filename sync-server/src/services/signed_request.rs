//! A device's request that changes something is believed once the device's own key has signed it (RFC 9421): before a
//! body is read, before a token is looked at, before a store that lives twice gets a name.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use xunge_domain::ids::{Digest, InstallationId};
use xunge_sync::keys::PublicKey;
use xunge_sync::wire::{
    RequestHead, RequestName, RequestSignature, RequestSignatureError, SESSION_HEADER,
};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::device_session::{Presented, device_unknown};

/// Requests of one device that are remembered: a day's work is a few dozen.
pub const REQUESTS_REMEMBERED: usize = 64;

/// What a request says of where it comes from.
pub struct Claimed {
    presented: Presented,
    signature: RequestSignature,
}

/// A request that a device has signed.
#[derive(Clone, Copy)]
pub struct Proven {
    /// Its session.
    pub presented: Presented,
    digest: Digest,
}

impl Claimed {
    /// Reads session and signature.
    ///
    /// # Errors
    /// 401 without a session; 403 without a signature, or with one that covers too little.
    pub fn read(head: RequestHead<'_>) -> Result<Self, ApiError> {
        let presented = (head.header)(SESSION_HEADER).and_then(Presented::parse);
        let presented = presented.ok_or_else(device_unknown)?;
        let signature = RequestSignature::read(head).map_err(refused)?;
        Ok(Self {
            presented,
            signature,
        })
    }

    /// Of which device it says it is.
    pub const fn installation(&self) -> InstallationId {
        self.presented.installation
    }

    /// Holds the signature against the key of the device whose session is shown. Looks one row up; 0.2 ms.
    ///
    /// # Errors
    /// 401 for a device this hub does not know, 403 for a signature that is not its; the store's trouble.
    pub fn prove(self, app: &App) -> Result<Proven, ApiError> {
        let row = app
            .store
            .reading(|read| read.installation(&self.presented.installation))?
            .ok_or_else(device_unknown)?;
        let key = PublicKey::from_slice(&row.public_key);
        if !key.is_ok_and(|key| self.signature.is_by(&key)) {
            return Err(refused(RequestSignatureError::Wrong));
        }
        Ok(Proven {
            presented: self.presented.signed(self.signature.name()),
            digest: *self.signature.digest(),
        })
    }
}

impl Proven {
    /// That the whole body is the one that was signed.
    ///
    /// # Errors
    /// 403: other bytes came.
    pub fn check_body(&self, body: &[u8]) -> Result<(), ApiError> {
        self.check_digest(&Digest::of(body))
    }

    /// The same of a body that was hashed while it came.
    ///
    /// # Errors
    /// 403: other bytes came.
    pub fn check_digest(&self, found: &Digest) -> Result<(), ApiError> {
        if *found == self.digest {
            Ok(())
        } else {
            let message = &messages::CONTENT_DIGEST_WRONG;
            Err(ApiError::new(StatusCode::FORBIDDEN, message))
        }
    }
}

/// Not 401, which tells a device that it is not enrolled here, and not 400, which tells it to speak plain.
fn refused(error: RequestSignatureError) -> ApiError {
    let message = match error {
        RequestSignatureError::Missing => &messages::REQUEST_SIGNATURE_MISSING,
        RequestSignatureError::Wrong => &messages::REQUEST_SIGNATURE_WRONG,
    };
    ApiError::new(StatusCode::FORBIDDEN, message)
}

/// The last requests of each device. Whoever repeats one of them later, when its token is out of date, must not be taken
/// for a second store: nothing changes. Within its token's time a repetition gets its answer again, because it may be the
/// link's. A hub that starts again has forgotten them; what a repetition of an older request brings about then is a name
/// without a key, which nothing is told to ([`recognise`](super::device_session::recognise)).
#[derive(Debug, Default)]
pub struct RequestsSeen(Mutex<HashMap<InstallationId, VecDeque<RequestName>>>);

impl RequestsSeen {
    /// Notes one that is being answered.
    pub fn note(&self, presented: &Presented) {
        let Some(request) = presented.request else {
            return;
        };
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.entry(presented.installation).or_default();
        if !seen.contains(&request) {
            if seen.len() == REQUESTS_REMEMBERED {
                seen.pop_front();
            }
            seen.push_back(request);
        }
    }

    /// Whether it was answered before.
    pub fn knows(&self, presented: &Presented) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_device = seen.get(&presented.installation);
        presented
            .request
            .is_some_and(|request| of_device.is_some_and(|seen| seen.contains(&request)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_last_requests_of_each_device_are_remembered_and_no_more() {
        let seen = RequestsSeen::default();
        let presented = |device: u8, nonce: usize| {
            let header = format!("{}.{}", format!("{device:02x}").repeat(16), "00".repeat(16));
            let mut drawn = [0; 16];
            drawn[0] = u8::try_from(nonce).unwrap();
            Presented::parse(&header).unwrap().signed(drawn)
        };
        for number in 0..=REQUESTS_REMEMBERED {
            seen.note(&presented(1, number));
            seen.note(&presented(1, number));
        }
        assert!(!seen.knows(&presented(1, 0)), "the oldest is forgotten");
        assert!((1..=REQUESTS_REMEMBERED).all(|number| seen.knows(&presented(1, number))));
        assert!(!seen.knows(&presented(2, 1)), "another device");
        assert_eq!(
            seen.0
                .lock()
                .unwrap()
                .values()
                .map(VecDeque::len)
                .sum::<usize>(),
            REQUESTS_REMEMBERED
        );
    }
}
