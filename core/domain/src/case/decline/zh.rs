//! What the author reads, in Chinese.

use crate::case::decline::Decline;

impl Decline {
    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::WrongRole { needs } => format!("此操作须由{}办理，请转交。", needs.zh()),
            Self::WrongState { is, needs } => {
                format!(
                    "案卷现为“{}”，此操作须在“{}”时办理；请刷新后查看进展。",
                    is.zh(),
                    needs.zh()
                )
            }
            Self::AlreadyClaimed {
                by,
                organisation,
                at,
            } => format!(
                "已由 {organisation} 的 {by} 于 {} 先行接收；您的内容已保留，无需重复接收。",
                at.to_local_minute()
            ),
            Self::UnknownClass => "类别为空或不在现行分类表中，请重新选择小类。".into(),
            Self::UnknownCondition => "立案条件不属于该小类，请重新选择。".into(),
            Self::NoUnitGrid => {
                "位置不在任何已知单元网格内；请调整位置，或说明无网格的原因。".into()
            }
            Self::PhotoMissing { purpose } => {
                format!("缺少本人拍摄的“{}”照片，请补拍后再办。", purpose.zh())
            }
            Self::ReasonMissing => "请写明理由，当事人会看到。".into(),
            Self::NotLeadParty => "本单位不是主办单位，请联系派遣员。".into(),
            Self::NotClaimant => "此案由其他单位接收，请与其联系。".into(),
            Self::NotAssigned { to } => format!("此任务派给了 {to}，请由其办理或请受理员改派。"),
            Self::Beneficiary => "处置单位人员不得核查自己的处置结果，请另派他人。".into(),
            Self::TooFar {
                metres: Some(metres),
                metres_max,
            } => {
                format!("拍摄位置距问题点 {metres} 米，须在 {metres_max} 米以内；请到现场办理。")
            }
            Self::TooFar {
                metres: None,
                metres_max,
            } => {
                format!("没有位置信息；请在现场（{metres_max} 米以内）定位后再办。")
            }
            Self::EvidencePending { missing } => {
                format!("还有 {missing} 份照片未送达，送达后才能结案。")
            }
            Self::UnknownParty => "没有这个人员或单位，请重新选择。".into(),
            Self::AlreadyChecked { at } => format!(
                "本次处置您已核查（{} 裁定）；此次内容已保留，无需重复核查。",
                at.to_local_minute()
            ),
            Self::Disputed => "两次核查结果不一致，案卷有争议；请受理员另派核查后再结案。".into(),
            Self::NotApplied { kind } => {
                format!("没有待批的{}申请；可能已答复，请刷新后查看。", kind.zh())
            }
            Self::AlreadyApplied { kind, by } => {
                format!("{by} 的{}申请尚未答复；请等待答复后再申请。", kind.zh())
            }
            Self::NotSelfHandled => "该小类不在自行处置清单内；请按上报办理。".into(),
            Self::NotOneVisit {
                minutes,
                minutes_max,
            } => format!(
                "处置后照片须在处置前照片之后 {minutes_max} 分钟内拍摄，现相差 {minutes} 分钟；请按上报办理。"
            ),
            Self::NotSameBody { to } => format!("{to} 不是本单位人员；请派给本单位人员。"),
            Self::LadderEnds { level } => {
                format!(
                    "案卷在“{}”一级，此方向没有下一级；请在本级办理。",
                    level.zh()
                )
            }
            Self::AlreadyLinked => "与该案卷已经关联，无需重复关联。".into(),
            Self::NotLinked => "与该案卷没有关联；请刷新后查看。".into(),
            Self::LinksItself => "案卷不能与自身关联；请选择另一案卷。".into(),
            Self::NotProposed => "没有待答复的此项类别建议；可能已答复，请刷新后查看。".into(),
            Self::NotLost => "所列照片已经送达，或不属于本案；请刷新后重新选择。".into(),
            Self::NeverClaimed => "此案从未由专业部门接收，不能重启处置；请重新上报并关联。".into(),
            Self::DateNotAhead => "所填日期不在将来，请重新填写。".into(),
            Self::UnknownCase => "服务器没有所指案卷；请核对编号，刚上报的请稍后再关联。".into(),
            Self::NoLimitOfHandling { handling_class } => format!(
                "处置时限表中没有该小类、立案条件在此区域的“{}”类时限；请改选处置类别，或请管理员补充时限表。",
                handling_class.zh()
            ),
            Self::NoBody => "您不代表任何单位；请管理员登记所属单位后再办。".into(),
        }
    }
}
