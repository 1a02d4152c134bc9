//! The hub as a command.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use xunge_server::cli::Cli;
use xunge_server::commands;

/// The C library's allocator keeps what a storm of devices left in each of its arenas; this one gives it back.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
