//! What a person reads when the store fails: the cause and the next step, Chinese first.

/// Cause and next step in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorText {
    /// The cause, Chinese.
    pub zh: &'static str,
    /// The cause, English.
    pub en: &'static str,
    /// What to do next, Chinese.
    pub next_zh: &'static str,
    /// What to do next, English.
    pub next_en: &'static str,
}

pub(crate) const FULL: ErrorText = ErrorText {
    zh: "手机存储空间已满，这一步没有存上；之前存好的内容都在。",
    en: "The phone's storage is full: this step was not saved. Everything saved before is still there.",
    next_zh: "请清理手机空间，然后再试一次。",
    next_en: "Free some space on the phone, then try again.",
};
pub(crate) const IO: ErrorText = ErrorText {
    zh: "手机存储读写出错，这一步没有存上；之前存好的内容都在。",
    en: "The phone's storage failed to read or write: this step was not saved. Everything saved before is still there.",
    next_zh: "请再试一次；反复出现时，请重启手机并联系管理员。",
    next_en: "Try again. If it keeps happening, restart the phone and tell your administrator.",
};
pub(crate) const BUSY: ErrorText = ErrorText {
    zh: "本机数据正被占用，这一步没有存上。",
    en: "The data on this phone is in use: this step was not saved.",
    next_zh: "请稍等几秒再试。",
    next_en: "Wait a few seconds and try again.",
};
pub(crate) const IN_USE: ErrorText = ErrorText {
    zh: "本机数据已被另一个程序打开。",
    en: "Another program has the data on this phone open.",
    next_zh: "请关闭另一个巡格窗口，再打开。",
    next_en: "Close the other copy of the app, then open it again.",
};
pub(crate) const DAMAGED: ErrorText = ErrorText {
    zh: "本机数据文件已损坏。文件原样保留，没有删除任何内容。",
    en: "The data file on this phone is damaged. It is kept as it is; nothing was deleted.",
    next_zh: "请不要卸载应用，联系管理员取出未送达的内容。",
    next_en: "Do not uninstall the app. Ask your administrator to recover what was not sent.",
};
pub(crate) const NEWER: ErrorText = ErrorText {
    zh: "本机数据由更新版本的应用写入，当前版本读不了；数据没有被改动。",
    en: "The data on this phone was written by a newer version of the app. It was not touched.",
    next_zh: "请升级应用后再打开。",
    next_en: "Update the app, then open it again.",
};
pub(crate) const KEY_WRONG: ErrorText = ErrorText {
    zh: "本机数据已加密，当前密钥打不开；数据没有被改动。",
    en: "The data on this phone is encrypted and this key does not open it. It was not touched.",
    next_zh: "请不要卸载应用，联系管理员用恢复密钥取出未送达的内容。",
    next_en: "Do not uninstall the app. Ask your administrator to recover what was not sent with the recovery key.",
};
pub(crate) const KEY_MISSING: ErrorText = ErrorText {
    zh: "本机数据已加密，但没有找到密钥；数据没有被改动。",
    en: "The data on this phone is encrypted and its key was not found. It was not touched.",
    next_zh: "请不要卸载应用，联系管理员。",
    next_en: "Do not uninstall the app. Tell your administrator.",
};
pub(crate) const KEY_UNAVAILABLE: ErrorText = ErrorText {
    zh: "手机密钥库没有给出本机数据的密钥；数据没有被改动。",
    en: "The phone's key store did not give the key of the data on this phone. It was not touched.",
    next_zh: "请解锁手机后再打开；仍然不行时不要卸载应用，联系管理员用恢复密钥取出未送达的内容。",
    next_en: "Unlock the phone and open the app again. If it stays so, do not uninstall the app: ask your administrator to recover what was not sent with the recovery key.",
};
pub(crate) const SEALED: ErrorText = ErrorText {
    zh: "此设备已停用，未送达的内容已封存，本机不能再打开。",
    en: "This device was revoked. What it had not sent is sealed and cannot be opened here any more.",
    next_zh: "请不要卸载应用，把设备交给管理员，由其用恢复密钥取出。",
    next_en: "Do not uninstall the app. Hand the device to your administrator, who recovers it with the recovery key.",
};
pub(crate) const BLOB_DAMAGED: ErrorText = ErrorText {
    zh: "这张照片的文件已损坏，校验不符，不予显示。",
    en: "The file of this photo is damaged: it does not match its checksum and is not shown.",
    next_zh: "如果相册里还有原图，请重新添加；已送达的照片可以在服务器上查看。",
    next_en: "Add the photo again if you still have it. If it was sent, it can be seen on the server.",
};
pub(crate) const BLOB_MISSING: ErrorText = ErrorText {
    zh: "这张照片不在本机上。",
    en: "This photo is not on this phone.",
    next_zh: "请联网后再看。",
    next_en: "Go online to see it.",
};
pub(crate) const SUSPENDED: ErrorText = ErrorText {
    zh: "应用已转入后台，数据暂时关闭。",
    en: "The app is in the background and its data is closed for now.",
    next_zh: "请回到应用再试。",
    next_en: "Return to the app and try again.",
};
pub(crate) const TOO_LARGE: ErrorText = ErrorText {
    zh: "内容太大，存不下。",
    en: "This is too large to be kept.",
    next_zh: "请缩短文字或减少照片后再试。",
    next_en: "Shorten the text or use fewer photos, then try again.",
};
pub(crate) const NOT_FOUND: ErrorText = ErrorText {
    zh: "本机上没有这条记录。",
    en: "There is no such record on this phone.",
    next_zh: "请刷新列表。",
    next_en: "Refresh the list.",
};
pub(crate) const INTERNAL: ErrorText = ErrorText {
    zh: "应用内部出错，这一步没有存上；之前存好的内容都在。",
    en: "The app made a mistake: this step was not saved. Everything saved before is still there.",
    next_zh: "请把出错时间告诉管理员。",
    next_en: "Tell your administrator when this happened.",
};
