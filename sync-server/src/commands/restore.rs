//! `xunge restore`: a hub from a backup, in a new epoch.

use std::sync::Arc;

use crate::app::{Clock, RealClock, SystemEntropy};
use crate::cli::RestoreArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::messages;
use crate::services::restore::{erase_again, erase_texts_again, restore};

pub(super) fn run(arguments: &RestoreArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let last = arguments.erasures_of.as_ref().map(DataFolder::at);
    if let Some(last) = last.as_ref().filter(|last| !last.is_hub()) {
        return Err(CommandError::new(
            &messages::FOLDER_EMPTY,
            last.path().display(),
        ));
    }
    let restored = restore(&arguments.from, &folder, RealClock.now(), &SystemEntropy)?;
    say(&format!(
        "恢复完成 restored: {} (备份时间 made {}, 纪元 epoch {})",
        folder.path().display(),
        restored.manifest.made_at,
        restored.epoch
    ));
    if let Some(last) = last {
        let again = erase_again(&last, &folder, RealClock.now())?;
        let entropy = Arc::new(SystemEntropy);
        let texts = erase_texts_again(&last, &folder, entropy, RealClock.now())?;
        say(&format!(
            "已再次删除 erased again: {again} 名当事人 subjects; {texts} 个案卷的文字 cases with texts"
        ));
    }
    Ok(())
}
