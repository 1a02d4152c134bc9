//! The command line. Wrong usage ends with 2 (clap's own), a failure with 1.

mod evidence;
mod personal_data;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use evidence::{BundleArguments, ExportPhotoArguments, VerifyArguments};
pub use personal_data::{EraseArguments, EraseTextArguments, RetentionArguments};

use crate::services::disk::REFUSE_PERCENT;
use crate::services::revocation::LAST_PUSH_HOURS_MAX;

/// Where the hub listens when nobody says.
pub const LISTEN: &str = "127.0.0.1:8470";
/// How long a photo nobody cites yet is left alone when nobody says: a week without signal.
pub const COLLECT_HOURS: u32 = 7 * 24;
/// The hours of a working day when nobody says: those of most offices.
pub const ORDINARY_HOURS: &str = "08:30-12:00,14:00-18:00";

/// xunge 巡格: the hub.
#[derive(Debug, Parser)]
#[command(
    name = "xunge",
    version,
    about = "The hub of xunge 巡格: merges, rules, shows."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices and browsers. An empty folder prints a one-time set-up link.
    Serve(ServeArguments),
    /// Build the demo city of Zhengzhou and serve it.
    Demo(crate::commands::demo::DemoArguments),
    /// Issue a one-time code for a person's next device. Works while the hub serves.
    Enrol(EnrolArguments),
    /// Take a device's rights: it is told so at its next contact. Works while the hub serves.
    Revoke(RevokeArguments),
    /// Import a table of the city from CSV or XLSX, or say what is wrong with the file. Works while the hub serves.
    Import(crate::commands::import::ImportArguments),
    /// Export a table of the city as CSV or XLSX. Works while the hub serves.
    Export(crate::commands::export::ExportArguments),
    /// The base map under the beats: import one, look at it, take it away. Works while the hub serves.
    #[command(subcommand)]
    BaseMap(crate::commands::base_map::BaseMapVerb),
    /// Write tables of a made-up city of a real one's size, to try the import. Needs no hub.
    SyntheticCity(crate::commands::synthetic_city::SyntheticCityArguments),
    /// Make the organisation's recovery key, once: it reads the stores of lost phones. Works while the hub serves.
    RecoveryKey(RecoveryKeyArguments),
    /// Print from where on something is odd (risks), or set it from a file. Works while the hub serves.
    RiskLimits(RiskLimitsArguments),
    /// Print the limits and shares by which people are sent to verify and check, or set them from a file. Works while the hub serves.
    TaskRules(TaskRulesArguments),
    /// Print the rules of a case: which action leads from where to where, by whom, under which guards. Needs no hub.
    Rules(RulesArguments),
    /// Erase all that is kept of a person (a subject of a case), for good. Works while the hub serves.
    Erase(EraseArguments),
    /// Erase texts of a case that hold personal data, for good. Works while the hub serves, and rewrites the database.
    EraseText(EraseTextArguments),
    /// Print how many days personal data is kept, or set it from a file. Works while the hub serves.
    Retention(RetentionArguments),
    /// Make a certificate for a hub whose town has no authority, with an authority of its own. Needs no hub.
    TlsCertificate(TlsCertificateArguments),
    /// Write a backup while the hub serves. It holds the hub's key: keep it like one.
    Backup(BackupArguments),
    /// Make a hub from a backup, in a new epoch.
    Restore(RestoreArguments),
    /// Examine a hub: hash, rebuild, re-decide and compare everything stored. Changes nothing.
    Doctor(DoctorArguments),
    /// Copy a stored photo out, checked against its hash.
    ExportPhoto(ExportPhotoArguments),
    /// Take away photos that no case cites, and erase personal data whose time is over. Works while the hub serves.
    Collect(CollectArguments),
    /// What proves that the audit log was not changed.
    #[command(subcommand)]
    Log(LogVerb),
    /// Write the evidence of a case as an archive that proves itself. Works while the hub serves.
    Bundle(BundleArguments),
    /// Tell layer by layer whether such an archive holds. Needs no hub.
    Verify(VerifyArguments),
    /// Tell when a time limit is due, and why. Needs no hub.
    Limit(LimitArguments),
}

/// `rules`.
#[derive(Debug, Args)]
pub struct RulesArguments {
    /// As [{action, from, role, to, guards}], one object for each state an action leads from; `otherwise` is the state
    /// after a no.
    #[arg(long)]
    pub json: bool,
    /// As the page docs/case-machine.md.
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
}

/// The verbs of `log`.
#[derive(Debug, Subcommand)]
pub enum LogVerb {
    /// Print a signed checkpoint. Keep it where this hub cannot reach it. Works while the hub serves.
    Checkpoint(DataArgument),
    /// Make the log again from its lines and compare. Changes nothing; works while the hub serves.
    Verify(LogVerifyArguments),
}

/// `log verify`.
#[derive(Debug, Args)]
pub struct LogVerifyArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// A checkpoint kept earlier: the log must still begin with what it speaks of.
    #[arg(long, value_name = "FILE")]
    pub since: Option<PathBuf>,
}

/// Which hub.
#[derive(Debug, Clone, Args)]
pub struct DataArgument {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// How a hub is hosted, whatever it serves.
#[derive(Debug, Clone, Args)]
pub struct HostingArguments {
    /// Address and port; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = LISTEN)]
    pub listen: SocketAddr,
    /// Take no photos from so full a disk on; text is still taken. 100 leaves it to the file system.
    #[arg(long, value_name = "PERCENT", default_value_t = REFUSE_PERCENT, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub refuse_photos_at: u8,
    /// Speak TLS with this certificate chain: PEM, the server's first, its authority's own last, which devices pin. A
    /// renewed file is used from the next connection on.
    #[arg(long, value_name = "F", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate, PEM.
    #[arg(long, value_name = "F", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// How to host it.
    #[command(flatten)]
    pub hosting: HostingArguments,
    /// The address browsers and devices use when a proxy with TLS stands before the hub, e.g. `https://hub.example`.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub public_url: Option<String>,
    /// The authority of that proxy's certificate, PEM: devices pin it. The proxy must show its certificate too.
    #[arg(
        long,
        value_name = "F",
        conflicts_with = "tls_cert",
        requires = "public_url"
    )]
    pub tls_ca: Option<PathBuf>,
}

/// `tls-certificate`.
#[derive(Debug, Args)]
pub struct TlsCertificateArguments {
    /// Where the files go: `tls.pem`, `tls.key`, `tls-ca.pem`.
    #[command(flatten)]
    pub data: DataArgument,
    /// A name or address under which the hub is reached; may be given several times.
    #[arg(long = "host", value_name = "NAME", required = true)]
    pub hosts: Vec<String>,
}

/// `enrol`.
#[derive(Debug, Args)]
pub struct EnrolArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// Whose device it will be.
    #[arg(long, value_name = "ID")]
    pub person: String,
    /// Where the device reaches the hub, when that is not the address it serves at.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub server: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `revoke`.
#[derive(Debug, Args)]
pub struct RevokeArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// Whose devices.
    #[arg(long, value_name = "ID")]
    pub person: String,
    /// Only this one, in hex, with all copies of its store.
    #[arg(long, value_name = "HEX")]
    pub installation: Option<String>,
    /// How long it may still send what it holds, up to a week. It gets nothing any more.
    #[arg(long, value_name = "HOURS", default_value_t = 0,
        value_parser = clap::value_parser!(u32).range(..=i64::from(LAST_PUSH_HOURS_MAX)))]
    pub last_push_hours: u32,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `recovery-key`.
#[derive(Debug, Args)]
pub struct RecoveryKeyArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The file for the private half; it must not exist.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

/// `risk-limits`.
#[derive(Debug, Args)]
pub struct RiskLimitsArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// A file of JSON, as this command prints it: what is left out gets its default. The change is a line of the log.
    #[arg(long, value_name = "FILE")]
    pub set: Option<PathBuf>,
}

/// `task-rules`.
#[derive(Debug, Args)]
pub struct TaskRulesArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// A file of JSON, as this command prints it: what is left out gets its default. The change is a line of the log.
    #[arg(long, value_name = "FILE")]
    pub set: Option<PathBuf>,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// The folder to make; it must be empty or missing.
    #[arg(long, value_name = "F")]
    pub to: PathBuf,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The folder `backup` made.
    #[arg(long, value_name = "F")]
    pub from: PathBuf,
    /// The hub to make; the folder must be empty or missing.
    #[command(flatten)]
    pub data: DataArgument,
    /// The data folder of the hub as it was last: whomever it erased since the backup is erased here too.
    #[arg(long, value_name = "DIR")]
    pub erasures_of: Option<PathBuf>,
}

/// `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Where the hub is.
    #[command(flatten)]
    pub data: DataArgument,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `limit`.
#[derive(Debug, Args)]
pub struct LimitArguments {
    /// When it starts: `2025-06-28 10:00` in the city's time, or RFC 3339.
    #[arg(long, value_name = "T")]
    pub from: String,
    /// How many units.
    #[arg(long, value_name = "N")]
    pub amount: u32,
    /// urgent_hour, work_hour, work_day or natural_day.
    #[arg(long, value_name = "UNIT")]
    pub unit: String,
    /// The hours of a working day.
    #[arg(long, value_name = "HOURS", default_value = ORDINARY_HOURS)]
    pub hours: String,
    /// Another calendar: CSV with the columns date,working,why.
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `collect`.
#[derive(Debug, Args)]
pub struct CollectArguments {
    /// Which hub.
    #[command(flatten)]
    pub data: DataArgument,
    /// Leave alone what anybody sent or offered within so many hours.
    #[arg(long, value_name = "HOURS", default_value_t = COLLECT_HOURS, value_parser = clap::value_parser!(u32).range(1..))]
    pub older_than: u32,
    /// Change nothing, say what would go.
    #[arg(long)]
    pub dry_run: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `http://…` or `https://…` with a host and nothing behind it.
fn web_address(text: &str) -> Result<String, String> {
    let address = text.trim_end_matches('/');
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => {
            Ok(address.to_owned())
        }
        _ => Err("give http://HOST[:PORT] or https://HOST[:PORT]".into()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
        let parsed = Cli::try_parse_from(["xunge", "serve", "--data", "d"]).unwrap();
        assert!(
            matches!(parsed.command, Command::Serve(serve) if serve.hosting.listen.port() == 8470)
        );
    }

    #[test]
    fn wrong_usage_ends_with_two() {
        for wrong in [
            &["xunge"][..],
            &["xunge", "serve"],
            &["xunge", "serve", "--data", "d", "--refuse-photos-at", "0"],
            &["xunge", "serve", "--data", "d", "--tls-cert", "c"],
            &["xunge", "serve", "--data", "d", "--tls-ca", "c"],
            &["xunge", "tls-certificate", "--data", "d"],
            &["xunge", "fly"],
            &["xunge", "enrol", "--data", "d"],
            &["xunge", "collect", "--data", "d", "--older-than", "0"],
        ] {
            assert_eq!(
                Cli::try_parse_from(wrong).unwrap_err().exit_code(),
                2,
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn a_web_address_is_scheme_and_host() {
        assert_eq!(
            web_address("https://hub.example/").unwrap(),
            "https://hub.example"
        );
        assert_eq!(
            web_address("http://127.0.0.1:8470").unwrap(),
            "http://127.0.0.1:8470"
        );
        for bad in [
            "hub.example",
            "ftp://hub",
            "http://",
            "http://hub/path",
            "http://a b",
        ] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }
}
