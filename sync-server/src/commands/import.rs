//! `xunge import`: a table of the city from a file. Ends with 1 when anything in the file cannot be taken; then nothing was written.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::tables::TableKind;

use crate::app::SystemEntropy;
use crate::city_tables::{Bad, Encoding};
use crate::cli::DataArgument;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::messages;
use crate::services::city_tables::{ImportError, ImportOrder, Imported, import};

/// `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// Which table: departments, grids, classes, limits, stage_limits, holidays, hours, phrases, components, people, roster.
    #[arg(long, value_name = "TABLE")]
    pub table: TableKind,
    /// The file, CSV or XLSX; docs/tables.md has its columns.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Say what is wrong with the file, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Name of the edition; the effective date when not given.
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// First day it holds, YYYY-MM-DD; today when not given.
    #[arg(long, value_name = "DAY")]
    pub effective_date: Option<String>,
    /// How a CSV is written: utf-8 or gb18030; found out when not given.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<Encoding>,
    /// What degrees mean where a row does not say: wgs84, gcj02 or bd09.
    #[arg(long, value_name = "NAME", default_value = "wgs84")]
    pub datum: Datum,
    /// What the digits of a component code mean where a row does not say: 6+2+2+6 or 6+2+3+5.
    #[arg(long, value_name = "LAYOUT", default_value = "6+2+2+6")]
    pub layout: CodeLayout,
    /// The rows are made up: whoever sees the class table is told so.
    #[arg(long)]
    pub sample: bool,
    /// Answer as JSON, a line for each thing that is wrong and one at the end.
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(arguments: &ImportArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let order = ImportOrder {
        kind: arguments.table,
        file: arguments.file.clone(),
        encoding: arguments.encoding,
        datum: arguments.datum,
        layout: arguments.layout,
        edition: arguments.edition.clone(),
        effective_date: arguments.effective_date.clone(),
        sample: arguments.sample,
        dry_run: arguments.dry_run,
    };
    let imported = import(&app, "system", &order, &mut |bad: &Bad| {
        say(&if arguments.json {
            json(bad)
        } else {
            bad.to_string()
        });
    })
    .map_err(|error| failure(error, &arguments.file))?;
    if arguments.json {
        say(&json(&imported));
    } else {
        told(&imported);
    }
    if imported.bad > 0 {
        let detail = format!(
            "{} / {} 处 problems",
            arguments.file.display(),
            imported.bad
        );
        return Err(CommandError::new(&messages::TABLE_BAD_ROWS, detail));
    }
    Ok(())
}

/// A record of texts and numbers always has a form in JSON.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn told(imported: &Imported) {
    let Imported {
        table,
        edition,
        effective_date,
        rows,
        changed,
        ..
    } = imported;
    if !imported.ignored_columns.is_empty() {
        say(&format!(
            "未用的列 columns not used: {}",
            imported.ignored_columns.join(", ")
        ));
    }
    if let Some(encoding) = imported.encoding {
        say(&format!("编码 encoding: {encoding}"));
    }
    let name = format!("{} {table}", table.zh());
    if imported.written {
        say(&format!(
            "已导入 imported: {name}, {rows} 行 rows ({changed} 写入 written), 版本 edition {edition:?}, 生效 from {effective_date}"
        ));
    } else if imported.bad == 0 {
        say(&format!(
            "可以导入 can be imported: {name}, {rows} 行 rows; 未写入 nothing was written"
        ));
    }
}

fn failure(error: ImportError, file: &std::path::Path) -> CommandError {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::Source(error) => CommandError::new(&messages::FILE_UNREADABLE, about(&error)),
        ImportError::Headers(error) => CommandError::new(&messages::TABLE_HEADERS, about(&error)),
        ImportError::FileChanged => {
            CommandError::new(&messages::TABLE_FILE_CHANGED, file.display())
        }
        ImportError::LastAdmin(_) => CommandError::new(&messages::LAST_ADMIN, about(&error)),
        ImportError::Edition(_)
        | ImportError::EditionExists { .. }
        | ImportError::EffectiveDate(_)
        | ImportError::NotYet(_) => CommandError::new(&messages::TABLE_EDITION, error),
    }
}
