//! `simulate`: seeded schedules of both halves of sync, with the invariants checked after every step.

#[cfg(feature = "testing")]
mod mutants;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use xunge_tests::simulation::{Options, Outcome, Plan, minimise, run_plan, simulate};

/// Schedules between two signs of life.
const PROGRESS_EVERY: u64 = 1_000;

/// Runs seeded schedules of two to six devices and a hub under drops, cuts, duplicates, reordering, partitions, crashes,
/// clock jumps, copied and restored stores, revoked and malicious devices.
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
    /// Of each schedule only the steps of these numbers.
    #[arg(long, value_delimiter = ',')]
    only: Option<Vec<u64>>,
    /// No faults of the link in the steps of these numbers.
    #[arg(long, value_delimiter = ',')]
    calm: Vec<u64>,
    /// Every store on real files, in the folder for temporary files.
    #[arg(long)]
    on_files: bool,
    /// Schedules at once; 0: one a core.
    #[arg(long, default_value_t = 0)]
    jobs: usize,
    /// Real signatures and compression, at two thirds of the speed. Other builds have no choice.
    #[cfg(feature = "testing")]
    #[arg(long)]
    unhurried: bool,
    /// Plant this mistake in the product.
    #[cfg(feature = "testing")]
    #[arg(long, value_parser = mutants::parse)]
    mutant: Option<xunge_sync::testing::Mutant>,
    /// Plant each of the six mistakes; each must be found within so many schedules.
    #[cfg(feature = "testing")]
    #[arg(long)]
    mutants: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = Options {
        planted: None,
        on_files: arguments.on_files,
        jobs: arguments.jobs,
    };
    #[cfg(feature = "testing")]
    {
        if !arguments.unhurried {
            xunge_sync::testing::switches::be_quick();
        }
        xunge_sync::testing::switches::plant(arguments.mutant);
        if arguments.mutants {
            return mutants::find_all(arguments.schedules, arguments.seed, options);
        }
    }
    if arguments.trace {
        return trace(&arguments, options);
    }
    run(&arguments, options)
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn trace(arguments: &Arguments, options: Options) -> ExitCode {
    for number in 0..arguments.schedules {
        let mut plan = Plan::of(arguments.seed.wrapping_add(number));
        if let Some(only) = &arguments.only {
            plan = plan.only(only, &arguments.calm);
        }
        let outcome = run_plan(plan, options);
        println!("schedule {}", outcome.seed());
        outcome.trace.iter().for_each(|line| println!("  {line}"));
        if let Some(violation) = outcome.violation {
            println!("VIOLATION {violation}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn run(arguments: &Arguments, options: Options) -> ExitCode {
    let started = Instant::now();
    let (shares, finding) = simulate(arguments.schedules, arguments.seed, options, &|shares| {
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
            print_finding(&minimise(outcome, options));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn print_finding(outcome: &Outcome) {
    outcome.trace.iter().for_each(|line| println!("  {line}"));
    if let Some(violation) = &outcome.violation {
        println!("VIOLATION in schedule {}: {violation}", outcome.seed());
    }
    let (only, calm) = outcome.plan.numbers();
    let list = |numbers: Vec<u64>| {
        let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
        numbers.join(",")
    };
    let calm = if calm.is_empty() {
        String::new()
    } else {
        format!(" --calm {}", list(calm))
    };
    println!(
        "Again: simulate --schedules 1 --seed {} --trace --only {}{calm}",
        outcome.seed(),
        list(only)
    );
}
