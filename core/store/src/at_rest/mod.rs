//! A store that says nothing to who finds the phone: the database under SQLCipher, the photos sealed file by file, one
//! data key for both.
//!
//! The data key lies beside them in an envelope, wrapped by the platform's key store and, once the device knows it, by the
//! organisation's recovery key: a lost key store must not lose what was not sent yet.

pub(crate) mod data_key;
pub(crate) mod encrypt;
pub(crate) mod envelope;
pub(crate) mod key_source;
pub(crate) mod key_wrapper;
pub(crate) mod recovery_key;
pub(crate) mod sealed_file;
pub(crate) mod sealing;
pub(crate) mod wipe;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod encrypt_tests;
