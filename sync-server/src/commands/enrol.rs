//! `xunge enrol`: a one-time code on the terminal, e.g. for the first devices. Works beside a serving hub.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::EnrolArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::enrol_codes;

pub(super) fn run(arguments: &EnrolArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    let person = arguments
        .person
        .parse()
        .map_err(|_| CommandError::new(&messages::ID_UNFIT, &arguments.person))?;
    let issued = enrol_codes::issue(&app, "system", &person, arguments.server.as_deref())
        .map_err(ApiError::from)?;
    if arguments.json {
        let json = serde_json::to_string(&issued).map_err(|error| ApiError::internal(&error))?;
        say(&json);
    } else {
        say(&format!("入网码 code:    {}", issued.code));
        say(&format!("服务器 server:  {}", issued.server));
        say(&format!("有效至 expires: {}", issued.expires_at));
    }
    Ok(())
}
