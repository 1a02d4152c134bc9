//! Without signatures, in builds with the feature `testing` alone. The hub is a process of its own as ever; it runs this
//! binary instead of the product, which has no such switch.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use xunge_server::cli::Cli;
use xunge_server::commands;
use xunge_sync::testing::switches;
use xunge_tests::world::HubProgram;

/// The first argument that makes this binary a hub.
const HUB: &str = "unsigned-hub";

/// From now on this process signs and checks nothing.
pub(crate) fn begin() {
    switches::use_no_signatures();
}

/// The hub of an unsigned measurement.
///
/// # Errors
/// The operating system does not say which binary runs.
pub(crate) fn program() -> io::Result<HubProgram> {
    HubProgram::this_binary(HUB)
}

/// Is the hub, when that is what the arguments ask for.
pub(crate) fn hub() -> Option<ExitCode> {
    let mut arguments = std::env::args_os();
    let own_name = arguments.next()?;
    if arguments.next()? != HUB {
        return None;
    }
    begin();
    let command = Cli::parse_from([own_name].into_iter().chain(arguments)).command;
    Some(match commands::run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    })
}
