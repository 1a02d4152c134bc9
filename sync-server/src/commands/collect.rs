//! `xunge collect`: photos nobody cites are taken away.

use std::sync::Arc;
use std::time::Duration;

use crate::app::SystemEntropy;
use crate::cli::CollectArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::services::citations;
use crate::services::collect::collect;

pub(super) fn run(arguments: &CollectArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    if !citations::are_complete(&*app.store)? && !arguments.dry_run {
        // A server that runs is of an older version, or it would have noted them: it takes in more without noting.
        if let Ok(_lock) = folder.lock() {
            citations::complete(&*app.store)?;
        }
    }
    let grace = Duration::from_secs(u64::from(arguments.older_than) * 60 * 60);
    let collected = collect(&app, grace, arguments.dry_run)?;
    if arguments.json {
        let json = serde_json::to_string(&collected).map_err(|error| ApiError::internal(&error))?;
        say(&json);
    } else {
        let heading = if arguments.dry_run {
            "将清理 would collect"
        } else {
            "已清理 collected"
        };
        say(&format!(
            "{heading}: {} photos, {} begun uploads, {} bytes; {} unknown files",
            collected.stored, collected.partial, collected.bytes, collected.unknown
        ));
    }
    Ok(())
}
