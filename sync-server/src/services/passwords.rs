//! Passwords: argon2id with the parameters OWASP names (19 MiB, two passes). Slow on purpose: about 20 ms.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::app::{Entropy, EntropyError};
use crate::error::ApiError;
use crate::messages;

/// Fewest characters of a password.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Most characters of a password: hashing is not to be a way to keep the hub busy.
pub const PASSWORD_CHARACTERS_MAX: usize = 200;
/// Random bytes in each hash.
const SALT_BYTES: usize = 16;

/// A password that cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has {PASSWORD_CHARACTERS_MIN} to {PASSWORD_CHARACTERS_MAX} characters")]
    Unfit,
    /// No salt to be had.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The hash function failed.
    #[error("argon2 failed: {0}")]
    Hash(String),
}

impl PasswordError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unfit => messages::PASSWORD_UNFIT.code,
            Self::Entropy(_) | Self::Hash(_) => messages::INTERNAL.code,
        }
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Unfit => Self::bad_request(&messages::PASSWORD_UNFIT),
            other => Self::internal(&other),
        }
    }
}

/// The PHC string of a fresh password. Cost: argon2.
///
/// # Errors
/// An unfit password, or no randomness.
pub fn hash(password: &str, entropy: &dyn Entropy) -> Result<String, PasswordError> {
    let characters = password.chars().count();
    if !(PASSWORD_CHARACTERS_MIN..=PASSWORD_CHARACTERS_MAX).contains(&characters) {
        return Err(PasswordError::Unfit);
    }
    let salt = entropy.array::<SALT_BYTES>()?;
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password is the one of a PHC string. Cost: argon2. A string that cannot be read fits no password.
pub fn verify(password: &str, phc: &str) -> bool {
    if password.chars().count() > PASSWORD_CHARACTERS_MAX {
        return false;
    }
    PasswordHash::new(phc).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// Takes as long as [`verify`], for a person nobody knows: the time of an answer must not tell who exists.
pub fn verify_nobody(password: &str) {
    /// argon2id of a random password that was not kept.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Jvl3Y0VJxJxTn7SgSLYmKQ$uqZ8YJt0Fz3Q5m0v1cVd5mH2aV7lq0s9cN3oZb6wR1k";
    let _ = verify(password, NOBODY);
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn only_the_password_itself_fits() {
        let phc = hash("correct horse 电池", &SystemEntropy).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse 电池", &phc));
        assert!(!verify("correct horse", &phc));
        assert!(!verify("", &phc));
        assert!(!verify("correct horse 电池", "no hash"));
        assert_ne!(
            hash("correct horse 电池", &SystemEntropy).unwrap(),
            phc,
            "salted"
        );
    }

    #[test]
    fn length_is_counted_in_characters_with_limits_at_both_ends() {
        let fits = |characters: usize| hash(&"密".repeat(characters), &SystemEntropy).is_ok();
        assert!(!fits(PASSWORD_CHARACTERS_MIN - 1) && fits(PASSWORD_CHARACTERS_MIN));
        assert!(fits(PASSWORD_CHARACTERS_MAX) && !fits(PASSWORD_CHARACTERS_MAX + 1));
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        // The constant must be a real hash: a string that cannot be read would answer at once.
        let phc = "$argon2id$v=19$m=19456,t=2,p=1$Jvl3Y0VJxJxTn7SgSLYmKQ$uqZ8YJt0Fz3Q5m0v1cVd5mH2aV7lq0s9cN3oZb6wR1k";
        assert!(PasswordHash::new(phc).is_ok());
        verify_nobody("anything");
    }
}
