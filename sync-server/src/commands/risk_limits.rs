//! `xunge risk-limits`: prints from where on something is odd, or sets it.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::RiskLimitsArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::risk_limits::{self, RiskLimitsError};

pub(super) fn run(arguments: &RiskLimitsArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let limits = match &arguments.set {
        None => app.store.reading(|read| risk_limits::get(read))?,
        Some(file) => {
            let json = std::fs::read(file).map_err(|error| {
                let detail = format!("{}: {error}", file.display());
                CommandError::new(&messages::FILE_UNREADABLE, detail)
            })?;
            risk_limits::set(&app, "system", &json).map_err(|error| match error {
                RiskLimitsError::Store(trouble) => CommandError::from(trouble),
                refused => CommandError::new(&messages::RISK_LIMITS_REFUSED, refused),
            })?
        }
    };
    say(&serde_json::to_string_pretty(&limits).map_err(|error| ApiError::internal(&error))?);
    Ok(())
}
