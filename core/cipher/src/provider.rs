//! SQLCipher's interface of a provider (`sqlcipher_provider` in its `sqlcipher.c`, 4.20): the one room with unsafe code.

use std::ffi::{CStr, c_char, c_int, c_uchar, c_void};
use std::{ptr, slice};

use crate::primitives::{
    BLOCK_BYTES, CODE_BYTES, KEY_BYTES, Unfit, code, decrypt, derive, encrypt,
};

const SQLITE_OK: c_int = 0;
const SQLITE_ERROR: c_int = 1;
/// `SQLCIPHER_HMAC_SHA512` and `SQLCIPHER_PBKDF2_HMAC_SHA512`: what SQLCipher 4 uses unless a pragma asks for older.
const SHA512: c_int = 2;
/// `SQLCIPHER_ENCRYPT`; decrypting is 0.
const ENCRYPT: c_int = 1;

const NAME: &CStr = c"xunge";
const CIPHER: &CStr = c"AES-256-CBC";

type Length = extern "C" fn(*mut c_void) -> c_int;
type Text = extern "C" fn(*mut c_void) -> *const c_char;
type Context = extern "C" fn(*mut *mut c_void) -> c_int;

/// `sqlcipher_provider`, field for field. Its context is never used: every call brings what it needs.
#[repr(C)]
#[expect(
    missing_debug_implementations,
    reason = "functions have nothing to show"
)]
pub struct Provider {
    init: Option<extern "C" fn() -> c_int>,
    shutdown: Option<extern "C" fn()>,
    get_provider_name: Text,
    add_random: extern "C" fn(*mut c_void, *const c_void, c_int) -> c_int,
    random: unsafe extern "C" fn(*mut c_void, *mut c_void, c_int) -> c_int,
    hmac: unsafe extern "C" fn(
        *mut c_void,
        c_int,
        *const c_uchar,
        c_int,
        *const c_uchar,
        c_int,
        *const c_uchar,
        c_int,
        *mut c_uchar,
    ) -> c_int,
    kdf: unsafe extern "C" fn(
        *mut c_void,
        c_int,
        *const c_uchar,
        c_int,
        *const c_uchar,
        c_int,
        c_int,
        c_int,
        *mut c_uchar,
    ) -> c_int,
    cipher: unsafe extern "C" fn(
        *mut c_void,
        c_int,
        *const c_uchar,
        c_int,
        *const c_uchar,
        *const c_uchar,
        c_int,
        *mut c_uchar,
    ) -> c_int,
    get_cipher: Text,
    get_key_sz: Length,
    get_iv_sz: Length,
    get_block_sz: Length,
    get_hmac_sz: extern "C" fn(*mut c_void, c_int) -> c_int,
    ctx_init: Context,
    ctx_free: Context,
    fips_status: Length,
    get_provider_version: Text,
    next: *mut Self,
}

/// Fills the provider in. SQLCipher calls it once, when SQLite starts.
///
/// # Safety
/// `provider` points to room for one; its content does not matter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn xunge_cipher_setup(provider: *mut Provider) -> c_int {
    let ours = Provider {
        init: None,
        shutdown: None,
        get_provider_name: provider_name,
        add_random,
        random,
        hmac,
        kdf,
        cipher,
        get_cipher,
        get_key_sz,
        get_iv_sz,
        get_block_sz: get_iv_sz,
        get_hmac_sz,
        ctx_init: no_context,
        ctx_free: no_context,
        fips_status,
        get_provider_version: provider_version,
        next: ptr::null_mut(),
    };
    // SAFETY: the caller's.
    unsafe { provider.write(ours) };
    SQLITE_OK
}

/// The bytes that a pointer and a length of C mean.
///
/// # Safety
/// A pointer that is not null points to so many bytes, which nobody writes meanwhile.
unsafe fn bytes<'a>(start: *const c_uchar, length: c_int) -> Result<&'a [u8], Unfit> {
    let length = usize::try_from(length).map_err(|_| Unfit)?;
    if start.is_null() {
        return Err(Unfit);
    }
    // SAFETY: the caller's; the length is not negative.
    Ok(unsafe { slice::from_raw_parts(start, length) })
}

/// The same of bytes that are written.
///
/// # Safety
/// A pointer that is not null points to so many bytes that are set, which nobody else reads or writes meanwhile.
unsafe fn bytes_mut<'a>(start: *mut c_void, length: c_int) -> Result<&'a mut [u8], Unfit> {
    let length = usize::try_from(length).map_err(|_| Unfit)?;
    if start.is_null() {
        return Err(Unfit);
    }
    // SAFETY: the caller's; the length is not negative.
    Ok(unsafe { slice::from_raw_parts_mut(start.cast(), length) })
}

const fn told(done: Result<(), Unfit>) -> c_int {
    match done {
        Ok(()) => SQLITE_OK,
        Err(Unfit) => SQLITE_ERROR,
    }
}

const fn only(algorithm: c_int) -> Result<(), Unfit> {
    if algorithm == SHA512 {
        Ok(())
    } else {
        Err(Unfit)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "SQLCipher draws salts and the starts of pages when SQLite writes, where nobody can hand them in"
)]
unsafe extern "C" fn random(_: *mut c_void, buffer: *mut c_void, length: c_int) -> c_int {
    // SAFETY: SQLCipher hands in a buffer of its own, as long as it says.
    let buffer = unsafe { bytes_mut(buffer, length) };
    told(buffer.and_then(|buffer| getrandom::fill(buffer).map_err(|_| Unfit)))
}

/// The system's randomness needs no more.
extern "C" fn add_random(_: *mut c_void, _: *const c_void, _: c_int) -> c_int {
    SQLITE_OK
}

unsafe extern "C" fn hmac(
    _: *mut c_void,
    algorithm: c_int,
    key: *const c_uchar,
    key_length: c_int,
    first: *const c_uchar,
    first_length: c_int,
    second: *const c_uchar,
    second_length: c_int,
    out: *mut c_uchar,
) -> c_int {
    let done = || {
        only(algorithm)?;
        if out.is_null() {
            return Err(Unfit);
        }
        // SAFETY: SQLCipher hands in buffers as long as it says.
        let key = unsafe { bytes(key, key_length) }?;
        // SAFETY: the same.
        let first = unsafe { bytes(first, first_length) }?;
        let second = if second.is_null() {
            &[]
        } else {
            // SAFETY: the same.
            unsafe { bytes(second, second_length) }?
        };
        let mut found = [0; CODE_BYTES];
        code(key, [first, second], &mut found)?;
        // SAFETY: `out` has room for as many bytes as `get_hmac_sz` says; `found` is ours.
        unsafe { ptr::copy_nonoverlapping(found.as_ptr(), out, CODE_BYTES) };
        Ok(())
    };
    told(done())
}

unsafe extern "C" fn kdf(
    _: *mut c_void,
    algorithm: c_int,
    secret: *const c_uchar,
    secret_length: c_int,
    salt: *const c_uchar,
    salt_length: c_int,
    rounds: c_int,
    key_length: c_int,
    key: *mut c_uchar,
) -> c_int {
    let done = || {
        only(algorithm)?;
        let rounds = u32::try_from(rounds).map_err(|_| Unfit)?;
        // SAFETY: SQLCipher hands in buffers as long as it says, and the key in one that the others do not touch.
        let secret = unsafe { bytes(secret, secret_length) }?;
        // SAFETY: the same.
        let salt = unsafe { bytes(salt, salt_length) }?;
        // SAFETY: the same.
        let key = unsafe { bytes_mut(key.cast(), key_length) }?;
        derive(secret, salt, rounds, key)
    };
    told(done())
}

unsafe extern "C" fn cipher(
    _: *mut c_void,
    mode: c_int,
    key: *const c_uchar,
    key_length: c_int,
    iv: *const c_uchar,
    from: *const c_uchar,
    length: c_int,
    to: *mut c_uchar,
) -> c_int {
    let done = || {
        let bytes_in = usize::try_from(length).map_err(|_| Unfit)?;
        if iv.is_null() || from.is_null() || to.is_null() {
            return Err(Unfit);
        }
        // SAFETY: SQLCipher hands in a key as long as it says.
        let key = unsafe { bytes(key, key_length) }?;
        // SAFETY: and a start as long as `get_iv_sz` says.
        let iv = unsafe { slice::from_raw_parts(iv, BLOCK_BYTES) };
        // SAFETY: source and target are as long as it says. They may be one: they are copied as such.
        unsafe { ptr::copy(from, to, bytes_in) };
        // SAFETY: set just now, and nobody else's until this call ends.
        let page = unsafe { bytes_mut(to.cast(), length) }?;
        if mode == ENCRYPT {
            encrypt(key, iv, page)
        } else {
            decrypt(key, iv, page)
        }
    };
    told(done())
}

extern "C" fn provider_name(_: *mut c_void) -> *const c_char {
    NAME.as_ptr()
}

extern "C" fn provider_version(_: *mut c_void) -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

extern "C" fn get_cipher(_: *mut c_void) -> *const c_char {
    CIPHER.as_ptr()
}

extern "C" fn get_key_sz(_: *mut c_void) -> c_int {
    KEY_BYTES as c_int
}

extern "C" fn get_iv_sz(_: *mut c_void) -> c_int {
    BLOCK_BYTES as c_int
}

extern "C" fn get_hmac_sz(_: *mut c_void, algorithm: c_int) -> c_int {
    if algorithm == SHA512 {
        CODE_BYTES as c_int
    } else {
        0
    }
}

extern "C" fn no_context(_: *mut *mut c_void) -> c_int {
    SQLITE_OK
}

extern "C" fn fips_status(_: *mut c_void) -> c_int {
    0
}
