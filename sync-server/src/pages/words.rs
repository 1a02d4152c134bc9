//! Every word a person reads on a page, in one typed file: Chinese first, English second. No page holds a string of
//! its own, so a missing translation is a compile error.

use xunge_domain::case::{ActionName, CaseState, CloseOutcome, Decline, PhotoPurpose, Severity};
use xunge_domain::class::LimitUnit;
use xunge_domain::ids::{OrganisationId, PersonId};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;

/// A page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// By its code, as in `?lang=en` and the cookie.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// For the document's `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two texts.
    pub const fn of<'text>(self, zh: &'text str, en: &'text str) -> &'text str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// A fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each word stands beside its name below")]
        pub enum Word { $($name),* }

        impl Word {
            /// The text in a language.
            pub const fn say(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.of($zh, $en)),* }
            }

            /// Every text.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    Product: "巡格", "Xunge";
    Tagline: "城市管理巡查与处置", "City patrol and disposal";
    SkipToContent: "跳到内容", "Skip to content";
    OtherLanguage: "English", "中文";
    Cases: "案卷", "Issues";
    LogOut: "退出", "Log out";
    LogIn: "登录", "Log in";
    Account: "账号", "Account";
    Password: "密码", "Password";
    LogInHint: "使用管理员发放的账号登录。", "Use the account your admin gave you.";
    DemoNotice: "演示城市：区划为真实数据，网格、道路、人员与案卷均为虚构。", "Demo city: the divisions are real; grids, roads, people and issues are invented.";
    DiskFillsUp: "服务器磁盘已用八成以上，请联系管理员清理空间。", "The server's disk is over 80 % full: ask the admin to make room.";
    DiskRefusesPhotos: "服务器磁盘将满：暂不接收照片，文字不受影响。请立即联系管理员。", "The server's disk is nearly full: no photos are taken, text still is. Tell the admin now.";
    SetUp: "初始化", "Set up";
    SetUpHint: "创建第一位管理员。此链接只能使用一次。", "Make the first admin. This link works once.";
    PersonIdLabel: "编号", "Id";
    PersonIdHint: "小写字母、数字和连字符，例如 admin", "Lower-case letters, digits and hyphens, e.g. admin";
    NameLabel: "姓名", "Name";
    PasswordHint: "至少 10 个字符", "At least 10 characters";
    CreateAdmin: "创建管理员", "Create the admin";
    SetUpDone: "管理员已创建，请登录。", "The admin exists now; log in.";

    ViewMine: "我的任务", "My tasks";
    ViewAll: "全部案卷", "All issues";
    ViewToAccept: "待受理", "To accept";
    ViewToFile: "待立案", "To file";
    ViewToDispatch: "待派遣", "To dispatch";
    ViewToClaim: "待接收", "To claim";
    ViewDisposing: "处置中", "Disposing";
    ViewToCheck: "待核查", "To check";
    ViewToClose: "待结案", "To close";
    ViewClosed: "已结案", "Closed";
    ViewRejected: "不予受理", "Rejected";
    Views: "视图", "Views";
    SearchLabel: "查找", "Search";
    SearchHint: "案卷号、标题、地址", "Number, title, address";
    SearchButton: "查找", "Search";
    ClearSearch: "清除", "Clear";
    ColumnCase: "案卷", "Issue";
    ColumnPlace: "位置", "Place";
    ColumnState: "状态", "State";
    ColumnReported: "上报", "Reported";
    ColumnParty: "主办 / 上报人", "Lead / reporter";
    NothingHere: "这里没有案卷。", "No issues here.";
    NothingMine: "您目前没有待办任务。", "You have nothing to do right now.";
    NothingFound: "没有找到符合条件的案卷。", "Nothing matches.";
    NothingNext: "换一个视图，或清除查找条件。", "Try another view, or clear the search.";
    OlderCases: "更早的案卷", "Older issues";
    NewestCases: "回到最新", "Back to the newest";
    NoNumberYet: "未立案", "not filed";
    NoPhoto: "无照片", "No photo";

    BackToList: "返回列表", "Back to the list";
    Facts: "案情", "Facts";
    Description: "问题描述", "Description";
    Class: "类别", "Class";
    Condition: "立案条件", "Filing condition";
    TableLimit: "处置时限（样表）", "Table limit (sample)";
    Address: "地址", "Address";
    Point: "坐标 (WGS-84)", "Position (WGS-84)";
    UnitGrid: "单元网格", "Unit grid";
    SeverityLabel: "严重程度", "Severity";
    Reporter: "上报人", "Reporter";
    Lead: "主办", "Lead";
    Assist: "协办", "Assist";
    Notify: "知会", "Notify";
    ClaimedBy: "接收", "Claimed by";
    Rework: "返工", "Rework";
    LocalCode: "本地编号", "Local code";
    Photos: "照片", "Photos";
    NoPhotosYet: "还没有照片。", "No photos yet.";
    Stored: "已存", "stored";
    Pending: "待传", "pending";
    PendingHint: "照片尚未送达，送达后自动显示。", "The photo has not arrived; it shows once it has.";
    Elsewhere: "存于其他系统", "kept elsewhere";
    Hazards: "隐患提示", "Hazards";
    Timeline: "经过", "Timeline";
    Progress: "进度", "Progress";
    ActNow: "现在可以办理", "What you can do now";
    NothingToDo: "您现在没有可以办理的操作。", "There is nothing for you to do here now.";
    NotNow: "其他操作及原因", "Other actions and why not";
    Declined: "未获准", "declined";
    Unruled: "待裁定", "not ruled yet";
    Comment: "留言", "Comment";
    Hazard: "隐患提示", "Hazard";
    Photo: "照片", "Photo";
    InBrowser: "网页办理", "in a browser";
    DeviceTime: "终端", "device";
    ReceivedTime: "平台", "hub";
    Offline: "离线", "offline";
    OnSite: "须在现场用终端办理：需要本人照片或位置。", "On site, on a device: it takes an own photo or a position.";
    Concurrent: "同时修改", "Written at the same time";
    Damaged: "有无法读取的内容，已跳过", "Something could not be read and was left out";

    Risks: "风险标记", "Risk marks";
    RisksHint: "供核实参考，不影响案卷办理；被标记人可以答复。", "For people to look into; nothing is decided by them, and who is marked may answer.";
    MyRisks: "我的风险标记", "My risk marks";
    MyRisksHint: "这里是系统对您所报内容的全部标记及其原因。标记不是结论，不影响案卷办理；您可以逐条答复，答复不可更改。",
        "All marks on what you sent, with their reasons. A mark is no verdict and decides nothing. You may answer each; an answer stays as it is.";
    NoRisks: "没有标记。", "No marks.";
    RiskAnswer: "本人答复", "Answer";
    YourAnswer: "您的答复", "Your answer";
    YourAnswerHint: "最多 2000 字", "2,000 characters at most";
    SendAnswer: "提交答复", "Send the answer";
    OlderRisks: "更早的标记", "Older marks";

    PersonalData: "个人信息", "Personal data";
    PersonalDataHint: "仅限办理此案使用；每次查看内容都会记入日志。", "For working on this case alone; each look at what it says is written into the log.";
    ShowPersonalData: "查看内容", "Show what it says";
    Subject: "当事人", "Subject";
    ErasedOn: "已删除", "Erased";
    VoiceNote: "下载录音", "Fetch the recording";
    CannotBeOpened: "无法打开，请联系管理员。", "It cannot be opened: tell the admin.";

    Reason: "理由", "Reason";
    ReasonHint: "上报人会看到", "The reporter will read it";
    ReasonTemplates: "常用语", "Usual reasons";
    OwnWords: "自己写", "Own words";
    ChooseCondition: "立案条件与时限", "Filing condition and limit";
    ChooseLead: "主办单位", "Lead party";
    ChooseOne: "请选择", "Choose";
    Departments: "专业部门", "Departments";
    OtherBodies: "其他单位", "Other bodies";
    ChooseWorker: "网格员", "Grid worker";
    SameBeat: "本责任网格", "This beat";
    OtherBeats: "其他责任网格", "Other beats";
    Outcome: "结案情形", "How it ends";
    Confirm: "确认", "Confirm";
    ActionAccepted: "已办理", "Done";
    ActionDeclined: "未获准", "Declined";

    ErrorTitle: "出错了", "Something went wrong";
    ErrorCode: "代码", "Code";
    GoToList: "回到案卷列表", "Go to the list";
    GoToLogIn: "去登录", "Log in";
}

/// 12 items.
pub fn cases_count(lang: Lang, count: u64) -> String {
    match lang {
        Lang::Zh => format!("{count} 件"),
        Lang::En => format!("{count} {}", if count == 1 { "issue" } else { "issues" }),
    }
}

/// How long ago something was.
pub fn age(lang: Lang, from: Timestamp, now: Timestamp) -> String {
    let minutes = now.millis_since(from).max(0) / 60_000;
    let (number, zh, en) = match minutes {
        0..60 => (minutes, "分钟", "min"),
        60..1_440 => (minutes / 60, "小时", "h"),
        _ => (minutes / 1_440, "天", "d"),
    };
    format!("{number} {}", lang.of(zh, en))
}

/// 7 工作日.
pub fn limit(lang: Lang, number: u32, unit: LimitUnit) -> String {
    let unit = match (lang, unit) {
        (Lang::Zh, unit) => unit.zh(),
        (Lang::En, LimitUnit::UrgentHour) => "urgent hours",
        (Lang::En, LimitUnit::WorkHour) => "work hours",
        (Lang::En, LimitUnit::WorkDay) => "work days",
        (Lang::En, LimitUnit::NaturalDay) => "days",
    };
    format!("{number} {unit}")
}

fn english(id: &str) -> String {
    let mut words = id.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// A state.
pub fn state(lang: Lang, state: CaseState) -> String {
    match lang {
        Lang::Zh => state.zh().to_owned(),
        Lang::En => english(state.id()),
    }
}

/// A verb.
pub fn action(lang: Lang, action: ActionName) -> String {
    match lang {
        Lang::Zh => action.zh().to_owned(),
        Lang::En => english(action.id()),
    }
}

/// A role.
pub fn role(lang: Lang, role: Role) -> String {
    match lang {
        Lang::Zh => role.zh().to_owned(),
        Lang::En => english(role.id()),
    }
}

/// What a photo shows.
pub fn purpose(lang: Lang, purpose: PhotoPurpose) -> String {
    match lang {
        Lang::Zh => purpose.zh().to_owned(),
        Lang::En => english(purpose.id()),
    }
}

/// How bad.
pub fn severity(lang: Lang, severity: Severity) -> String {
    match lang {
        Lang::Zh => severity.zh().to_owned(),
        Lang::En => english(severity.id()),
    }
}

/// How a case ended.
pub fn outcome(lang: Lang, outcome: CloseOutcome) -> String {
    match lang {
        Lang::Zh => outcome.zh().to_owned(),
        Lang::En => format!("{outcome:?}"),
    }
}

/// How a page names people and bodies, so that nobody reads an id.
pub struct Names<'a> {
    /// A person's name.
    pub person: &'a dyn Fn(&PersonId) -> String,
    /// A body's name.
    pub body: &'a dyn Fn(&OrganisationId) -> String,
}

/// Why not.
pub fn decline(lang: Lang, decline: &Decline, names: &Names<'_>) -> String {
    let plain = match lang {
        Lang::Zh => decline.zh(),
        Lang::En => decline.en(),
    };
    match decline {
        Decline::AlreadyClaimed {
            by, organisation, ..
        } => {
            let (person, body) = ((names.person)(by), (names.body)(organisation));
            // The time and the next step are the domain's own words; only who it was is said anew.
            match lang {
                Lang::Zh => {
                    let tail = plain.split_once(" 于 ").map_or("", |(_, tail)| tail);
                    format!("已由{body}的{person}于 {tail}")
                }
                Lang::En => {
                    let tail = plain.split_once(" claimed it first");
                    let tail = tail.map_or("", |(_, tail)| tail);
                    format!("{person} of {body} claimed it first{tail}")
                }
            }
        }
        Decline::NotAssigned { to } => plain.replacen(to.as_str(), &(names.person)(to), 1),
        _ => plain,
    }
}

/// A verdict that comes back to the one who asked in a browser.
pub fn ruled(lang: Lang, action_name: ActionName, accepted: bool) -> String {
    let verb = action(lang, action_name);
    match (lang, accepted) {
        (Lang::Zh, true) => format!("{verb}：已办理。"),
        (Lang::Zh, false) => format!("{verb}：未获准。"),
        (Lang::En, true) => format!("{verb}: done."),
        (Lang::En, false) => format!("{verb}: declined."),
    }
}

/// How much later the hub heard of it.
pub fn offline_for(lang: Lang, minutes: i64) -> String {
    match lang {
        Lang::Zh => format!("离线 {minutes} 分钟"),
        Lang::En => format!("{minutes} min offline"),
    }
}

/// Usual reasons of a rejection.
pub fn rejection_reasons(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => [
            "照片看不清问题，请靠近补拍后重新上报。",
            "与在办案卷为同一问题，已并案跟进。",
            "现场已自行恢复，无需处置。",
            "属小区内部管理事项，已转告物业。",
        ],
        Lang::En => [
            "The photo does not show the matter; take a closer one and report again.",
            "The same matter is being handled already.",
            "It has been put right; nothing is left to do.",
            "A matter of the estate's own management; they were told.",
        ],
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn every_word_exists_in_both_languages() {
        for word in Word::ALL {
            assert!(
                !word.say(Lang::Zh).is_empty() && !word.say(Lang::En).is_empty(),
                "{word:?}"
            );
            let swapped = *word == Word::OtherLanguage;
            assert!(
                swapped || word.say(Lang::En).is_ascii(),
                "{word:?} in English"
            );
            assert!(
                swapped || !word.say(Lang::Zh).is_ascii(),
                "{word:?} in Chinese"
            );
        }
    }

    #[test]
    fn a_late_claimant_reads_names_even_where_a_body_and_its_person_share_an_id() {
        let claimed = Decline::AlreadyClaimed {
            by: "road-dept".parse().unwrap(),
            organisation: "road-dept".parse().unwrap(),
            at: Timestamp::from_rfc3339("2025-06-28T11:26:00+08:00").unwrap(),
        };
        let names = Names {
            person: &|_| "李丽娟".to_owned(),
            body: &|_| "道桥维护科".to_owned(),
        };
        let zh = decline(Lang::Zh, &claimed, &names);
        assert!(
            zh.starts_with("已由道桥维护科的李丽娟于 2025-06-28 11:26 先行接收"),
            "{zh}"
        );
        let en = decline(Lang::En, &claimed, &names);
        assert!(
            en.starts_with("李丽娟 of 道桥维护科 claimed it first, at 2025-06-28"),
            "{en}"
        );
    }

    #[test]
    fn ages_are_told_in_the_largest_whole_unit() {
        let now = Timestamp::from_millis(10 * 86_400_000);
        let ago = |minutes: i64| age(Lang::En, now.plus_millis(-minutes * 60_000), now);
        assert_eq!(
            [ago(0), ago(59), ago(60), ago(1_439), ago(2_880)],
            ["0 min", "59 min", "1 h", "23 h", "2 d"]
        );
        assert_eq!(age(Lang::Zh, now.plus_millis(1), now), "0 分钟");
    }
}
