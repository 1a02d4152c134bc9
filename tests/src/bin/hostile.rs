//! `hostile`: mutated inputs against everything that reads bytes from outside, with their time and memory.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use xunge_tests::hostile::{self, Campaign, Limits, Source, Tally, Target};

/// Inputs between two signs of life.
const PROGRESS_EVERY: u64 = 512 * 2_000;
/// Longest input that is printed whole.
const PRINTED_BYTES_MAX: usize = 4_096;

/// Runs mutated inputs against the guard, the wire, photos and entries; counts panics, time and memory.
#[derive(Debug, Parser)]
#[command(
    name = "hostile",
    version,
    after_help = "Exit codes: 0 no finding, 1 a panic or an input over the limits, 2 usage"
)]
struct Arguments {
    /// How many inputs.
    #[arg(long, default_value_t = 100_000)]
    inputs: u64,
    /// Seed of the inputs.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of the first input: with `--inputs 1` a single one again.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Threads; one a processor when left out.
    #[arg(long)]
    threads: Option<usize>,
    /// Write the seed corpus below this folder and do nothing else.
    #[arg(long)]
    write_corpus: Option<PathBuf>,
}

/// The most bytes held at one time. This program counts all of its allocations.
fn measure(run: &mut dyn FnMut()) -> u64 {
    allocation_counter::measure(run).bytes_max
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let source = Source::new();
    if let Some(folder) = &arguments.write_corpus {
        return match hostile::write_corpus(&source, folder) {
            Ok(written) => {
                println!("{written} inputs");
                ExitCode::SUCCESS
            }
            Err(cause) => {
                eprintln!("{}: {cause}", folder.display());
                ExitCode::FAILURE
            }
        };
    }
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let campaign = Campaign {
        source: &source,
        first: arguments.first,
        inputs: arguments.inputs,
        seed: arguments.seed,
        threads: arguments.threads.unwrap_or_else(processors),
        limits: Limits::default(),
        measure,
        run: &Target::run,
    };
    let started = Instant::now();
    let tally = hostile::run(&campaign, &|done| {
        if done > 0 && done.is_multiple_of(PROGRESS_EVERY) {
            eprintln!("{done} inputs so far");
        }
    });
    let seconds = started.elapsed().as_secs_f64();
    println!("{tally}");
    println!(
        "in {seconds:.1} s, {:.0} inputs a second",
        tally.inputs() as f64 / seconds
    );
    print_findings(&tally, arguments.seed);
    if tally.findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn print_findings(tally: &Tally, seed: u64) {
    for finding in &tally.findings {
        let shown = &finding.bytes[..finding.bytes.len().min(PRINTED_BYTES_MAX)];
        println!("FINDING {}: {}", finding.target.name(), finding.what);
        println!(
            "  {} bytes: {}",
            finding.bytes.len(),
            data_encoding::HEXLOWER.encode(shown)
        );
        println!(
            "  again: hostile --seed {seed} --first {} --inputs 1",
            finding.number
        );
    }
}
