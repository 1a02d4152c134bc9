//! Enrolment codes and installations in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, InstallationId, InstallationPrefix, PersonId};
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{
    digest, digest_if_any, first, installation_if_any, list, plain, run, text, time, time_if_any,
};
use crate::store::rows::{CodeTaken, EnrolmentCodeRow, InstallationRow};
use crate::store::{ReadDevices, StoreError, WriteDevices};

const COLUMNS: &str = "id, person, public_key, token_current, token_previous, predecessor, superseded_by, \
    revoked_at, created_at";

fn installation(row: &Row<'_>) -> Result<InstallationRow, StoreError> {
    Ok(InstallationRow {
        id: installation_if_any(row, "id")?.ok_or(StoreError::Damaged {
            what: "installation id",
        })?,
        person: text(row, "person", "person id")?,
        public_key: plain(row, "public_key")?,
        token_current: digest(row, "token_current")?,
        token_previous: digest_if_any(row, "token_previous")?,
        predecessor: installation_if_any(row, "predecessor")?,
        superseded_by: installation_if_any(row, "superseded_by")?,
        revoked_at: time_if_any(row, "revoked_at")?,
        created_at: time(row, "created_at")?,
    })
}

impl ReadDevices for Session<'_> {
    fn installation(&self, id: &InstallationId) -> Result<Option<InstallationRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM installation WHERE id = ?1");
        first(self.0, &sql, [id.as_bytes().as_slice()], installation)
    }

    fn installation_by_prefix(
        &self,
        prefix: &InstallationPrefix,
    ) -> Result<Option<InstallationRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM installation WHERE prefix = ?1");
        first(self.0, &sql, [prefix.0.as_slice()], installation)
    }

    fn installations_of(&self, person: &PersonId) -> Result<Vec<InstallationRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM installation WHERE person = ?1 ORDER BY created_at, id");
        list(self.0, &sql, [person.as_str()], installation)
    }

    fn enrolment_code(&self, code_hash: &Digest) -> Result<Option<EnrolmentCodeRow>, StoreError> {
        first(
            self.0,
            "SELECT code_hash, person, created_at, expires_at, taken_by FROM enrolment_code WHERE code_hash = ?1",
            [code_hash.as_bytes().as_slice()],
            |row| {
                Ok(EnrolmentCodeRow {
                    code_hash: digest(row, "code_hash")?,
                    person: text(row, "person", "person id")?,
                    created_at: time(row, "created_at")?,
                    expires_at: time(row, "expires_at")?,
                    taken_by: installation_if_any(row, "taken_by")?,
                })
            },
        )
    }
}

impl WriteDevices for Session<'_> {
    fn add_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO enrolment_code (code_hash, person, created_at, expires_at, taken_by) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                row.code_hash.as_bytes().as_slice(),
                row.person.as_str(),
                row.created_at.as_millis(),
                row.expires_at.as_millis(),
                row.taken_by.as_ref().map(|id| id.as_bytes().as_slice()),
            ],
        )
        .map(drop)
    }

    fn take_enrolment_code(
        &mut self,
        code_hash: &Digest,
        by: &InstallationId,
        now: Timestamp,
    ) -> Result<CodeTaken, StoreError> {
        // One statement decides: two transactions cannot both find the code untaken.
        let taken = first(
            self.0,
            "UPDATE enrolment_code SET taken_by = ?2 \
             WHERE code_hash = ?1 AND taken_by IS NULL AND expires_at > ?3 RETURNING person",
            params![
                code_hash.as_bytes().as_slice(),
                by.as_bytes().as_slice(),
                now.as_millis()
            ],
            |row| text(row, "person", "person id"),
        )?;
        if let Some(person) = taken {
            return Ok(CodeTaken::Taken { person });
        }
        Ok(match self.enrolment_code(code_hash)? {
            None => CodeTaken::Unknown,
            Some(EnrolmentCodeRow {
                taken_by: Some(by), ..
            }) => CodeTaken::Used { by },
            Some(_) => CodeTaken::Expired,
        })
    }

    fn add_installation(&mut self, row: &InstallationRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO installation (id, prefix, person, public_key, token_current, token_previous, \
             predecessor, superseded_by, revoked_at, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                row.id.as_bytes().as_slice(),
                row.id.prefix().0.as_slice(),
                row.person.as_str(),
                row.public_key,
                row.token_current.as_bytes().as_slice(),
                row.token_previous.as_ref().map(|token| token.as_bytes().as_slice()),
                row.predecessor.as_ref().map(|id| id.as_bytes().as_slice()),
                row.superseded_by.as_ref().map(|id| id.as_bytes().as_slice()),
                row.revoked_at.map(Timestamp::as_millis),
                row.created_at.as_millis(),
            ],
        )
        .map(drop)
    }

    fn set_installation_tokens(
        &mut self,
        id: &InstallationId,
        current: &Digest,
        previous: Option<&Digest>,
    ) -> Result<bool, StoreError> {
        let changed = run(
            self.0,
            "UPDATE installation SET token_current = ?2, token_previous = ?3 WHERE id = ?1",
            params![
                id.as_bytes().as_slice(),
                current.as_bytes().as_slice(),
                previous.map(|token| token.as_bytes().as_slice()),
            ],
        )?;
        Ok(changed > 0)
    }

    fn supersede_installation(
        &mut self,
        id: &InstallationId,
        by: &InstallationId,
    ) -> Result<bool, StoreError> {
        let changed = run(
            self.0,
            "UPDATE installation SET superseded_by = ?2 WHERE id = ?1",
            [id.as_bytes().as_slice(), by.as_bytes()],
        )?;
        Ok(changed > 0)
    }

    fn revoke_installation(
        &mut self,
        id: &InstallationId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = run(
            self.0,
            "UPDATE installation SET revoked_at = MIN(COALESCE(revoked_at, ?2), ?2) WHERE id = ?1",
            params![id.as_bytes().as_slice(), at.as_millis()],
        )?;
        Ok(changed > 0)
    }
}
