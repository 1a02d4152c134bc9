//! The doctor: does what is stored still prove itself? Every change is hashed again, every document rebuilt, every
//! list row and every ruling made again from the history and compared, every feed counted, every photo re-hashed, the log made
//! again from its lines.
//! It changes nothing and works beside a serving hub, a document a transaction.

mod base_map;
mod citations;
mod document;
mod feeds;
mod log;
mod private;
mod registers;
mod risks;

use std::collections::BTreeSet;

use serde::Serialize;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;

use crate::app::App;
use crate::store::StoreError;
use crate::store::rows::BlobState;

const PAGE: usize = 500;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// Of what: a document, a scope, a blob.
    pub subject: String,
    /// In words.
    pub what: String,
}

/// What was looked at, and what does not hold.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Documents rebuilt.
    pub documents: u64,
    /// Changes hashed.
    pub changes: u64,
    /// Rulings decided again.
    pub rulings: u64,
    /// Feeds counted.
    pub feeds: u64,
    /// Photos re-hashed.
    pub blobs: u64,
    /// Entries of the log made again.
    pub log_entries: u64,
    /// Risks compared with their lines of the log.
    pub risks: u64,
    /// Records of personal data that were tried to open.
    pub private: u64,
    /// Base maps re-hashed: the one that holds.
    pub base_maps: u64,
    /// What does not hold; empty is healthy.
    pub findings: Vec<Finding>,
    /// What differs for a known reason: a ruling made before its author's roles were changed.
    pub notes: Vec<Finding>,
}

impl Report {
    fn find(&mut self, code: &'static str, subject: impl ToString, what: impl Into<String>) {
        self.findings.push(Finding {
            code,
            subject: subject.to_string(),
            what: what.into(),
        });
    }

    fn note(&mut self, code: &'static str, subject: impl ToString, what: impl Into<String>) {
        self.notes.push(Finding {
            code,
            subject: subject.to_string(),
            what: what.into(),
        });
    }
}

/// Examines a hub.
///
/// # Errors
/// The store cannot be read at all; everything else is a finding.
pub fn examine(app: &App) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let master = match app.private_key.existing() {
        Ok(master) => master,
        Err(trouble) => {
            report.find("private_key", "private.key", trouble.to_string());
            None
        }
    };
    let mut scopes: BTreeSet<Scope> = BTreeSet::new();
    let mut after: Option<DocumentId> = None;
    loop {
        let page = app
            .store
            .reading(|read| read.documents(after.as_ref(), PAGE))?;
        for id in &page {
            app.store
                .writing(|write| document::examine(app, write, id, &mut report, &mut scopes))?;
            app.store
                .reading(|read| private::examine(read, master.as_ref(), id, &mut report))?;
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(*last),
            _ => break,
        }
    }
    for scope in &scopes {
        app.store
            .reading(|read| feeds::examine(read, scope, &mut report))?;
    }
    blobs(app, &mut report)?;
    citations::examine_quarantine(app, &mut report)?;
    log::examine(app, &mut report)?;
    risks::examine(app, &mut report)?;
    base_map::examine(app, &mut report)?;
    Ok(report)
}

fn blobs(app: &App, report: &mut Report) -> Result<(), StoreError> {
    let mut after: Option<Digest> = None;
    loop {
        let page = app.store.reading(|read| read.blobs(after.as_ref(), PAGE))?;
        for row in &page {
            if !matches!(row.state, BlobState::Stored { .. }) {
                continue;
            }
            report.blobs += 1;
            let verified = app.blobs.verify(&row.sha256);
            if let Err(cause) = verified
                && app.store.reading(|read| read.blob_stored(&row.sha256))?
            {
                // Else it was collected meanwhile.
                report.find("photo_damaged", row.sha256, cause.to_string());
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.sha256),
            _ => return Ok(()),
        }
    }
}
