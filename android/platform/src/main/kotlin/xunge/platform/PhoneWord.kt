package xunge.platform

import xunge.core.Language

/** What is said where no screen of ours is: in the system's notifications and beside its questions. Both languages in one line. */
enum class PhoneWord(val zh: String, val en: String) {
    ALLOW_TITLE("需要您的许可", "Permission needed"),
    GO_ON("继续", "Go on"),
    NOT_NOW("暂不", "Not now"),
    OPEN_SETTINGS("打开设置", "Open settings"),
    WHY_POSITION(
        "上报时记下问题所在的位置，现场核实才找得到。不允许也能上报，只是要自己写地址。",
        "A report says where the issue is, so that others find it. Without it you can still report, and write the address.",
    ),
    WHY_MICROPHONE(
        "录一段语音代替打字。录音只存在加密的私密记录里。",
        "To speak instead of typing. The recording is kept in an encrypted private record only.",
    ),
    WHY_NOTIFICATION(
        "巡查时在通知栏显示“正在巡查”，随时可以暂停。",
        "While you patrol a notification says so, and lets you pause at any time.",
    ),
    REFUSED_FOR_GOOD("系统不再询问。要允许，请在设置里打开。", "The system does not ask any more. To allow it, open the settings."),

    NO_KEY("打不开手机的密钥库；请重启手机再试。已存的内容没有丢", "The phone's key store does not open; restart the phone and try again. Nothing saved is lost"),
    NO_CAMERA("这台手机没有相机应用", "This phone has no camera app"),
    NO_PHOTO("相机没有给出照片，请再拍一次", "The camera gave no photo; please take it again"),

    PATROL_CHANNEL("巡查", "Patrol"),
    PATROL_RUNNING("正在巡查：位置保持更新，有网络就送出", "On patrol: position kept fresh, work sent when there is a network"),
    PATROL_PAUSED("巡查已暂停：不读取位置", "Patrol paused: position not read"),
    PAUSE("暂停", "Pause"),
    RESUME("继续巡查", "Resume"),
    END("结束", "End"),
    ;

    fun inLanguage(language: Language): String =
        when (language) {
            Language.CHINESE -> zh
            Language.ENGLISH -> en
        }
}
