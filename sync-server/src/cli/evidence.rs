//! Arguments of the verbs that hand out evidence and examine it.

use std::path::PathBuf;

use clap::Args;

use super::DataArgument;

/// `export-photo`.
#[derive(Debug, Args)]
pub struct ExportPhotoArguments {
    /// Where the hub is.
    #[command(flatten)]
    pub data: DataArgument,
    /// SHA-256 of the photo, hex.
    #[arg(long, value_name = "H")]
    pub sha256: String,
    /// The file to write.
    #[arg(long, value_name = "F")]
    pub to: PathBuf,
}

/// `bundle`.
#[derive(Debug, Args)]
pub struct BundleArguments {
    /// Where the hub is.
    #[command(flatten)]
    pub data: DataArgument,
    /// The case's document.
    #[arg(long, value_name = "ID")]
    pub case: String,
    /// The archive to write.
    #[arg(long, value_name = "F.zip")]
    pub to: PathBuf,
    /// A checkpoint kept earlier: the archive shows that the log goes on from it.
    #[arg(long, value_name = "FILE")]
    pub since: Option<PathBuf>,
}

/// `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The archive.
    #[arg(value_name = "F.zip")]
    pub file: PathBuf,
    /// The hub's public key as PEM, got by another way.
    #[arg(long, value_name = "FILE")]
    pub hub_key: Option<PathBuf>,
    /// A checkpoint that somebody else kept.
    #[arg(long, value_name = "FILE")]
    pub witness: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}
