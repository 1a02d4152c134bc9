//! Why a change is kept aside and never merged. Declined actions are something else: they are merged and ruled.

use xunge_domain::checkin::StepDecline;

/// The reason of a quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quarantine {
    /// The guard or the CRDT refused the bytes; the code says which rule.
    Malformed(&'static str),
    /// The actor is not derived from the origin's installation.
    ForgedActor,
    /// An entry names another author than the origin's person.
    ForgedAuthor,
    /// A write to what only the server writes.
    ServerPath,
    /// A write to a container that genesis did not make, or of a container itself.
    UnknownPlace,
    /// An entry under the id of another installation.
    AnothersEntry,
    /// Class or place changed by somebody else than the reporter, or after rulings rest on them.
    RuledOn,
    /// An entry overwritten or written twice.
    EntryTaken,
    /// Something removed.
    Removal,
    /// An entry or a fact of the wrong form, or over its limit.
    WrongForm,
    /// The person is no party of this case.
    NotParty,
    /// The person was given other work, and this was made after that.
    MovedOn,
    /// The author's sequence number is taken by another change.
    SequenceTaken,
    /// It builds on a change of somebody else that was quarantined: it can never be merged as it is.
    BuildsOnRefused,
    /// The device was revoked.
    Revoked,
    /// Signed by a key that is not the origin's.
    WrongSignature,
    /// It builds on a former edition of the document, and its author sees the case no more.
    Replaced,
    /// A step of a check-in that its author may not write, or not yet: no honest device does.
    Step(StepDecline),
    /// An entry under a seal that does not hold: changed after it was sealed, moved, or sealed with another key.
    BrokenSeal,
}

impl Quarantine {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(code) => code,
            Self::ForgedActor => "forged_actor",
            Self::ForgedAuthor => "forged_author",
            Self::ServerPath => "server_path",
            Self::UnknownPlace => "unknown_place",
            Self::AnothersEntry => "anothers_entry",
            Self::RuledOn => "ruled_on",
            Self::EntryTaken => "entry_taken",
            Self::Removal => "removal",
            Self::WrongForm => "wrong_form",
            Self::NotParty => "not_party",
            Self::MovedOn => "moved_on",
            Self::SequenceTaken => "sequence_taken",
            Self::BuildsOnRefused => "builds_on_refused",
            Self::Revoked => "revoked",
            Self::WrongSignature => "wrong_signature",
            Self::Replaced => "replaced",
            Self::BrokenSeal => "broken_seal",
            Self::Step(reason) => reason.code(),
        }
    }

    /// Cause and next step, in Chinese.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "数据格式不合规，未并入；内容已原样保留，请更新应用后重报。",
            Self::ForgedActor | Self::WrongSignature => {
                "数据的来源设备不符，未并入；请联系管理员核对设备。"
            }
            Self::ForgedAuthor => "署名与本设备登记人员不符，未并入；请联系管理员核对设备。",
            Self::ServerPath => "裁定只能由服务器写入，未并入；请更新应用。",
            Self::UnknownPlace => "写入了未知的位置，未并入；请更新应用后重报。",
            Self::AnothersEntry => "改动了他人的记录，未并入；可另加说明。",
            Self::RuledOn => {
                "类别与位置只能由上报人在受理前更改，未并入；请另加说明，由受理员处理。"
            }
            Self::EntryTaken => "该条记录已存在，不可覆盖；可另加说明。",
            Self::Removal => "记录不可删除，未并入；可另加说明。",
            Self::WrongForm => "内容过长或格式不符，未并入；请缩短后重报。",
            Self::NotParty => "您不是此案卷的参与方，未并入；请联系受理员。",
            Self::MovedOn => {
                "您已调离此案卷所在范围，调离后的内容未并入，已原样保留；请联系受理员补录。"
            }
            Self::SequenceTaken => {
                "此设备的数据出现了两份（备份恢复或复制），已改用新编号，其后内容会自动重报。"
            }
            Self::BrokenSeal => {
                "照片或请求的签名与内容不符，未并入；内容已原样保留，请联系管理员核对设备。"
            }
            Self::Step(_) => {
                "报到步骤的记录人或次序不符，未并入；内容已原样保留，请与参与方核对后补录。"
            }
            Self::BuildsOnRefused => "所依据的他人内容未获并入，其内容会自动重报。",
            Self::Replaced => {
                "此案卷的内容已删除过一部分并重新建立，您已不在其范围内；内容未并入，已原样保留，请联系受理员补录。"
            }
            Self::Revoked => "此设备已停用，内容已封存；请联系管理员。",
        }
    }

    /// Cause and next step, in English.
    pub const fn en(&self) -> &'static str {
        match self {
            Self::Malformed(_) => {
                "The data breaks the format and was not merged; it is kept as it is. Update the app and report again."
            }
            Self::ForgedActor | Self::WrongSignature => {
                "The data does not come from this device and was not merged; ask the administrator to check the device."
            }
            Self::ForgedAuthor => {
                "The author is not the person of this device; it was not merged. Ask the administrator to check the device."
            }
            Self::ServerPath => {
                "Only the server writes rulings; it was not merged. Update the app."
            }
            Self::UnknownPlace => {
                "It writes to an unknown place and was not merged. Update the app and report again."
            }
            Self::RuledOn => {
                "Class and place are the reporter's to change, until the issue is accepted; it was not merged. Add a note for the intake clerk."
            }
            Self::AnothersEntry => {
                "It changes somebody else's entry and was not merged; add a note of your own instead."
            }
            Self::EntryTaken => "The entry exists and cannot be overwritten; add a note instead.",
            Self::Removal => "Nothing can be removed; it was not merged. Add a note instead.",
            Self::WrongForm => {
                "It is too long or of the wrong form and was not merged; shorten it and report again."
            }
            Self::NotParty => {
                "You are no party of this issue; it was not merged. Ask the intake clerk."
            }
            Self::MovedOn => {
                "You were given other work before this was made; it was not merged and is kept as it is. Ask the intake clerk to enter it."
            }
            Self::SequenceTaken => {
                "The data of this device exists twice (a restored or copied store); what follows is sent again under a new number."
            }
            Self::BrokenSeal => {
                "The signature of a photo or a request does not fit its content; it was not merged and is kept as it is. Ask the administrator to check the device."
            }
            Self::Step(_) => {
                "The author or the order of a check-in's step is wrong; it was not merged and is kept as it is. Ask the parties, and record it anew."
            }
            Self::BuildsOnRefused => {
                "It builds on somebody else's content that was not merged; its own content is sent again without that."
            }
            Self::Replaced => {
                "A text of this issue was erased and its history began anew, and you see it no more; this was not merged and is kept as it is. Ask the intake clerk to enter it."
            }
            Self::Revoked => {
                "This device was revoked; its content is sealed. Ask the administrator."
            }
        }
    }
}
