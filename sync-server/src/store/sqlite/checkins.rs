//! The list of check-ins in SQL. Values are always bound.

use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use xunge_domain::checkin::{CheckinState, Initiation, StepName};
use xunge_domain::ids::DocumentId;

use super::Session;
use super::values::{
    document, first, heads, joined, list, plain, run, text_if_any, time, time_if_any,
};
use crate::store::rows::ListCursor;
use crate::store::{
    CheckinFilter, CheckinRow, LIST_ROWS_MAX, ReadCheckins, StoreError, WriteCheckins,
};

const COLUMNS: &str = "document, title, state, initiation, subject_case, opened_by, opened_at, updated_at, \
    step_count, last_step, photo_count, heads, standing";

fn damaged(what: &'static str) -> StoreError {
    StoreError::Damaged { what }
}

fn checkin(row: &Row<'_>) -> Result<CheckinRow, StoreError> {
    let state: String = plain(row, "state")?;
    let initiation: Option<String> = plain(row, "initiation")?;
    let last_step: Option<String> = plain(row, "last_step")?;
    let subject: Option<Vec<u8>> = plain(row, "subject_case")?;
    let subject = subject.map(|bytes| DocumentId::from_slice(&bytes));
    Ok(CheckinRow {
        document: document(row)?,
        title: plain(row, "title")?,
        state: CheckinState::from_id(&state).ok_or_else(|| damaged("check-in state"))?,
        initiation: initiation
            .map(|id| Initiation::from_id(&id).ok_or_else(|| damaged("initiation")))
            .transpose()?,
        subject_case: subject.transpose().map_err(|_| damaged("case id"))?,
        opened_by: text_if_any(row, "opened_by", "person id")?,
        opened_at: time_if_any(row, "opened_at")?,
        updated_at: time(row, "updated_at")?,
        step_count: plain(row, "step_count")?,
        last_step: last_step
            .map(|id| StepName::from_id(&id).ok_or_else(|| damaged("step")))
            .transpose()?,
        photo_count: plain(row, "photo_count")?,
        heads: heads(row)?,
        standing: plain(row, "standing")?,
    })
}

impl ReadCheckins for Session<'_> {
    fn checkin(&self, document: &DocumentId) -> Result<Option<CheckinRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM checkin_projection WHERE document = ?1");
        first(self.0, &sql, [document.as_bytes().as_slice()], checkin)
    }

    fn checkins(
        &self,
        filter: &CheckinFilter,
        after: Option<ListCursor>,
        limit: usize,
    ) -> Result<Vec<CheckinRow>, StoreError> {
        let mut values: Vec<Value> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        let mut bind = |value: Value| {
            values.push(value);
            format!("?{}", values.len())
        };
        if let Some(state) = filter.state {
            conditions.push(format!("state = {}", bind(state.id().to_owned().into())));
        }
        if let Some(case) = filter.subject_case {
            let case = bind(case.as_bytes().to_vec().into());
            conditions.push(format!("subject_case = {case}"));
        }
        if !filter.scopes.is_empty() {
            let scopes = filter.scopes.iter();
            let scopes: Vec<String> = scopes.map(|scope| bind(scope.to_string().into())).collect();
            conditions.push(format!(
                "EXISTS (SELECT 1 FROM membership WHERE membership.document = checkin_projection.document \
                 AND membership.scope IN ({}))",
                scopes.join(", ")
            ));
        }
        if let Some(cursor) = after {
            let time = bind(cursor.at.as_millis().into());
            let id = bind(cursor.document.as_bytes().to_vec().into());
            conditions.push(format!(
                "(updated_at < {time} OR (updated_at = {time} AND document < {id}))"
            ));
        }
        let conditions = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        let limit = limit.clamp(1, LIST_ROWS_MAX);
        let sql = format!(
            "SELECT {COLUMNS} FROM checkin_projection{conditions} ORDER BY updated_at DESC, document DESC LIMIT {limit}"
        );
        list(self.0, &sql, params_from_iter(values), checkin)
    }
}

impl WriteCheckins for Session<'_> {
    fn put_checkin(&mut self, row: &CheckinRow) -> Result<(), StoreError> {
        run(
            self.0,
            include_str!("put_checkin.sql"),
            params![
                row.document.as_bytes().as_slice(),
                row.title,
                row.state.id(),
                row.initiation.map(Initiation::id),
                row.subject_case
                    .as_ref()
                    .map(|case| case.as_bytes().as_slice()),
                row.opened_by.as_ref().map(|id| id.as_str()),
                row.opened_at.map(|at| at.as_millis()),
                row.updated_at.as_millis(),
                row.step_count,
                row.last_step.map(StepName::id),
                row.photo_count,
                joined(&row.heads),
                row.standing,
            ],
        )
        .map(drop)
    }
}
