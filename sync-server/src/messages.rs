//! What a person reads when something is refused: one place for the words, keyed by a stable code, each with its
//! cause and the next step, in Chinese and English.

/// The words of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Stable, snake_case.
    pub code: &'static str,
    /// What happened, in Chinese.
    pub zh: &'static str,
    /// What happened, in English.
    pub en: &'static str,
    /// What to do now, in Chinese.
    pub next_zh: &'static str,
    /// What to do now, in English.
    pub next_en: &'static str,
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal, $next_zh:literal, $next_en:literal;)*) => {
        $($(#[$doc])* pub const $name: Message =
            Message { code: $code, zh: $zh, en: $en, next_zh: $next_zh, next_en: $next_en };)*
        /// Every message of this file.
        pub const ALL: &[Message] = &[$($name),*];
    };
}

messages! {
    /// No such address.
    NOT_FOUND = "not_found", "没有这个地址或内容。", "There is nothing at this address.",
        "请检查地址，或返回列表。", "Check the address, or go back to the list.";
    /// The address exists, the verb does not.
    METHOD_NOT_ALLOWED = "method_not_allowed", "此地址不支持该请求方法。", "This address does not take that method.",
        "请按接口说明使用。", "See /api/openapi.json for what it takes.";
    /// The body is too large.
    TOO_LARGE = "too_large", "请求内容过大。", "The request is too large.",
        "请分批发送。", "Send it in smaller parts.";
    /// The request took too long.
    TIMED_OUT = "timed_out", "请求超时。", "The request took too long.",
        "请稍后重试。", "Try again in a moment.";
    /// A body or parameter that cannot be read.
    BAD_REQUEST = "bad_request", "请求内容无法识别。", "The request cannot be read.",
        "请检查内容后重试。", "Check what was sent and try again.";
    /// The rules decline a case that somebody registers.
    NOT_REGISTERED = "not_registered", "未能登记。", "It was not registered.",
        "请按提示补全后再登记。", "Complete it as said and register again.";
    /// Nobody is sent to verify or to check.
    TASK_NOT_SENT = "task_not_sent", "未能派单。", "Nobody was sent.",
        "请按提示处理，或在案卷中指定人员。", "Do as said, or name a person in the case.";
    /// A note about the duty of somebody else.
    DUTY_AUTHOR = "duty_author", "只能说明本人的在岗情况。", "A device speaks of its own person's duty alone.",
        "请在本人的设备上操作。", "Say it on the device of that person.";
    /// A name that somebody else's note has.
    DUTY_TAKEN = "duty_taken", "编号已被另一条记录使用。", "Another note has this name.",
        "请重新填写一次。", "Say it once more.";
    /// An offer that was not made, or not to this person.
    TASK_UNKNOWN = "task_unknown", "没有派给您的这项任务。", "No such task was offered to you.",
        "请同步后查看任务列表。", "Synchronise and look at your tasks.";
    /// An offer whose person has answered.
    TASK_ANSWERED = "task_answered", "该任务您已答复，不能再拒派。", "You have answered this task; it cannot be declined any more.",
        "无需再处理。", "There is nothing left to do.";
    /// A leave that nobody said, or somebody else.
    LEAVE_UNKNOWN = "leave_unknown", "没有这条请假。", "There is no such leave.",
        "请同步后查看请假列表。", "Synchronise and look at your leaves.";
    /// More leaves than anybody needs.
    LEAVES_TOO_MANY = "leaves_too_many", "未结束的请假已达上限 200 条。", "There are 200 leaves that are not over, the most there may be.",
        "请先销去不再需要的请假。", "Take back those that are not needed any more.";
    /// Rules of tasks that cannot be set.
    TASK_RULES_REFUSED = "task_rules_refused", "任务规则无法采用。", "These rules of tasks cannot be set.",
        "请按提示修改文件后重试。", "Change the file as said and try again.";
    /// A file of channels that cannot be used.
    NOTIFY_UNFIT = "notify_unfit", "消息通道配置 notify.json 无法采用。", "The channels in notify.json cannot be used.",
        "请按提示修改后重新启动。", "Change the file as said and start again.";
    /// The body of a request broke off.
    BODY_CUT = "body_cut", "请求未传完。", "The request broke off.",
        "已收到的部分已保存，稍后自动续传。", "What arrived is kept; the rest follows by itself.";
    /// The body is of another type.
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", "请求内容类型不受支持。", "The request's content type is not supported.",
        "请使用接口说明中的类型。", "Use the content type /api/openapi.json names.";
    /// Nobody is logged in.
    NOT_LOGGED_IN = "not_logged_in", "尚未登录，或登录已过期。", "Nobody is logged in here, or the session is over.",
        "请登录后重试。", "Log in and try again.";
    /// Logged in, but not allowed.
    FORBIDDEN = "forbidden", "您的角色无权进行此操作。", "Your role does not allow this.",
        "请由有权限的人员办理，或联系管理员。", "Ask somebody with the role, or the admin.";
    /// The CSRF token is missing or of another session.
    CSRF = "csrf", "页面已失效，无法确认请求来自您本人。", "The page is out of date: the request cannot be shown to be yours.",
        "请刷新页面后重试。", "Reload the page and try again.";
    /// A state-changing request from another site.
    CROSS_SITE = "cross_site", "请求来自其他网站，已拒绝。", "The request comes from another site and was refused.",
        "请从本系统页面操作。", "Use the pages of this system.";
    /// Wrong person or password; never says which.
    LOGIN_FAILED = "login_failed", "账号或密码不正确。", "Account or password is wrong.",
        "请检查后重试；连续五次失败将锁定五分钟。", "Check them and try again; five failures lock the account for five minutes.";
    /// Too many failures.
    LOCKED_OUT = "locked_out", "失败次数过多，账号已暂时锁定。", "Too many failures: the account is locked for now.",
        "请五分钟后再试，或联系管理员。", "Try again in five minutes, or ask the admin.";
    /// The password is too short or too long.
    PASSWORD_UNFIT = "password_unfit", "密码须为 10 至 200 个字符。", "A password has 10 to 200 characters.",
        "请换一个密码。", "Choose another password.";
    /// A name that is empty or too long.
    NAME_UNFIT = "name_unfit", "姓名须为 1 至 100 个字符。", "A name has 1 to 100 characters.",
        "请修改姓名。", "Change the name.";
    /// An id that is none.
    ID_UNFIT = "id_unfit", "编号只能用小写字母、数字和连字符，最长 64 个字符。",
        "An id is lower-case letters, digits and hyphens, 64 at most.",
        "请修改编号。", "Change the id.";
    /// The set-up token is wrong or used up.
    SETUP_TOKEN = "setup_token", "初始化链接无效或已使用。", "The set-up link is not valid or was used.",
        "请使用 xunge serve 最近一次打印的链接；已有管理员时请直接登录。",
        "Use the link xunge serve printed last; where an admin exists, log in.";
    /// A person nobody registered.
    UNKNOWN_PERSON = "unknown_person", "没有这个人员。", "There is no such person.",
        "请检查人员编号，或先登记。", "Check the person id, or register the person first.";
    /// A body nobody registered.
    UNKNOWN_ORGANISATION = "unknown_organisation", "没有这个单位。", "There is no such body.",
        "请检查单位编号，或先登记。", "Check the body's id, or register it first.";
    /// The only admin would lose the role.
    LAST_ADMIN = "last_admin", "这是最后一名管理员，不能取消其角色。", "This is the last admin; the role cannot be taken away.",
        "请先指定另一名管理员。", "Make somebody else admin first.";
    /// The text is no enrolment code.
    CODE_MALFORMED = "enrolment_code_malformed", "入网码格式不正确。", "This is not an enrolment code.",
        "请逐字核对入网码。", "Compare it letter by letter.";
    /// A code that was never given, or a mistyped one.
    ENROLMENT_CODE_UNKNOWN = "enrolment_code_unknown", "登记码无效。", "The enrolment code is not valid.",
        "请核对，或向管理员索取新码。", "Check it, or ask the administrator for a new one.";
    /// Another device redeemed it.
    ENROLMENT_CODE_USED = "enrolment_code_used", "登记码已被另一台设备使用。", "Another device has used this enrolment code.",
        "请向管理员索取新码；若不是您本人，请立即告知。", "Ask for a new code; if it was not you, say so at once.";
    /// Older than ten minutes.
    ENROLMENT_CODE_EXPIRED = "enrolment_code_expired", "登记码已过期。", "The enrolment code has expired.",
        "请向管理员索取新码，十分钟内使用。", "Ask for a new code and use it within ten minutes.";
    /// No installation of this hub.
    DEVICE_UNKNOWN = "device_unknown", "此设备未在本服务器登记。", "This device is not enrolled here.",
        "内容都在本机；请核对服务器地址，或重新登记。", "Everything is kept on the device; check the server's address, or enrol again.";
    /// No device of that person under that name.
    NO_SUCH_DEVICE = "no_such_device", "此人没有这台设备。", "This person has no such device.",
        "请先查看其设备清单。", "Look at the list of the person's devices first.";
    /// A request of a device without its signature.
    REQUEST_SIGNATURE_MISSING = "request_signature_missing", "请求没有设备签名，未处理。", "The request carries no signature of a device; nothing was done.",
        "内容都在本机；请更新应用。", "Everything is kept on the device; update the app.";
    /// A signature that does not hold.
    REQUEST_SIGNATURE_WRONG = "request_signature_wrong", "请求的设备签名不符，未处理。", "The device's signature of the request does not hold; nothing was done.",
        "内容都在本机，会自动重试；仍不行请联系管理员核对设备。", "Everything is kept on the device and tried again; if it goes on, have the device checked.";
    /// Another body than the one that was signed.
    CONTENT_DIGEST_WRONG = "content_digest_wrong", "请求内容与其摘要不符，未处理。", "The body of the request is not the one that was signed; nothing was done.",
        "内容都在本机，会自动重试；若反复出现请检查网络代理。", "Everything is kept on the device and tried again; if it comes back, look at proxies on the way.";
    /// An old request that comes again.
    REQUEST_REPEATED = "request_repeated", "该请求先前已处理，未再处理。", "This request was answered before; nothing was done.",
        "无需操作；设备会发送新的请求。", "Nothing is to be done; the device sends a new one.";
    /// Bytes that are asked for and not there.
    RANGE_NOT_THERE = "range_not_there", "所请求的数据范围不存在。", "There are no such bytes.",
        "请从头重新下载。", "Fetch it again from its beginning.";
    /// Revoked by an admin.
    DEVICE_REVOKED = "revoked", "此设备已停用。", "This device was revoked.",
        "请联系管理员。", "Ask the administrator.";
    /// The signature of a push does not hold.
    PUSH_SIGNATURE = "wrong_signature", "上传内容的签名不符，未接收。", "The signature of the upload does not hold; nothing was taken.",
        "请更新应用；仍不行请联系管理员核对设备。", "Update the app; if it goes on, have the device checked.";
    /// A push of another device's changes.
    FOREIGN_ORIGIN = "foreign_origin", "上传内容来自另一台设备，未接收。", "The upload comes from another device; nothing was taken.",
        "请用该设备自行上传。", "Send it from that device.";
    /// More pieces from one device than an hour takes.
    CARRIED_TOO_OFTEN = "carried_too_often", "此设备代传的内容过多，请稍后再传。", "This device handed up very much for others.",
        "其余内容仍在本机，稍后自动续传。", "The rest is kept and follows by itself.";
    /// Carried changes of a device that this hub does not know.
    CARRIED_ORIGIN_UNKNOWN = "carried_origin_unknown", "代传内容的来源设备未在本服务器登记，未接收。", "The device that made this is not enrolled here; nothing was taken.",
        "请用来源设备自行同步。", "Sync from the device itself.";
    /// The doctor found something.
    UNHEALTHY = "unhealthy", "体检发现问题。", "The examination found something.",
        "请保留数据目录与上面的清单，联系维护人员；勿自行修改。", "Keep the data folder and the list above, and ask a maintainer; change nothing by hand.";
    /// An entry or a size that the log does not have.
    LOG_BEYOND = "log_beyond", "日志没有这么多条目，或两个条数的先后颠倒。", "The log has no such entry or size, or the sizes are in the wrong order.",
        "请先取最新检查点，按其条数查询。", "Get the newest checkpoint and ask within its size.";
    /// The log does not hold together.
    LOG_WRONG = "log_wrong", "日志与其哈希不符：有条目被改动、删除或添加。", "The log does not match its hashes: an entry was changed, taken out or added.",
        "请保留数据目录，勿自行修改，并联系维护人员。", "Keep the data folder, change nothing by hand, and ask a maintainer.";
    /// The log ends before a checkpoint that somebody kept.
    LOG_SHORTER = "log_shorter", "日志比检查点短：其后的条目已不在。", "The log is shorter than the checkpoint: entries after its end are gone.",
        "若曾用备份恢复，请核对恢复时间；否则说明日志被截断。", "If the hub was restored from a backup, compare the time; otherwise the log was cut.";
    /// The log is another one than that of a checkpoint.
    LOG_FORKED = "log_forked", "日志与检查点不一致：当时签名的条目已被换成别的。", "The log is not the one of the checkpoint: entries that were signed then are others now.",
        "若曾用备份恢复，请核对恢复时间；否则说明历史被改写。", "If the hub was restored from a backup, compare the time; otherwise history was rewritten.";
    /// A text that is no checkpoint of this hub.
    CHECKPOINT_REFUSED = "checkpoint_refused", "该文件不是本服务器日志的检查点。", "The file is no checkpoint of this hub's log.",
        "请使用 xunge log checkpoint 打印的原文。", "Use the text as xunge log checkpoint printed it.";
    /// A file to read.
    FILE_UNREADABLE = "file_unreadable", "文件无法读取。", "The file cannot be read.",
        "请检查路径与权限。", "Check the path and its permissions.";
    /// A file that is no base map.
    BASE_MAP_UNFIT = "base_map_unfit", "该文件不能用作底图。", "This file cannot be the base map.",
        "请提供栅格（png、jpg 或 webp）MBTiles 文件，见 docs/base-map.md。", "Give an MBTiles file of pictures (png, jpg or webp); see docs/base-map.md.";
    /// Vector tiles.
    BASE_MAP_VECTORS = "base_map_vectors", "该文件是矢量瓦片（pbf），手机端不绘制矢量图。", "The file holds vector tiles (pbf); phones draw pictures alone.",
        "请用制图工具导出栅格（png、jpg 或 webp）MBTiles 后重新导入。", "Export it as pictures (png, jpg or webp) with your map tool and import that.";
    /// Nobody says whose map it is.
    BASE_MAP_ATTRIBUTION = "base_map_attribution", "底图没有版权与审图号说明。", "The file does not say whose map it is.",
        "请用 --attribution 写明来源与审图号，它会显示在每张地图上。", "Say its source and review number with --attribution; it is shown on every map.";
    /// Baidu's tiles.
    BASE_MAP_DATUM = "base_map_datum", "BD-09（百度）瓦片的切分方式不同，无法使用。", "Tiles in BD-09 (Baidu) are cut in another way and cannot be used.",
        "请改用 WGS-84、CGCS2000 或 GCJ-02 的瓦片。", "Use tiles in WGS-84, CGCS2000 or GCJ-02.";
    /// No extract of the base map can be made now.
    BASE_MAP_NOT_READY = "base_map_not_ready", "底图暂不可用。", "The base map is not to be had just now.",
        "请稍后再同步；管理员可用 xunge doctor 查看原因。", "Synchronise later; an admin sees why with xunge doctor.";
    /// No such stored photo.
    PHOTO_UNKNOWN = "photo_unknown", "服务器没有这张照片。", "This hub has no such photo.",
        "请核对 SHA-256；照片可能尚未送达。", "Check the SHA-256; the photo may not have arrived yet.";
    /// Bytes that no smaller copy can be made of.
    PHOTO_NO_PICTURE = "photo_no_picture", "这些字节无法显示为照片。", "These bytes cannot be drawn as a photo.",
        "可下载原件查看。", "Download the original to look at it.";
    /// The stored bytes have changed.
    PHOTO_DAMAGED = "photo_damaged", "存储的照片与其哈希不符。", "The stored photo does not match its hash.",
        "请勿使用；用备份恢复，或等设备重新上传。", "Do not use it; restore it from a backup, or let its device send it again.";
    /// A case there is not.
    CASE_UNKNOWN = "case_unknown", "服务器没有这个案卷。", "This hub has no such case.",
        "请核对案卷编号（文档号）。", "Check the id of the case's document.";
    /// A mark there is not, or not this person's to see.
    RISK_UNKNOWN = "risk_unknown", "没有这条风险标记。", "There is no such risk mark.",
        "请从本人的风险标记页面或案卷页面打开。", "Open it from the page of your own marks, or from the issue.";
    /// A mark on somebody else.
    RISK_OF_ANOTHER = "risk_of_another", "只有被标记的本人可以答复。", "Only the person it stands on may answer.",
        "请由本人登录后答复。", "Ask that person to log in and answer.";
    /// An answer that is empty or too long, or one too many.
    RISK_ANSWER_UNFIT = "risk_answer_unfit", "答复须为 1 至 2000 个字，每条标记最多 20 次答复。",
        "An answer has 1 to 2,000 characters, and a mark at most 20 answers.",
        "请修改后再提交。", "Change it and send it again.";
    /// A day whose draw is not made yet, or that is no day.
    RECHECK_DAY = "recheck_day", "这一天的抽样还没有产生，或日期不正确。", "There is no draw for that day yet, or it is no day.",
        "请给出 2026-11-28 这样的日期，最晚为今天。", "Give a day like 2026-11-28, today at the latest.";
    /// Limits that cannot be used.
    RISK_LIMITS_REFUSED = "risk_limits_refused", "该文件不是可用的风险阈值。", "The file holds no risk limits that can be used.",
        "请从 xunge risk-limits 打印的内容改起。", "Start from what xunge risk-limits prints.";
    /// A file of a table with rows that cannot be taken.
    TABLE_BAD_ROWS = "table_bad_rows", "文件中有不能接受的内容，未写入任何数据。", "The file holds what cannot be taken; nothing was written.",
        "请按上面逐行列出的原因改正后重新导入。", "Correct it line by line as told above and import again.";
    /// A file whose first line does not name the columns.
    TABLE_HEADERS = "table_headers", "表头不符。", "The first line does not name the columns of this table.",
        "表头见 docs/tables.md，中英文均可。", "docs/tables.md has the headers, in Chinese and English.";
    /// An edition or day that cannot be.
    TABLE_EDITION = "table_edition", "版本名或生效日期不可用。", "The edition or its effective date cannot be used.",
        "已有版本不可改写；请另取版本名，日期写作 2025-01-01。", "An edition is never overwritten: give another name, and a day as 2025-01-01.";
    /// No such edition.
    TABLE_NO_EDITION = "table_no_edition", "没有这个版本。", "There is no such edition.",
        "请检查表名与版本名。", "Check the table and the edition's name.";
    /// A file that changed under the import.
    TABLE_FILE_CHANGED = "table_file_changed", "导入期间文件被改动，未写入任何数据。", "The file changed while it was imported; nothing was written.",
        "请在文件写完后重新导入。", "Import again once nobody writes the file.";
    /// A bundle that does not hold.
    BUNDLE_BROKEN = "bundle_broken", "证据包不成立。", "The bundle does not hold.",
        "请勿采信；向平台重新索取，并保留此文件备查。", "Do not rely on it; ask the hub for another, and keep this one.";
    /// A second recovery key.
    RECOVERY_KEY_EXISTS = "recovery_key_exists", "本机构已有恢复密钥。", "There is a recovery key already.",
        "已登记的设备只认它；请使用保存好的私钥文件。", "Enrolled devices are wrapped for it: use the private key that was kept.";
    /// A file to write.
    FILE_UNWRITABLE = "file_unwritable", "文件无法写入。", "The file cannot be written.",
        "请检查路径、权限与空间。", "Check the path, its permissions and the space left.";
    /// A capability this hub does not have.
    WIRE_UNKNOWN = "wire_unknown", "不支持该传输格式。", "This hub does not speak that wire format.",
        "支持：plain、columns。", "It speaks: plain, columns.";
    /// No such record or subject.
    PRIVATE_UNKNOWN = "private_unknown", "没有这条个人信息或当事人。", "There is no such record of personal data, and no such subject.",
        "请在案卷页面核对编号。", "Compare the id with the one in the case.";
    /// Personal data that is not for this person.
    PRIVATE_READER = "private_reader", "此案卷的个人信息不对您开放。", "The personal data of this case is not yours to see.",
        "确有需要请联系承办人员。", "If you need it, ask those who work on the case.";
    /// Personal data that was erased.
    SUBJECT_ERASED = "subject_erased", "该当事人的个人信息已删除，不再保存。", "The personal data of this subject was erased and is not kept any more.",
        "确有需要请征得本人同意后以新当事人重新记录。", "Where it is needed, ask the person, and keep it as another subject.";
    /// An erasure without a reason, or with a long one.
    ERASURE_REASON = "erasure_reason", "删除原因须为 1 至 200 个字符，且不要写人名电话。", "A reason has 1 to 200 characters, and names nobody.",
        "请修改原因。", "Change the reason.";
    /// No text in the place that was named.
    TEXT_PLACE = "text_place", "该处没有可删除的文字，或已删除。", "There is no text in that place, or it was erased.",
        "可删除 title、description、address、grid_reason，或案卷中某条记录 entry:编号。", "Name title, description, address, grid_reason, or entry: and the id of an entry of the case.";
    /// The master key is gone.
    PRIVATE_KEY_MISSING = "private_key_missing", "个人信息的密钥文件 private.key 不见了。", "private.key, the key of the personal data, is missing.",
        "请从备份中取回该文件。", "Put the file back from a backup.";
    /// A record in somebody else's name.
    PRIVATE_AUTHOR = "private_author", "只能保存本人记录的个人信息。", "A device keeps what its own person wrote down.",
        "请由记录人本人的设备上传。", "Send it from the device of whoever wrote it.";
    /// A name that another record or subject has.
    PRIVATE_TAKEN = "private_taken", "编号已被另一条记录使用，未保存。", "Another record has this name; nothing was kept.",
        "请重新记录一次。", "Write it down once more.";
    /// Personal data of a case that is not this person's.
    PRIVATE_CASE = "private_case", "此案卷不在您的范围内，个人信息未保存。", "This case is not yours; the personal data was not kept.",
        "请交给负责该网格的同事记录。", "Let a colleague of that beat write it down.";
    /// Too many records in one case.
    PRIVATE_TOO_MANY = "private_too_many", "此案卷的个人信息已达上限 200 条。", "This case holds 200 records of personal data, the most there may be.",
        "请先删除不再需要的当事人。", "Have subjects erased that are not needed any more.";
    /// Days that make no sense.
    RETENTION_REFUSED = "retention_refused", "保存期限设置不可用，未做更改。", "These retention times cannot be used; nothing was changed.",
        "请检查文件：每类 1 至 3650 天。", "Check the file: 1 to 3,650 days each.";
    /// A time that cannot be read.
    TIME_UNREADABLE = "time_unreadable", "时间无法识别。", "The time cannot be read.",
        "请写成 2025-06-28 10:00（当地时间）或 2025-06-28T10:00:00+08:00。",
        "Write it as 2025-06-28 10:00 (the city's time) or 2025-06-28T10:00:00+08:00.";
    /// A unit nobody knows.
    LIMIT_UNIT_UNKNOWN = "limit_unit_unknown", "没有这个时限单位。", "There is no such unit of limits.",
        "请用 urgent_hour（紧急工作时）、work_hour（工作时）、work_day（工作日）或 natural_day（自然日）。",
        "Use urgent_hour, work_hour, work_day or natural_day.";
    /// A calendar that cannot be used.
    CALENDAR_REFUSED = "calendar_refused", "工作日历不可用。", "The working calendar cannot be used.",
        "请更正下面指出的行：每行为 日期,yes 或 no,名称。", "Correct the row named below: date, yes or no, name.";
    /// The database is busy or the disk is full, or a bug.
    INTERNAL = "internal", "服务器内部错误，已记录。", "The server failed; it was logged.",
        "请稍后重试；若反复出现请联系管理员并提供请求编号。",
        "Try again in a moment; if it comes back, tell the admin the request id.";
    /// No room left.
    DISK_FULL = "disk_full", "服务器磁盘已满，内容未保存。", "The server's disk is full; nothing was stored.",
        "内容仍在您的设备上，请联系管理员清理后重试。", "It is still on your device; ask the admin to make room, then try again.";
    /// No room left for photos; told with the code of [`DISK_FULL`].
    PHOTOS_WAIT = "photos_wait", "服务器空间不足，照片暂时传不上去，文字不受影响。",
        "The server is short of space: photos cannot be sent for now, text is not affected.",
        "照片都在本机，请勿删除，稍后会自动再传；若持续出现请告知管理员。",
        "The photos are kept on this device and sent again later; do not delete them. If it goes on, tell the admin.";
    /// Older documents have no citations noted.
    CITATIONS_INCOMPLETE = "citations_incomplete", "尚未登记旧案件引用的照片，未清理任何内容。",
        "The photos older cases cite are not noted yet; nothing was collected.",
        "请先用本版本重新启动服务，再清理。", "Restart the server with this version first, then collect.";
    /// The database is busy.
    BUSY = "store_busy", "服务器繁忙。", "The server is busy.",
        "请稍后重试。", "Try again in a moment.";
    /// The data folder is used by another process.
    FOLDER_IN_USE = "data_folder_in_use", "数据目录正被另一个 xunge 进程使用。", "The data folder is in use by another xunge.",
        "请先停止该进程，或换一个目录。", "Stop it first, or name another folder.";
    /// The folder is no data folder.
    FOLDER_EMPTY = "data_folder_empty", "该目录中没有 xunge 数据。", "There is no xunge data in this folder.",
        "请检查 --data，或先运行 xunge serve。", "Check --data, or run xunge serve first.";
    /// The folder must be empty.
    FOLDER_NOT_EMPTY = "folder_not_empty", "目标目录不是空的，未做任何更改。", "The folder is not empty; nothing was changed.",
        "请指定一个空目录。", "Name an empty folder.";
    /// The backup does not hold together.
    BACKUP_DAMAGED = "backup_damaged", "备份不完整或已损坏。", "The backup is incomplete or damaged.",
        "请使用另一份备份。", "Use another backup.";
    /// The server's address is not known.
    SERVER_UNKNOWN = "server_unknown", "不知道服务器地址。", "The server's address is not known.",
        "请加 --server 网址，或先运行一次 xunge serve。", "Add --server URL, or run xunge serve once.";
    /// The address cannot be listened on.
    LISTEN_FAILED = "listen_failed", "无法监听该地址。", "This address cannot be listened on.",
        "请检查地址和端口是否被占用。", "Check the address, and whether the port is taken.";
    /// A private key that others may read.
    KEY_EXPOSED = "key_exposed", "私钥文件可被本机其他用户读取或修改，拒绝使用。", "Other users of this machine may read or change a private key; it is not used.",
        "请执行 chmod 600（文件）；若可能已被他人读取，请更换密钥。", "Run chmod 600 on the file; if somebody may have read it, replace the key.";
    /// HTTP on a port that speaks TLS.
    TLS_REQUIRED = "tls_required", "此端口只接受 HTTPS。", "This port speaks HTTPS, not HTTP.",
        "请把地址改为 https:// 开头。", "Begin the address with https://.";
    /// No certificates, or damaged ones.
    TLS_CERTIFICATE_UNFIT = "tls_certificate_unfit", "证书文件中没有可用的证书。", "There is no usable certificate in the certificate file.",
        "请提供 PEM 格式的证书链：服务器证书在前，签发机构证书在后。", "Give the chain as PEM: the server's certificate first, its authority's last.";
    /// The chain has no authority at its end.
    TLS_CHAIN_OPEN = "tls_chain_open", "证书链不完整：末尾缺少签发机构自己的（根）证书，设备无从核对续期的证书。",
        "The chain is open: it does not end with the authority's own (root) certificate, against which devices hold renewed ones.",
        "请把根证书附在证书文件末尾。", "Append the root certificate to the certificate file.";
    /// Key and certificate do not fit.
    TLS_KEY_UNFIT = "tls_key_unfit", "私钥文件中没有可用的私钥，或与证书不配。", "There is no usable private key in the key file, or it is not that of the certificate.",
        "请检查 --tls-cert 与 --tls-key 是否成对。", "Check that --tls-cert and --tls-key belong together.";
    /// A plain address for a hub that speaks TLS.
    PUBLIC_URL_PLAIN = "public_url_plain", "启用 TLS 时，--public-url 必须以 https:// 开头。", "With TLS --public-url must begin with https://.",
        "请修改 --public-url。", "Change --public-url.";
    /// A host that is none.
    HOST_UNFIT = "host_unfit", "不是可用的主机名或 IP 地址。", "This is neither the name of a host nor an IP address.",
        "请检查 --host。", "Check --host.";
    /// The database was written by a newer version.
    STORE_NEWER = "store_newer", "数据由更新版本的 xunge 写入。", "The data was written by a newer xunge.",
        "请使用新版本启动；数据未被改动。", "Start the newer version; nothing was changed.";
    /// The data folder cannot be read or written.
    FOLDER_UNUSABLE = "data_folder_unusable", "无法读写数据目录。", "The data folder cannot be read or written.",
        "请检查目录权限和磁盘。", "Check its permissions and the disk.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_every_message_says_what_to_do() {
        let mut codes = std::collections::BTreeSet::new();
        for message in ALL {
            assert!(codes.insert(message.code), "{} stands twice", message.code);
            assert!(
                message
                    .code
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_lowercase())
            );
            for words in [message.zh, message.en, message.next_zh, message.next_en] {
                assert!(words.chars().count() > 3, "{}", message.code);
            }
            assert!(
                !message.zh.is_ascii() && !message.next_zh.is_ascii(),
                "{}",
                message.code
            );
        }
    }
}
