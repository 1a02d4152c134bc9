//! Feeds and memberships in SQL.

use rusqlite::{Row, params, params_from_iter};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;

use super::Session;
use super::values::{digest, document, first, list, plain, rows, run, signed, text, unsigned};
use crate::store::rows::{FeedAppend, FeedRow, MembershipRow};
use crate::store::{ReadFeeds, StoreError, WriteFeeds};

fn membership(row: &Row<'_>) -> Result<MembershipRow, StoreError> {
    Ok(MembershipRow {
        document: document(row)?,
        scope: text(row, "scope", "scope")?,
        upto_arrival: unsigned(row, "upto_arrival")?,
    })
}

impl ReadFeeds for Session<'_> {
    fn feed_after(
        &self,
        scope: &Scope,
        seq: u64,
        limit: usize,
    ) -> Result<Vec<FeedRow>, StoreError> {
        list(
            self.0,
            "SELECT seq, document, from_arrival, upto_arrival, \
             EXISTS (SELECT 1 FROM membership WHERE membership.scope = feed.scope \
             AND membership.document = feed.document) AS held \
             FROM feed WHERE scope = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
            params![scope.to_string(), signed(seq), rows(limit)],
            |row| {
                Ok(FeedRow {
                    seq: unsigned(row, "seq")?,
                    document: document(row)?,
                    from_arrival: unsigned(row, "from_arrival")?,
                    upto_arrival: unsigned(row, "upto_arrival")?,
                    held: plain(row, "held")?,
                })
            },
        )
    }

    fn feed_head(&self, scope: &Scope) -> Result<u64, StoreError> {
        let head = first(
            self.0,
            "SELECT last_seq FROM scope WHERE scope = ?1",
            [scope.to_string()],
            |row| unsigned(row, "last_seq"),
        )?;
        Ok(head.unwrap_or(0))
    }

    fn memberships(&self, document: &DocumentId) -> Result<Vec<MembershipRow>, StoreError> {
        list(
            self.0,
            "SELECT scope, document, upto_arrival FROM membership WHERE document = ?1 ORDER BY scope",
            [document.as_bytes().as_slice()],
            membership,
        )
    }

    fn change_names(&self, scopes: &[Scope]) -> Result<Vec<(DocumentId, Digest)>, StoreError> {
        let places = vec!["?"; scopes.len()].join(", ");
        let sql = format!(
            "SELECT document, hash FROM change WHERE document IN \
             (SELECT document FROM membership WHERE scope IN ({places})) ORDER BY document"
        );
        let scopes = scopes.iter().map(Scope::to_string);
        list(self.0, &sql, params_from_iter(scopes), |row| {
            Ok((document(row)?, digest(row, "hash")?))
        })
    }

    fn count_members(&self, scope: &Scope, without: &[Scope]) -> Result<u64, StoreError> {
        let places = vec!["?"; without.len()].join(", ");
        let sql = format!(
            "SELECT COUNT(*) AS members FROM membership AS one WHERE one.scope = ? AND NOT EXISTS \
             (SELECT 1 FROM membership AS other \
             WHERE other.document = one.document AND other.scope IN ({places}))"
        );
        let scopes = std::iter::once(scope).chain(without).map(Scope::to_string);
        let count = first(self.0, &sql, params_from_iter(scopes), |row| {
            unsigned(row, "members")
        })?;
        Ok(count.unwrap_or(0))
    }

    fn members(
        &self,
        scope: &Scope,
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<MembershipRow>, StoreError> {
        let after: &[u8] = after.map_or(&[], |id| id.as_bytes());
        list(
            self.0,
            "SELECT scope, document, upto_arrival FROM membership \
             WHERE scope = ?1 AND document > ?2 ORDER BY document LIMIT ?3",
            params![scope.to_string(), after, rows(limit)],
            membership,
        )
    }
}

impl Session<'_> {
    /// Takes the next place of a scope. The upsert locks the scope's row until the transaction ends, and answers
    /// the new value in the same statement: nobody else can take it or get in between.
    fn next_seq(&self, scope: &str) -> Result<u64, StoreError> {
        first(
            self.0,
            "INSERT INTO scope (scope, last_seq) VALUES (?1, 1) \
             ON CONFLICT (scope) DO UPDATE SET last_seq = scope.last_seq + 1 RETURNING last_seq",
            [scope],
            |row| unsigned(row, "last_seq"),
        )?
        .ok_or(StoreError::Damaged {
            what: "scope counter",
        })
    }
}

impl WriteFeeds for Session<'_> {
    fn append_feed(&mut self, entries: &[FeedAppend]) -> Result<Vec<u64>, StoreError> {
        self.1
            .extend(entries.iter().map(|entry| entry.scope.clone()));
        let mut sorted: Vec<(usize, &FeedAppend)> = entries.iter().enumerate().collect();
        sorted.sort_by(|(_, one), (_, other)| one.scope.cmp(&other.scope));
        let mut given = vec![0; entries.len()];
        for (index, entry) in sorted {
            let scope = entry.scope.to_string();
            let seq = self.next_seq(&scope)?;
            run(
                self.0,
                "INSERT INTO feed (scope, seq, document, from_arrival, upto_arrival) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    scope,
                    signed(seq),
                    entry.document.as_bytes().as_slice(),
                    signed(entry.from_arrival),
                    signed(entry.upto_arrival),
                ],
            )?;
            if let Some(place) = given.get_mut(index) {
                *place = seq;
            }
        }
        Ok(given)
    }

    fn put_membership(&mut self, row: &MembershipRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO membership (scope, document, upto_arrival) VALUES (?1, ?2, ?3) \
             ON CONFLICT (scope, document) DO UPDATE SET upto_arrival = excluded.upto_arrival",
            params![
                row.scope.to_string(),
                row.document.as_bytes().as_slice(),
                signed(row.upto_arrival),
            ],
        )
        .map(drop)
    }

    fn remove_membership(
        &mut self,
        document: &DocumentId,
        scope: &Scope,
    ) -> Result<bool, StoreError> {
        let removed = run(
            self.0,
            "DELETE FROM membership WHERE scope = ?1 AND document = ?2",
            params![scope.to_string(), document.as_bytes().as_slice()],
        )?;
        Ok(removed > 0)
    }
}
