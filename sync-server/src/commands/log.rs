//! `xunge log`: a checkpoint to keep elsewhere, and whether the log holds. Ends with 1 when it does not.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use xunge_evidence::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint};

use crate::app::{App, SystemEntropy};
use crate::cli::{LogVerb, LogVerifyArguments};
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::services::log::{self, Examined, Since, SinceError, Wrong};

pub(super) fn run(verb: &LogVerb) -> Result<(), CommandError> {
    let open = |path: &Path| DataFolder::at(path).open_beside(Arc::new(SystemEntropy));
    match verb {
        LogVerb::Checkpoint(data) => {
            let signed = log::checkpoint(&open(&data.data)?).map_err(ApiError::from)?;
            say(signed.to_text().trim_end());
            Ok(())
        }
        LogVerb::Verify(arguments) => verify(&open(&arguments.data.data)?, arguments),
    }
}

fn verify(app: &App, arguments: &LogVerifyArguments) -> Result<(), CommandError> {
    let Some(file) = &arguments.since else {
        let examined = log::examine(&*app.store)?;
        whole(examined.wrong.as_ref())?;
        say(&summary(&examined));
        return Ok(());
    };
    let kept = read_text(file)?;
    let (then, since, examined) = log::holds_to(app, &kept).map_err(|error| match error {
        SinceError::Store(error) => error.into(),
        SinceError::Checkpoint(error) => CommandError::new(
            &messages::CHECKPOINT_REFUSED,
            format!("{}: {error} [{}]", file.display(), error.code()),
        ),
    })?;
    whole(examined.wrong.as_ref())?;
    match since {
        Since::GoesOn | Since::Unknown => {
            say(&summary(&examined));
            let Checkpoint { size, at, .. } = then;
            say(&format!(
                "承接检查点 goes on from the checkpoint: {size} entries, {at}"
            ));
            Ok(())
        }
        Since::Shorter => Err(CommandError::new(
            &messages::LOG_SHORTER,
            compared(&then, &examined),
        )),
        Since::Forked => Err(CommandError::new(
            &messages::LOG_FORKED,
            compared(&then, &examined),
        )),
    }
}

fn whole(wrong: Option<&Wrong>) -> Result<(), CommandError> {
    wrong.map_or(Ok(()), |wrong| {
        let detail = format!("entry {}: {} [{}]", wrong.index, wrong.what, wrong.code);
        Err(CommandError::new(&messages::LOG_WRONG, detail))
    })
}

fn summary(examined: &Examined) -> String {
    format!(
        "日志完好 the log holds: {} entries, root {}",
        examined.entries, examined.root
    )
}

/// Both sizes, and the restore that may explain them.
fn compared(then: &Checkpoint, now: &Examined) -> String {
    let mut words = format!(
        "the checkpoint of {} speaks of {} entries, the log has {}",
        then.at, then.size, now.entries
    );
    if let Some(restored) = now.restored {
        words.push_str(&format!(
            "; entry {} says that this hub was restored from a backup at {} (曾用备份恢复): what was entered between \
             that backup and the restore is not in it",
            restored.index, restored.at
        ));
    }
    words
}

/// A checkpoint is small: of a larger file no more is read than shows that it is none.
pub(super) fn read_text(file: &Path) -> Result<String, CommandError> {
    let unreadable = |error: std::io::Error| {
        CommandError::new(
            &messages::FILE_UNREADABLE,
            format!("{}: {error}", file.display()),
        )
    };
    let most = u64::try_from(CHECKPOINT_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    // What is no text is no checkpoint either, and is refused as such.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
