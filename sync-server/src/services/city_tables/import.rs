//! Import: a file becomes an edition of a table, whole or not at all.
//!
//! The file is read twice. First every row is examined without holding anybody up; only when all are good it is read again and
//! written, in one transaction. Rows stream through: memory holds a row and the keys.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;
use xunge_domain::tables::{TableKind, is_day, is_edition};

use super::TABLE_IMPORTED;
use super::apply::Apply;
use super::examine::examine;
use super::known::known;
use crate::app::App;
use crate::city_tables::{Bad, Context, Encoding, HeaderError, SourceError};
use crate::store::{EditionRow, HubRead, HubTransaction, StoreError};
use crate::tables::{local_date, note_tables_changed};

/// Bytes read at once.
const BLOCK_BYTES: usize = 64 * 1024;

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct ImportOrder {
    /// Into which table.
    pub kind: TableKind,
    /// From where.
    pub file: PathBuf,
    /// How a text file is written; found out where nobody says.
    pub encoding: Option<Encoding>,
    /// Of degrees, where a row does not say.
    pub datum: Datum,
    /// Of component codes, where a row does not say.
    pub layout: CodeLayout,
    /// The edition's name; its effective date where nobody says.
    pub edition: Option<String>,
    /// First day it holds; today where nobody says.
    pub effective_date: Option<String>,
    /// Whether the rows are made up: a class table that is says so to everybody who sees it.
    pub sample: bool,
    /// Examine, and write nothing.
    pub dry_run: bool,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Which table.
    pub table: TableKind,
    /// The edition.
    pub edition: String,
    /// First day it holds.
    pub effective_date: String,
    /// Rows of the file.
    pub rows: u64,
    /// What cannot be taken; each was told.
    pub bad: u64,
    /// Whether it was written.
    pub written: bool,
    /// Rows that were written; of people and departments those that are new or other.
    pub changed: u64,
    /// Headers that name no column of the table.
    pub ignored_columns: Vec<String>,
    /// Of a text file, how it is written.
    pub encoding: Option<&'static str>,
}

/// Why a file was not looked at, or not taken although its rows are good.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Its first line.
    #[error(transparent)]
    Headers(#[from] HeaderError),
    /// A name that is none.
    #[error("{0:?} names no edition: give 1 to 60 letters")]
    Edition(String),
    /// A name that is taken: what was filed under an edition keeps it.
    #[error("{kind} has an edition {edition:?} already")]
    EditionExists {
        /// Of which table.
        kind: TableKind,
        /// Its name.
        edition: String,
    },
    /// A day that is none.
    #[error("{0:?} is no day: write it as 2025-01-01")]
    EffectiveDate(String),
    /// Registers have no future.
    #[error(
        "{0} come into effect at once: give no effective date, or one that is not in the future"
    )]
    NotYet(TableKind),
    /// The file is another one than a moment ago.
    #[error("the file changed while it was read")]
    FileChanged,
    /// Nobody would be admin any more.
    #[error("the file takes the role {0} from everybody who has it")]
    LastAdmin(&'static str),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a file; `told` hears everything that is wrong with it, line by line. A file with any bad row is not written.
/// Cost: two passes over the file, a transaction of a few microseconds a row.
///
/// # Errors
/// A file, edition or day that cannot be taken at all, or the store's trouble. Bad rows are no error here.
pub fn import(
    app: &App,
    by: &str,
    order: &ImportOrder,
    told: &mut dyn FnMut(&Bad),
) -> Result<Imported, ImportError> {
    let now = app.clock.now();
    let sha256 = sha256_of(&order.file)?;
    let (edition, known) = app.store.reading(|read| {
        let edition = edition(read, order, &local_date(now))?;
        let known = known(read, order.kind, &edition.effective_date)?;
        Ok::<_, ImportError>((edition, known))
    })?;
    let context = Context {
        datum: order.datum,
        layout: order.layout,
        known: &known,
    };
    let file = (order.kind, order.file.as_path(), order.encoding);
    let examined = examine(file, &context, told, &mut |_| Ok(()))?;
    let mut imported = Imported {
        table: order.kind,
        edition: edition.edition.clone(),
        effective_date: edition.effective_date.clone(),
        rows: examined.rows,
        bad: examined.bad,
        written: false,
        changed: 0,
        ignored_columns: examined.ignored,
        encoding: examined.encoding.map(Encoding::id),
    };
    if order.dry_run || examined.bad > 0 {
        return Ok(imported);
    }
    let edition = EditionRow {
        rows: examined.rows,
        sha256,
        imported_at: now,
        imported_by: by.to_owned(),
        ..edition
    };
    imported.changed = app.store.writing(|write| {
        // The encoding that was found is the one the rows were examined in.
        let file = (order.kind, order.file.as_path(), examined.encoding);
        let mut apply = Apply::begin(write, &edition, order.sample)?;
        let again = examine(file, &context, &mut |_| {}, &mut |row| {
            apply.row(write, row)
        })?;
        if again.bad > 0 || again.rows != edition.rows || sha256_of(&order.file)? != sha256 {
            return Err(ImportError::FileChanged);
        }
        let changed = apply.finish(write)?;
        tell(write, &edition)?;
        Ok(changed)
    })?;
    imported.written = true;
    Ok(imported)
}

/// The log's line, and the sign for every cache.
fn tell(write: &mut dyn HubTransaction, edition: &EditionRow) -> Result<(), StoreError> {
    let EditionRow {
        kind,
        edition: name,
        effective_date,
        rows,
        sha256,
        ..
    } = edition;
    let detail = json!({
        "table": kind, "edition": name, "effective_date": effective_date, "rows": rows, "sha256": sha256,
    });
    let (at, by) = (edition.imported_at, edition.imported_by.as_str());
    write.append_audit(at, by, TABLE_IMPORTED, &detail)?;
    if kind == &TableKind::Roster {
        // It is read from the store each time; devices have nothing of it to ask for.
        return Ok(());
    }
    note_tables_changed(write)
}

/// The edition a file is to become, without what is known only later.
fn edition(
    read: &dyn HubRead,
    order: &ImportOrder,
    today: &str,
) -> Result<EditionRow, ImportError> {
    let day = order.effective_date.as_deref().unwrap_or(today);
    if !is_day(day) {
        return Err(ImportError::EffectiveDate(day.to_owned()));
    }
    if !order.kind.is_edition() && day > today {
        return Err(ImportError::NotYet(order.kind));
    }
    let editions = read.table_editions(order.kind)?;
    let number = editions.last().map_or(1, |last| last.number + 1);
    let exists = |name: &str| -> Result<bool, StoreError> {
        // A class table may be there that was never imported.
        let is_class_table = order.kind == TableKind::Classes && read.class_table(name)?.is_some();
        Ok(is_class_table || editions.iter().any(|edition| edition.edition == name))
    };
    let name = match &order.edition {
        Some(name) if !is_edition(name) => return Err(ImportError::Edition(name.clone())),
        Some(name) => name.clone(),
        None if exists(day)? => format!("{day} ({number})"),
        None => day.to_owned(),
    };
    if exists(&name)? {
        return Err(ImportError::EditionExists {
            kind: order.kind,
            edition: name,
        });
    }
    Ok(EditionRow {
        kind: order.kind,
        number,
        edition: name,
        effective_date: day.to_owned(),
        rows: 0,
        sha256: Digest::from_bytes([0; 32]),
        imported_at: xunge_domain::time::Timestamp::from_millis(0),
        imported_by: String::new(),
    })
}

fn sha256_of(path: &Path) -> Result<Digest, ImportError> {
    let read = || -> io::Result<[u8; 32]> {
        let mut file = File::open(path)?;
        let (mut hash, mut block) = (Sha256::new(), vec![0; BLOCK_BYTES]);
        loop {
            match file.read(&mut block)? {
                0 => return Ok(hash.finalize().into()),
                read => hash.update(block.get(..read).unwrap_or_default()),
            }
        }
    };
    Ok(Digest::from_bytes(read().map_err(SourceError::Io)?))
}
