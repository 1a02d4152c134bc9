//! Arguments of the verbs about personal data.

use std::path::PathBuf;

use clap::Args;

use super::DataArgument;

/// `erase`.
#[derive(Debug, Args)]
pub struct EraseArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The subject, in hex, as the case lists it.
    #[arg(long, value_name = "ID")]
    pub subject: String,
    /// Why, in words that name nobody: the case shows them ever after.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `erase-text`.
#[derive(Debug, Args)]
pub struct EraseTextArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The case, by the id of its document.
    #[arg(long, value_name = "ID")]
    pub case: String,
    /// Which text: title, description, address, grid_reason, or entry:ID of a note, a photo or an action. May come more than once.
    #[arg(long, value_name = "PLACE", required = true)]
    pub field: Vec<String>,
    /// asked (by whom it is about), misplaced (typed where it does not belong) or ordered (by an authority).
    #[arg(long, value_name = "CAUSE", default_value = "misplaced")]
    pub cause: String,
    /// Why, in words that name nobody: the case shows them ever after.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `retention`.
#[derive(Debug, Args)]
pub struct RetentionArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// A file of JSON, as this command prints it: what is left out gets its default. The change is a line of the log.
    #[arg(long, value_name = "FILE")]
    pub set: Option<PathBuf>,
}
