//! `xunge erase-text`: texts of a case are erased. Works beside a serving hub.

use std::sync::Arc;

use xunge_domain::case::{TextErasureCause, TextPlace};

use crate::app::SystemEntropy;
use crate::cli::EraseTextArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::erase_text::{EraseTextRequest, erase_text};

pub(super) fn run(arguments: &EraseTextArguments) -> Result<(), CommandError> {
    let case = arguments
        .case
        .parse()
        .map_err(|_| CommandError::new(&messages::NOT_FOUND, &arguments.case))?;
    let place = |named: &String| {
        let place = named.parse::<TextPlace>();
        place.map_err(|_| CommandError::new(&messages::TEXT_PLACE, named))
    };
    let request = EraseTextRequest {
        places: arguments
            .field
            .iter()
            .map(place)
            .collect::<Result<_, _>>()?,
        cause: TextErasureCause::from_id(&arguments.cause)
            .ok_or_else(|| CommandError::new(&messages::BAD_REQUEST, &arguments.cause))?,
        reason: arguments.reason.clone(),
    };
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let erased = erase_text(&app, "system", &case, &request).map_err(ApiError::from)?;
    if arguments.json {
        say(&serde_json::to_string(&erased).map_err(|error| ApiError::internal(&error))?);
        return Ok(());
    }
    for text in &erased.erased {
        say(&format!("已删除 erased: {} ({})", text.place, text.at));
    }
    if !erased.scrubbed {
        say(
            "数据库正被读取，稍后由服务再次清理。 The database is being read; the hub cleans it later.",
        );
    }
    Ok(())
}
