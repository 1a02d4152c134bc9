//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use xunge_field::CaseFilter;
use xunge_field::domain::case::Fix;
use xunge_field::domain::geo::Point;
use xunge_field::domain::time::Timestamp;

use crate::act::ActArguments;
use crate::base_map::BaseMapArguments;
use crate::checkin::CheckinVerb;
use crate::near::NearArguments;
use crate::submit::Found;

/// A grid worker's device on the command line. 命令行上的网格员设备。
#[derive(Debug, Parser)]
#[command(
    name = "field-device",
    version,
    after_help = "Exit codes: 0 done, 2 usage, 3 declined or quarantined, 4 no network, 5 store damaged"
)]
pub(crate) struct Arguments {
    /// Folder of the device's store; made when there is none.
    #[arg(long, global = true, default_value = "field-device-store")]
    pub(crate) store: PathBuf,
    /// Leave the store unencrypted, as versions before encryption did: to read a recovered copy, and to measure.
    #[arg(long, global = true)]
    pub(crate) unencrypted: bool,
    /// What the device's clock shows now ("2025-06-28 09:30"): to play another day. Uptime stays the computer's.
    #[arg(long, global = true, value_name = "INSTANT", value_parser = instant)]
    pub(crate) now: Option<Timestamp>,
    /// Print JSON on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Enrol this device with a one-time code. 登记
    Enrol {
        #[arg(long)]
        server: String,
        #[arg(long)]
        code: String,
    },
    /// Report a case. 上报
    Report(Found),
    /// Settle a matter on the spot: --photo before, --after after. 自行处置
    SelfHandle {
        #[command(flatten)]
        found: Found,
        /// Photo of what was done; may be given several times.
        #[arg(long, required = true)]
        after: Vec<PathBuf>,
        /// What was done.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Register a case that came by another way, as an intake clerk. 登记
    Register {
        #[command(flatten)]
        found: Found,
        /// hotline, visit, platform, resident, video or superior.
        #[arg(long)]
        source: String,
        /// Its number there.
        #[arg(long)]
        external_id: Option<String>,
    },
    /// List the cases on this device, newest first. 列表
    List {
        #[arg(long)]
        search: Option<String>,
        #[arg(long, allow_hyphen_values = true)]
        near: Option<Point>,
        /// Of all those and of those near: all, open, ended or unsent.
        #[arg(long, default_value = "all", value_parser = filter)]
        only: CaseFilter,
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Show one case. 查看
    Show { case: String },
    /// Say when a case is due and why, for its disposal and each stage. 时限
    Limit { case: String },
    /// Add a photo to a case. 补照片
    Attach {
        case: String,
        #[arg(long)]
        photo: PathBuf,
        /// found, before, during, after, verify or check.
        #[arg(long)]
        purpose: String,
        #[arg(long, default_value = "")]
        caption: String,
        #[arg(long, allow_hyphen_values = true)]
        at: Option<Point>,
    },
    /// Add a comment to a case. 评论
    Comment { case: String, text: String },
    /// Add a hazard note to a case. 隐患提示
    Hazard { case: String, text: String },
    /// Write another class: before acceptance it mends the report, after filing it is a proposal. 改类别
    Class { case: String, class: String },
    /// Ask for a decision. 办理
    Act(ActArguments),
    /// Matter check-ins: open, answer, step, close, list, show. 一事一报到
    Checkin {
        #[command(subcommand)]
        verb: CheckinVerb,
    },
    /// Push and pull until nothing is left. 同步
    Sync {
        /// Another address of the same server, e.g. a proxy.
        #[arg(long)]
        server: Option<String>,
        /// Go on for ever, a round every few seconds.
        #[arg(long)]
        watch: bool,
        /// Compare with the server as well what is here; happens once a day by itself. 核对
        #[arg(long)]
        compare: bool,
        /// The link is paid for by the byte: texts and previews go, the rest waits. 流量网络
        #[arg(long)]
        metered: bool,
        /// Ask for the receipts that are missing.
        #[arg(long)]
        receipts: bool,
        /// Give up after so many failures in a row.
        #[arg(long, default_value_t = 8)]
        tries: u32,
        /// Longest wait between tries, in milliseconds.
        #[arg(long, default_value_t = 5_000)]
        wait_millis_max: u64,
    },
    /// Write workload W1 for measuring: cases of six changes each, photos elsewhere.
    Workload {
        #[arg(long, default_value_t = 0)]
        cases: u64,
        /// Change so many of the cases that are here.
        #[arg(long, default_value_t = 0)]
        touch: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Open a lost phone's store with the organisation's recovery key: write an unencrypted copy and say what is in it,
    /// unsent work first. The store stays as it is. 恢复
    Recover {
        /// The file that `xunge recovery-key` wrote.
        #[arg(long)]
        recovery_key: PathBuf,
        /// Folder of the copy; it must be empty or missing. Read it with `--unencrypted`.
        #[arg(long)]
        to: PathBuf,
    },
    /// After "damaged": keep the damaged files and go on with what can still be read of them. 抢救
    Salvage,
    /// Destroy everything on this device, the key first; what was not sent is lost. 清除
    Wipe {
        /// Say that it is meant.
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Exchange with another device what both may see, without a server: one listens, the other connects. 互传
    Share {
        /// Wait on this address for the other device.
        #[arg(long, conflicts_with = "connect", required_unless_present = "connect")]
        listen: Option<std::net::SocketAddr>,
        /// The address on which the other device waits.
        #[arg(long)]
        connect: Option<std::net::SocketAddr>,
    },
    /// Write what the server has not received into a file that somebody carries. 导出
    Export {
        #[arg(long)]
        to: PathBuf,
        /// The server alone can read it.
        #[arg(long)]
        sealed: bool,
    },
    /// Take in a file that somebody brought. 导入
    Import {
        #[arg(long)]
        from: PathBuf,
    },
    /// Keep personal data of a resident or witness beside a case, never in it; sent with the next sync, it leaves this
    /// device. 个人信息
    Private(PrivateArguments),
    /// What this device can prove of a case without the server: its records and the server's receipts. 凭据
    Proofs { case: String },
    /// Free originals that the server holds and has backed up, oldest first. 释放空间
    Free {
        /// Stop when the photo files here are so many bytes together.
        #[arg(long, default_value_t = 0)]
        keep_bytes: u64,
    },
    /// Which tables of the city are here, and of which edition. 基础数据
    Tables,
    /// What this worker was sent to verify or to check; not to take it; leave. 任务
    Task {
        #[command(subcommand)]
        verb: TaskVerb,
    },
    /// The components of a class around a point, the nearest first. 部件
    Components(ComponentsArguments),
    /// Say what of the city's base map is here, and write its tiles around a place. 底图
    BaseMap(BaseMapArguments),
    /// What is around a place: unit grid or candidates, classes to pick, components, cases that may be the same matter. 周边
    Near(NearArguments),
    /// What is not safe yet, in all or of one case. 状态
    Status { case: Option<String> },
}

/// `task`.
#[derive(Debug, Subcommand)]
pub(crate) enum TaskVerb {
    /// Open tasks with their clocks, the one due first first. 列表
    List,
    /// Do not take the task of a case: it goes to the next. 拒派
    Decline {
        case: String,
        /// sick, too_far, already_seen or other.
        #[arg(long)]
        cause: String,
        /// In words; needed for other.
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Say leave: no task is offered in it. 请假
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Leave {
        #[command(subcommand)]
        verb: Option<LeaveVerb>,
        /// "2025-06-30 14:00".
        #[arg(long, required = true, value_parser = instant)]
        from: Option<Timestamp>,
        /// Not included.
        #[arg(long, required = true, value_parser = instant)]
        until: Option<Timestamp>,
        #[arg(long, default_value = "")]
        words: String,
    },
}

/// `task leave`: says one, unless another verb is named.
#[derive(Debug, Subcommand)]
pub(crate) enum LeaveVerb {
    /// Leaves said on this device, and where each is. 列表
    List,
    /// Take one back. 销假
    TakeBack {
        /// Its name, in hex.
        id: String,
    },
}

/// `components`.
#[derive(Debug, Args)]
pub(crate) struct ComponentsArguments {
    /// Longitude,latitude in degrees (WGS-84).
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) at: Point,
    /// Code or English id of the minor class.
    #[arg(long)]
    pub(crate) class: String,
    /// How far away at most, in metres.
    #[arg(long, default_value_t = 200.0)]
    pub(crate) within: f64,
}

/// `private`: keeps, unless another verb is named.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct PrivateArguments {
    #[command(subcommand)]
    pub(crate) verb: Option<PrivateVerb>,
    #[arg(required = true)]
    pub(crate) case: Option<String>,
    /// witness, resident, phone, address or voice_note.
    #[arg(long, required = true)]
    pub(crate) kind: Option<String>,
    /// What it says.
    #[arg(long, conflicts_with = "file", required_unless_present = "file")]
    pub(crate) text: Option<String>,
    /// A recording, for voice_note.
    #[arg(long)]
    pub(crate) file: Option<PathBuf>,
    /// Whom it is about, as people count them in this case.
    #[arg(long, default_value_t = 1)]
    pub(crate) number: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PrivateVerb {
    /// What this device kept with a case, and where it is. 列表
    List { case: String },
    /// Throw away what was not sent or not taken. 删除
    Discard {
        /// The record, in hex.
        id: String,
    },
}

/// `2025-06-28 09:30` (+08:00), or RFC 3339.
pub(crate) fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::from_local(text)
        .or_else(|| Timestamp::from_rfc3339(text))
        .ok_or_else(|| format!("{text:?}: 2025-06-28 09:30, or an instant of RFC 3339"))
}

/// `longitude,latitude,metres`, taken just now.
pub(crate) fn fix(text: &str) -> Result<Fix, String> {
    let wrong = || format!("{text:?}: longitude,latitude,metres");
    let (place, metres) = text.rsplit_once(',').ok_or_else(wrong)?;
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = since.map_err(|cause| cause.to_string())?.as_millis();
    Ok(Fix {
        point: place.parse().map_err(|_| wrong())?,
        accuracy_metres: Some(metres.parse().map_err(|_| wrong())?),
        provider: "gps".into(),
        at: Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX)),
        mock: false,
    })
}

fn filter(id: &str) -> Result<CaseFilter, String> {
    CaseFilter::from_id(id).ok_or_else(|| "all, open, ended or unsent".to_owned())
}
