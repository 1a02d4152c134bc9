//! What the user reads: JSON for scripts, a few lines for people, and exit codes.

#![expect(clippy::print_stderr, reason = "this is a command line")]

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};
use xunge_field::{CaseListItem, CaseView, ClockView, Delivery, FieldError};
use xunge_tests::device::{HostError, MeetingError};

/// How a command ended that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    SetAside,
    NoNetwork,
}

impl End {
    pub(crate) fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::SetAside => 3,
            Self::NoNetwork => 4,
        })
    }
}

/// A command that could not do it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Host(#[from] HostError),
    #[error("cannot read {file}: {cause}")]
    File { file: String, cause: std::io::Error },
    #[error("{0}")]
    Connection(#[from] std::io::Error),
    #[error("{0}")]
    Usage(String),
}

impl From<MeetingError> for Failure {
    fn from(cause: MeetingError) -> Self {
        match cause {
            MeetingError::Connection(cause) => Self::Connection(cause),
            MeetingError::Field(cause) => cause.into(),
        }
    }
}

impl From<FieldError> for Failure {
    fn from(cause: FieldError) -> Self {
        Self::Host(HostError::Field(cause))
    }
}

impl Failure {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Host(HostError::Field(cause)) => match cause {
                FieldError::Declined(_)
                | FieldError::CheckinDeclined(_)
                | FieldError::StepDeclined(_)
                | FieldError::Refused(_) => 3,
                FieldError::Link(_) => 4,
                FieldError::Open(_) | FieldError::Store(_) => 5,
                _ => 2,
            },
            Self::Host(HostError::Key(_)) => 5,
            Self::Connection(_) => 4,
            Self::File { .. } | Self::Usage(_) => 2,
        }
    }
}

pub(crate) fn fail(json: bool, failure: &Failure) -> ExitCode {
    let (code, zh, en) = match failure {
        Failure::Host(HostError::Field(cause)) => (cause.code().to_owned(), cause.zh(), cause.en()),
        Failure::Host(HostError::Key(_)) => (
            "device_key".into(),
            "设备密钥文件无法读写，请检查文件夹权限。".into(),
            failure.to_string(),
        ),
        Failure::File { file, .. } => (
            "file".into(),
            format!("无法读取文件 {file}。"),
            failure.to_string(),
        ),
        Failure::Connection(_) => (
            "connection".into(),
            "与对方设备的连接或文件读写失败；已接收的内容有效，请重试。".into(),
            failure.to_string(),
        ),
        Failure::Usage(text) => ("usage".into(), format!("参数有误：{text}"), text.clone()),
    };
    if json {
        say(&json!({ "error": { "code": code, "zh": zh, "en": en } }));
    } else {
        eprintln!("{zh}\n{en} [{code}]");
    }
    ExitCode::from(failure.exit_code())
}

/// A reader who has seen enough may close the pipe: that is no failure of what was done.
fn say(what: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stdout().lock(), "{what}");
}

/// Prints JSON, or the lines for a person.
pub(crate) fn print(json: bool, value: &Value, lines: impl FnOnce() -> String) {
    if json {
        say(value);
    } else {
        say(&lines());
    }
}

/// A list for a person.
pub(crate) fn list_lines(items: &[CaseListItem]) -> String {
    if items.is_empty() {
        return "本机没有案卷。 No cases on this device.".into();
    }
    let line = |item: &CaseListItem| {
        let number = item.case_no.as_deref().unwrap_or("-");
        let clock = item.light.zip(item.due);
        let clock = clock.map(|(light, due)| format!("  {} {}", light.zh(), due.to_local_minute()));
        format!(
            "{}  {}  {}  {}  {}  {}{}",
            item.local_code,
            number,
            item.class,
            item.title,
            item.state_zh,
            item.delivery.zh(),
            clock.unwrap_or_default()
        )
    };
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The clocks of a case for a person.
pub(crate) fn clock_lines(clocks: &[ClockView]) -> String {
    if clocks.is_empty() {
        return "尚无时限：案卷未经裁定。 No limit runs yet: nothing of this case was ruled."
            .into();
    }
    let lines = |clock: &ClockView| {
        let due = clock
            .due
            .map_or_else(|| "-".to_owned(), |due| due.to_local_minute());
        let light = clock.light;
        let zh = light.map_or("无法计算", |light| light.zh());
        let en = light.map_or("cannot be computed", |light| light.en());
        let used = clock.used_percent.map(|percent| format!("  {percent}%"));
        format!(
            "{} {}  {zh} / {en}  {due}{}\n  {}\n  {}",
            clock.zh,
            clock.en,
            used.unwrap_or_default(),
            clock.explained_zh.replace('\n', "\n  "),
            clock.explained_en.replace('\n', "\n  "),
        )
    };
    clocks.iter().map(lines).collect::<Vec<_>>().join("\n")
}

/// A case for a person.
pub(crate) fn case_lines(view: &CaseView) -> String {
    let mut lines = vec![
        format!(
            "{} {}  {}（{}）",
            view.local_code,
            view.case_no.as_deref().unwrap_or(""),
            view.facts.title,
            view.class
        ),
        format!("{}  {}", view.state_zh, view.delivery.zh()),
    ];
    if !matches!(view.delivery, Delivery::Received) && view.provisional_state != view.state {
        lines.push(format!("预计：{}", view.provisional_state.zh()));
    }
    lines.extend(view.photos.iter().map(|photo| {
        format!(
            "  照片 {} {} {}",
            photo.purpose.zh(),
            &photo.sha256.to_string()[..8],
            photo.state.zh()
        )
    }));
    lines.extend(
        view.hazards
            .iter()
            .map(|note| format!("  隐患 {}：{}", note.author, note.text)),
    );
    lines.extend(
        view.comments
            .iter()
            .map(|note| format!("  评论 {}：{}", note.author, note.text)),
    );
    for event in &view.timeline {
        let ruling = match &event.ruling {
            None => "待裁定".to_owned(),
            Some(ruling) => match (&ruling.to, &ruling.reason) {
                (Some(to), _) => format!("已准 → {}", to.zh()),
                (None, Some(reason)) => format!("未准：{}", reason.zh),
                (None, None) => "未准".to_owned(),
            },
        };
        lines.push(format!("  {} {}：{ruling}", event.action_zh, event.author));
    }
    lines.extend(
        view.set_aside
            .iter()
            .map(|item| format!("  ！{}：{}", item.kind, item.reason.zh)),
    );
    lines.join("\n")
}
