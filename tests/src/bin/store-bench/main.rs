//! `store-bench`: a device with 100,000 cases, asked what a screen asks: through the foreign functions that an app calls, and
//! through the facade behind them, encrypted and not. Each is measured in a process of its own that did nothing before.

#![expect(clippy::print_stdout, reason = "a command")]

mod facade;
mod foreign;
mod measured;
mod report;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Parser;
use xunge_tests::device::{open, open_unencrypted};
use xunge_tests::figures::all_met;
use xunge_tests::full_phone;
use xunge_tests::world::{ServerProcess, photo};

use measured::Measured;
use report::Report;

/// A device with many cases, encrypted and not, asked what a screen asks.
#[derive(Debug, Parser)]
#[command(name = "store-bench", version)]
struct Arguments {
    /// Cases in the store.
    #[arg(long, default_value_t = 1_000)]
    cases: u64,
    /// How often each verb is timed.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// What the cases are a function of.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
    /// Exit with 1 when a gate is missed: they are set for 100,000 cases and the release profile.
    #[arg(long)]
    gates: bool,
    /// Folder that keeps the filled stores; those of an earlier run are measured again, whatever --cases says.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Measures the store of a folder by the facade, in this process: what this command calls itself with.
    #[arg(long, hide = true)]
    facade: Option<PathBuf>,
    /// That store is not encrypted.
    #[arg(long, hide = true)]
    unencrypted: bool,
    /// The photo for that.
    #[arg(long, hide = true)]
    photo: Option<PathBuf>,
}

/// Names of the stores, below the folder.
const ENCRYPTED: &str = "encrypted";
const PLAIN: &str = "plain";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse();
    if let (Some(store), Some(photo)) = (&arguments.facade, &arguments.photo) {
        let measured = facade::measure(store, arguments.unencrypted, photo, arguments.runs)?;
        println!("{}", serde_json::to_string(&measured)?);
        return Ok(ExitCode::SUCCESS);
    }
    let temporary = tempfile::tempdir()?;
    let folder = match &arguments.folder {
        Some(folder) => folder.as_path(),
        None => temporary.path(),
    };
    let began = Instant::now();
    let filled = fill(folder, arguments.cases, arguments.seed)?;
    let fill_seconds = filled.then(|| began.elapsed().as_secs_f64());
    // Four megabytes, as a phone of these days takes them.
    let photo = photo::draw(folder, "picture", 1, 3264, 2448);
    let (encrypted, plain) = (folder.join(ENCRYPTED), folder.join(PLAIN));
    let report = Report {
        cases: arguments.cases,
        fill_seconds,
        photo_bytes: fs::metadata(&photo)?.len(),
        database_bytes: fs::metadata(encrypted.join("xunge.db"))?.len(),
        foreign: foreign::measure(&encrypted, &photo, arguments.runs)?,
        encrypted: by_facade(&encrypted, &photo, arguments.runs, &[])?,
        plain: by_facade(&plain, &photo, arguments.runs, &["--unencrypted"])?,
    };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report.value())?);
    } else {
        println!("{report}");
    }
    let missed = arguments.gates && !all_met(&report.gates());
    Ok(if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Fills both stores side by side, where they are not there yet. Whether there was anything to do.
fn fill(folder: &Path, cases: u64, seed: u64) -> Result<bool, Box<dyn Error>> {
    let stores = [ENCRYPTED, PLAIN].map(|name| folder.join(name));
    if stores.iter().all(|store| store.exists()) {
        return Ok(false);
    }
    fs::create_dir_all(folder)?;
    let hub = folder.join("hub");
    let server = ServerProcess::demo(&hub, 0);
    let fill_one = |store: &Path| -> Result<(), String> {
        let mut app = if store.ends_with(PLAIN) {
            open_unencrypted(store)
        } else {
            open(store)
        }
        .map_err(|cause| cause.to_string())?;
        full_phone::fill(&mut app, &server, &hub, cases, seed)
            .map_err(|cause| cause.to_string())?;
        app.suspend().map_err(|cause| cause.to_string())
    };
    let [encrypted, plain] = &stores;
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| fill_one(plain));
        let filled = fill_one(encrypted);
        let beside = beside.join().unwrap_or_else(|_| Err("it panicked".into()));
        filled.and(beside)
    })?;
    Ok(true)
}

/// This command once more, as a process of its own.
fn by_facade(
    store: &Path,
    photo: &Path,
    runs: u32,
    kind: &[&str],
) -> Result<Measured, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--facade")
        .arg(store)
        .arg("--photo")
        .arg(photo)
        .args(["--runs", &runs.to_string()])
        .args(kind)
        .output()?;
    Measured::of(&output)
}
