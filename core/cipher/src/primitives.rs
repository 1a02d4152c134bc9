//! The three primitives of SQLCipher 4, on slices.

use aes::Aes256;
use cbc::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

/// Length of a key, in bytes.
pub(crate) const KEY_BYTES: usize = 32;
/// Length of a block, and of what a page's encryption begins with.
pub(crate) const BLOCK_BYTES: usize = 16;
/// Length of a code that vouches for a page.
pub(crate) const CODE_BYTES: usize = 64;

/// What does not fit: a length, or a number of rounds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unfit;

/// Encrypts whole blocks where they are (NIST SP 800-38A, CBC). A page of 4 KiB takes 4 microseconds.
pub(crate) fn encrypt(key: &[u8], iv: &[u8], bytes: &mut [u8]) -> Result<(), Unfit> {
    let mut cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).map_err(|_| Unfit)?;
    let (blocks, rest) = Array::slice_as_chunks_mut(bytes);
    cipher.encrypt_blocks(blocks);
    if rest.is_empty() { Ok(()) } else { Err(Unfit) }
}

/// The way back, which needs not go block by block: 0.5 microseconds.
pub(crate) fn decrypt(key: &[u8], iv: &[u8], bytes: &mut [u8]) -> Result<(), Unfit> {
    let mut cipher = cbc::Decryptor::<Aes256>::new_from_slices(key, iv).map_err(|_| Unfit)?;
    let (blocks, rest) = Array::slice_as_chunks_mut(bytes);
    cipher.decrypt_blocks(blocks);
    if rest.is_empty() { Ok(()) } else { Err(Unfit) }
}

/// HMAC-SHA-512 (RFC 2104) of the parts, one after the other.
pub(crate) fn code(
    key: &[u8],
    parts: [&[u8]; 2],
    code: &mut [u8; CODE_BYTES],
) -> Result<(), Unfit> {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).map_err(|_| Unfit)?;
    parts.iter().for_each(|part| mac.update(part));
    code.copy_from_slice(&mac.finalize().into_bytes());
    Ok(())
}

/// PBKDF2 with HMAC-SHA-512 (RFC 8018).
pub(crate) fn derive(secret: &[u8], salt: &[u8], rounds: u32, key: &mut [u8]) -> Result<(), Unfit> {
    if rounds == 0 {
        return Err(Unfit);
    }
    pbkdf2::pbkdf2_hmac::<Sha512>(secret, salt, rounds, key);
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    /// NIST SP 800-38A, F.2.5 and F.2.6.
    #[test]
    fn blocks_are_chained_as_the_standard_has_it() {
        let key = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        let iv = hex("000102030405060708090a0b0c0d0e0f");
        let plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        let sealed = hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d");
        let mut bytes = plain.clone();
        encrypt(&key, &iv, &mut bytes).unwrap();
        assert_eq!(bytes, sealed);
        decrypt(&key, &iv, &mut bytes).unwrap();
        assert_eq!(bytes, plain);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (key, iv) = ([7; KEY_BYTES], [1; BLOCK_BYTES]);
        assert_eq!(encrypt(&key, &iv, &mut [0; 17]), Err(Unfit));
        assert_eq!(decrypt(&key, &iv, &mut [0; 15]), Err(Unfit));
        assert_eq!(encrypt(&key[1..], &iv, &mut [0; 16]), Err(Unfit));
        assert_eq!(decrypt(&key, &iv[1..], &mut [0; 16]), Err(Unfit));
        assert_eq!(derive(b"secret", b"salt", 0, &mut [0; 32]), Err(Unfit));
    }

    /// RFC 4231, test case 2, told in two parts.
    #[test]
    fn a_code_is_that_of_both_parts() {
        let mut found = [0; CODE_BYTES];
        code(b"Jefe", [b"what do ya want ", b"for nothing?"], &mut found).unwrap();
        let wanted = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd\
                      caeab1a34d4a6b4b636e070a38bce737";
        assert_eq!(found.to_vec(), hex(wanted));
    }

    /// Python's `hashlib.pbkdf2_hmac("sha512", b"password", b"salt", 2, 64)`, which OpenSSL computes.
    #[test]
    fn keys_are_derived_as_by_openssl() {
        let mut found = [0; 64];
        derive(b"password", b"salt", 2, &mut found).unwrap();
        let wanted = "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82\
                      be67335c77a6068e04112754f27ccf4e";
        assert_eq!(found.to_vec(), hex(wanted));
    }
}
