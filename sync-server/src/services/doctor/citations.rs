//! Citations: everything a case or a quarantined change cites is noted, or collecting could take it.

use xunge_domain::case::{Keyed, PhotoEntry};
use xunge_domain::ids::DocumentId;

use super::{PAGE, Report};
use crate::app::App;
use crate::services::citations::{are_complete, of_photos, of_quarantined};
use crate::store::rows::MetaKey;
use crate::store::{HubRead, QuarantineCursor, StoreError};

pub(super) fn examine(
    read: &dyn HubRead,
    id: &DocumentId,
    photos: &[Keyed<PhotoEntry>],
    report: &mut Report,
) -> Result<(), StoreError> {
    if read.meta(MetaKey::CitationsNoted)?.is_none() {
        return Ok(());
    }
    for sha256 in of_photos(photos) {
        if !read.cites(id, &sha256)? {
            report.find(
                "citation_missing",
                id,
                format!("it cites {sha256}, unnoted"),
            );
        }
    }
    Ok(())
}

pub(super) fn examine_quarantine(app: &App, report: &mut Report) -> Result<(), StoreError> {
    if !are_complete(&*app.store)? {
        let what = "collecting refuses until this version has served once";
        report.note("citations_incomplete", "xunge.db", what);
        return Ok(());
    }
    let mut after: Option<QuarantineCursor> = None;
    loop {
        let page = app.store.reading(|read| {
            let page = read.quarantine_after(after.as_ref(), PAGE)?;
            for row in &page {
                for sha256 in of_quarantined(&row.bytes).unwrap_or_default() {
                    if !read.cites(&row.document, &sha256)? {
                        let what = format!("quarantined {} cites {sha256}, unnoted", row.hash);
                        report.find("citation_missing", row.document, what);
                    }
                }
            }
            Ok::<_, StoreError>(page)
        })?;
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some((last.document, last.hash)),
            _ => return Ok(()),
        }
    }
}
