//! Steps by their names.

use serde::{Deserialize, Serialize};

/// A step by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// 对接座谈.
    Talk,
    /// 现场踏勘.
    Survey,
    /// 原因分析.
    Cause,
    /// 技术方案.
    Scheme,
    /// 会商.
    Consultation,
    /// 进场.
    CrewEnters,
    /// 施工时段.
    WorksWindow,
    /// 现场疏导.
    DutyRota,
    /// 进展.
    Progress,
    /// 完工.
    Completion,
    /// 居民反馈.
    ResidentsAnswer,
    /// 致谢.
    Thanks,
    /// 回访.
    FollowUp,
    /// 共建长效.
    Agreement,
    /// 到场.
    Arrival,
}

impl StepName {
    /// Every one, in the order of the work.
    pub const ALL: [Self; 15] = [
        Self::Arrival,
        Self::Talk,
        Self::Survey,
        Self::Cause,
        Self::Scheme,
        Self::Consultation,
        Self::CrewEnters,
        Self::WorksWindow,
        Self::DutyRota,
        Self::Progress,
        Self::Completion,
        Self::ResidentsAnswer,
        Self::Thanks,
        Self::FollowUp,
        Self::Agreement,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Survey => "survey",
            Self::Cause => "cause",
            Self::Scheme => "scheme",
            Self::Consultation => "consultation",
            Self::CrewEnters => "crew_enters",
            Self::WorksWindow => "works_window",
            Self::DutyRota => "duty_rota",
            Self::Progress => "progress",
            Self::Completion => "completion",
            Self::ResidentsAnswer => "residents_answer",
            Self::Thanks => "thanks",
            Self::FollowUp => "follow_up",
            Self::Agreement => "agreement",
            Self::Arrival => "arrival",
        }
    }

    /// The Chinese words.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Talk => "对接座谈",
            Self::Survey => "现场踏勘",
            Self::Cause => "原因分析",
            Self::Scheme => "技术方案",
            Self::Consultation => "会商",
            Self::CrewEnters => "进场",
            Self::WorksWindow => "施工时段",
            Self::DutyRota => "现场疏导",
            Self::Progress => "进展",
            Self::Completion => "完工",
            Self::ResidentsAnswer => "居民反馈",
            Self::Thanks => "致谢",
            Self::FollowUp => "回访",
            Self::Agreement => "共建长效",
            Self::Arrival => "到场",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.id() == id)
    }
}
