//! `xunge task-rules`: prints the limits and shares by which people are sent, or sets them.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::TaskRulesArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::tasks::{TaskRulesRefused, rules, set_rules};

pub(super) fn run(arguments: &TaskRulesArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let rules = match &arguments.set {
        None => app.store.reading(|read| rules(read))?,
        Some(file) => {
            let json = std::fs::read(file).map_err(|error| {
                let detail = format!("{}: {error}", file.display());
                CommandError::new(&messages::FILE_UNREADABLE, detail)
            })?;
            set_rules(&app, "system", &json).map_err(|error| match error {
                TaskRulesRefused::Store(trouble) => CommandError::from(trouble),
                refused => CommandError::new(&messages::TASK_RULES_REFUSED, refused),
            })?
        }
    };
    say(&serde_json::to_string_pretty(&rules).map_err(|error| ApiError::internal(&error))?);
    Ok(())
}
