//! Reading a damaged table around its damage, row by row into a sound one.

use std::path::PathBuf;

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, params_from_iter};

use crate::OpenStoreError;
use crate::at_rest::data_key::DataKey;
use crate::open::{connect, look};

/// How a damaged table is read.
#[derive(Clone, Copy)]
pub(super) enum ReadBy {
    /// By row number, around every damage.
    Number,
    /// From its start to the first damage and from its end, in this order, to the last.
    Ends(&'static str),
}

/// Most damaged places of one table that are read around; behind the last it is given up.
const DAMAGES_MAX: u32 = 10_000;

/// The kept copy of a damaged database.
pub(super) struct Damaged<'key> {
    pub(super) path: PathBuf,
    pub(super) key: Option<&'key DataKey>,
}

impl Damaged<'_> {
    /// Opens the kept copy so that it stays as it is.
    pub(super) fn open(&self) -> Result<Connection, OpenStoreError> {
        if !self.path.is_file() {
            let what = "there is no database file".to_owned();
            return Err(OpenStoreError::Damaged { what });
        }
        let connection = connect(&self.path, self.key)?;
        look(&connection)?;
        connection.set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            true,
        )?;
        Ok(connection)
    }
}

/// What was carried over of one table.
#[derive(Default)]
pub(super) struct Carried {
    pub(super) rows: u64,
    pub(super) lost: bool,
}

/// Reads a table around its damage.
pub(super) fn carry(
    damaged: &Damaged<'_>,
    target: &Connection,
    table: &str,
    read_by: ReadBy,
) -> Result<Carried, OpenStoreError> {
    let mut carried = Carried::default();
    match read_by {
        ReadBy::Number => carry_by_number(damaged, target, table, &mut carried)?,
        ReadBy::Ends(from_the_end) => {
            let all = format!("SELECT 0, * FROM {table}");
            if let Read::UntilDamage(_) =
                carry_until_damage(damaged, target, table, &all, &mut carried)?
            {
                let backward = format!("{all} ORDER BY {from_the_end}");
                carry_until_damage(damaged, target, table, &backward, &mut carried)?;
            }
        }
    }
    Ok(carried)
}

/// Reads on behind each damage: a look at the next row number, at the second, the fourth and so on finds where it is
/// readable again, and reading backwards from there gets the rows that were passed over.
fn carry_by_number(
    damaged: &Damaged<'_>,
    target: &Connection,
    table: &str,
    carried: &mut Carried,
) -> Result<(), OpenStoreError> {
    let mut from = i64::MIN;
    for _ in 0..DAMAGES_MAX {
        let forward = format!("SELECT rowid, * FROM {table} WHERE rowid >= {from} ORDER BY rowid");
        let last = match carry_until_damage(damaged, target, table, &forward, carried)? {
            Read::ToTheEnd => return Ok(()),
            Read::UntilDamage(last) => last,
        };
        let last = last.unwrap_or(from);
        let behind = behind_damage(damaged, table, last)?;
        let until = behind.map_or(i64::MAX, |behind| behind.saturating_sub(1));
        let backward = format!(
            "SELECT rowid, * FROM {table} WHERE rowid > {last} AND rowid <= {until} ORDER BY rowid DESC"
        );
        carry_until_damage(damaged, target, table, &backward, carried)?;
        match behind {
            Some(behind) => from = behind,
            None => return Ok(()),
        }
    }
    Ok(())
}

/// The number of a readable row behind the damage that follows `last`; none when there is none up to the end.
fn behind_damage(
    damaged: &Damaged<'_>,
    table: &str,
    last: i64,
) -> Result<Option<i64>, OpenStoreError> {
    // The numbers below 0 are not used; the first step must not count its way up to there.
    let start = last.max(0);
    let mut step = 1_i64;
    while let Some(at) = start.checked_add(step) {
        let source = damaged.open()?;
        let sql =
            format!("SELECT rowid, * FROM {table} WHERE rowid >= {at} ORDER BY rowid LIMIT 1");
        let found = source.prepare(&sql).and_then(|mut statement| {
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            // All of it: a long value lies on pages of its own.
            (0..columns).try_for_each(|column| row.get::<_, Value>(column).map(drop))?;
            row.get(0).map(Some)
        });
        match found {
            Ok(found) => return Ok(found),
            Err(_) => step = step.saturating_mul(2),
        }
    }
    Ok(None)
}

/// How far a statement came.
enum Read {
    ToTheEnd,
    /// To a damage, behind the row of this number.
    UntilDamage(Option<i64>),
}

/// Carries over what a statement gives, whose first column is the row number. On a connection of its own: after a page that
/// does not decrypt SQLCipher reads no other.
fn carry_until_damage(
    damaged: &Damaged<'_>,
    target: &Connection,
    table: &str,
    select: &str,
    carried: &mut Carried,
) -> Result<Read, OpenStoreError> {
    let source = damaged.open()?;
    let mut last = None;
    let Ok(mut statement) = source.prepare(select) else {
        carried.lost = true;
        return Ok(Read::UntilDamage(last));
    };
    let columns = statement.column_count();
    let places = vec!["?"; columns.saturating_sub(1)].join(", ");
    let mut insert = target.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})"))?;
    let mut rows = statement.query([])?;
    loop {
        let values = match rows.next() {
            Ok(None) => return Ok(Read::ToTheEnd),
            Ok(Some(row)) => (0..columns)
                .map(|column| row.get(column))
                .collect::<rusqlite::Result<Vec<Value>>>(),
            Err(error) => Err(error),
        };
        let Ok(values) = values else {
            carried.lost = true;
            return Ok(Read::UntilDamage(last));
        };
        if let Some(Value::Integer(number)) = values.first() {
            last = Some(*number);
        }
        match insert.execute(params_from_iter(values.into_iter().skip(1))) {
            Ok(inserted) => carried.rows += inserted as u64,
            // A row of nonsense is one lost row; a full disk is not.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                carried.lost = true
            }
            Err(error) => return Err(error.into()),
        }
    }
}
