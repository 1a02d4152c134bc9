//! `xunge bundle`: the evidence of one case in one archive.

use std::path::Path;
use std::sync::Arc;

use xunge_evidence::checkpoint::SignedCheckpoint;

use crate::app::SystemEntropy;
use crate::bundle::{self, BundleError};
use crate::cli::BundleArguments;
use crate::commands::log::read_text;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;

pub(super) fn run(arguments: &BundleArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    let unknown = || CommandError::new(&messages::CASE_UNKNOWN, &arguments.case);
    let id = arguments.case.parse().map_err(|_| unknown())?;
    let since = arguments.since.as_deref().map(checkpoint).transpose()?;
    let made = bundle::make(&app, id, since.as_ref()).map_err(|error| match error {
        BundleError::Unknown => unknown(),
        BundleError::Blob(error) => CommandError::new(&messages::FOLDER_UNUSABLE, error),
        BundleError::Log(error) => ApiError::from(error).into(),
    })?;
    let unwritable = |error: &dyn std::fmt::Display| {
        CommandError::new(
            &messages::FILE_UNWRITABLE,
            format!("{}: {error}", arguments.to.display()),
        )
    };
    let bytes = bundle::write(&made.files).map_err(|error| unwritable(&error))?;
    std::fs::write(&arguments.to, &bytes).map_err(|error| unwritable(&error))?;
    for missing in &made.missing {
        say(&format!("缺照片 photo not here: {missing}"));
    }
    say(&format!(
        "{} files, {} bytes: {}",
        made.files.len(),
        bytes.len(),
        arguments.to.display()
    ));
    Ok(())
}

/// A checkpoint from a file.
pub(super) fn checkpoint(file: &Path) -> Result<SignedCheckpoint, CommandError> {
    SignedCheckpoint::parse(&read_text(file)?).map_err(|error| {
        CommandError::new(
            &messages::CHECKPOINT_REFUSED,
            format!("{}: {error} [{}]", file.display(), error.code()),
        )
    })
}
