//! Tasks and notices in SQL.

use rusqlite::{Row, params};
use xunge_domain::duty::DeclineCause;
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{document, list, plain, rows, run, signed, text, time, time_if_any, unsigned};
use crate::store::{
    NoticeRow, ReadTasks, StoreError, TaskDeclined, TaskEnd, TaskKey, TaskRow, WriteTasks,
};

const COLUMNS: &str = "document, send, person, kind, round, asked_by, offered_at, feed_seq, \
     delivered_at, ended_at, ending, answered_at, choice, stuck, declined_at, decline_cause, decline_words";

const DAMAGED: StoreError = StoreError::Damaged { what: "task" };

fn task(row: &Row<'_>) -> Result<TaskRow, StoreError> {
    let send = plain::<Vec<u8>>(row, "send")?;
    let kind = plain::<String>(row, "kind")?;
    let end = plain::<Option<String>>(row, "ending")?;
    Ok(TaskRow {
        key: TaskKey {
            document: document(row)?,
            send: IntentId::from_slice(&send).map_err(|_| DAMAGED)?,
            person: text(row, "person", "person id")?,
        },
        kind: TaskKind::from_id(&kind).ok_or(DAMAGED)?,
        round: plain(row, "round")?,
        asked_by: text(row, "asked_by", "person id")?,
        offered_at: time(row, "offered_at")?,
        feed_seq: unsigned(row, "feed_seq")?,
        delivered_at: time_if_any(row, "delivered_at")?,
        ended_at: time_if_any(row, "ended_at")?,
        end: end
            .map(|id| TaskEnd::from_id(&id).ok_or(DAMAGED))
            .transpose()?,
        answered_at: time_if_any(row, "answered_at")?,
        choice: plain(row, "choice")?,
        stuck: plain(row, "stuck")?,
        declined: declined(row)?,
    })
}

fn declined(row: &Row<'_>) -> Result<Option<TaskDeclined>, StoreError> {
    let Some(at) = time_if_any(row, "declined_at")? else {
        return Ok(None);
    };
    let cause = plain::<String>(row, "decline_cause")?;
    Ok(Some(TaskDeclined {
        at,
        cause: DeclineCause::from_id(&cause).ok_or(DAMAGED)?,
        words: plain(row, "decline_words")?,
    }))
}

fn notice(row: &Row<'_>) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        person: text(row, "person", "person id")?,
        channel: plain(row, "channel")?,
        since: time(row, "since")?,
        not_before: time(row, "not_before")?,
        attempts: plain(row, "attempts")?,
    })
}

impl ReadTasks for Session<'_> {
    fn tasks_of_case(&self, document: &DocumentId) -> Result<Vec<TaskRow>, StoreError> {
        list(
            self.0,
            &format!("SELECT {COLUMNS} FROM task WHERE document = ?1 ORDER BY round, send, person"),
            [document.as_bytes().as_slice()],
            task,
        )
    }

    fn open_tasks(
        &self,
        after: Option<(Timestamp, TaskKey)>,
        limit: usize,
    ) -> Result<Vec<TaskRow>, StoreError> {
        let Some((at, key)) = after else {
            return list(
                self.0,
                &format!(
                    "SELECT {COLUMNS} FROM task WHERE ended_at IS NULL \
                     ORDER BY offered_at, document, send, person LIMIT ?1"
                ),
                [rows(limit)],
                task,
            );
        };
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM task WHERE ended_at IS NULL \
                 AND (offered_at, document, send, person) > (?1, ?2, ?3, ?4) \
                 ORDER BY offered_at, document, send, person LIMIT ?5"
            ),
            params![
                at.as_millis(),
                key.document.as_bytes().as_slice(),
                key.send.as_bytes().as_slice(),
                key.person.as_str(),
                rows(limit)
            ],
            task,
        )
    }

    fn open_tasks_of(&self, person: &PersonId) -> Result<Vec<TaskRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM task WHERE person = ?1 AND ended_at IS NULL \
                 ORDER BY offered_at, document, send"
            ),
            [person.as_str()],
            task,
        )
    }

    fn due_notices(&self, now: Timestamp, limit: usize) -> Result<Vec<NoticeRow>, StoreError> {
        list(
            self.0,
            "SELECT person, channel, since, not_before, attempts FROM notice WHERE not_before <= ?1 \
             ORDER BY since, person, channel LIMIT ?2",
            params![now.as_millis(), rows(limit)],
            notice,
        )
    }

    fn notices_sent(
        &self,
        channel: &str,
        person: Option<&PersonId>,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError> {
        list(
            self.0,
            "SELECT at FROM notice_sent WHERE channel = ?1 AND at > ?2 AND (?3 IS NULL OR person = ?3) ORDER BY at",
            params![channel, since.as_millis(), person.map(PersonId::as_str)],
            |row| time(row, "at"),
        )
    }
}

impl WriteTasks for Session<'_> {
    fn put_task(&mut self, row: &TaskRow) -> Result<(), StoreError> {
        run(
            self.0,
            &format!(
                "INSERT INTO task ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) \
                 ON CONFLICT (document, send, person) DO UPDATE SET delivered_at = excluded.delivered_at, \
                 ended_at = excluded.ended_at, ending = excluded.ending, answered_at = excluded.answered_at, \
                 choice = excluded.choice, stuck = excluded.stuck, declined_at = excluded.declined_at, \
                 decline_cause = excluded.decline_cause, decline_words = excluded.decline_words"
            ),
            params![
                row.key.document.as_bytes().as_slice(),
                row.key.send.as_bytes().as_slice(),
                row.key.person.as_str(),
                row.kind.id(),
                row.round,
                row.asked_by.as_str(),
                row.offered_at.as_millis(),
                signed(row.feed_seq),
                row.delivered_at.map(Timestamp::as_millis),
                row.ended_at.map(Timestamp::as_millis),
                row.end.map(TaskEnd::id),
                row.answered_at.map(Timestamp::as_millis),
                row.choice,
                row.stuck,
                row.declined.as_ref().map(|said| said.at.as_millis()),
                row.declined.as_ref().map(|said| said.cause.id()),
                row.declined.as_ref().map(|said| said.words.as_str()),
            ],
        )
        .map(drop)
    }

    fn put_notice(&mut self, row: &NoticeRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO notice (person, channel, since, not_before, attempts) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (person, channel) DO UPDATE SET since = excluded.since, \
             not_before = excluded.not_before, attempts = excluded.attempts",
            params![
                row.person.as_str(),
                row.channel,
                row.since.as_millis(),
                row.not_before.as_millis(),
                row.attempts
            ],
        )
        .map(drop)
    }

    fn remove_notice(&mut self, person: &PersonId, channel: &str) -> Result<bool, StoreError> {
        let removed = run(
            self.0,
            "DELETE FROM notice WHERE person = ?1 AND channel = ?2",
            params![person.as_str(), channel],
        )?;
        Ok(removed > 0)
    }

    fn note_notice_sent(
        &mut self,
        channel: &str,
        person: &PersonId,
        at: Timestamp,
        forget_before: Timestamp,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "DELETE FROM notice_sent WHERE channel = ?1 AND at < ?2",
            params![channel, forget_before.as_millis()],
        )?;
        run(
            self.0,
            "INSERT INTO notice_sent (channel, person, at) VALUES (?1, ?2, ?3)",
            params![channel, person.as_str(), at.as_millis()],
        )
        .map(drop)
    }
}
