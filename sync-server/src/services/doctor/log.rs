//! The log, made again from its lines.

use super::Report;
use crate::app::App;
use crate::services::log;
use crate::store::StoreError;

pub(super) fn examine(app: &App, report: &mut Report) -> Result<(), StoreError> {
    let examined = log::examine(&*app.store)?;
    report.log_entries = examined.entries;
    if let Some(wrong) = examined.wrong {
        report.find(wrong.code, format!("log entry {}", wrong.index), wrong.what);
    }
    Ok(())
}
