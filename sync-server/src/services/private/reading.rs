//! Who sees what of the personal data of a case. Reading is written into the log before anything is shown.

use std::collections::BTreeMap;

use serde_json::json;
use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
use xunge_domain::person::{Person, Role};
use xunge_domain::private::PrivateContent;

use super::views::Found;
use super::{KEEPERS, PrivateError, PrivateView, READERS, has_any};
use crate::app::App;
use crate::private_key::MasterKey;
use crate::private_seal::{open, unwrap};
use crate::services::cases::visible;
use crate::store::{HubRead, PrivateRow, StoreError, SubjectRow};

/// The word of a line that says that personal data was read, in which case and how much.
pub const PRIVATE_READ: &str = "private_read";

/// What somebody may see of the personal data of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// All of it.
    Content,
    /// What they wrote down themselves.
    Own,
    /// That there is something, and whose: never what it says.
    Entries,
}

/// What `reader` may see in a case: those who decide on it and the department that has the lead, all; whoever wrote something
/// down, that; admins and auditors, that it is there.
fn access(read: &dyn HubRead, reader: &Person, case: &DocumentId) -> Result<Access, PrivateError> {
    if !visible(read, reader, case)? {
        return Err(PrivateError::Unknown);
    }
    let lead = || -> Result<bool, StoreError> {
        let lead = read.case(case)?.and_then(|row| row.lead);
        Ok(reader.has(Role::DisposalDept) && lead.is_some() && lead == reader.organisation)
    };
    Ok(if has_any(reader, &READERS) || lead()? {
        Access::Content
    } else if has_any(reader, &KEEPERS) {
        Access::Entries
    } else {
        Access::Own
    })
}

/// The rows of a case that are for this reader, each with its subject.
fn rows(
    read: &dyn HubRead,
    reader: &Person,
    case: &DocumentId,
    access: Access,
) -> Result<Vec<(PrivateRow, SubjectRow)>, PrivateError> {
    let subjects = read.subjects_of(case)?.into_iter();
    let subjects: BTreeMap<SubjectId, SubjectRow> =
        subjects.map(|subject| (subject.id, subject)).collect();
    let rows = read.private_records(case)?.into_iter();
    let rows = rows.filter(|row| access != Access::Own || row.author == reader.id);
    rows.map(|row| match subjects.get(&row.subject) {
        Some(subject) => Ok((row, subject.clone())),
        None => Err(PrivateError::Damaged),
    })
    .collect()
}

/// What there is in a case for this reader, without what it says; nothing for those who have no business with it. Reads no
/// key, and is no line of the log.
///
/// # Errors
/// No such case, not this person's to see, or the store's.
pub fn entries(
    read: &dyn HubRead,
    reader: &Person,
    case: &DocumentId,
) -> Result<(Access, Vec<PrivateView>), PrivateError> {
    let access = access(read, reader, case)?;
    let rows = rows(read, reader, case, access)?;
    let view =
        |(row, subject): &(PrivateRow, SubjectRow)| PrivateView::of(row, subject, Found::Sealed);
    Ok((access, rows.iter().map(view).collect()))
}

/// The personal data of a case as far as `reader` may see it, in the order it was received. A line of the log where anything
/// is shown. Cost: a commit, and a derived key for each record.
///
/// # Errors
/// No such case, not this person's to see, nothing of it theirs to read, the master key's, or the store's.
pub fn read(
    app: &App,
    reader: &Person,
    case: &DocumentId,
) -> Result<Vec<PrivateView>, PrivateError> {
    let master = app.private_key.existing()?;
    let now = app.clock.now();
    app.store.writing(|write| {
        let store = write as &dyn HubRead;
        let access = access(store, reader, case)?;
        let rows = rows(store, reader, case, access)?;
        if access == Access::Own && rows.is_empty() {
            return Err(PrivateError::Forbidden);
        }
        let (mut views, mut shown) = (Vec::new(), 0_u64);
        for (row, subject) in &rows {
            let found = match access {
                Access::Entries => Found::Sealed,
                _ => content(store, master.as_ref(), row, subject)?
                    .map_or(Found::Damaged, Found::Content),
            };
            shown += u64::from(matches!(found, Found::Content(_)));
            views.push(PrivateView::of(row, subject, found));
        }
        if shown > 0 {
            let detail = json!({ "case": case, "records": shown });
            write.append_audit(now, reader.id.as_str(), PRIVATE_READ, &detail)?;
        }
        Ok(views)
    })
}

/// A recording. A line of the log, like every reading.
///
/// # Errors
/// No such recording, not this person's to hear, erased, the master key's, or the store's.
pub fn voice(
    app: &App,
    reader: &Person,
    case: &DocumentId,
    record: &PrivateRecordId,
) -> Result<Vec<u8>, PrivateError> {
    let master = app.private_key.existing()?;
    let now = app.clock.now();
    app.store.writing(|write| {
        let store = write as &dyn HubRead;
        let access = access(store, reader, case)?;
        let rows = rows(store, reader, case, access)?;
        let found = rows.iter().find(|(row, _)| row.id == *record);
        let (row, subject) = found.ok_or(PrivateError::Unknown)?;
        if access == Access::Entries {
            return Err(PrivateError::Forbidden);
        }
        if subject.erased.is_some() {
            return Err(PrivateError::Erased);
        }
        match content(store, master.as_ref(), row, subject)? {
            Some(PrivateContent::Voice(bytes)) => {
                let detail = json!({ "case": case, "records": 1 });
                write.append_audit(now, reader.id.as_str(), PRIVATE_READ, &detail)?;
                Ok(bytes)
            }
            Some(PrivateContent::Text(_)) => Err(PrivateError::Unknown),
            None => Err(PrivateError::Damaged),
        }
    })
}

/// What stands in a record; `None` of an erased one, and where anything about it was changed.
pub(crate) fn content(
    read: &dyn HubRead,
    master: Option<&MasterKey>,
    row: &PrivateRow,
    subject: &SubjectRow,
) -> Result<Option<PrivateContent>, StoreError> {
    let (Some(master), Some(wrapped)) = (master, read.subject_key(&subject.id)?) else {
        return Ok(None);
    };
    let Some(key) = unwrap(master, subject, &wrapped) else {
        return Ok(None);
    };
    let sealed = read.private_ciphertext(&row.id)?.unwrap_or_default();
    Ok(open(&key, row, &sealed))
}
