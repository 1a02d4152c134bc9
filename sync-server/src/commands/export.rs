//! `xunge export`: a table of the city as a file, as `xunge import` reads it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use xunge_domain::datum::Datum;
use xunge_domain::tables::TableKind;

use crate::app::SystemEntropy;
use crate::city_tables::Encoding;
use crate::cli::DataArgument;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::messages;
use crate::services::city_tables::{ExportError, ExportOrder, export};

/// `export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// Which table: departments, grids, classes, limits, stage_limits, holidays, hours, phrases, components, people, roster.
    #[arg(long, value_name = "TABLE")]
    pub table: TableKind,
    /// The file to write: a workbook when it ends in .xlsx, CSV otherwise.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Which edition; the one in force when not given.
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// How a CSV is written: utf-8 or gb18030.
    #[arg(long, value_name = "NAME", default_value = "utf-8")]
    pub encoding: Encoding,
    /// What the degrees shall mean: wgs84, gcj02 or bd09.
    #[arg(long, value_name = "NAME", default_value = "wgs84")]
    pub datum: Datum,
    /// Headers in English.
    #[arg(long)]
    pub english: bool,
}

pub(super) fn run(arguments: &ExportArguments) -> Result<(), CommandError> {
    let app = DataFolder::at(&arguments.data.data).open_beside(Arc::new(SystemEntropy))?;
    let order = ExportOrder {
        kind: arguments.table,
        file: arguments.to.clone(),
        edition: arguments.edition.clone(),
        datum: arguments.datum,
        encoding: arguments.encoding,
        english: arguments.english,
    };
    let exported = export(&app, &order).map_err(|error| match error {
        ExportError::Store(error) => error.into(),
        ExportError::Sink(error) => {
            let detail = format!("{}: {error}", arguments.to.display());
            CommandError::new(&messages::FILE_UNWRITABLE, detail)
        }
        ExportError::NoEdition { .. } | ExportError::Register(_) => {
            CommandError::new(&messages::TABLE_NO_EDITION, error)
        }
    })?;
    say(&format!(
        "已导出 exported: {} {}, {} 行 rows, 版本 edition {:?}",
        exported.table.zh(),
        exported.table,
        exported.rows,
        exported.edition
    ));
    Ok(())
}
