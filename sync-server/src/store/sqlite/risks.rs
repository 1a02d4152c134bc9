//! Risks and their answers in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{DocumentId, PersonId};

use super::Session;
use super::pieces::piece_id;
use super::values::{first, list, plain, rows, run, signed, text, time, unsigned};
use crate::store::{ReadRisks, RiskAnswerRow, RiskRow, StoreError, WriteRisks};

const COLUMNS: &str = "line, document, intent, person, found_at, finding";

fn risk(row: &Row<'_>) -> Result<RiskRow, StoreError> {
    let finding = plain::<String>(row, "finding")?;
    Ok(RiskRow {
        line: unsigned(row, "line")?,
        piece: piece_id(row)?,
        person: text(row, "person", "person id")?,
        found_at: time(row, "found_at")?,
        finding: serde_json::from_str(&finding)
            .map_err(|_| StoreError::Damaged { what: "risk" })?,
    })
}

impl ReadRisks for Session<'_> {
    fn risk(&self, line: u64) -> Result<Option<RiskRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM risk WHERE line = ?1");
        first(self.0, &sql, [signed(line)], risk)
    }

    fn risks(&self, document: &DocumentId) -> Result<Vec<RiskRow>, StoreError> {
        list(
            self.0,
            &format!("SELECT {COLUMNS} FROM risk WHERE document = ?1 ORDER BY line"),
            [document.as_bytes().as_slice()],
            risk,
        )
    }

    fn risks_of_person(
        &self,
        person: &PersonId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<RiskRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM risk WHERE person = ?1 AND line < ?2 ORDER BY line DESC LIMIT ?3"
            ),
            params![
                person.as_str(),
                signed(before.unwrap_or(u64::MAX)),
                rows(limit)
            ],
            risk,
        )
    }

    fn risk_answers(&self, risk: u64) -> Result<Vec<RiskAnswerRow>, StoreError> {
        list(
            self.0,
            "SELECT line, risk, at, text FROM risk_answer WHERE risk = ?1 ORDER BY line",
            [signed(risk)],
            |row| {
                Ok(RiskAnswerRow {
                    line: unsigned(row, "line")?,
                    risk: unsigned(row, "risk")?,
                    at: time(row, "at")?,
                    text: plain(row, "text")?,
                })
            },
        )
    }

    fn risks_after(&self, line: u64, limit: usize) -> Result<Vec<RiskRow>, StoreError> {
        list(
            self.0,
            &format!("SELECT {COLUMNS} FROM risk WHERE line > ?1 ORDER BY line LIMIT ?2"),
            params![signed(line), rows(limit)],
            risk,
        )
    }
}

impl WriteRisks for Session<'_> {
    fn add_risk(&mut self, row: &RiskRow) -> Result<(), StoreError> {
        let finding = serde_json::to_string(&row.finding)
            .map_err(|_| StoreError::Damaged { what: "risk" })?;
        run(
            self.0,
            "INSERT INTO risk (line, document, intent, kind, person, found_at, finding) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                signed(row.line),
                row.piece.document.as_bytes().as_slice(),
                row.piece.intent.as_bytes().as_slice(),
                row.finding.kind().id(),
                row.person.as_str(),
                row.found_at.as_millis(),
                finding,
            ],
        )
        .map(drop)
    }

    fn add_risk_answer(&mut self, row: &RiskAnswerRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO risk_answer (line, risk, at, text) VALUES (?1, ?2, ?3, ?4)",
            params![
                signed(row.line),
                signed(row.risk),
                row.at.as_millis(),
                row.text
            ],
        )
        .map(drop)
    }
}
