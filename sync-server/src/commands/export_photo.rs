//! `xunge export-photo`: a stored original, checked against its name while it is copied.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use xunge_domain::ids::Digest;

use crate::app::SystemEntropy;
use crate::cli::ExportPhotoArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::messages;

pub(super) fn run(arguments: &ExportPhotoArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    let missing = || CommandError::new(&messages::PHOTO_UNKNOWN, &arguments.sha256);
    let sha256: Digest = arguments.sha256.parse().map_err(|_| missing())?;
    let stored = app.store.reading(|read| read.blob_stored(&sha256))?;
    let bytes = app
        .blobs
        .read(&sha256)
        .map_err(|error| CommandError::new(&messages::FOLDER_UNUSABLE, error))?
        .filter(|_| stored)
        .ok_or_else(missing)?;
    if Digest::of(&bytes) != sha256 {
        return Err(CommandError::new(&messages::PHOTO_DAMAGED, sha256));
    }
    let unwritable = |error: std::io::Error| {
        CommandError::new(
            &messages::FILE_UNWRITABLE,
            format!("{}: {error}", arguments.to.display()),
        )
    };
    let mut file = File::create(&arguments.to).map_err(unwritable)?;
    file.write_all(&bytes)
        .and_then(|()| file.sync_all())
        .map_err(unwritable)?;
    say(&format!("{sha256}  {}", arguments.to.display()));
    Ok(())
}
