//! `import-bench`: a made-up city of the real one's size goes into an empty hub by the product's own commands; then how quickly a
//! device answers what it asks at capture, with a beat and with the whole city.

#![expect(clippy::print_stdout, reason = "a command")]

mod capture;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;

use clap::Parser;
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::app::{App, FixedClock, Settings, SystemEntropy};
use xunge_server::data_folder::DataFolder;
use xunge_server::synthetic_city::{self, REAL_SIZE};
use xunge_tests::figures::{Gate, all_met, table};
use xunge_tests::world::binary;

/// The gate of all tables together, in seconds.
const IMPORT_SECONDS_MAX: f64 = 60.0;
/// Gates of a look-up, in milliseconds.
const LOCATE_MILLIS_MAX: f64 = 1.0;
const NEAREST_MILLIS_MAX: f64 = 5.0;

/// Tables of a made-up city into a hub, and look-ups in them.
#[derive(Debug, Parser)]
#[command(name = "import-bench", version)]
struct Arguments {
    /// The same seed is the same city.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Unit grids.
    #[arg(long, default_value_t = REAL_SIZE.grids)]
    grids: u32,
    /// Components.
    #[arg(long, default_value_t = REAL_SIZE.components)]
    components: u32,
    /// People.
    #[arg(long, default_value_t = REAL_SIZE.people)]
    people: u32,
    /// Look-ups that are timed, of each kind.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(100..))]
    lookups: u32,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let hub = folder.path().join("hub");
    let files = folder.path().join("city");
    let [seed, grids, components, people] = [
        arguments.seed,
        arguments.grids.into(),
        arguments.components.into(),
        arguments.people.into(),
    ]
    .map(|number: u64| number.to_string());
    let (made, _) = timed(&[
        "synthetic-city",
        "--seed",
        &seed,
        "--grids",
        &grids,
        "--components",
        &components,
        "--people",
        &people,
        "--to",
        &files.to_string_lossy(),
    ])?;
    println!("made: {made:.1} s");
    drop(open(&hub)?);
    let mut total = 0.0;
    for kind in synthetic_city::tables() {
        let (seconds, said) = import(&hub, kind, "first", &file(&files, kind))?;
        total += seconds;
        println!("{:12} {seconds:6.1} s  {} rows", kind.id(), said["rows"]);
    }
    // A second edition in which nothing is another, as when a city sends its survey again.
    let (again, _) = import(
        &hub,
        TableKind::Components,
        "second",
        &file(&files, TableKind::Components),
    )?;
    let size = std::fs::metadata(DataFolder::at(&hub).database())?.len();
    println!(
        "components again: {again:.1} s; database: {} MB",
        size / 1_000_000
    );
    let mut gates = vec![Gate::at_most(
        "import of all tables, s",
        IMPORT_SECONDS_MAX,
        total,
    )];
    for timed in capture::measure(&open(&hub)?, arguments.lookups)? {
        println!("{timed}");
        gates.push(Gate::at_most(
            &format!("{}: point to grid, p99 ms", timed.what),
            LOCATE_MILLIS_MAX,
            timed.locate.p99,
        ));
        gates.push(Gate::at_most(
            &format!("{}: nearest component, p99 ms", timed.what),
            NEAREST_MILLIS_MAX,
            timed.nearest.p99,
        ));
    }
    println!("\n{}", table(&gates));
    Ok(if all_met(&gates) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn open(hub: &Path) -> Result<App, Box<dyn Error>> {
    let now = Timestamp::from_rfc3339("2026-06-30T11:00:00+08:00").ok_or("a time")?;
    let clock = Arc::new(FixedClock::at(now));
    let app =
        DataFolder::at(hub).open_to_serve(clock, Arc::new(SystemEntropy), Settings::default())?;
    Ok(app)
}

fn file(files: &Path, kind: TableKind) -> PathBuf {
    files.join(format!("{kind}.csv"))
}

fn import(
    hub: &Path,
    kind: TableKind,
    edition: &str,
    file: &Path,
) -> Result<(f64, serde_json::Value), Box<dyn Error>> {
    let (data, file) = (hub.to_string_lossy(), file.to_string_lossy());
    timed(&[
        "import",
        "--data",
        &data,
        "--table",
        kind.id(),
        "--edition",
        edition,
        "--effective-date",
        "2026-01-01",
        "--sample",
        "--json",
        &file,
    ])
}

/// Runs a command of the product: how long it took, and its last line of JSON.
fn timed(arguments: &[&str]) -> Result<(f64, serde_json::Value), Box<dyn Error>> {
    let start = Instant::now();
    let output = Command::new(binary("xunge")).args(arguments).output()?;
    let seconds = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let said = String::from_utf8(output.stdout)?;
    let last = said.lines().last().unwrap_or_default();
    Ok((seconds, serde_json::from_str(last).unwrap_or_default()))
}
