//! The verbs of the command line, one a file. What a person or a script reads goes to stdout, what went wrong to
//! stderr in Chinese and English.

pub mod backup;
pub mod base_map;
pub mod bundle;
pub mod collect;
pub mod demo;
pub mod doctor;
pub mod enrol;
pub mod erase;
pub mod erase_text;
pub mod export;
pub mod export_photo;
pub mod failure;
pub mod import;
pub mod limit;
pub mod log;
pub mod recovery_key;
pub mod restore;
pub mod retention;
pub mod revoke;
pub mod risk_limits;
pub mod rules;
pub mod serve;
pub mod synthetic_city;
pub mod task_rules;
pub mod tls_certificate;
pub mod verify;

use std::io::Write;

pub use failure::CommandError;

use crate::cli::Command;
use crate::signatures;

/// Runs a verb.
///
/// # Errors
/// What went wrong, for a person.
pub fn run(command: Command) -> Result<(), CommandError> {
    signatures::use_ring();
    match command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Enrol(arguments) => enrol::run(&arguments),
        Command::Revoke(arguments) => revoke::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::BaseMap(verb) => base_map::run(&verb),
        Command::SyntheticCity(arguments) => synthetic_city::run(&arguments),
        Command::RiskLimits(arguments) => risk_limits::run(&arguments),
        Command::TaskRules(arguments) => task_rules::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Erase(arguments) => erase::run(&arguments),
        Command::EraseText(arguments) => erase_text::run(&arguments),
        Command::Retention(arguments) => retention::run(&arguments),
        Command::RecoveryKey(arguments) => recovery_key::run(&arguments),
        Command::TlsCertificate(arguments) => tls_certificate::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::ExportPhoto(arguments) => export_photo::run(&arguments),
        Command::Collect(arguments) => collect::run(&arguments),
        Command::Log(verb) => log::run(&verb),
        Command::Bundle(arguments) => bundle::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Limit(arguments) => limit::run(&arguments),
    }
}

/// Writes one line to stdout at once, so that a script that reads along sees it. A closed pipe is nobody's fault.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
