//! What SQLCipher encrypts a device's store with: AES-256-CBC, HMAC-SHA-512 and PBKDF2 of the RustCrypto project, as a
//! provider of SQLCipher's ("custom": `LIBSQLITE3_FLAGS` in `.cargo/config.toml`). The files are those that SQLCipher 4 writes with OpenSSL, byte for byte
//! but for what is drawn at random; a fixture of the store proves it.
//!
//! A crate that links SQLite names this one, `use xunge_cipher as _;`, or the linker misses [`xunge_cipher_setup`].
//! Apple's systems bring their own provider, CommonCrypto, and never call it.

mod primitives;
mod provider;

pub use provider::{Provider, xunge_cipher_setup};
