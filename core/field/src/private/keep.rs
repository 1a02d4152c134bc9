//! Keep: what a resident or a witness says of themselves goes beside the case, never into its document.

use std::collections::BTreeSet;

use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
use xunge_domain::private::{PrivateContent, PrivateKind, PrivateRecord};
use xunge_store::{NewPrivate, PrivateRow, PrivateState, Tx};

use crate::app::FieldApp;
use crate::documents::pen;
use crate::error::FieldError;
use crate::private::send::SUBJECT_ERASED;
use crate::tables::encode;

/// Personal data to be kept with a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepPrivateRequest {
    /// The case, or a draft that becomes one.
    pub case: DocumentId,
    /// Whom it is about, as people count them in this case, from 1. What has one number is erased together.
    pub number: u8,
    /// What sort.
    pub kind: PrivateKind,
    /// What it says.
    pub content: PrivateContent,
}

impl KeepPrivateRequest {
    /// A text about the first or only subject of a case.
    pub fn text(case: DocumentId, kind: PrivateKind, text: &str) -> Self {
        Self {
            case,
            number: 1,
            kind,
            content: PrivateContent::Text(text.trim().to_owned()),
        }
    }
}

impl FieldApp {
    /// Keeps personal data with a case: on this device until the hub has the case, then sealed at the hub and here no more.
    /// One commit. Whatever is written into the case itself is there for ever; this can be erased.
    ///
    /// # Errors
    /// Not enrolled, no such case or draft, empty, too long, no space.
    pub fn keep_private(
        &mut self,
        request: KeepPrivateRequest,
    ) -> Result<PrivateRecordId, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let id = PrivateRecordId::from_bytes(self.ports.random());
        let drawn = SubjectId::from_bytes(self.ports.random());
        self.store.transaction(|tx| {
            let case = request.case;
            if tx.document(case)?.is_none() && tx.draft(case)?.is_none() {
                return Err(FieldError::NotFound { what: "case" });
            }
            let record = PrivateRecord {
                id,
                case,
                subject: subject_of(tx, case, request.number)?.unwrap_or(drawn),
                number: request.number,
                kind: request.kind,
                content: request.content.clone(),
                made_at: pen.now,
                author: pen.identity.person.id.clone(),
            };
            record.check()?;
            tx.keep_private(&NewPrivate {
                id,
                document: case,
                subject: record.subject,
                number: record.number,
                kind: record.kind,
                length: record.content.length() as u64,
                content: &encode(&record),
                made_at: record.made_at,
            })?;
            Ok(id)
        })
    }
}

/// Who has this number in the case on this device, unless the hub said that they were erased: then it is somebody new.
fn subject_of(tx: &Tx<'_>, case: DocumentId, number: u8) -> Result<Option<SubjectId>, FieldError> {
    let rows = tx.private_of(case)?;
    let erased = |row: &&PrivateRow| matches!(&row.state, PrivateState::Refused(reason) if reason.code == SUBJECT_ERASED);
    let erased: BTreeSet<SubjectId> = rows.iter().filter(erased).map(|row| row.subject).collect();
    let same = rows.iter().rev().find(|row| row.number == number);
    Ok(same
        .map(|row| row.subject)
        .filter(|subject| !erased.contains(subject)))
}
