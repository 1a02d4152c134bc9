/// Every text of the app but the names of the domain: there is no other table, and none can be without a language. `%1`,
/// `%2` stand for what is put in. What the core says (reasons, problems) comes with its own words.
public enum Word: String, CaseIterable, Sendable {
    case appName, myself, tabToday, tabCases, tabMe
    case back, understood, cancel, loading, more, photo, removePhoto, discard, clear
    case enrolTitle, enrolWhy, enrolServer, enrolCode, enrolGo, enrolBusy
    case shutter, homeBeat, homeNoBeat, homeAllSafe, homeAllSafeMore, homeUnsent, homeUnsentPhotos, homeUnsentMore,
        homeLane, homeLaneMore, homeDrafts, homeRecent, homeNothing
    case reportTitle, reportClass, reportClassAll, reportClassFind, reportClassNone, reportClassFirst, reportGo,
        reportBusy, reportPlaceWaiting, reportPlaceGood, reportPlaceWeak, reportPlaceUnsaid, reportPlaceNone,
        reportNoGridReason, reportMore, reportDescription, reportAddress, reportAddPhoto, reportSeverity,
        reportHazards, reportSaved, reportDone
    case hazardFall, hazardTraffic, hazardElectric, hazardFlood, hazardFire
    case casesTitle, casesFind, casesNone, casesNotFound, casesDeclined
    case caseNo, caseCode, caseExpected, casePhotosSafe, casePlace, caseNoPlace, caseDescription, caseHazards,
        caseComments, caseTimeline, caseNotRuled, caseNotRuledHere, caseGranted, caseNotGranted, caseConcurrent,
        caseAddComment, caseAddPhoto, caseCommentHint, caseCommentSend
    case actTrue, actFalse, actUnclear, actPassed, actFailed, actNote, actPhoto, actPhotoAgain, actSend
    case syncTitle, syncNow, syncBusy, syncTexts, syncPhotos, syncLeft, syncSafe, syncDone, syncLater, syncAgain,
        syncRevoked, syncFailures, syncCompared, syncNeverCompared, syncDiffers, syncLog, syncOfflineFine
    case laneTitle, laneWhy, laneNone, laneOpen, laneDismiss, laneDeclined, laneQuarantined
    case meTitle, meRoles, meBeats, meOrganisation, meServer, meProtection, meEncryptedHardware, meEncrypted,
        meNotEncrypted, meDelivery
    case justNow, minutesAgo, hoursAgo, seconds, minutes, hours, days

    public var named: Named {
        switch self {
        case .appName: Named("巡格", "Xunge")
        case .myself: Named("本人", "You")
        case .tabToday: Named("今天", "Today")
        case .tabCases: Named("案卷", "Issues")
        case .tabMe: Named("我的", "Me")
        case .back: Named("返回", "Back")
        case .understood: Named("知道了", "Got it")
        case .cancel: Named("取消", "Cancel")
        case .loading: Named("正在读取…", "Reading…")
        case .more: Named("更多", "More")
        case .photo: Named("照片", "Photo")
        case .removePhoto: Named("移除照片", "Remove the photo")
        case .discard: Named("删除草稿", "Discard")
        case .clear: Named("清除", "Clear")
        case .enrolTitle: Named("登记这台手机", "Enrol this phone")
        case .enrolWhy: Named("向街道办公室索取登记码，只需一次。之后没有信号也能上报。", "Ask your office for a code, once. Then you can report without signal.")
        case .enrolServer: Named("服务器地址", "Server address")
        case .enrolCode: Named("登记码", "Enrolment code")
        case .enrolGo: Named("登记", "Enrol")
        case .enrolBusy: Named("正在登记…", "Enrolling…")
        case .shutter: Named("拍照上报", "Photo and report")
        case .homeBeat: Named("责任网格 %1", "Beat %1")
        case .homeNoBeat: Named("未分配责任网格", "No beat assigned")
        case .homeAllSafe: Named("全部已送达", "All delivered")
        case .homeAllSafeMore: Named("手机丢了也不会丢工作", "Your work survives the loss of this phone")
        case .homeUnsent: Named("%1 项未送达", "%1 not delivered")
        case .homeUnsentPhotos: Named("%1 项未送达，其中照片文件 %2 个", "%1 not delivered, %2 of them photo files")
        case .homeUnsentMore: Named("已存在手机里，有信号时自动送出", "Saved on this phone; goes out with the next signal")
        case .homeLane: Named("%1 项未被接受", "%1 not accepted")
        case .homeLaneMore: Named("看看原因，再决定怎么办", "See why, then decide")
        case .homeDrafts: Named("还没上报", "Not reported yet")
        case .homeRecent: Named("片区动态", "On your beat")
        case .homeNothing: Named("片区里还没有案卷", "No issues on your beat yet")
        case .reportTitle: Named("上报", "Report")
        case .reportClass: Named("是什么问题？", "What is it?")
        case .reportClassAll: Named("全部类别", "All classes")
        case .reportClassFind: Named("找类别，如：井盖", "Find a class, e.g. manhole")
        case .reportClassNone: Named("没有这样的类别", "No such class")
        case .reportClassFirst: Named("先选类别", "Choose a class first")
        case .reportGo: Named("上报", "Report")
        case .reportBusy: Named("正在保存…", "Saving…")
        case .reportPlaceWaiting: Named("正在定位…", "Finding the position…")
        case .reportPlaceGood: Named("已定位，精度 %1 米", "Found, within %1 m")
        case .reportPlaceWeak: Named("信号弱，精度 %1 米。可以再等等，也可以就这样上报", "Weak signal, within %1 m. Wait, or report as it is")
        case .reportPlaceUnsaid: Named("已定位，精度未知", "Found, accuracy unknown")
        case .reportPlaceNone: Named("没有定位？写明原因也能上报", "No position? Say why, and report")
        case .reportNoGridReason: Named("没有定位的原因", "Why there is no position")
        case .reportMore: Named("补充（可不填）", "More (optional)")
        case .reportDescription: Named("情况说明", "Description")
        case .reportAddress: Named("地点", "Place")
        case .reportAddPhoto: Named("再拍一张", "Another photo")
        case .reportSeverity: Named("严重程度", "How serious")
        case .reportHazards: Named("隐患", "Hazards")
        case .reportSaved: Named("随时自动保存", "Saved as you go")
        case .reportDone: Named("已上报，存在手机里", "Reported, safe on this phone")
        case .hazardFall: Named("易绊倒或坠落", "People may fall")
        case .hazardTraffic: Named("影响通行", "Blocks traffic")
        case .hazardElectric: Named("有触电危险", "Electric shock")
        case .hazardFlood: Named("汛期可能积水", "May flood in the rainy season")
        case .hazardFire: Named("有火灾隐患", "Fire")
        case .casesTitle: Named("案卷", "Issues")
        case .casesFind: Named("搜标题、地点、案卷号", "Search title, place, number")
        case .casesNone: Named("还没有案卷", "No issues yet")
        case .casesNotFound: Named("没有找到“%1”", "Nothing found for “%1”")
        case .casesDeclined: Named("有未获准的申请", "A request was declined")
        case .caseNo: Named("案卷号 %1", "No. %1")
        case .caseCode: Named("编号 %1", "Code %1")
        case .caseExpected: Named("送达后预计：%1", "Expected once delivered: %1")
        case .casePhotosSafe: Named("照片 %1/%2 已送达", "Photos %1 of %2 delivered")
        case .casePlace: Named("地点", "Place")
        case .caseNoPlace: Named("未填写", "Not given")
        case .caseDescription: Named("情况", "Description")
        case .caseHazards: Named("隐患", "Hazards")
        case .caseComments: Named("留言", "Comments")
        case .caseTimeline: Named("经过", "What happened")
        case .caseNotRuled: Named("等待处理", "Waiting for a decision")
        case .caseNotRuledHere: Named("还没送达，送达后处理", "Not delivered yet; decided after that")
        case .caseGranted: Named("已通过", "Granted")
        case .caseNotGranted: Named("未通过", "Not granted")
        case .caseConcurrent: Named("有人同时改了“%1”，另有：%2", "Somebody else changed “%1” at the same time: %2")
        case .caseAddComment: Named("留言", "Comment")
        case .caseAddPhoto: Named("加照片", "Add a photo")
        case .caseCommentHint: Named("写给后面处理的人", "For those who work on it next")
        case .caseCommentSend: Named("留言", "Leave it")
        case .actTrue: Named("属实", "It is so")
        case .actFalse: Named("不属实", "It is not so")
        case .actUnclear: Named("说不清", "Cannot be said")
        case .actPassed: Named("合格", "Put right")
        case .actFailed: Named("不合格，返工", "Not right, once more")
        case .actNote: Named("说明（可不填）", "Note (optional)")
        case .actPhoto: Named("拍现场照片", "Take a photo")
        case .actPhotoAgain: Named("重拍", "Take it again")
        case .actSend: Named("提交", "Submit")
        case .syncTitle: Named("送达情况", "Delivery")
        case .syncNow: Named("现在送出", "Send now")
        case .syncBusy: Named("正在送出…", "Sending…")
        case .syncTexts: Named("文字记录", "Records")
        case .syncPhotos: Named("照片文件", "Photo files")
        case .syncLeft: Named("%1 未送达", "%1 not delivered")
        case .syncSafe: Named("已送达", "Delivered")
        case .syncDone: Named("都送到了", "Everything arrived")
        case .syncLater: Named("没送成，%1 后再试", "It did not get through; next try in %1")
        case .syncAgain: Named("还有没送完的，请再送一次", "Some is left; send again")
        case .syncRevoked: Named("这台手机已停用，本机数据已清除", "This phone was revoked; its data is gone")
        case .syncFailures: Named("连续 %1 次没送成", "%1 tries failed in a row")
        case .syncCompared: Named("与服务器核对：%1", "Compared with the server: %1")
        case .syncNeverCompared: Named("还没与服务器核对过", "Not compared with the server yet")
        case .syncDiffers: Named("核对时有差异，会再核对", "There was a difference; it is looked at again")
        case .syncLog: Named("服务器的日志前后不一致，请联系管理员", "The server's log contradicts itself; tell the administrator")
        case .syncOfflineFine: Named("没有信号也没关系：先存手机，照常工作。", "No signal is fine: everything is saved here first.")
        case .laneTitle: Named("未被接受的工作", "Work not accepted")
        case .laneWhy: Named("什么都没有删除。看过原因后可以收起。", "Nothing was deleted. Put it away once you have read why.")
        case .laneNone: Named("没有被退回的工作", "Nothing was refused")
        case .laneOpen: Named("看案卷", "Open the issue")
        case .laneDismiss: Named("收起", "Put away")
        case .laneDeclined: Named("未获准", "Declined")
        case .laneQuarantined: Named("未收入", "Not taken in")
        case .meTitle: Named("我的", "Me")
        case .meRoles: Named("身份", "Roles")
        case .meBeats: Named("责任网格", "Beats")
        case .meOrganisation: Named("单位", "Body")
        case .meServer: Named("服务器", "Server")
        case .meProtection: Named("本机数据", "Data on this phone")
        case .meEncryptedHardware: Named("已加密，密钥在安全芯片内", "Encrypted, key in the secure element")
        case .meEncrypted: Named("已加密", "Encrypted")
        case .meNotEncrypted: Named("未加密", "Not encrypted")
        case .meDelivery: Named("送达情况", "Delivery")
        case .justNow: Named("刚刚", "just now")
        case .minutesAgo: Named("%1 分钟前", "%1 min ago")
        case .hoursAgo: Named("%1 小时前", "%1 h ago")
        case .seconds: Named("%1 秒", "%1 s")
        case .minutes: Named("%1 分钟", "%1 min")
        case .hours: Named("%1 小时", "%1 h")
        case .days: Named("%1 天", "%1 d")
        }
    }

    public func of(_ language: Language) -> String { named.of(language) }

    /// With values in the places of `%1`, `%2`…
    public func of(_ language: Language, _ values: any CustomStringConvertible & Sendable...) -> String {
        named.of(language, filledWith: values)
    }
}

extension Word {
    /// Both languages, with values in their places.
    public func filled(_ values: any CustomStringConvertible & Sendable...) -> Named {
        Named(named.of(.chinese, filledWith: values), named.of(.english, filledWith: values))
    }
}
