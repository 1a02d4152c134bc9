//! What a process has used, as the kernel counts it in `/proc`. Where there is none, everything is zero.

use std::fs;

use serde::Serialize;

/// Ticks of the kernel's clock a second, as `/proc` counts processor time.
const TICKS_PER_SECOND: f64 = 100.0;
/// Where user and system time are, counted from behind the name of the process.
const USER_TICKS: usize = 11;
const SYSTEM_TICKS: usize = 12;
const NANOSECONDS: f64 = 1e9;
/// What makes the kernel begin the peak of a process again.
const FORGET_PEAK: &str = "5";

/// Memory of a process that is not shared out on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Memory {
    /// In memory now, in KiB.
    pub now_kb: u64,
    /// The most since the start, or since [`forget_peak_memory`].
    pub peak_kb: u64,
}

/// User and system time of a process, those of its ended threads included, in steps of 10 ms.
#[must_use]
pub fn processor_seconds(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name may hold spaces and brackets.
    let after_name = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |index: usize| {
        let field = fields.get(index).and_then(|field| field.parse().ok());
        field.unwrap_or(0.0)
    };
    (ticks(USER_TICKS) + ticks(SYSTEM_TICKS)) / TICKS_PER_SECOND
}

/// Time the calling thread has run: a device's own work, without the proxy and the hub beside it.
#[must_use]
pub fn thread_processor_seconds() -> f64 {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ran = schedule.split_whitespace().next();
    let ran = ran.and_then(|field| field.parse::<f64>().ok());
    ran.unwrap_or(0.0) / NANOSECONDS
}

/// Memory of a process.
#[must_use]
pub fn memory(process: u32) -> Memory {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kb = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    };
    Memory {
        now_kb: kb("VmRSS:"),
        peak_kb: kb("VmHWM:"),
    }
}

/// Begins the peak of a process again. Where the kernel refuses, it stays that of the whole life.
pub fn forget_peak_memory(process: u32) {
    let _ = fs::write(format!("/proc/{process}/clear_refs"), FORGET_PEAK);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_uses_time_and_memory() {
        let begin = (
            processor_seconds(std::process::id()),
            memory(std::process::id()),
        );
        assert!(begin.1.now_kb > 0 && begin.1.peak_kb >= begin.1.now_kb);
        let mut sum = 0_u64;
        while processor_seconds(std::process::id()) <= begin.0 {
            sum = std::hint::black_box(sum.wrapping_mul(31).wrapping_add(7));
        }
        assert!(thread_processor_seconds() >= 0.0);
        assert_eq!(processor_seconds(u32::MAX), 0.0);
        assert_eq!(memory(u32::MAX), Memory::default());
    }
}
