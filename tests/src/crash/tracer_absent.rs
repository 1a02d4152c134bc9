//! No tracer for this system: registers are read on Linux and x86-64 only.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{ChildStdout, Stdio};

use super::call::{Ended, Watcher};

pub(super) fn trace(
    _program: &Path,
    _arguments: &[OsString],
    _stderr: Stdio,
    _root: &Path,
    _watcher: &mut dyn Watcher,
    _started: impl FnOnce(u32, ChildStdout),
) -> io::Result<Ended> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn end(_process: u32) {}

pub(super) fn permitted() -> Result<(), String> {
    Err("the crash harness needs Linux on x86-64".into())
}
