//! `xunge backup`: a folder that `xunge restore` makes a hub of.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::BackupArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::services::backup::back_up;

pub(super) fn run(arguments: &BackupArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let manifest = back_up(&app, &arguments.to)?;
    say(&format!(
        "备份完成 backed up: {} ({} 张照片 blobs, {} bytes)",
        arguments.to.display(),
        manifest.blobs,
        manifest.blob_bytes
    ));
    say("备份内含服务器密钥，请像密钥一样保管。 The backup holds the hub's key: keep it like one.");
    Ok(())
}
