//! `chaos-proxy`: the bad network as a program of its own, for tests that are not written in Rust.
//!
//! It says `listening on http://127.0.0.1:PORT`, then takes lines: flags of the weather (`--delay-ms 30
//! --cut-after-bytes 20000`; what a line leaves out is fair), or `counters`. Each line gets one line of JSON. It ends with
//! its input.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser};
use xunge_tests::proxy::{ChaosProxy, Counters, Weather};

/// Puts a bad network in front of a server on loopback.
#[derive(Debug, Parser)]
#[command(
    name = "chaos-proxy",
    version,
    after_help = "Exit codes: 0 done, 1 no port, 2 usage"
)]
struct Arguments {
    /// Where the server listens; on loopback only.
    #[arg(long)]
    upstream: SocketAddr,
    #[command(flatten)]
    weather: WeatherArguments,
}

/// A line of the input is parsed as a command line is.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct Line {
    #[command(flatten)]
    weather: WeatherArguments,
}

#[derive(Debug, Args)]
struct WeatherArguments {
    /// One-way latency.
    #[arg(long, default_value_t = 0)]
    delay_ms: u64,
    /// Rate of the link in each direction; as fast as the machine when left out.
    #[arg(long)]
    rate_bytes_per_second: Option<u64>,
    /// Cuts each connection after about so many bytes in one direction.
    #[arg(long)]
    cut_after_bytes: Option<u64>,
    /// The share of requests that reach the server twice, 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    duplicate_requests: f64,
    /// Answers everything itself, as a log-in page does.
    #[arg(long)]
    captive_portal: bool,
    /// Lets nothing through.
    #[arg(long)]
    offline: bool,
    /// Seed of all that is random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl WeatherArguments {
    fn weather(&self) -> Weather {
        Weather {
            delay: Duration::from_millis(self.delay_ms),
            rate_bytes_per_second: self.rate_bytes_per_second,
            cut_after_bytes: self.cut_after_bytes,
            duplicate_requests: self.duplicate_requests,
            captive_portal: self.captive_portal,
            offline: self.offline,
            seed: self.seed,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let proxy = match ChaosProxy::start(arguments.upstream, arguments.weather.weather()) {
        Ok(proxy) => proxy,
        Err(cause) => {
            eprintln!("chaos-proxy: {cause}");
            return ExitCode::FAILURE;
        }
    };
    // A pipe that broke is the end of whoever listened.
    let _ = serve(&proxy, io::stdin().lock(), io::stdout().lock());
    ExitCode::SUCCESS
}

fn serve(proxy: &ChaosProxy, input: impl BufRead, mut out: impl Write) -> io::Result<()> {
    writeln!(out, "listening on {}", proxy.url())?;
    out.flush()?;
    for line in input.lines() {
        writeln!(out, "{}", answer(proxy, &line?))?;
        out.flush()?;
    }
    Ok(())
}

fn answer(proxy: &ChaosProxy, line: &str) -> serde_json::Value {
    if line.trim() == "counters" {
        return counted(proxy.counters());
    }
    match Line::try_parse_from(line.split_whitespace()) {
        Ok(line) => {
            proxy.set_weather(line.weather.weather());
            serde_json::json!({ "weather": line.weather.seed })
        }
        Err(wrong) => serde_json::json!({ "error": wrong.to_string() }),
    }
}

fn counted(counters: &Counters) -> serde_json::Value {
    serde_json::json!({
        "bytes_up": counters.bytes_up(),
        "bytes_down": counters.bytes_down(),
        "connections": counters.connections(),
        "cuts": counters.cuts(),
        "dropped": counters.dropped(),
        "duplicates": counters.duplicates(),
        "portal_answers": counters.portal_answers(),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use std::time::Duration;

    use xunge_tests::proxy::{ChaosProxy, Weather};

    use super::serve;

    #[test]
    fn lines_change_the_weather_and_ask_for_the_counts() {
        let proxy = ChaosProxy::start(([127, 0, 0, 1], 9).into(), Weather::offline()).unwrap();
        let input = "--delay-ms 20 --cut-after-bytes 900 --duplicate-requests 0.5 --seed 3\nrain\ncounters\n";
        let mut said = Vec::new();
        serve(&proxy, input.as_bytes(), &mut said).unwrap();
        let said = String::from_utf8(said).unwrap();
        let [listening, changed, wrong, counts] = said.lines().collect::<Vec<_>>()[..] else {
            panic!("{said}");
        };
        assert_eq!(listening, format!("listening on {}", proxy.url()));
        assert_eq!(changed, r#"{"weather":3}"#);
        assert!(wrong.starts_with(r#"{"error":"#), "{wrong}");
        assert!(counts.contains(r#""bytes_up":0"#), "{counts}");
        let expected = Weather {
            delay: Duration::from_millis(20),
            cut_after_bytes: Some(900),
            duplicate_requests: 0.5,
            seed: 3,
            ..Weather::fair()
        };
        assert_eq!(proxy.weather(), expected);
    }
}
