//! `xunge tls-certificate`: a certificate for a hub whose town has no authority, with one of its own behind it.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::app::SystemEntropy;
use crate::cli::TlsCertificateArguments;
use crate::commands::{CommandError, say};
use crate::error::ApiError;
use crate::messages;
use crate::private_files::create_folder;
use crate::tls::{MakeError, make};

pub(super) fn run(arguments: &TlsCertificateArguments) -> Result<(), CommandError> {
    let made =
        make(&arguments.hosts, SystemTime::now(), &SystemEntropy).map_err(|error| match error {
            MakeError::Host(_) => CommandError::new(&messages::HOST_UNFIT, error),
            other => ApiError::internal(&other).into(),
        })?;
    let folder = &arguments.data.data;
    create_folder(folder).map_err(|error| unwritable(folder, &error))?;
    let place = |name: &str| folder.join(name);
    let (certificate, key, authority) = (place("tls.pem"), place("tls.key"), place("tls-ca.pem"));
    // The key first: a certificate without its key would only be in the way.
    for (file, text, mode) in [
        (&key, &made.key, 0o600),
        (&certificate, &made.chain, 0o644),
        (&authority, &made.authority, 0o644),
    ] {
        write_new(file, text, mode).map_err(|error| unwritable(file, &error))?;
    }
    say(&format!("证书 certificate:     {}", certificate.display()));
    say(&format!("私钥 private key:     {}", key.display()));
    say(&format!("浏览器信任 to trust:  {}", authority.display()));
    say(&format!(
        "xunge serve --data {} --tls-cert {} --tls-key {} --public-url https://{}:8470",
        folder.display(),
        certificate.display(),
        key.display(),
        arguments.hosts.first().map_or("", String::as_str)
    ));
    Ok(())
}

fn unwritable(file: &Path, error: &io::Error) -> CommandError {
    let detail = format!("{}: {error}", PathBuf::from(file).display());
    CommandError::new(&messages::FILE_UNWRITABLE, detail)
}

/// Durable. Never replaces a file: devices have pinned what is there.
fn write_new(file: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut opened = options.open(file)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()
}
