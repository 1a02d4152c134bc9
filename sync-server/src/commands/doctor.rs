//! `xunge doctor`: what is stored, does it still prove itself? Ends with 1 when something does not hold.

use std::sync::Arc;

use crate::app::SystemEntropy;
use crate::cli::DoctorArguments;
use crate::commands::{CommandError, say};
use crate::data_folder::DataFolder;
use crate::error::ApiError;
use crate::messages;
use crate::private_files::exposure;
use crate::services::doctor::{Finding, examine};
use crate::store::sqlite::SqliteStore;

pub(super) fn run(arguments: &DoctorArguments) -> Result<(), CommandError> {
    let folder = DataFolder::at(&arguments.data.data);
    let app = folder.open_beside(Arc::new(SystemEntropy))?;
    let mut report = examine(&app)?;
    for problem in SqliteStore::open(&folder.database())?.integrity_problems()? {
        report.findings.push(Finding {
            code: "database",
            subject: "xunge.db".into(),
            what: problem,
        });
    }
    // An exposed key was refused above; what else is in the folder is people's work and names.
    if let Some(exposed) = exposure(folder.path()) {
        report.findings.push(Finding {
            code: "folder_exposed",
            subject: folder.path().display().to_string(),
            what: format!(
                "mode {:04o}: other users of this machine may look inside; chmod 700",
                exposed.mode
            ),
        });
    }
    if arguments.json {
        say(&serde_json::to_string(&report).map_err(|error| ApiError::internal(&error))?);
    } else {
        say(&format!(
            "{} documents, {} changes, {} rulings, {} feeds, {} photos, {} log entries: {} findings",
            report.documents,
            report.changes,
            report.rulings,
            report.feeds,
            report.blobs,
            report.log_entries,
            report.findings.len()
        ));
        for note in &report.notes {
            say(&format!("({} {}: {})", note.code, note.subject, note.what));
        }
        for finding in &report.findings {
            say(&format!(
                "{} {}: {}",
                finding.code, finding.subject, finding.what
            ));
        }
    }
    if report.findings.is_empty() {
        Ok(())
    } else {
        Err(CommandError::new(
            &messages::UNHEALTHY,
            report.findings.len(),
        ))
    }
}
