//! What can be wrong with a bundle, by the layer that shows it.

use serde::Serialize;

/// What a bundle proves, one thing a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Every file is what it was.
    Bytes,
    /// Who sealed it, in which order, with a key that counted then.
    Signer,
    /// Not before, not after.
    Time,
    /// Whether the place can be believed.
    Place,
    /// The hub wrote down that it received it, and stands by that.
    Log,
}

impl Layer {
    /// All, in the order of a report.
    pub const ALL: [Self; 5] = [
        Self::Bytes,
        Self::Signer,
        Self::Time,
        Self::Place,
        Self::Log,
    ];

    /// For a person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bytes => "内容 bytes",
            Self::Signer => "签名 signer",
            Self::Time => "时间 time",
            Self::Place => "位置 place",
            Self::Log => "日志 log",
        }
    }
}

macro_rules! problems {
    ($($name:ident = $layer:ident, $broken:literal, $code:literal, $zh:literal, $en:literal;)*) => {
        /// Something that does not hold, or that is odd.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Problem {
            $(#[doc = $en] $name),*
        }

        impl Problem {
            /// Each of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The layer that shows it.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$name => Layer::$layer),* }
            }

            /// Whether it is a forgery or a damage; otherwise it is odd, and people judge.
            pub const fn is_broken(self) -> bool {
                match self { $(Self::$name => $broken),* }
            }

            /// In Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh),* }
            }

            /// In English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$name => $en),* }
            }
        }
    };
}

problems! {
    ArchiveChanged = Bytes, true, "archive_changed", "压缩包与其内容应有的形式不符", "The archive is not the one that is made of its files.";
    SumsUnreadable = Bytes, true, "sums_unreadable", "校验清单缺失或无法读取", "The list of checksums is missing or cannot be read.";
    SumsUnsigned = Bytes, true, "sums_unsigned", "校验清单不是服务器签发的", "The list of checksums is not signed by the hub.";
    FileChanged = Bytes, true, "file_changed", "文件内容与校验清单不符", "The file is not what the list of checksums says.";
    FileMissing = Bytes, true, "file_missing", "清单中的文件缺失", "A file of the list is missing.";
    FileUnlisted = Bytes, true, "file_unlisted", "文件不在清单中", "The file is on no list.";
    OriginalMissing = Bytes, true, "original_missing", "原始照片缺失", "The original photo is missing.";
    OriginalChanged = Bytes, true, "original_changed", "原始照片与签名记录的哈希不符", "The original photo is not the one that was sealed.";
    DerivativeMissing = Bytes, true, "derivative_missing", "照片副本缺失", "The copy of the photo is missing.";
    DerivativeChanged = Bytes, true, "derivative_changed", "照片副本与签名记录的哈希不符", "The copy of the photo is not the one that was sealed.";
    ReadableDiffers = Bytes, true, "readable_differs", "可读文本与签名内容不符", "The readable text does not say what was sealed.";
    HistoryDiffers = Bytes, true, "history_differs", "案卷历史文本与案卷数据不符", "The history is not the one of the case's data.";
    CaseUnreadable = Bytes, true, "case_unreadable", "案卷数据缺失或无法读取", "The data of the case is missing or cannot be read.";
    RecordMissing = Bytes, true, "record_missing", "案卷中有此签名记录，档案中没有", "The case has this record, the archive has not.";
    RecordUnlisted = Bytes, true, "record_unlisted", "档案中有此记录，案卷中没有", "The archive has this record, the case has not.";
    GuideChanged = Bytes, true, "guide_changed", "核验说明被改动", "VERIFY.md is not the guide of this version.";
    Unsealed = Signer, false, "unsealed", "此项没有签名记录", "This entry carries no record.";
    EntryUnreadable = Signer, true, "entry_unreadable", "签名内容无法读取", "What was sealed cannot be read.";
    StatementDiffers = Signer, true, "statement_differs", "签名所述与内容、位置不符：内容被改动，或从别处移来", "The signed statement is about another content or another place: it was changed, or moved here.";
    SignatureBroken = Signer, true, "signature_broken", "签名不成立", "The signature does not hold.";
    KeyUnknown = Signer, true, "key_unknown", "签名密钥没有登记记录", "No entry of the log says whose key this is.";
    KeyOfAnother = Signer, true, "key_of_another", "签名密钥属于另一设备或另一人", "The key is another device's or another person's.";
    KeyRevoked = Signer, true, "key_revoked", "收到时签名密钥已停用", "The key had been revoked when this was received.";
    SentLast = Signer, false, "sent_last", "设备停用后、在准许补传的期限内收到", "Received after the device was revoked, within the time it was left to send what it held.";
    ChainForked = Signer, true, "chain_forked", "同一序号有两条记录：设备数据曾被复制", "Two records claim one place: the store was copied.";
    ChainTorn = Signer, true, "chain_torn", "记录顺序不连贯：有记录被移动或替换", "The record does not follow the one before: something was moved or replaced.";
    ChainGap = Signer, false, "chain_gap", "本设备的这一序号没有收到记录", "The hub received no record of this device for this place.";
    BeaconForged = Time, true, "beacon_forged", "时间信标不是服务器签发的", "The beacon is not signed by the hub.";
    NoBeacon = Time, false, "no_beacon", "没有时间信标，最早时间无法证明", "Without a beacon: not before is not shown.";
    ClockBackwards = Time, true, "clock_backwards", "服务器时间倒退", "The hub's clock went backwards.";
    ClockDiffers = Time, false, "clock_differs", "设备时钟在证明的时间范围之外", "The device's clock lies outside what is proven.";
    NoFix = Place, false, "no_fix", "没有定位数据，位置无法佐证", "No answer of positioning was kept: the place is a claim.";
    MockLocation = Place, false, "mock_location", "定位被系统标为模拟", "The platform marked the place as mocked.";
    PlaceFar = Place, false, "place_far", "所述位置远离定位结果", "The place is far from where positioning says it was.";
    CheckpointForged = Log, true, "checkpoint_forged", "检查点不是服务器签发的", "The checkpoint is not signed by the hub.";
    HubUnknown = Log, true, "hub_unknown", "签发者不是所指定的服务器", "This is not the hub that was named.";
    LineForeign = Log, true, "line_foreign", "日志条目说的是另一件事", "The entry of the log is about something else.";
    LineNotHeld = Log, true, "line_not_held", "日志中没有此条目", "The log does not hold this entry.";
    LineMissing = Log, true, "line_missing", "缺少日志条目", "The entry of the log is missing.";
    ErasureForged = Log, true, "erasure_forged", "称已依令删除，但日志中没有此删除令", "It claims that a text was erased, and no line of the log orders that.";
    ErasedByOrder = Log, false, "erased_by_order", "此处文字已依令删除，删除令记于日志", "A text here was erased by an order that is in the log.";
    Forked = Log, true, "log_forked", "日志与见证方保存的检查点不符", "The log does not go on from the checkpoint that a witness kept.";
    NoWitness = Log, false, "no_witness", "未与见证方的检查点比对", "Not compared with a checkpoint that somebody else kept.";
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub problem: Problem,
    /// The file or folder.
    pub place: String,
}
