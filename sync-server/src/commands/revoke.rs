//! `xunge revoke`: a device loses its rights. Works beside a serving hub.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::RevokeArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::revocation::revoke;

pub(super) fn run(arguments: &RevokeArguments) -> Result<(), CommandError> {
    let unfit = |text: &str| CommandError::new(&messages::ID_UNFIT, text);
    let person = arguments
        .person
        .parse()
        .map_err(|_| unfit(&arguments.person))?;
    let installation = arguments
        .installation
        .as_deref()
        .map(|text| text.parse().map_err(|_| unfit(text)))
        .transpose()?;
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let hours = arguments.last_push_hours;
    let revoked =
        revoke(&app, "system", &person, installation.as_ref(), hours).map_err(ApiError::from)?;
    if arguments.json {
        say(&serde_json::to_string(&revoked).map_err(|error| ApiError::internal(&error))?);
        return Ok(());
    }
    for device in &revoked {
        let from = device.revoked_from.as_deref().unwrap_or_default();
        say(&format!("已停用 revoked: {} ({from})", device.installation));
    }
    if revoked.is_empty() {
        say("此前均已停用。 All of them were revoked before.");
    }
    Ok(())
}
