//! Off Apple's systems libsqlite3-sys asks the linker for OpenSSL's libcrypto, whatever SQLCipher encrypts with. Nothing of
//! it is used: an archive without a member is what the linker finds first.

use std::path::PathBuf;
use std::{env, fs, io};

/// How an archive begins; an empty one is that and no more.
const EMPTY_ARCHIVE: &[u8] = b"!<arch>\n";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").map(PathBuf::from);
    let folder = folder.ok_or(io::ErrorKind::NotFound)?;
    fs::write(folder.join("libcrypto.a"), EMPTY_ARCHIVE)?;
    println!("cargo:rustc-link-search=native={}", folder.display());
    Ok(())
}
