//! Risks against the log: each mark stands there in a line of its own, and no line has lost its mark.

use std::collections::BTreeMap;

use super::{PAGE, Report};
use crate::app::App;
use crate::services::examination::{RISK_FOUND, detail};
use crate::store::{RiskRow, StoreError};

pub(super) fn examine(app: &App, report: &mut Report) -> Result<(), StoreError> {
    // What comes while this looks is not looked at.
    let size = app.store.reading(|read| read.log_size())?;
    let mut lines = match lines(app, size) {
        // The log's own trouble, and named as such.
        Err(StoreError::Damaged { .. }) => return Ok(()),
        lines => lines?,
    };
    let mut after = 0;
    loop {
        let page = match app.store.reading(|read| read.risks_after(after, PAGE)) {
            Err(StoreError::Damaged { what }) => {
                let subject = format!("after line {after}");
                report.find("risk_unreadable", subject, what);
                return Ok(());
            }
            page => page?,
        };
        for row in page.iter().filter(|row| row.line <= size) {
            report.risks += 1;
            let told = lines.remove(&row.line);
            if told.as_deref().is_none_or(|told| told != line_of(row)) {
                report.find(
                    "risk_changed",
                    row.line,
                    "the line of the log says something else",
                );
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = last.line,
            _ => break,
        }
    }
    for line in lines.keys() {
        report.find("risk_missing", line, "a risk that the log tells of is gone");
    }
    Ok(())
}

/// What the log says of risks, by line.
fn lines(app: &App, size: u64) -> Result<BTreeMap<u64, String>, StoreError> {
    let (mut lines, mut seq) = (BTreeMap::new(), 0);
    loop {
        let page = app.store.reading(|read| read.audit_after(seq, PAGE))?;
        let found = page
            .iter()
            .filter(|line| line.what == RISK_FOUND && line.seq <= size);
        lines.extend(found.map(|line| (line.seq, line.detail.clone())));
        match page.last() {
            Some(last) if page.len() == PAGE => seq = last.seq,
            _ => return Ok(lines),
        }
    }
}

fn line_of(row: &RiskRow) -> String {
    detail(&row.piece, &row.person, &row.finding).to_string()
}
