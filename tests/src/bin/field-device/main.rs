//! `field-device`: the phone without a phone. Every verb of the facade as a command.

mod act;
mod arguments;
mod base_map;
mod checkin;
mod checkin_output;
mod exchange;
mod near;
mod output;
mod private;
mod proofs;
mod recover;
mod revoked;
mod run;
mod salvage;
mod submit;
mod tables;
mod task;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let json = arguments.json;
    match run::run(arguments) {
        Ok(end) => end.exit_code(),
        Err(failure) => output::fail(json, &failure),
    }
}
