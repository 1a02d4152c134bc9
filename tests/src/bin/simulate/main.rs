//! `simulate`: seeded schedules of both halves of sync, with the invariants checked after every step.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use xunge_tests::simulation::{Outcome, run_schedule, simulate};

/// Lines of a trace that are printed with a finding.
const TRACE_LINES: usize = 60;
/// Schedules between two signs of life.
const PROGRESS_EVERY: u64 = 1_000;

/// Runs seeded schedules of three devices and a hub under drops, cuts, duplicates, crashes and forgeries.
#[derive(Debug, Parser)]
#[command(
    name = "simulate",
    version,
    after_help = "Exit codes: 0 no violation, 1 a violation, 2 usage"
)]
struct Arguments {
    /// How many schedules.
    #[arg(long, default_value_t = 1_000)]
    schedules: u64,
    /// Seed of the first one; the others follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print every step of every schedule.
    #[arg(long)]
    trace: bool,
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn main() -> ExitCode {
    #[cfg(feature = "testing")]
    xunge_sync::testing::switches::use_quick_signatures();
    let Arguments {
        schedules,
        seed,
        trace,
    } = Arguments::parse();
    if trace {
        for number in 0..schedules {
            let outcome = run_schedule(seed.wrapping_add(number), None);
            println!("schedule {}", outcome.seed);
            outcome.trace.iter().for_each(|line| println!("  {line}"));
            if let Some(violation) = outcome.violation {
                println!("VIOLATION {violation}");
                return ExitCode::FAILURE;
            }
        }
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    let (shares, finding) = simulate(schedules, seed, None, &|shares| {
        if shares.schedules.is_multiple_of(PROGRESS_EVERY) {
            eprintln!("{} schedules so far", shares.schedules);
        }
    });
    print!("{shares}");
    println!("  in {:.1} s", started.elapsed().as_secs_f64());
    match finding {
        None => {
            println!("0 violations");
            ExitCode::SUCCESS
        }
        Some(outcome) => {
            print_finding(&outcome);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn print_finding(outcome: &Outcome) {
    let Outcome {
        seed,
        violation,
        trace,
        ..
    } = outcome;
    let skipped = trace.len().saturating_sub(TRACE_LINES);
    trace
        .iter()
        .skip(skipped)
        .for_each(|line| println!("  {line}"));
    if let Some(violation) = violation {
        println!("VIOLATION in schedule {seed}: {violation}");
    }
    println!("Again, step by step: simulate --schedules 1 --seed {seed} --trace");
}
