//! `xunge recovery-key`: makes the organisation's recovery key. The private half goes into a file for the safe, the hub keeps
//! the public half alone.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use xunge_sync::keys::{Signer as _, SoftwareKey};

use crate::app::SystemEntropy;
use crate::cli::RecoveryKeyArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::{DataFolder, fresh_key};
use crate::error::ApiError;
use crate::messages;
use crate::services::recovery_key;

pub(super) fn run(arguments: &RecoveryKeyArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    if app.store.reading(recovery_key::public_half)?.is_some() {
        return Err(exists());
    }
    let key = fresh_key(&SystemEntropy).map_err(|error| ApiError::internal(&error))?;
    // On the disk before any device is wrapped for it.
    write_new(&key, &arguments.to).map_err(|error| {
        let detail = format!("{}: {error}", arguments.to.display());
        CommandError::new(&messages::FILE_UNWRITABLE, detail)
    })?;
    if !recovery_key::keep_public_half(&app, &key)? {
        return Err(exists());
    }
    let public = HEXLOWER.encode(key.public_key().as_bytes());
    say(&format!("恢复公钥 public key:  {public}"));
    say(&format!("私钥文件 private key: {}", arguments.to.display()));
    say("请把私钥文件移到离线的安全处，此服务器不再保存它；此后登记的设备可用它恢复。");
    say(
        "Move the private key to a safe place offline: this hub keeps no copy. It opens devices enrolled from now on.",
    );
    Ok(())
}

fn exists() -> CommandError {
    CommandError::new(&messages::RECOVERY_KEY_EXISTS, "")
}

/// One line of hex, which survives a printer; mode 0600, durable. Never replaces a file.
fn write_new(key: &SoftwareKey, file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    writeln!(opened, "{}", HEXLOWER.encode(&key.to_bytes()))?;
    opened.sync_all()
}
