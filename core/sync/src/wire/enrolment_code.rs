//! The one-time code of an enrolment: a 128-bit secret, the server's key to expect behind it, and under TLS the
//! certificate authority to expect before it.

use data_encoding::BASE32_NOPAD;

use crate::keys::PublicKey;
use crate::wire::server_pin::ServerPin;

const SECRET_BYTES: usize = 16;
const FINGERPRINT_BYTES: usize = 8;
const GROUP_CHARACTERS: usize = 5;

/// What the console shows and the worker scans or types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EnrolmentCode {
    /// Proves the right to enrol, once.
    pub secret: [u8; SECRET_BYTES],
    /// Names the key the server must sign with: a forged server is noticed at the first answer.
    pub fingerprint: [u8; FINGERPRINT_BYTES],
    /// The authority of the server's certificate, where it serves TLS: even the first request is not for anybody else.
    pub pin: Option<ServerPin>,
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("EnrolmentCode(secret)")
    }
}

/// A text that is no enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no enrolment code: it has 39 or 64 letters and digits in groups of five")]
pub struct EnrolmentCodeError;

impl EnrolmentCode {
    /// A code for a server.
    pub fn new(secret: [u8; SECRET_BYTES], server: &PublicKey) -> Self {
        Self {
            secret,
            fingerprint: server.fingerprint(),
            pin: None,
        }
    }

    /// The same for a server behind TLS.
    #[must_use]
    pub const fn pinned(self, pin: Option<ServerPin>) -> Self {
        Self { pin, ..self }
    }
}

/// Lower case, in groups of five: `abcde-fghij-…`.
impl std::fmt::Display for EnrolmentCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pin = self.pin.as_ref().map_or(&[][..], |pin| pin.as_bytes());
        let text = BASE32_NOPAD
            .encode(&[self.secret.as_slice(), &self.fingerprint, pin].concat())
            .to_lowercase();
        for (index, character) in text.chars().enumerate() {
            if index > 0 && index % GROUP_CHARACTERS == 0 {
                out.write_str("-")?;
            }
            write!(out, "{character}")?;
        }
        Ok(())
    }
}

/// Tolerates case, spaces and hyphens.
impl std::str::FromStr for EnrolmentCode {
    type Err = EnrolmentCodeError;
    fn from_str(text: &str) -> Result<Self, EnrolmentCodeError> {
        let compact: String = text
            .chars()
            .filter(|character| character.is_ascii_alphanumeric())
            .collect();
        let bytes = BASE32_NOPAD
            .decode(compact.to_uppercase().as_bytes())
            .map_err(|_| EnrolmentCodeError)?;
        let (secret, rest) = bytes.split_first_chunk().ok_or(EnrolmentCodeError)?;
        let (fingerprint, pin) = rest.split_first_chunk().ok_or(EnrolmentCodeError)?;
        let pin = match pin {
            [] => None,
            pin => Some(ServerPin::from_slice(pin).ok_or(EnrolmentCodeError)?),
        };
        Ok(Self {
            secret: *secret,
            fingerprint: *fingerprint,
            pin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = EnrolmentCode {
            secret: [0xA5; 16],
            fingerprint: [0x3C; 8],
            pin: None,
        };
        let text = code.to_string();
        assert_eq!(text.len(), 39 + 7);
        assert_eq!(text.parse(), Ok(code));
        assert_eq!(text.to_uppercase().replace('-', " ").parse(), Ok(code));
        assert!("abcde".parse::<EnrolmentCode>().is_err());
        assert!(format!("{text}aa").parse::<EnrolmentCode>().is_err());
        let pinned = code.pinned(Some(ServerPin([0x5A; 16])));
        assert!(pinned.to_string().starts_with(text.split_at(41).0));
        assert_eq!(pinned.to_string().len(), 64 + 12);
        assert_eq!(pinned.to_string().parse(), Ok(pinned));
    }
}
