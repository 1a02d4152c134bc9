//! The hub as a command.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use xunge_server::cli::Cli;
use xunge_server::commands;

fn main() -> ExitCode {
    match commands::run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
