//! The texts that never change: Chinese first, English second.

use super::Lang;

macro_rules! words {
    ($table:ident; $($name:ident: $zh:literal, $en:literal;)*) => {
        /// A fixed text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each word stands beside its name below")]
        pub enum $table { $($name),* }

        impl $table {
            /// The text in a language.
            pub const fn say(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.of($zh, $en)),* }
            }

            /// Every text.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

pub(in crate::pages) use words;

words! {
    Word;
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
    ViewSelfHandled: "自处置待审", "Self-handled";
    ViewEnded: "作废与无效", "Void and invalid";
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

    PossibleDuplicates: "疑似重复", "Possible duplicates";
    PossibleDuplicatesHint: "按类别、距离、时间和照片比对，供核对；关联后两案都保留。", "By class, distance, time and photos, to look into; linked, both stay.";
    HintedOnSite: "上报人提示", "named on site";
    LinkThis: "关联为重复", "Link as repeated";
    Component: "部件", "Component";

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
    ErasedTexts: "已删除的文字", "Erased texts";
    EraseText: "删除文字", "Erase a text";
    EraseTextHint: "用于误写入案卷的个人信息。删除后无法恢复；编号、签名与裁定不变，终端下次联网时一并删除。", "For personal data that was typed into the case. There is no way back; number, signatures and rulings stay, and devices follow at their next contact.";
    ErasureReasonHint: "最多 200 字，不要写人名电话", "200 characters at most; name nobody";
    ErasureCause: "删除原因", "Cause";
    TextTitle: "标题", "Title";
    TextGridReason: "无网格说明", "Why in no grid";
    TextEntry: "记录", "Entry";
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
    Cause: "原因", "Cause";
    Note: "说明", "Note";
    Opinion: "督办意见", "Opinion";
    ReplyDue: "答复期限", "Answer wanted by";
    ReviewDate: "复查日期", "Review date";
    HandlingClass: "处置类别", "Handling class";
    MoreTime: "延长", "More time";
    OrUntil: "或延至", "or until";
    Granted: "同意", "Grant";
    Refused: "不同意", "Refuse";
    Valid: "有效", "It counts";
    NotValid: "无效", "It does not count";
    ReasonOfRefusal: "不同意时须写明理由", "Needed when the answer is no";
    OtherCase: "另一案卷的编号", "Id of the other issue";
    OtherCaseHint: "案卷页地址中的 32 位编号", "The 32 characters in the address of its page";
    DuplicateOf: "与此案重复（可不填）", "Repeats this issue (may be empty)";
    ChooseBody: "由哪个单位办理（可不选）", "Which organisation has it there (may be empty)";
    ChooseColleague: "本单位人员", "Colleague";
    AlsoCheck: "另派一人独立核查（可不选）", "Somebody else checks as well (may be empty)";
    LostPhotos: "未送达的照片", "Photos that have not arrived";
    AppliedBy: "申请人", "Applied by";

    Standing: "办理情况", "Where it stands";
    Round: "轮次", "Round";
    Level: "层级", "Level";
    Applications: "待批申请", "Waiting for an answer";
    Extensions: "已延期", "Extensions";
    SendBacks: "回退", "Send-backs";
    MisDispatch: "误派", "mistaken dispatch";
    Shirking: "推诿", "shirking";
    Hold: "挂账", "On hold";
    Surveys: "联合核查", "Joint survey";
    Estimate: "预计", "estimate";
    Supervision: "督办", "Supervision";
    Answered: "已答复", "answered";
    Assignee: "承办人", "Assigned to";
    Duplicates: "关联重复", "Repeats";
    Disputed: "核查结果不一致，须另派核查后才能结案。", "Two checks disagree: have it checked once more before it is closed.";
    ReviewItems: "结案后收到不同的核查结果，请值班长复核。", "A check with another result came after closing: the shift leader should look into it.";
    Proposal: "立案后的类别建议", "Class proposed after filing";
    EvidenceLost: "认定灭失的照片", "Photos given up";
    SourceLabel: "问题来源", "Source";

    Register: "登记案卷", "Register an issue";
    RegisterHint: "登记热线、走访、居民等渠道的问题。同一来源的同一编号只登记一次。", "For matters from the hotline, visits, residents. The same number of one source is registered once.";
    ExternalId: "来源编号（可不填）", "Number there (may be empty)";
    PointHint: "经度,纬度，例如 113.7861,34.7552", "longitude,latitude, e.g. 113.7861,34.7552";
    NoGridReason: "不在网格内的原因（可不填）", "Why in no unit grid (may be empty)";

    ActionAccepted: "已办理", "Done";
    ActionDeclined: "未获准", "Declined";

    Checkins: "一事一报到", "Check-ins";

    ErrorTitle: "出错了", "Something went wrong";
    ErrorCode: "代码", "Code";
    GoToList: "回到案卷列表", "Go to the list";
    GoToLogIn: "去登录", "Log in";

    Tasks: "任务", "Tasks";
    OpenTasks: "待办核实与核查", "Open tasks";
    OpenTasksHint: "派出而尚未答复的核实、核查任务，等待最久的在前；时限自送达起算。", "Verifications and checks that were sent and not answered, the longest waiting first; the limit runs from delivery.";
    NoOpenTasks: "没有未答复的任务。", "No task waits.";
    MoreTasks: "还有更多，先处理以上任务。", "There are more; these come first.";
    NearestOnDuty: "就近派在岗人员", "Send the nearest on duty";
    NearestOnDutyHint: "按排班、距离和当日公布的抽签派单；无人答复时自动改派下一人。", "By roster, distance and the day's published draw; when nobody answers, the next is sent.";
    TaskSent: "派出", "Sent";
    TaskDelivered: "送达", "Delivered";
    TaskNotDelivered: "未送达", "Not delivered";
    TaskDue: "应答复", "Due";
    TaskOverdue: "已超时", "Overdue";
    TaskNearest: "就近", "Nearest";
    TaskDrawn: "抽签", "Drawn";
    TaskNamed: "指定", "Named";
    TaskAnswered: "已答复", "Answered";
    TaskSettled: "已由他人答复或案卷已前行", "Settled without it";
    TaskReplaced: "已改派", "Sent to somebody else";
    TaskLapsed: "逾时未答复，已改派", "Not answered in time";
    TaskUndelivered: "未能送达，已改派", "Not fetched in time";
    TaskOffDuty: "下岗，已改派", "Went off duty";
    TaskStuck: "无人可改派", "Nobody else can be sent";
    TaskDeclined: "已拒派", "Declined";
    TaskDeclinedBefore: "此前拒派", "Declined before by";
    Leaves: "请假", "Leaves";
    LeavesHint: "本人在手机上填报、尚未结束的请假；请假期间不派任务，排班表不变。", "Said by people on their phones and not over yet; no task is sent in them, and the roster stays as it is.";
    NoLeaves: "没有请假。", "No leave.";
    LeaveNow: "正在请假", "On leave now";
    OpenApprovals: "待审批", "Open approvals";
    OpenApprovalsHint: "延期、回退、挂账、作废申请，等待最久的在前。", "Applications for extensions, send-backs, holds and voids, the longest waiting first.";
    NoOpenApprovals: "没有待审批的申请。", "No application waits.";
    AwaitsYou: "待您审批", "Waits for you";
    ColumnWho: "人员", "Who";
    ColumnWhat: "事项", "What";
    ColumnSince: "时间", "Since";
}
