//! People, bodies, passwords and browser sessions in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::FormerScope;

use super::Session;
use super::values::{digest, first, list, plain, rows, run, text, text_if_any, time, time_if_any};
use crate::store::rows::{CredentialRow, StaffSessionRow};
use crate::store::{ReadPeople, StoreError, WritePeople};

fn organisation(row: &Row<'_>) -> Result<Organisation, StoreError> {
    Ok(Organisation {
        id: text(row, "id", "organisation id")?,
        name: plain(row, "name")?,
        parent: text_if_any(row, "parent", "organisation id")?,
        party: plain::<Option<String>>(row, "party")?
            .map(|json| from_json(&json, "party organisation"))
            .transpose()?,
    })
}

fn person(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person {
        id: text(row, "id", "person id")?,
        name: plain(row, "name")?,
        roles: from_json(&plain::<String>(row, "roles")?, "roles")?,
        organisation: text_if_any(row, "organisation", "organisation id")?,
        duty_grids: from_json(&plain::<String>(row, "duty_grids")?, "duty grids")?,
    })
}

fn from_json<Value: serde::de::DeserializeOwned>(
    json: &str,
    what: &'static str,
) -> Result<Value, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Damaged { what })
}

fn to_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(Box::new(error)))
}

impl ReadPeople for Session<'_> {
    fn organisation(&self, id: &OrganisationId) -> Result<Option<Organisation>, StoreError> {
        let sql = "SELECT id, name, parent, party FROM organisation WHERE id = ?1";
        first(self.0, sql, [id.as_str()], organisation)
    }

    fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        list(
            self.0,
            "SELECT id, name, parent, party FROM organisation ORDER BY id",
            [],
            organisation,
        )
    }

    fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT id, name, roles, organisation, duty_grids FROM person WHERE id = ?1";
        first(self.0, sql, [id.as_str()], person)
    }

    fn people(&self, after: Option<&PersonId>, limit: usize) -> Result<Vec<Person>, StoreError> {
        list(
            self.0,
            "SELECT id, name, roles, organisation, duty_grids FROM person WHERE id > ?1 ORDER BY id LIMIT ?2",
            params![after.map_or("", |id| id.as_str()), rows(limit)],
            person,
        )
    }

    fn people_with_role(&self, role: Role) -> Result<Vec<Person>, StoreError> {
        // A JSON list of ids: the quotes keep one id from being found in another.
        let pattern = format!("%\"{}\"%", role.id());
        list(
            self.0,
            "SELECT id, name, roles, organisation, duty_grids FROM person WHERE roles LIKE ?1 ORDER BY id",
            [pattern],
            person,
        )
    }

    fn former_scopes(&self, person: &PersonId) -> Result<Vec<FormerScope>, StoreError> {
        list(
            self.0,
            "SELECT scope, left_at FROM former_scope WHERE person = ?1 ORDER BY scope",
            [person.as_str()],
            |row| {
                Ok(FormerScope {
                    scope: text(row, "scope", "scope")?,
                    left_at: time(row, "left_at")?,
                })
            },
        )
    }

    fn credential(&self, person: &PersonId) -> Result<Option<CredentialRow>, StoreError> {
        first(
            self.0,
            "SELECT person, argon2, failures, locked_until FROM credential WHERE person = ?1",
            [person.as_str()],
            |row| {
                Ok(CredentialRow {
                    person: text(row, "person", "person id")?,
                    argon2: plain(row, "argon2")?,
                    failures: plain(row, "failures")?,
                    locked_until: time_if_any(row, "locked_until")?,
                })
            },
        )
    }

    fn staff_session(&self, secret_hash: &Digest) -> Result<Option<StaffSessionRow>, StoreError> {
        first(
            self.0,
            "SELECT secret_hash, id, person, created_at, expires_at FROM staff_session WHERE secret_hash = ?1",
            [secret_hash.as_bytes().as_slice()],
            |row| {
                Ok(StaffSessionRow {
                    secret_hash: digest(row, "secret_hash")?,
                    id: plain(row, "id")?,
                    person: text(row, "person", "person id")?,
                    created_at: time(row, "created_at")?,
                    expires_at: time(row, "expires_at")?,
                })
            },
        )
    }
}

impl WritePeople for Session<'_> {
    fn put_organisation(&mut self, row: &Organisation) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO organisation (id, name, parent, party) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent, \
             party = excluded.party",
            params![
                row.id.as_str(),
                row.name,
                row.parent.as_ref().map(|id| id.as_str()),
                row.party.as_ref().map(to_json).transpose()?,
            ],
        )
        .map(drop)
    }

    fn put_person(&mut self, row: &Person) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO person (id, name, roles, organisation, duty_grids) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, \
             organisation = excluded.organisation, duty_grids = excluded.duty_grids",
            params![
                row.id.as_str(),
                row.name,
                to_json(&row.roles)?,
                row.organisation.as_ref().map(|id| id.as_str()),
                to_json(&row.duty_grids)?,
            ],
        )
        .map(drop)
    }

    fn put_former_scope(
        &mut self,
        person: &PersonId,
        former: &FormerScope,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO former_scope (person, scope, left_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (person, scope) DO UPDATE SET left_at = excluded.left_at",
            params![
                person.as_str(),
                former.scope.to_string(),
                former.left_at.as_millis()
            ],
        )
        .map(drop)
    }

    fn remove_former_scope(
        &mut self,
        person: &PersonId,
        scope: &Scope,
    ) -> Result<bool, StoreError> {
        let removed = run(
            self.0,
            "DELETE FROM former_scope WHERE person = ?1 AND scope = ?2",
            params![person.as_str(), scope.to_string()],
        )?;
        Ok(removed > 0)
    }

    fn put_credential(&mut self, row: &CredentialRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO credential (person, argon2, failures, locked_until) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (person) DO UPDATE SET argon2 = excluded.argon2, failures = excluded.failures, \
             locked_until = excluded.locked_until",
            params![
                row.person.as_str(),
                row.argon2,
                row.failures,
                row.locked_until.map(Timestamp::as_millis),
            ],
        )
        .map(drop)
    }

    fn add_staff_session(&mut self, row: &StaffSessionRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO staff_session (secret_hash, id, person, created_at, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                row.secret_hash.as_bytes().as_slice(),
                row.id,
                row.person.as_str(),
                row.created_at.as_millis(),
                row.expires_at.as_millis(),
            ],
        )
        .map(drop)
    }

    fn remove_staff_session(&mut self, secret_hash: &Digest) -> Result<bool, StoreError> {
        let sql = "DELETE FROM staff_session WHERE secret_hash = ?1";
        Ok(run(self.0, sql, [secret_hash.as_bytes().as_slice()])? > 0)
    }

    fn remove_staff_sessions_of(&mut self, person: &PersonId) -> Result<u64, StoreError> {
        run(
            self.0,
            "DELETE FROM staff_session WHERE person = ?1",
            [person.as_str()],
        )
    }

    fn remove_expired_staff_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        run(
            self.0,
            "DELETE FROM staff_session WHERE expires_at <= ?1",
            [now.as_millis()],
        )
    }
}
