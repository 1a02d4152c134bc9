//! Applications that wait, in SQL.

use rusqlite::{Row, params};
use xunge_domain::case::ApplicationKind;
use xunge_domain::ids::DocumentId;
use xunge_domain::person::Role;

use super::Session;
use super::values::{document, list, plain, rows, run, text, time};
use crate::store::{ApplicationRow, ReadApplications, StoreError, WriteApplications};

const DAMAGED: StoreError = StoreError::Damaged {
    what: "application",
};

fn application(row: &Row<'_>) -> Result<ApplicationRow, StoreError> {
    let kind = plain::<String>(row, "kind")?;
    let needs = plain::<String>(row, "needs")?;
    Ok(ApplicationRow {
        document: document(row)?,
        kind: ApplicationKind::from_id(&kind).ok_or(DAMAGED)?,
        by: text(row, "applied_by", "person id")?,
        since: time(row, "since")?,
        needs: Role::ALL
            .into_iter()
            .find(|role| role.id() == needs)
            .ok_or(DAMAGED)?,
    })
}

impl ReadApplications for Session<'_> {
    fn waiting_applications(
        &self,
        after: Option<&ApplicationRow>,
        limit: usize,
    ) -> Result<Vec<ApplicationRow>, StoreError> {
        let (since, document, kind) = match after {
            Some(row) => (
                row.since.as_millis(),
                row.document.as_bytes().to_vec(),
                row.kind.id(),
            ),
            None => (i64::MIN, Vec::new(), ""),
        };
        list(
            self.0,
            "SELECT document, kind, applied_by, since, needs FROM application \
             WHERE (since, document, kind) > (?1, ?2, ?3) ORDER BY since, document, kind LIMIT ?4",
            params![since, document, kind, rows(limit)],
            application,
        )
    }
}

impl WriteApplications for Session<'_> {
    fn put_applications(
        &mut self,
        document: &DocumentId,
        waiting: &[ApplicationRow],
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "DELETE FROM application WHERE document = ?1",
            [document.as_bytes().as_slice()],
        )?;
        for row in waiting {
            run(
                self.0,
                "INSERT INTO application (document, kind, applied_by, since, needs) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    document.as_bytes().as_slice(),
                    row.kind.id(),
                    row.by.as_str(),
                    row.since.as_millis(),
                    row.needs.id()
                ],
            )?;
        }
        Ok(())
    }
}
