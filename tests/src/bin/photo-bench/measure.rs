//! What a whole process costs, from its start to its end.

use std::error::Error;
use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// What one or more processes cost.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// From the start to the end, by the clock.
    pub(crate) milliseconds: f64,
    /// Of all processors.
    pub(crate) cpu_milliseconds: f64,
    /// Most memory in use at once.
    pub(crate) peak_mib: f64,
}

impl Cost {
    /// One after the other.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            milliseconds: self.milliseconds + next.milliseconds,
            cpu_milliseconds: self.cpu_milliseconds + next.cpu_milliseconds,
            peak_mib: self.peak_mib.max(next.peak_mib),
        }
    }
}

/// Runs a program in a process of its own under a small one that asks the system afterwards: the system tells only what
/// the largest of all children took.
pub(crate) fn cost_of(program: &OsString, arguments: &[OsString]) -> Result<Cost, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .arg("measure")
        .arg(program)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} failed", program.display()).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The small process: one child, its cost on standard output.
#[cfg(target_os = "linux")]
pub(crate) fn run(program: &OsString, arguments: &[OsString]) -> Result<Cost, Box<dyn Error>> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()?;
    let elapsed = started.elapsed();
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()).into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time() + usage.system_time();
    Ok(Cost {
        milliseconds: elapsed.as_secs_f64() * 1000.0,
        cpu_milliseconds: cpu.num_microseconds() as f64 / 1000.0,
        peak_mib: usage.max_rss() as f64 / 1024.0,
    })
}

/// Elsewhere the units differ: no figure rather than a wrong one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn run(_: &OsString, _: &[OsString]) -> Result<Cost, Box<dyn Error>> {
    let _ = Instant::now();
    Err("photo-bench measures on Linux only".into())
}
