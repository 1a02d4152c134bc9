//! `xunge restore`: a hub from a backup, in a new epoch.

use crate::app::{Clock, RealClock, SystemEntropy};
use crate::cli::RestoreArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::services::restore::restore;

pub(super) fn run(arguments: &RestoreArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let restored = restore(&arguments.from, &folder, RealClock.now(), &SystemEntropy)?;
    say(&format!(
        "恢复完成 restored: {} (备份时间 made {}, 纪元 epoch {})",
        folder.path().display(),
        restored.manifest.made_at,
        restored.epoch
    ));
    Ok(())
}
