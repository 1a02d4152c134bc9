//! `xunge synthetic-city`: tables of a made-up city, to try the import and to measure.

use std::path::PathBuf;

use clap::Args;

use crate::commands::{CommandError, say};
use crate::messages;
use crate::synthetic_city::{REAL_SIZE, Size, write};

/// `synthetic-city`.
#[derive(Debug, Args)]
pub struct SyntheticCityArguments {
    /// The folder for the files, a CSV each table; files of these names are replaced.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// The same seed is the same city.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Unit grids.
    #[arg(long, value_name = "N", default_value_t = REAL_SIZE.grids, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub grids: u32,
    /// Components.
    #[arg(long, value_name = "N", default_value_t = REAL_SIZE.components, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    pub components: u32,
    /// People.
    #[arg(long, value_name = "N", default_value_t = REAL_SIZE.people, value_parser = clap::value_parser!(u32).range(1..=99_999))]
    pub people: u32,
}

pub(super) fn run(arguments: &SyntheticCityArguments) -> Result<(), CommandError> {
    let size = Size {
        grids: arguments.grids,
        components: arguments.components,
        people: arguments.people,
    };
    let written = write(&arguments.to, arguments.seed, size).map_err(|error| {
        let detail = format!("{}: {error}", arguments.to.display());
        CommandError::new(&messages::FILE_UNWRITABLE, detail)
    })?;
    say("以下均为合成数据，按此顺序导入。 All of this is made up; import it in this order:");
    for file in written {
        say(&format!(
            "xunge import --data DIR --sample --effective-date 2025-01-01 --edition 'synthetic {}' --table {} {}  # {} 行 rows",
            arguments.seed,
            file.table,
            file.file.display(),
            file.rows
        ));
    }
    Ok(())
}
