//! Personal data against its keys: what is kept opens with nothing about it changed, and of what was erased nothing is left.
//! What it says is looked at by nobody.

use std::collections::BTreeMap;

use xunge_domain::ids::{DocumentId, SubjectId};

use super::Report;
use crate::private_key::MasterKey;
use crate::services::private::content;
use crate::store::{HubRead, StoreError, SubjectRow};

pub(super) fn examine(
    read: &dyn HubRead,
    master: Option<&MasterKey>,
    case: &DocumentId,
    report: &mut Report,
) -> Result<(), StoreError> {
    let subjects = read.subjects_of(case)?.into_iter();
    let subjects: BTreeMap<SubjectId, SubjectRow> =
        subjects.map(|subject| (subject.id, subject)).collect();
    for row in read.private_records(case)? {
        report.private += 1;
        let Some(subject) = subjects.get(&row.subject) else {
            report.find("private_unreadable", row.id, "its subject is missing");
            continue;
        };
        if subject.erased.is_none() {
            if content(read, master, &row, subject)?.is_none() {
                report.find("private_unreadable", row.id, "it does not open");
            }
        } else if read.private_ciphertext(&row.id)? != Some(Vec::new()) {
            report.find(
                "private_not_erased",
                row.id,
                "its subject was erased, and it is still there",
            );
        }
    }
    Ok(())
}
