//! `xunge retention`: prints how long personal data is kept, or sets it.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::RetentionArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::private::{RetentionError, retention_days, set_retention_days};

pub(super) fn run(arguments: &RetentionArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let days = match &arguments.set {
        None => app.store.reading(|read| retention_days(read))?,
        Some(file) => {
            let json = std::fs::read(file).map_err(|error| {
                let detail = format!("{}: {error}", file.display());
                CommandError::new(&messages::FILE_UNREADABLE, detail)
            })?;
            set_retention_days(&app, "system", &json).map_err(|error| match error {
                RetentionError::Store(trouble) => CommandError::from(trouble),
                refused => CommandError::new(&messages::RETENTION_REFUSED, refused),
            })?
        }
    };
    say(&serde_json::to_string_pretty(&days).map_err(|error| ApiError::internal(&error))?);
    Ok(())
}
