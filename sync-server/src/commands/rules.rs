//! `xunge rules`: what may be asked for, by whom, when and under which conditions. Needs no hub.

use crate::cli::RulesArguments;
use crate::commands::{CommandError, say};
use crate::error::ApiError;
use crate::rules;

pub(super) fn run(arguments: &RulesArguments) -> Result<(), CommandError> {
    let text = if arguments.json {
        serde_json::to_string_pretty(&rules::to_json())
            .map_err(|error| ApiError::internal(&error))?
    } else if arguments.markdown {
        rules::to_markdown()
    } else {
        rules::to_text()
    };
    say(text.trim_end());
    Ok(())
}
