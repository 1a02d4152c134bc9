//! `crash`: kills a real device and a real hub at their system calls, cuts the power, breaks and fills the disk.

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use xunge_tests::crash::{Day, Selection, permitted};

/// Exit code where processes cannot be watched.
const NOT_PERMITTED: u8 = 3;

/// How much is tried with every planted mistake.
const PLANTED_STATES: u64 = 200;
const PLANTED_STRIDE: u64 = 5;

/// What is done to the processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Killed with signal 9 at every call.
    Kill,
    /// The power is cut; unflushed writes are dropped, torn, reordered.
    Power,
    /// Every write fails once, and every write finds the disk full.
    Errors,
    /// Mistakes of the disk and of the harness are planted: here a violation is what should be.
    Planted,
}

/// Crashes field-device and xunge at their system calls, in a day of twenty steps.
#[derive(Debug, Parser)]
#[command(
    name = "crash",
    version,
    after_help = "Needs Linux on x86-64 and leave to ptrace its own children.\n\
                  Exit codes: 0 nothing lost, 1 something lost, doubled or broken, 2 usage, 3 ptrace is not permitted"
)]
struct Arguments {
    /// What is done; everything when it is not given.
    #[arg(long)]
    kind: Option<Kind>,
    /// One step of the day, from 1; all of them when it is not given.
    #[arg(long)]
    step: Option<usize>,
    /// Only one point in so many.
    #[arg(long, default_value_t = 1)]
    stride: u64,
    /// How many states after a power cut.
    #[arg(long, default_value_t = 10_000)]
    states: u64,
    /// What the power cuts leave.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what the command is for"
)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(why) = permitted() {
        eprintln!("{why}");
        return ExitCode::from(NOT_PERMITTED);
    }
    let selection = Selection {
        step: arguments.step,
        stride: arguments.stride.max(1),
    };
    let day = Day::play();
    let wanted = |kind| arguments.kind.is_none_or(|wanted| wanted == kind);
    let mut failed = false;
    for kind in Kind::value_variants() {
        if !wanted(*kind) {
            continue;
        }
        let started = Instant::now();
        let table = match kind {
            Kind::Kill => day.kill(selection),
            Kind::Power => day.power(arguments.states, arguments.seed),
            Kind::Errors => day.errors(selection),
            Kind::Planted => {
                failed |= !all_found(&day);
                continue;
            }
        };
        print!("{table}");
        println!("in {:.0} s\n", started.elapsed().as_secs_f64());
        failed |= table.violations().next().is_some();
    }
    if !failed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether every planted mistake was found.
#[expect(clippy::print_stdout, reason = "what the command is for")]
fn all_found(day: &Day) -> bool {
    let planted = day.planted(PLANTED_STATES, PLANTED_STRIDE);
    let mut all = true;
    for row in planted.iter().flat_map(|table| &table.rows) {
        let count = row.violations.len();
        println!("planted: {}: found {count} times in {}", row.what, row.hit);
        all &= count > 0;
    }
    all
}
