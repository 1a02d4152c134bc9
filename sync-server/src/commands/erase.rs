//! `xunge erase`: a person's data is erased. Works beside a serving hub.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::EraseArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::private::erase;

pub(super) fn run(arguments: &EraseArguments) -> Result<(), CommandError> {
    let subject = arguments
        .subject
        .parse()
        .map_err(|_| CommandError::new(&messages::PRIVATE_UNKNOWN, &arguments.subject))?;
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let erased = erase(&app, "system", &subject, &arguments.reason).map_err(ApiError::from)?;
    if arguments.json {
        say(&serde_json::to_string(&erased).map_err(|error| ApiError::internal(&error))?);
        return Ok(());
    }
    say(&format!(
        "已删除 erased: {} ({})",
        erased.subject, erased.erased.at
    ));
    if !erased.scrubbed {
        say(
            "数据库日志正被读取，稍后由服务再次清理。 The database's log is being read; the hub cleans it later.",
        );
    }
    Ok(())
}
