//! `load`: hundreds of devices at one hub, a steady part and a reconnect storm.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use xunge_tests::figures::all_met;
use xunge_tests::load::{LoadPlan, run};

/// Each device makes a round every ten seconds with two changes; then all of them reconnect with cases of six changes.
#[derive(Debug, Parser)]
#[command(
    name = "load",
    version,
    after_help = "Exit codes: 0 every gate met, 1 one missed or the load could not be made, 2 usage"
)]
struct Arguments {
    /// How many devices.
    #[arg(long, default_value_t = 500)]
    devices: usize,
    /// Length of the steady part.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Seconds between two rounds of a device in the steady part.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// Within how many seconds all devices reconnect.
    #[arg(long, default_value_t = 60)]
    storm_seconds: u64,
    /// With how many cases each.
    #[arg(long, default_value_t = 20)]
    storm_cases: u64,
    /// Run `xunge backup` over and over meanwhile.
    #[arg(long)]
    backup: bool,
    /// Of the texts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let plan = LoadPlan {
        devices: arguments.devices,
        steady: Duration::from_secs(arguments.seconds),
        every: Duration::from_secs(arguments.every),
        storm: Duration::from_secs(arguments.storm_seconds),
        storm_cases: arguments.storm_cases,
        backup: arguments.backup,
        seed: arguments.seed,
    };
    let report = match run(&plan) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if arguments.json {
        println!("{}", report.json());
    } else {
        print!("{report}");
    }
    ExitCode::from(u8::from(!all_met(&report.gates())))
}
