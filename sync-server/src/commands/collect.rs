//! `xunge collect`: photos nobody cites are taken away, and personal data whose time is over is erased.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::app::SystemEntropy;
use crate::cli::CollectArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::services::citations;
use crate::services::collect::collect;
use crate::services::private::{erase_expired, expired};

pub(super) fn run(arguments: &CollectArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    if !citations::are_complete(&*app.store)? && !arguments.dry_run {
        // A server that runs is of an older version, or it would have noted them: it takes in more without noting.
        if let Ok(_lock) = folder.lock() {
            citations::complete(&*app.store)?;
        }
    }
    let expired = if arguments.dry_run {
        expired(&app)?
    } else {
        erase_expired(&app)?
    };
    let grace = Duration::from_secs(u64::from(arguments.older_than) * 60 * 60);
    let collected = collect(&app, grace, arguments.dry_run)?;
    if arguments.json {
        let mut json = json!(collected);
        json["expired_subjects"] = json!(expired);
        say(&json.to_string());
    } else {
        let heading = if arguments.dry_run {
            "将清理 would collect"
        } else {
            "已清理 collected"
        };
        say(&format!(
            "{heading}: {} photos, {} begun uploads, {} bytes; {} unknown files; {} subjects whose time was over",
            collected.stored, collected.partial, collected.bytes, collected.unknown, expired
        ));
    }
    Ok(())
}
