//! The person's tasks as the hub last told them: they are shown without signal as well.

use xunge_store::{Reader, Tx};
use xunge_sync::wire::OfferedTask;

use crate::error::FieldError;
use crate::tables::encode;

const TASKS: &str = "tasks";
/// Most that are kept: nobody has so many at once.
const KEPT_MAX: usize = 500;

/// What was told last. What cannot be read is told again with the next answer.
pub(crate) fn kept(reader: &Reader<'_>) -> Result<Vec<OfferedTask>, FieldError> {
    let bytes = reader.setting(TASKS)?;
    Ok(bytes
        .and_then(|bytes| minicbor::decode(&bytes).ok())
        .unwrap_or_default())
}

pub(crate) fn keep(tx: &Tx<'_>, tasks: &[OfferedTask]) -> Result<(), FieldError> {
    let kept = tasks.get(..KEPT_MAX).unwrap_or(tasks);
    Ok(tx.set_setting(TASKS, &encode(kept))?)
}
