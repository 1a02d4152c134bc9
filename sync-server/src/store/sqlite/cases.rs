//! The list of cases in SQL. A filter becomes one statement of fixed parts; values are always bound.

use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};
use xunge_domain::case::{CaseState, Severity};
use xunge_domain::geo::Point;
use xunge_domain::ids::CaseId;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::Light;

use super::Session;
use super::values::{
    digest_if_any, document, first, heads, joined, list, plain, run, signed, text_if_any, time,
    time_if_any, unsigned,
};
use crate::store::rows::{CaseFilter, CaseOrder, CasePage, CaseRow, ListCursor};
use crate::store::{LIST_ROWS_MAX, ReadCases, ReadClocks, StoreError, WriteCases};

const COLUMNS: &str = "document, case_no, state, class, title, address, longitude_e7, latitude_e7, \
    unit_grid, duty_grid, severity, reporter, lead, reported_at, updated_at, photo_count, first_preview, \
    heads, standing";

/// Cases whose listed clock runs.
const DUE: &str = "case_projection JOIN (SELECT document AS clock_of, deadline FROM case_clock WHERE listed = 1 \
    AND stands_in IS NULL AND deadline IS NOT NULL) ON clock_of = case_projection.document";
/// A clock by which a row was just found.
const GONE: StoreError = StoreError::Damaged {
    what: "listed clock",
};

/// Counters of case numbers are named `case_no/<day>`; the one of no day holds what every new day begins after.
const NUMBER_PREFIX: &str = "case_no/";

fn case(row: &Row<'_>) -> Result<CaseRow, StoreError> {
    let point = match (plain(row, "longitude_e7")?, plain(row, "latitude_e7")?) {
        (Some(longitude_e7), Some(latitude_e7)) => Some(Point {
            longitude_e7,
            latitude_e7,
        }),
        _ => None,
    };
    Ok(CaseRow {
        document: document(row)?,
        case_no: plain(row, "case_no")?,
        state: state(row)?,
        class: plain(row, "class")?,
        title: plain(row, "title")?,
        address: plain(row, "address")?,
        point,
        unit_grid: text_if_any(row, "unit_grid", "unit grid code")?,
        duty_grid: text_if_any(row, "duty_grid", "duty grid id")?,
        severity: Severity::from_id(&plain::<String>(row, "severity")?)
            .ok_or(StoreError::Damaged { what: "severity" })?,
        reporter: text_if_any(row, "reporter", "person id")?,
        lead: text_if_any(row, "lead", "organisation id")?,
        reported_at: time_if_any(row, "reported_at")?,
        updated_at: time(row, "updated_at")?,
        photo_count: plain(row, "photo_count")?,
        first_preview: digest_if_any(row, "first_preview")?,
        heads: heads(row)?,
        standing: plain(row, "standing")?,
    })
}

fn state(row: &Row<'_>) -> Result<CaseState, StoreError> {
    CaseState::from_id(&plain::<String>(row, "state")?)
        .ok_or(StoreError::Damaged { what: "case state" })
}

/// The text a search looks at.
fn search_text(row: &CaseRow) -> String {
    let number = row.case_no.as_deref().unwrap_or_default();
    let code = row.document.local_code();
    format!("{number} {} {} {code}", row.title, row.address).to_lowercase()
}

/// `%needle%`, with what the pattern would read as a sign of its own escaped.
fn containing(needle: &str) -> String {
    let mut pattern = String::from("%");
    for letter in needle.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// Conditions joined by "and", with their values.
#[derive(Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn of(filter: &CaseFilter) -> Self {
        let mut conditions = Self::default();
        if !filter.states.is_empty() {
            let states = filter
                .states
                .iter()
                .map(|state| state.id().to_owned().into())
                .collect();
            conditions.one_of("state IN (", states, ")");
        }
        if let Some(needle) = filter
            .text
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            conditions.one_of(
                "search_text LIKE ",
                vec![containing(needle).into()],
                " ESCAPE '\\'",
            );
        }
        let equals = [
            (
                "duty_grid = ",
                filter.duty_grid.as_ref().map(ToString::to_string),
            ),
            (
                "unit_grid = ",
                filter.unit_grid.map(|code| code.to_string()),
            ),
            ("class = ", filter.class.clone()),
        ];
        for (column, value) in equals {
            if let Some(value) = value {
                conditions.one_of(column, vec![value.into()], "");
            }
        }
        if let Some(bounds) = filter.bounds {
            let (west, south) = (bounds.south_west, bounds.north_east);
            conditions.between("latitude_e7", west.latitude_e7, south.latitude_e7);
            conditions.between("longitude_e7", west.longitude_e7, south.longitude_e7);
        }
        if !filter.scopes.is_empty() {
            let scopes = filter
                .scopes
                .iter()
                .map(|scope| scope.to_string().into())
                .collect();
            conditions.one_of(
                "EXISTS (SELECT 1 FROM membership WHERE membership.document = case_projection.document \
                 AND membership.scope IN (",
                scopes,
                "))",
            );
        }
        if let Some(light) = filter.light {
            conditions.light(light);
        }
        conditions
    }

    fn one_of(&mut self, before: &str, values: Vec<Value>, after: &str) {
        self.and();
        self.sql.push_str(before);
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.sql.push_str(", ");
            }
            self.values.push(value);
            self.sql.push_str(&format!("?{}", self.values.len()));
        }
        self.sql.push_str(after);
    }

    fn between(&mut self, column: &str, low: i32, high: i32) {
        self.one_of(&format!("{column} BETWEEN "), vec![low.into()], "");
        self.values.push(high.into());
        self.sql.push_str(&format!(" AND ?{}", self.values.len()));
    }

    /// Goes on behind a row: newest first and larger id first, or first due and smaller id first.
    fn behind(&mut self, cursor: ListCursor, order: CaseOrder) {
        self.and();
        self.values.push(cursor.at.as_millis().into());
        let time = self.values.len();
        self.values.push(cursor.document.as_bytes().to_vec().into());
        let id = self.values.len();
        self.sql.push_str(&match order {
            CaseOrder::Newest => {
                format!("(updated_at < ?{time} OR (updated_at = ?{time} AND document < ?{id}))")
            }
            CaseOrder::Due => format!(
                "(deadline > ?{time} OR (deadline = ?{time} AND case_projection.document > ?{id}))"
            ),
        });
    }

    /// With this light on the listed clock: as [`ClockRow::light`](crate::store::ClockRow::light) tells it.
    fn light(&mut self, (light, now): (Light, Timestamp)) {
        self.and();
        self.values.push(light.id().to_owned().into());
        let light = self.values.len();
        self.values.push(now.as_millis().into());
        let now = self.values.len();
        self.sql.push_str(&format!(
            "EXISTS (SELECT 1 FROM case_clock shown WHERE shown.document = case_projection.document AND shown.listed = 1 \
             AND shown.deadline IS NOT NULL AND ?{light} = CASE WHEN shown.stands_in IS NOT NULL THEN shown.stands_in \
             WHEN ?{now} > shown.deadline THEN 'red' WHEN shown.due_soon_at <= ?{now} THEN 'yellow' ELSE 'green' END)"
        ));
    }

    fn and(&mut self) {
        self.sql.push_str(if self.sql.is_empty() {
            " WHERE "
        } else {
            " AND "
        });
    }
}

impl ReadCases for Session<'_> {
    fn case(&self, document: &CaseId) -> Result<Option<CaseRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM case_projection WHERE document = ?1");
        first(self.0, &sql, [document.as_bytes().as_slice()], case)
    }

    fn case_by_number(&self, case_no: &str) -> Result<Option<CaseRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM case_projection WHERE case_no = ?1");
        first(self.0, &sql, [case_no], case)
    }

    fn cases(
        &self,
        filter: &CaseFilter,
        after: Option<ListCursor>,
        limit: usize,
    ) -> Result<CasePage, StoreError> {
        let limit = limit.clamp(1, LIST_ROWS_MAX);
        let mut conditions = Conditions::of(filter);
        if let Some(cursor) = after {
            conditions.behind(cursor, filter.order);
        }
        // One row more than asked for tells whether there is a next part.
        let (from, order) = match filter.order {
            CaseOrder::Newest => ("case_projection", "updated_at DESC, document DESC"),
            CaseOrder::Due => (DUE, "deadline, case_projection.document"),
        };
        let columns = COLUMNS.replacen("document", "case_projection.document", 1);
        let sql = format!(
            "SELECT {columns} FROM {from}{} ORDER BY {order} LIMIT {}",
            conditions.sql,
            limit + 1
        );
        let mut rows = list(self.0, &sql, params_from_iter(conditions.values), case)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| {
            Ok::<_, StoreError>(ListCursor {
                at: match filter.order {
                    CaseOrder::Newest => row.updated_at,
                    CaseOrder::Due => {
                        let clock = self.listed_clock(&row.document)?;
                        clock.and_then(|clock| clock.deadline).ok_or(GONE)?
                    }
                },
                document: row.document,
            })
        });
        let next = next.transpose()?;
        Ok(CasePage { rows, next })
    }

    fn case_counts(&self, filter: &CaseFilter) -> Result<Vec<(CaseState, u64)>, StoreError> {
        let conditions = Conditions::of(filter);
        let sql = format!(
            "SELECT state, COUNT(*) AS cases FROM case_projection{} GROUP BY state",
            conditions.sql
        );
        let mut counts = list(self.0, &sql, params_from_iter(conditions.values), |row| {
            Ok((state(row)?, unsigned(row, "cases")?))
        })?;
        counts.sort();
        Ok(counts)
    }
}

impl WriteCases for Session<'_> {
    fn put_case(&mut self, row: &CaseRow) -> Result<(), StoreError> {
        run(
            self.0,
            include_str!("put_case.sql"),
            params![
                row.document.as_bytes().as_slice(),
                row.case_no,
                row.state.id(),
                row.class,
                row.title,
                row.address,
                row.point.map(|point| point.longitude_e7),
                row.point.map(|point| point.latitude_e7),
                row.unit_grid.map(|code| code.to_string()),
                row.duty_grid.as_ref().map(|id| id.as_str()),
                row.severity.id(),
                row.reporter.as_ref().map(|id| id.as_str()),
                row.lead.as_ref().map(|id| id.as_str()),
                row.reported_at.map(|at| at.as_millis()),
                row.updated_at.as_millis(),
                row.photo_count,
                row.first_preview
                    .as_ref()
                    .map(|sha256| sha256.as_bytes().as_slice()),
                joined(&row.heads),
                row.standing,
                search_text(row),
            ],
        )
        .map(drop)
    }

    fn next_case_number(&mut self, day: &str) -> Result<u64, StoreError> {
        let name = format!("{NUMBER_PREFIX}{day}");
        run(
            self.0,
            "INSERT INTO counter (name, last) SELECT ?1, last FROM counter WHERE name = ?2 \
             ON CONFLICT (name) DO NOTHING",
            [name.as_str(), NUMBER_PREFIX],
        )?;
        self.count_up(&name)
    }

    fn skip_case_numbers(&mut self, by: u64) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO counter (name, last) VALUES (?1, 0) ON CONFLICT (name) DO NOTHING",
            [NUMBER_PREFIX],
        )?;
        run(
            self.0,
            "UPDATE counter SET last = last + ?1 WHERE name LIKE 'case_no/%'",
            [signed(by)],
        )
        .map(drop)
    }
}

impl Session<'_> {
    /// Raises a named counter by one and answers it.
    pub(super) fn count_up(&self, name: &str) -> Result<u64, StoreError> {
        first(
            self.0,
            "INSERT INTO counter (name, last) VALUES (?1, 1) \
             ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [name],
            |row| unsigned(row, "last"),
        )?
        .ok_or(StoreError::Damaged { what: "counter" })
    }
}
