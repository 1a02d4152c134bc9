//! Clocks and escalations in SQL.

use rusqlite::{Row, params};
use xunge_domain::case::CaseState;
use xunge_domain::case::clock::{ClockId, ClockKind};
use xunge_domain::ids::{CaseId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Crossing, EscalationLevel, Light};

use super::Session;
use super::values::{document, first, list, plain, rows, run, signed, time, time_if_any, unsigned};
use crate::store::{ClockRow, EscalationRow, ReadClocks, StoreError, WriteClocks};

const COLUMNS: &str = "document, kind, turn, started_at, deadline, due_soon_at, due_at, twice_over_at, stands_in, \
    trouble, listed, next_at";
const ESCALATION_COLUMNS: &str = "line, document, kind, turn, percent, reached_at, fired_at";

fn clock_id(row: &Row<'_>) -> Result<ClockId, StoreError> {
    let kind = ClockKind::from_id(&plain::<String>(row, "kind")?);
    Ok(ClockId {
        kind: kind.ok_or(StoreError::Damaged { what: "clock kind" })?,
        turn: plain(row, "turn")?,
    })
}

const fn column(level: EscalationLevel) -> &'static str {
    match level {
        EscalationLevel::DueSoon => "due_soon_at",
        EscalationLevel::Due => "due_at",
        EscalationLevel::TwiceOver => "twice_over_at",
    }
}

fn clock(row: &Row<'_>) -> Result<ClockRow, StoreError> {
    let mut crossings = Vec::new();
    for level in EscalationLevel::ALL {
        let at = time_if_any(row, column(level))?;
        crossings.extend(at.map(|at| Crossing { at, level }));
    }
    crossings.sort();
    let stands_in = match plain::<Option<String>>(row, "stands_in")? {
        Some(light) => Some(Light::from_id(&light).ok_or(StoreError::Damaged { what: "light" })?),
        None => None,
    };
    Ok(ClockRow {
        document: document(row)?,
        clock: clock_id(row)?,
        started_at: time(row, "started_at")?,
        deadline: time_if_any(row, "deadline")?,
        crossings,
        stands_in,
        trouble: plain(row, "trouble")?,
        listed: plain(row, "listed")?,
        next_at: time_if_any(row, "next_at")?,
    })
}

fn escalation(row: &Row<'_>) -> Result<EscalationRow, StoreError> {
    let level = EscalationLevel::from_percent(plain(row, "percent")?);
    Ok(EscalationRow {
        line: unsigned(row, "line")?,
        document: document(row)?,
        clock: clock_id(row)?,
        level: level.ok_or(StoreError::Damaged {
            what: "escalation level",
        })?,
        reached_at: time(row, "reached_at")?,
        fired_at: time(row, "fired_at")?,
    })
}

impl ReadClocks for Session<'_> {
    fn clocks(&self, document: &CaseId) -> Result<Vec<ClockRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM case_clock WHERE document = ?1 ORDER BY started_at, kind, turn"
        );
        list(self.0, &sql, [document.as_bytes().as_slice()], clock)
    }

    fn listed_clock(&self, document: &CaseId) -> Result<Option<ClockRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM case_clock WHERE document = ?1 AND listed = 1");
        first(self.0, &sql, [document.as_bytes().as_slice()], clock)
    }

    fn clocks_to_fire(&self, now: Timestamp, limit: usize) -> Result<Vec<ClockRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM case_clock WHERE next_at <= ?1 ORDER BY next_at LIMIT ?2"
        );
        list(self.0, &sql, params![now.as_millis(), rows(limit)], clock)
    }

    fn cases_without_clocks(
        &self,
        after: Option<&CaseId>,
        limit: usize,
    ) -> Result<Vec<CaseId>, StoreError> {
        let begun = CaseState::ALL.iter();
        let begun = begun.filter(|state| !state.is_final() && **state != CaseState::Draft);
        let begun: Vec<String> = begun.map(|state| format!("'{}'", state.id())).collect();
        let sql = format!(
            "SELECT document FROM case_projection WHERE document > ?1 AND state IN ({}) AND (NOT EXISTS \
             (SELECT 1 FROM case_clock WHERE case_clock.document = case_projection.document) OR EXISTS \
             (SELECT 1 FROM case_clock WHERE case_clock.document = case_projection.document AND trouble IS NOT NULL)) \
             ORDER BY document LIMIT ?2",
            begun.join(", ")
        );
        let after = after.map_or(&[][..], |after| after.as_bytes().as_slice());
        list(self.0, &sql, params![after, rows(limit)], document)
    }

    fn escalations(&self, document: &CaseId) -> Result<Vec<EscalationRow>, StoreError> {
        let sql = format!(
            "SELECT {ESCALATION_COLUMNS} FROM escalation WHERE document = ?1 ORDER BY line"
        );
        list(self.0, &sql, [document.as_bytes().as_slice()], escalation)
    }

    fn escalation_notices(
        &self,
        person: &PersonId,
        channel: &str,
    ) -> Result<Vec<EscalationRow>, StoreError> {
        let sql = format!(
            "SELECT {ESCALATION_COLUMNS} FROM escalation WHERE line IN \
             (SELECT line FROM escalation_notice WHERE person = ?1 AND channel = ?2) ORDER BY line"
        );
        list(self.0, &sql, params![person.as_str(), channel], escalation)
    }

    fn escalations_after(&self, line: u64, limit: usize) -> Result<Vec<EscalationRow>, StoreError> {
        let sql = format!(
            "SELECT {ESCALATION_COLUMNS} FROM escalation WHERE line > ?1 ORDER BY line LIMIT ?2"
        );
        list(self.0, &sql, params![signed(line), rows(limit)], escalation)
    }
}

impl WriteClocks for Session<'_> {
    fn put_clocks(&mut self, document: &CaseId, rows: &[ClockRow]) -> Result<(), StoreError> {
        run(
            self.0,
            "DELETE FROM case_clock WHERE document = ?1",
            [document.as_bytes().as_slice()],
        )?;
        for row in rows {
            let at = |level| {
                let mut crossings = row.crossings.iter();
                let crossing = crossings.find(|crossing| crossing.level == level);
                crossing.map(|crossing| crossing.at.as_millis())
            };
            run(
                self.0,
                "INSERT INTO case_clock (document, kind, turn, started_at, deadline, due_soon_at, due_at, twice_over_at, \
                 stands_in, trouble, listed, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    document.as_bytes().as_slice(),
                    row.clock.kind.id(),
                    row.clock.turn,
                    row.started_at.as_millis(),
                    row.deadline.map(Timestamp::as_millis),
                    at(EscalationLevel::DueSoon),
                    at(EscalationLevel::Due),
                    at(EscalationLevel::TwiceOver),
                    row.stands_in.map(Light::id),
                    row.trouble,
                    row.listed,
                    row.next_at.map(Timestamp::as_millis),
                ],
            )?;
        }
        Ok(())
    }

    fn add_escalation(&mut self, row: &EscalationRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO escalation (line, document, kind, turn, percent, reached_at, fired_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                signed(row.line),
                row.document.as_bytes().as_slice(),
                row.clock.kind.id(),
                row.clock.turn,
                row.level.percent(),
                row.reached_at.as_millis(),
                row.fired_at.as_millis(),
            ],
        )
        .map(drop)
    }

    fn add_escalation_notice(
        &mut self,
        person: &PersonId,
        channel: &str,
        line: u64,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO escalation_notice (person, channel, line) VALUES (?1, ?2, ?3)",
            params![person.as_str(), channel, signed(line)],
        )
        .map(drop)
    }

    fn remove_escalation_notices(
        &mut self,
        person: &PersonId,
        channel: &str,
        lines: &[u64],
    ) -> Result<bool, StoreError> {
        for line in lines {
            run(
                self.0,
                "DELETE FROM escalation_notice WHERE person = ?1 AND channel = ?2 AND line = ?3",
                params![person.as_str(), channel, signed(*line)],
            )?;
        }
        let left = first(
            self.0,
            "SELECT line FROM escalation_notice WHERE person = ?1 AND channel = ?2 LIMIT 1",
            params![person.as_str(), channel],
            |row| unsigned(row, "line"),
        )?;
        Ok(left.is_some())
    }

    fn set_next_level(
        &mut self,
        document: &CaseId,
        clock: ClockId,
        next_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "UPDATE case_clock SET next_at = ?4 WHERE document = ?1 AND kind = ?2 AND turn = ?3",
            params![
                document.as_bytes().as_slice(),
                clock.kind.id(),
                clock.turn,
                next_at.map(Timestamp::as_millis),
            ],
        )
        .map(drop)
    }
}
