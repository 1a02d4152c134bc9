//! `sync-bench`: workload W1 through a real hub process behind the proxy. Bytes are counted on the socket.

#[cfg(feature = "testing")]
mod unsigned;

use std::process::ExitCode;

use clap::Parser;
use serde_json::{Value, json};
use xunge_tests::bench::{BenchError, BenchPlan, BenchRun, growth, run, w1};
use xunge_tests::figures::{Gate, all_met, table};
use xunge_tests::world::HubProgram;

/// The hub's own: without signatures the hub is this program.
#[cfg(feature = "testing")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Measures push, asking again, resync and pull of workload W1. Several numbers of cases: how the cost of a case grows.
#[derive(Debug, Parser)]
#[command(
    name = "sync-bench",
    version,
    after_help = "Exit codes: 0 measured, and with --gates every gate met; 1 not; 2 usage"
)]
struct Arguments {
    /// Cases of six changes; several numbers, separated by commas, are measured one after the other.
    #[arg(long, default_value = "1000", value_delimiter = ',', value_parser = clap::value_parser!(u64).range(1..))]
    cases: Vec<u64>,
    /// One-way delay in milliseconds.
    #[arg(long, default_value_t = 0)]
    delay_ms: u64,
    /// Rate of the link in kilobits a second; as fast as the machine when not given.
    #[arg(long)]
    kbps: Option<u64>,
    /// The hub and the devices sign and check nothing: what the protocol costs beside its signatures.
    #[cfg(feature = "testing")]
    #[arg(long)]
    unsigned: bool,
    /// Speak plain alone, as an old client.
    #[arg(long)]
    plain: bool,
    /// The devices' stores are not encrypted: what the protocol costs beside that.
    #[arg(long)]
    unencrypted: bool,
    /// Hold what was measured against the gates. Without --cases, --delay-ms and --kbps: all links that have gates.
    #[arg(long)]
    gates: bool,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// Cases, one-way delay, rate: what the gates of W1 are set for.
const GATED: [(u64, u64, Option<u64>); 4] = [
    (1_000, 0, None),
    (1_000, 150, None),
    (1_000, 150, Some(256)),
    (5_000, 0, None),
];

impl Arguments {
    const fn is_unsigned(&self) -> bool {
        #[cfg(feature = "testing")]
        return self.unsigned;
        #[cfg(not(feature = "testing"))]
        return false;
    }

    fn program(&self) -> std::io::Result<HubProgram> {
        #[cfg(feature = "testing")]
        if self.unsigned {
            return unsigned::program();
        }
        Ok(HubProgram::product())
    }

    fn plans(&self) -> Vec<BenchPlan> {
        let plan = |(cases, delay_ms, kbps)| BenchPlan {
            cases,
            delay_ms,
            kbps,
            unsigned: self.is_unsigned(),
            plain: self.plain,
            unencrypted: self.unencrypted,
        };
        let usual = self.cases == [1_000] && self.delay_ms == 0 && self.kbps.is_none();
        if self.gates && usual {
            return GATED.into_iter().map(plan).collect();
        }
        let link = |cases: &u64| plan((*cases, self.delay_ms, self.kbps));
        self.cases.iter().map(link).collect()
    }
}

fn main() -> ExitCode {
    #[cfg(feature = "testing")]
    if let Some(end) = unsigned::hub() {
        return end;
    }
    let arguments = Arguments::parse();
    match measure(&arguments) {
        Ok(all_met) => ExitCode::from(u8::from(!all_met)),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every gate that was asked for is met.
fn measure(arguments: &Arguments) -> Result<bool, BenchError> {
    #[cfg(feature = "testing")]
    if arguments.unsigned {
        unsigned::begin();
    }
    let program = arguments.program()?;
    let mut runs = Vec::new();
    let mut met = true;
    for plan in arguments.plans() {
        let run = run(plan, program.clone())?;
        let gates = if arguments.gates {
            w1(&run)
        } else {
            Vec::new()
        };
        met &= all_met(&gates);
        print(arguments.json, &run, &gates);
        runs.push(run);
    }
    let grows = if arguments.cases.len() > 1 {
        growth(&runs)
    } else {
        Vec::new()
    };
    if !grows.is_empty() {
        print_growth(arguments.json, &grows);
    }
    Ok(met && (all_met(&grows) || !arguments.gates))
}

/// One object a line, as soon as it is there: a long run that ends early has told something.
#[expect(clippy::print_stdout, reason = "what the command is for")]
fn print(as_json: bool, run: &BenchRun, gates: &[Gate]) {
    if as_json {
        let mut line = json!(run);
        if let (Value::Object(fields), false) = (&mut line, gates.is_empty()) {
            fields.insert("gates".into(), json!(gates));
        }
        println!("{line}");
        return;
    }
    println!("{run}");
    if !gates.is_empty() {
        println!("{}", table(gates));
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn print_growth(as_json: bool, gates: &[Gate]) {
    if as_json {
        println!("{}", json!({ "growth": gates }));
    } else {
        println!("From the fewest cases to the most\n\n{}", table(gates));
    }
}
