//! `sync-bench`: workload W1 through a real hub process behind the proxy. Bytes are counted on the socket.

use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::{Value, json};
use xunge_field::FieldApp;
use xunge_tests::device::{Link, SyncEnd, open, synchronise};
use xunge_tests::proxy::{ChaosProxy, Weather};
use xunge_tests::workload;
use xunge_tests::world::ServerProcess;

/// Measures push, resync, pull and nothing-new of workload W1.
#[derive(Debug, Parser)]
#[command(name = "sync-bench", version)]
struct Arguments {
    /// Cases of six changes.
    #[arg(long, default_value_t = 1_000)]
    cases: u64,
    /// One-way delay in milliseconds.
    #[arg(long, default_value_t = 0)]
    delay_ms: u64,
    /// Rate of the link in kilobits a second; as fast as the machine when not given.
    #[arg(long)]
    kbps: Option<u64>,
    /// Speak plain alone, as an old client.
    #[arg(long)]
    plain: bool,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// Ticks of the kernel's clock a second, as `/proc` counts processor time.
const TICKS_PER_SECOND: f64 = 100.0;

type Trouble = Box<dyn std::error::Error>;

fn main() -> Result<(), Trouble> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let proxy = ChaosProxy::start(server.address, Weather::fair())?;
    let mut first = device(&server, folder.path(), "first", "worker-putian")?;
    let written = Instant::now();
    if arguments.plain {
        first.speak_plain();
    }
    workload::write(&mut first, arguments.cases, 1)?;
    let written = written.elapsed();
    proxy.set_weather(Weather {
        delay: Duration::from_millis(arguments.delay_ms),
        rate_bytes_per_second: arguments.kbps.map(|kbps| kbps * 1_000 / 8),
        ..Weather::fair()
    });
    let push = phase(&mut first, &proxy, &server)?;
    let nothing_new = phase(&mut first, &proxy, &server)?;
    workload::touch(&mut first, 5, 2)?;
    let resync = phase(&mut first, &proxy, &server)?;
    let mut second = device(&server, folder.path(), "second", "worker-putian-2")?;
    if arguments.plain {
        second.speak_plain();
    }
    let pull = phase(&mut second, &proxy, &server)?;
    let report = json!({
        "cases": arguments.cases,
        "delay_ms": arguments.delay_ms,
        "kbps": arguments.kbps,
        "wire": if arguments.plain { "plain" } else { "columns" },
        "write_seconds": written.as_secs_f64(),
        "push": push,
        "nothing_new": nothing_new,
        "resync_of_5": resync,
        "pull": pull,
        "hub_peak_memory_kb": peak_memory_kb(server.id()),
    });
    print(arguments.json, &report)
}

#[expect(clippy::print_stdout, reason = "this is a command line")]
fn print(json: bool, report: &Value) -> Result<(), Trouble> {
    println!(
        "{}",
        if json {
            report.to_string()
        } else {
            serde_json::to_string_pretty(report)?
        }
    );
    Ok(())
}

fn device(
    server: &ServerProcess,
    folder: &std::path::Path,
    name: &str,
    person: &str,
) -> Result<FieldApp, Trouble> {
    let mut app = open(&folder.join(name))?;
    let (enrolment, request) =
        app.begin_enrolment(&server.url(), &server.enrolment_code(person))?;
    app.finish_enrolment(&enrolment, Link::new(&server.url()).perform(&request))?;
    Ok(app)
}

fn phase(app: &mut FieldApp, proxy: &ChaosProxy, server: &ServerProcess) -> Result<Value, Trouble> {
    let counters = proxy.counters();
    let (up, down, cpu) = (
        counters.bytes_up(),
        counters.bytes_down(),
        cpu_seconds(server.id()),
    );
    let began = Instant::now();
    let report = synchronise(app, &Link::new(&proxy.url()), 3, &mut |_| {})?;
    let seconds = began.elapsed().as_secs_f64();
    if report.end != SyncEnd::Done {
        return Err(format!("the round did not come through: {report:?}").into());
    }
    Ok(json!({
        "seconds": seconds,
        "bytes_up": counters.bytes_up() - up,
        "bytes_down": counters.bytes_down() - down,
        "requests": report.requests,
        "hub_cpu_seconds": cpu_seconds(server.id()) - cpu,
    }))
}

/// User and system time of a process, from the 14th and 15th field of its `stat`.
fn cpu_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |index: usize| {
        fields
            .get(index)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / TICKS_PER_SECOND
}

fn peak_memory_kb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
