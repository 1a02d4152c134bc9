//! The one-time code of an enrolment: a 128-bit secret, and the server's key to expect behind it.

use data_encoding::BASE32_NOPAD;

use crate::keys::PublicKey;

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
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("EnrolmentCode(secret)")
    }
}

/// A text that is no enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no enrolment code: it has 39 letters and digits in groups of five")]
pub struct EnrolmentCodeError;

impl EnrolmentCode {
    /// A code for a server.
    pub fn new(secret: [u8; SECRET_BYTES], server: &PublicKey) -> Self {
        Self {
            secret,
            fingerprint: server.fingerprint(),
        }
    }
}

/// Lower case, in groups of five: `abcde-fghij-…`.
impl std::fmt::Display for EnrolmentCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = BASE32_NOPAD
            .encode(&[self.secret.as_slice(), &self.fingerprint].concat())
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
        let (secret, fingerprint) = bytes
            .split_at_checked(SECRET_BYTES)
            .ok_or(EnrolmentCodeError)?;
        Ok(Self {
            secret: secret.try_into().map_err(|_| EnrolmentCodeError)?,
            fingerprint: fingerprint.try_into().map_err(|_| EnrolmentCodeError)?,
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
        };
        let text = code.to_string();
        assert_eq!(text.len(), 39 + 7);
        assert_eq!(text.parse(), Ok(code));
        assert_eq!(text.to_uppercase().replace('-', " ").parse(), Ok(code));
        assert!("abcde".parse::<EnrolmentCode>().is_err());
        assert!(format!("{text}aa").parse::<EnrolmentCode>().is_err());
    }
}
