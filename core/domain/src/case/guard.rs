//! What must hold beyond role and state, each with its id and its words: data, so that a page or a command can show
//! a rule without running it.

use crate::case::asked::ApplicationKind;

/// A condition of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The class is in the table.
    KnownClass,
    /// The filing condition belongs to the class.
    KnownCondition,
    /// The class is on the list of those a worker may settle.
    SelfHandledClass,
    /// The position lies in a known unit grid, or the worker says why in none.
    PlacedInGrid,
    /// At least one photo of what was found.
    FoundPhoto,
    /// At least one photo after the works, by the author's body.
    AfterPhoto,
    /// At least one photo by the author with the purpose of the action, newer than what the author's last act of this kind
    /// rested on.
    OwnPhoto,
    /// The author's own photos before and after, taken in one visit.
    OneVisit,
    /// A reason of some length.
    Reason,
    /// A reason of some length when the answer is no.
    ReasonOfRefusal,
    /// A date that is named lies ahead.
    DateAhead,
    /// The author's body leads the disposal.
    LeadParty,
    /// The author's body claimed the case.
    Claimant,
    /// Some body has claimed the case.
    Claimed,
    /// The author acts for a body.
    OfBody,
    /// The one named is of the author's body.
    OfSameBody,
    /// The task was sent to the author.
    Assigned,
    /// The author was sent to check as well, has not checked yet, and another's check was ruled.
    SecondCheck,
    /// Who is asked to check is not of the body that did the work.
    NotBeneficiary,
    /// The author stood near the point.
    NearPoint,
    /// Every photo cited is stored at the server or declared lost.
    EvidenceStored,
    /// Every blob named is cited, and not stored.
    EvidenceMissing,
    /// Two checks disagree.
    Disputed,
    /// No two checks disagree.
    NotDisputed,
    /// Somebody applied for this and has no answer yet.
    Applied(ApplicationKind),
    /// Nobody waits for an answer to such an application.
    NotApplied(ApplicationKind),
    /// No extension was granted so far.
    FirstExtension,
    /// An extension was granted before.
    LaterExtension,
    /// The ladder goes on upwards.
    LevelAbove,
    /// The ladder goes on downwards.
    LevelBelow,
    /// The case named is another one.
    NotItself,
    /// The case named is at the server.
    KnownCase,
    /// The case named is linked.
    Linked,
    /// The case named is not linked.
    NotLinked,
    /// The class named was proposed and has no answer yet.
    Proposed,
}

impl Guard {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        use ApplicationKind as Kind;
        match self {
            Self::KnownClass => ("known_class", "类别在分类表中", "the class is in the table"),
            Self::KnownCondition => (
                "known_condition",
                "立案条件属于该小类",
                "the filing condition belongs to the class",
            ),
            Self::SelfHandledClass => (
                "self_handled_class",
                "类别在自行处置清单内",
                "the class is on the self-handling list",
            ),
            Self::PlacedInGrid => (
                "placed_in_grid",
                "位置在已知单元网格内，或说明无网格的原因",
                "the point lies in a known unit grid, or the worker says why in none",
            ),
            Self::FoundPhoto => (
                "found_photo",
                "有本人发现照片",
                "an own photo of what was found",
            ),
            Self::AfterPhoto => (
                "after_photo",
                "有本单位处置后照片",
                "a photo after the works by the author's organisation",
            ),
            Self::OwnPhoto => (
                "own_photo",
                "有本人本次现场照片",
                "an own photo of the act's purpose, not that of an earlier round",
            ),
            Self::OneVisit => (
                "one_visit",
                "有本人同一次到场的处置前、处置后照片",
                "own photos before and after, in one visit",
            ),
            Self::Reason => ("reason", "写明理由", "a reason"),
            Self::ReasonOfRefusal => (
                "reason_of_refusal",
                "不同意时写明理由",
                "a reason when the answer is no",
            ),
            Self::DateAhead => ("date_ahead", "所填日期在将来", "a date named lies ahead"),
            Self::LeadParty => (
                "lead_party",
                "本单位为主办单位",
                "the author's organisation leads",
            ),
            Self::Claimant => (
                "claimant",
                "本单位已接收",
                "the author's organisation claimed it",
            ),
            Self::Claimed => ("claimed", "已有单位接收", "some organisation claimed it"),
            Self::OfBody => (
                "of_body",
                "代表一个单位",
                "the author acts for an organisation",
            ),
            Self::OfSameBody => (
                "of_same_body",
                "派给本单位人员",
                "the one named is of the author's organisation",
            ),
            Self::Assigned => (
                "assigned",
                "任务派给本人",
                "the task was sent to the author",
            ),
            Self::SecondCheck => (
                "second_check",
                "同派本人核查且另一人的核查已先裁定",
                "the author was sent as well, and another's check was ruled first",
            ),
            Self::NotBeneficiary => (
                "not_beneficiary",
                "核查人不属处置单位",
                "the checker is not of the organisation that did the work",
            ),
            Self::NearPoint => (
                "near_point",
                "在问题点附近",
                "the author stood near the point",
            ),
            Self::EvidenceStored => (
                "evidence_stored",
                "照片均已送达或认定灭失",
                "every photo is stored or declared lost",
            ),
            Self::EvidenceMissing => (
                "evidence_missing",
                "所列照片确未送达",
                "the photos named have not arrived",
            ),
            Self::Disputed => ("disputed", "两次核查结果不一致", "two checks disagree"),
            Self::NotDisputed => ("not_disputed", "核查结果无争议", "no two checks disagree"),
            Self::Applied(Kind::Extend) => (
                "extend_applied",
                "有待批的延期申请",
                "an extension waits for an answer",
            ),
            Self::Applied(Kind::SendBack) => (
                "send_back_applied",
                "有待批的回退申请",
                "a send-back waits for an answer",
            ),
            Self::Applied(Kind::Hold) => (
                "hold_applied",
                "有待批的挂账申请",
                "a hold waits for an answer",
            ),
            Self::Applied(Kind::Void) => (
                "void_applied",
                "有待批的作废申请",
                "a void waits for an answer",
            ),
            Self::NotApplied(Kind::Extend) => (
                "extend_not_applied",
                "无待批的延期申请",
                "no extension waits for an answer",
            ),
            Self::NotApplied(Kind::SendBack) => (
                "send_back_not_applied",
                "无待批的回退申请",
                "no send-back waits for an answer",
            ),
            Self::NotApplied(Kind::Hold) => (
                "hold_not_applied",
                "无待批的挂账申请",
                "no hold waits for an answer",
            ),
            Self::NotApplied(Kind::Void) => (
                "void_not_applied",
                "无待批的作废申请",
                "no void waits for an answer",
            ),
            Self::FirstExtension => (
                "first_extension",
                "此前未获准延期",
                "no extension was granted before",
            ),
            Self::LaterExtension => (
                "later_extension",
                "此前已获准延期",
                "an extension was granted before",
            ),
            Self::LevelAbove => ("level_above", "上面还有一级", "there is a level above"),
            Self::LevelBelow => ("level_below", "下面还有一级", "there is a level below"),
            Self::NotItself => (
                "not_itself",
                "所指案卷不是本案",
                "the case named is another one",
            ),
            Self::KnownCase => (
                "known_case",
                "所指案卷在服务器上",
                "the case named is at the server",
            ),
            Self::Linked => ("linked", "与所指案卷已关联", "the case named is linked"),
            Self::NotLinked => (
                "not_linked",
                "与所指案卷未关联",
                "the case named is not linked",
            ),
            Self::Proposed => (
                "proposed",
                "有待答复的类别建议",
                "the class named was proposed and not answered",
            ),
        }
    }

    /// The id that `xunge rules` prints.
    pub const fn id(self) -> &'static str {
        self.words().0
    }

    /// The condition in Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().1
    }

    /// The condition in English.
    pub const fn en(self) -> &'static str {
        self.words().2
    }
}
