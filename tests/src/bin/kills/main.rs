//! `kills`: kills a real device and a real hub again and again, and counts what was lost.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

/// Kills field-device and xunge with signal 9 in the middle of writes and rounds.
#[derive(Debug, Parser)]
#[command(
    name = "kills",
    version,
    after_help = "Exit codes: 0 nothing lost, 1 something lost or duplicated, 2 usage"
)]
struct Arguments {
    /// How many kills.
    #[arg(long, default_value_t = 300)]
    kills: u64,
    /// Where and when they strike.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn main() -> ExitCode {
    let Arguments { kills, seed } = Arguments::parse();
    let started = Instant::now();
    let table = xunge_tests::kills::run(kills, seed);
    print!("{table}");
    println!("in {:.0} s", started.elapsed().as_secs_f64());
    if table.lost.is_empty() && table.duplicated.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
