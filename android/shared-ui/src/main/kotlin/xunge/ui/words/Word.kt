package xunge.ui.words

import xunge.core.Language

/**
 * Every text of the app, in both languages: there is no other table, and none of them can be without one. `%1`, `%2` stand
 * for what is put in. What the core says (reasons, problems) comes with its own words.
 */
enum class Word(val zh: String, val en: String) {
    APP_NAME("巡格", "Xunge"),

    MYSELF("本人", "You"),

    // The bar at the bottom.
    TAB_TODAY("今天", "Today"),
    TAB_CASES("案卷", "Issues"),
    TAB_CHECKINS("报到", "Check-ins"),
    TAB_ME("我的", "Me"),

    // What every page can do.
    BACK("返回", "Back"),
    RETRY("再试一次", "Try again"),
    UNDERSTOOD("知道了", "Got it"),
    SAVE("保存", "Save"),
    CANCEL("取消", "Cancel"),
    LOADING("正在读取…", "Reading…"),
    MORE("更多", "More"),
    PHOTO("照片", "Photo"),
    NO_PHOTO("无照片", "No photo"),
    REMOVE_PHOTO("移除照片", "Remove the photo"),
    DISCARD("删除草稿", "Discard"),

    // Enrolment.
    ENROL_TITLE("登记这台手机", "Enrol this phone"),
    ENROL_WHY("向街道办公室索取登记码，只需一次。之后没有信号也能上报。", "Ask your office for a code, once. Then you can report without signal."),
    ENROL_SERVER("服务器地址", "Server address"),
    ENROL_CODE("登记码", "Enrolment code"),
    ENROL_GO("登记", "Enrol"),
    ENROL_BUSY("正在登记…", "Enrolling…"),

    // Home.
    SHUTTER("拍照上报", "Photo and report"),
    HOME_BEAT("责任网格 %1", "Beat %1"),
    HOME_NO_BEAT("未分配责任网格", "No beat assigned"),
    HOME_ALL_SAFE("全部已送达", "All delivered"),
    HOME_ALL_SAFE_MORE("手机丢了也不会丢工作", "Your work survives the loss of this phone"),
    HOME_UNSENT("%1 项未送达", "%1 not delivered"),
    HOME_UNSENT_PHOTOS("%1 项未送达，其中照片文件 %2 个", "%1 not delivered, %2 of them photo files"),
    HOME_UNSENT_MORE("已存在手机里，有信号时自动送出", "Saved on this phone; goes out with the next signal"),
    HOME_LANE("%1 项未被接受", "%1 not accepted"),
    HOME_LANE_MORE("看看原因，再决定怎么办", "See why, then decide"),
    HOME_DRAFTS("还没上报", "Not reported yet"),
    HOME_RECENT("片区动态", "On your beat"),
    HOME_NOTHING("片区里还没有案卷", "No issues on your beat yet"),

    // Report.
    REPORT_TITLE("上报", "Report"),
    REPORT_CLASS("是什么问题？", "What is it?"),
    REPORT_CLASS_ALL("全部类别", "All classes"),
    REPORT_CLASS_FIND("找类别，如：井盖", "Find a class, e.g. manhole"),
    REPORT_CLASS_NONE("没有这样的类别", "No such class"),
    REPORT_CLASS_FIRST("先选类别", "Choose a class first"),
    REPORT_GO("上报", "Report"),
    REPORT_BUSY("正在保存…", "Saving…"),
    REPORT_PLACE("位置", "Position"),
    REPORT_PLACE_WAITING("正在定位…", "Finding the position…"),
    REPORT_PLACE_GOOD("已定位，精度 %1 米", "Found, within %1 m"),
    REPORT_PLACE_WEAK("信号弱，精度 %1 米。可以再等等，也可以就这样上报", "Weak signal, within %1 m. Wait, or report as it is"),
    REPORT_PLACE_UNSAID("已定位，精度未知", "Found, accuracy unknown"),
    REPORT_PLACE_NONE("没有定位？写明原因也能上报", "No position? Say why, and report"),
    REPORT_NO_GRID_REASON("没有定位的原因", "Why there is no position"),
    REPORT_MORE("补充（可不填）", "More (optional)"),
    REPORT_DESCRIPTION("情况说明", "Description"),
    REPORT_ADDRESS("地点", "Place"),
    REPORT_ADD_PHOTO("再拍一张", "Another photo"),
    REPORT_SEVERITY("严重程度", "How serious"),
    REPORT_HAZARDS("隐患", "Hazards"),
    REPORT_SAVED("随时自动保存", "Saved as you go"),
    REPORT_DONE("已上报，存在手机里", "Reported, safe on this phone"),

    // Phrases for hazards, ready to be touched.
    HAZARD_FALL("易绊倒或坠落", "People may fall"),
    HAZARD_TRAFFIC("影响通行", "Blocks traffic"),
    HAZARD_ELECTRIC("有触电危险", "Electric shock"),
    HAZARD_FLOOD("汛期可能积水", "May flood in the rainy season"),
    HAZARD_FIRE("有火灾隐患", "Fire"),

    // Cases.
    CASES_TITLE("案卷", "Issues"),
    CASES_FIND("搜标题、地点、案卷号", "Search title, place, number"),
    CASES_NONE("还没有案卷", "No issues yet"),
    CASES_NOT_FOUND("没有找到“%1”", "Nothing found for “%1”"),
    CASES_DECLINED("有未获准的申请", "A request was declined"),
    CLEAR("清除", "Clear"),

    // A case.
    CASE_NO("案卷号 %1", "No. %1"),
    CASE_CODE("编号 %1", "Code %1"),
    CASE_EXPECTED("送达后预计：%1", "Expected once delivered: %1"),
    CASE_PHOTOS_SAFE("照片 %1/%2 已送达", "Photos %1 of %2 delivered"),
    CASE_PLACE("地点", "Place"),
    CASE_NO_PLACE("未填写", "Not given"),
    CASE_DESCRIPTION("情况", "Description"),
    CASE_HAZARDS("隐患", "Hazards"),
    CASE_COMMENTS("留言", "Comments"),
    CASE_TIMELINE("经过", "What happened"),
    CASE_NOT_RULED("等待处理", "Waiting for a decision"),
    CASE_NOT_RULED_HERE("还没送达，送达后处理", "Not delivered yet; decided after that"),
    CASE_GRANTED("已通过", "Granted"),
    CASE_NOT_GRANTED("未通过", "Not granted"),
    CASE_CONCURRENT("有人同时改了“%1”，另有：%2", "Somebody else changed “%1” at the same time: %2"),
    CASE_ADD_COMMENT("留言", "Comment"),
    CASE_ADD_PHOTO("加照片", "Add a photo"),
    CASE_COMMENT_HINT("写给后面处理的人", "For those who work on it next"),
    CASE_COMMENT_SEND("留言", "Leave it"),

    // What is done on site.
    ACT_TRUE("属实", "It is so"),
    ACT_FALSE("不属实", "It is not so"),
    ACT_UNCLEAR("说不清", "Cannot be said"),
    ACT_PASSED("合格", "Put right"),
    ACT_FAILED("不合格，返工", "Not right, once more"),
    ACT_NOTE("说明（可不填）", "Note (optional)"),
    ACT_PHOTO("拍现场照片", "Take a photo"),
    ACT_PHOTO_AGAIN("重拍", "Take it again"),
    ACT_SEND("提交", "Submit"),

    // Sync.
    SYNC_TITLE("送达情况", "Delivery"),
    SYNC_NOW("现在送出", "Send now"),
    SYNC_BUSY("正在送出…", "Sending…"),
    SYNC_TEXTS("文字记录", "Records"),
    SYNC_PHOTOS("照片文件", "Photo files"),
    SYNC_LEFT("%1 未送达", "%1 not delivered"),
    SYNC_SAFE("已送达", "Delivered"),
    SYNC_DONE("都送到了", "Everything arrived"),
    SYNC_LATER("没送成，%1 后再试", "It did not get through; next try in %1"),
    SYNC_AGAIN("还有没送完的，请再送一次", "Some is left; send again"),
    SYNC_REVOKED("这台手机已停用，本机数据已清除", "This phone was revoked; its data is gone"),
    SYNC_FAILURES("连续 %1 次没送成", "%1 tries failed in a row"),
    SYNC_COMPARED("与服务器核对：%1", "Compared with the server: %1"),
    SYNC_NEVER_COMPARED("还没与服务器核对过", "Not compared with the server yet"),
    SYNC_DIFFERS("核对时有差异，会再核对", "There was a difference; it is looked at again"),
    SYNC_LOG("服务器的日志前后不一致，请联系管理员", "The server's log contradicts itself; tell the administrator"),
    SYNC_OFFLINE_FINE("没有信号也没关系：先存手机，照常工作。", "No signal is fine: everything is saved here first."),

    // The lane of refused work.
    LANE_TITLE("未被接受的工作", "Work not accepted"),
    LANE_WHY("什么都没有删除。看过原因后可以收起。", "Nothing was deleted. Put it away once you have read why."),
    LANE_NONE("没有被退回的工作", "Nothing was refused"),
    LANE_OPEN("看案卷", "Open the issue"),
    LANE_DISMISS("收起", "Put away"),
    LANE_DECLINED("未获准", "Declined"),
    LANE_QUARANTINED("未收入", "Not taken in"),

    // Check-ins.
    CHECKINS_TITLE("一事一报到", "Matter check-ins"),
    CHECKINS_NONE("还没有报到", "No check-ins yet"),
    CHECKIN_STEPS("%1 步，最近：%2", "%1 steps, latest: %2"),
    CHECKIN_NO_STEPS("还没有记录", "No steps yet"),
    CHECKIN_VISITING("报到方", "Visiting"),
    CHECKIN_HOSTS("接待方", "Hosts"),
    CHECKIN_SUBJECT("事项", "Matter"),
    CHECKIN_SUBJECT_CASE("一件案卷", "An issue"),
    CHECKIN_SUBJECT_PROJECT("一个项目", "A project"),
    CHECKIN_TIMES("四个时间", "Four times"),
    CHECKIN_LATER("%1比%2晚 %3", "%1 is %3 after %2"),
    CHECKIN_EARLIER("%1比%2早 %3", "%1 is %3 before %2"),
    CHECKIN_SAME("%1与%2相同", "%1 is as %2"),
    CHECKIN_WHAT("办事经过", "Steps"),
    CHECKIN_CALLS("应到单位", "Called parties"),
    CHECKIN_DUE("%1 前到场", "Due by %1"),
    CHECKIN_ARRIVED("%1 到场", "Arrived %1"),
    CHECKIN_ARRIVED_LATE("%1 到场，晚 %2", "Arrived %1, %2 late"),
    CHECKIN_NOT_ARRIVED("未到场", "Not there yet"),
    CHECKIN_WRITE("现场记一笔", "Write a step"),
    CHECKIN_WRITE_HINT("现场情况", "What you see"),

    // What a step says.
    FACT_ESTIMATE("预计 %1", "Estimate %1"),
    FACT_VERSION("方案第 %1 版", "Scheme version %1"),
    FACT_OPTIONS("可选：%1", "Options: %1"),
    FACT_DECISION("决定：%1", "Decision: %1"),
    FACT_UNDERTAKER("承办：%1", "Undertaken by %1"),
    FACT_COST("费用：%1", "Cost: %1"),
    FACT_PROMISE("承诺 %1 前完成", "Promised by %1"),
    FACT_PARTY("单位：%1", "Party: %1"),
    FACT_HEADCOUNT("%1 人", "%1 people"),
    FACT_WINDOW("%1 至 %2", "%1 to %2"),
    FACT_TURN("%1 %2 人，%3，%4", "%1, %2 people, %3, %4"),
    FACT_PERCENT("进度 %1%", "%1% done"),
    FACT_FINISHED("完成于 %1", "Finished %1"),
    FACT_QUANTITY("%1 %2 %3", "%1 %2 %3"),
    FACT_YES("满意 / 保持良好", "Satisfied / holds"),
    FACT_NO("不满意 / 又出现问题", "Not satisfied / came back"),
    FACT_UNSAID("未表态", "Cannot be said"),
    COST_VOLUNTARY("承办方义务承担", "borne voluntarily by the undertaker"),
    COST_BODY("由单位承担", "borne by a body"),
    COST_SHARED("各方分担", "shared"),
    COST_OPEN("未定", "open"),

    // Me.
    ME_TITLE("我的", "Me"),
    ME_ROLES("身份", "Roles"),
    ME_BEATS("责任网格", "Beats"),
    ME_ORGANISATION("单位", "Body"),
    ME_SERVER("服务器", "Server"),
    ME_PROTECTION("本机数据", "Data on this phone"),
    ME_ENCRYPTED_HARDWARE("已加密，密钥在安全芯片内", "Encrypted, key in the secure element"),
    ME_ENCRYPTED("已加密", "Encrypted"),
    ME_NOT_ENCRYPTED("未加密", "Not encrypted"),
    ME_SETTINGS("设置", "Settings"),
    ME_DELIVERY("送达情况", "Delivery"),

    // Settings.
    SETTINGS_TITLE("设置", "Settings"),
    SETTINGS_LANGUAGE("语言", "Language"),
    SETTINGS_APPEARANCE("外观", "Appearance"),
    SETTINGS_TEXT("字号", "Text size"),
    LANGUAGE_CHINESE("中文", "中文"),
    LANGUAGE_ENGLISH("English", "English"),
    APPEARANCE_PHONE("跟随手机", "As the phone"),
    APPEARANCE_LIGHT("浅色", "Light"),
    APPEARANCE_DARK("深色", "Dark"),
    TEXT_ORDINARY("标准", "Ordinary"),
    TEXT_LARGE("大", "Large"),
    TEXT_LARGEST("特大", "Largest"),

    // Time.
    JUST_NOW("刚刚", "just now"),
    MINUTES_AGO("%1 分钟前", "%1 min ago"),
    HOURS_AGO("%1 小时前", "%1 h ago"),
    SECONDS("%1 秒", "%1 s"),
    MINUTES("%1 分钟", "%1 min"),
    HOURS("%1 小时", "%1 h"),
    DAYS("%1 天", "%1 d"),
    ;

    fun of(language: Language): String =
        when (language) {
            Language.CHINESE -> zh
            Language.ENGLISH -> en
        }

    /** With values in the places of `%1`, `%2`… */
    fun of(language: Language, vararg values: Any): String =
        values.foldIndexed(of(language)) { index, text, value -> text.replace("%${index + 1}", value.toString()) }
}
