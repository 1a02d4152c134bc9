//! What an app is told when something did not work: a stable code, the cause and the next step, zh and en.

use xunge_documents::EditError;
use xunge_domain::case::Decline;
use xunge_domain::checkin::{self, StepDecline};
use xunge_domain::duty::DutyUnfit;
use xunge_domain::private::PrivateUnfit;
use xunge_photo::PhotoError;
use xunge_store::{OpenStoreError, StoreError};
use xunge_sync::carry::CarryError;
use xunge_sync::device::LinkProblem;
use xunge_sync::keys::SignerError;
use xunge_sync::wire::RefusedFrame;

/// A failed verb. What was saved before is safe.
#[derive(Debug, thiserror::Error)]
pub enum FieldError {
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenStoreError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The picture cannot be taken in.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// A text is over its limit, or the document is damaged.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The device has not been enrolled.
    #[error("the device is not enrolled")]
    NotEnrolled,
    /// The device is enrolled already.
    #[error("the device is enrolled already")]
    EnrolledAlready,
    /// What was asked for is not on this device.
    #[error("there is no such {what} on this device")]
    NotFound {
        /// What.
        what: &'static str,
    },
    /// What was given does not make sense.
    #[error("{what} is not usable")]
    Invalid {
        /// What.
        what: &'static str,
    },
    /// The rules say no before anything was written.
    #[error("declined: {}", .0.code())]
    Declined(Decline),
    /// The rules of check-ins say no before anything was written.
    #[error("declined: {}", .0.code())]
    CheckinDeclined(checkin::Decline),
    /// A step is not this person's to write, or not yet.
    #[error("the step is not taken: {}", .0.code())]
    StepDeclined(StepDecline),
    /// The server refuses this device.
    #[error("the server refused: {}", .0.code)]
    Refused(RefusedFrame),
    /// The link failed.
    #[error("the link failed: {}", .0.code())]
    Link(LinkProblem),
    /// What another device brought is not believed, or nothing can be given to one.
    #[error(transparent)]
    Carry(#[from] CarryError),
    /// Personal data that does not fit.
    #[error(transparent)]
    Private(#[from] PrivateUnfit),
    /// A note about duty that does not fit.
    #[error(transparent)]
    Duty(#[from] DutyUnfit),
    /// The device key cannot sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

impl FieldError {
    /// Stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Open(cause) => cause.code(),
            Self::Store(cause) => cause.code(),
            Self::Photo(cause) => cause.code(),
            Self::Edit(cause) => cause.code(),
            Self::NotEnrolled => "not_enrolled",
            Self::EnrolledAlready => "enrolled_already",
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "invalid_input",
            Self::Declined(reason) => reason.code(),
            Self::CheckinDeclined(reason) => reason.code(),
            Self::StepDeclined(reason) => reason.code(),
            Self::Refused(frame) => &frame.code,
            Self::Link(problem) => problem.code(),
            Self::Carry(cause) => cause.code(),
            Self::Private(cause) => cause.code(),
            Self::Duty(cause) => cause.code(),
            Self::Signer(_) => "device_key",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Open(cause) => both(cause.text().zh, cause.text().next_zh),
            Self::Store(cause) => both(cause.text().zh, cause.text().next_zh),
            Self::Photo(cause) => cause.message_zh(),
            Self::Edit(EditError::TooLong {
                characters,
                characters_max,
                ..
            }) => {
                format!("内容有 {characters} 字，最多 {characters_max} 字，请缩短。")
            }
            Self::Edit(EditError::TooMany(_)) => "一次提交的内容过多，请分几次提交。".into(),
            Self::Edit(EditError::OtherKind { .. }) => {
                "此内容不属于这份文档；请检查后重试。".into()
            }
            Self::Edit(EditError::Damaged(_)) => "本机的这份案卷已损坏；请联网同步后重试。".into(),
            Self::NotEnrolled => "此设备尚未登记；请向管理员索取登记码。".into(),
            Self::EnrolledAlready => "此设备已登记；更换人员请先由管理员停用本设备。".into(),
            Self::NotFound { .. } => "本机没有这项内容；请联网同步后再看。".into(),
            Self::Invalid { what } => format!("输入有误（{what}），请检查后重试。"),
            Self::Declined(reason) => reason.zh(),
            Self::CheckinDeclined(reason) => reason.zh(),
            Self::StepDeclined(reason) => reason.zh(),
            Self::Refused(frame) => frame.zh.clone(),
            Self::Link(problem) => problem.zh().into(),
            Self::Carry(cause) => cause.zh().into(),
            Self::Private(cause) => cause.zh(),
            Self::Duty(cause) => cause.zh(),
            Self::Signer(_) => "设备密钥无法签名；请解锁手机后重试，仍不行请联系管理员。".into(),
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::Open(cause @ OpenStoreError::KeyUnavailable(said)) => {
                let text = both(cause.text().en, cause.text().next_en);
                format!("{text} It said: {}", said.cause)
            }
            Self::Open(cause) => both(cause.text().en, cause.text().next_en),
            Self::Store(cause) => both(cause.text().en, cause.text().next_en),
            Self::Photo(cause) => cause.message_en(),
            Self::NotEnrolled => "This device is not enrolled; ask the administrator for a code.".into(),
            Self::EnrolledAlready => {
                "This device is enrolled already; have it revoked before giving it to somebody else.".into()
            }
            Self::NotFound { what } => format!("There is no such {what} on this device; sync and look again."),
            Self::Invalid { what } => format!("The input is not usable ({what}); check it and try again."),
            Self::Declined(reason) => reason.en(),
            Self::CheckinDeclined(reason) => reason.en(),
            Self::StepDeclined(reason) => reason.en(),
            Self::Refused(frame) => frame.en.clone(),
            Self::Link(problem) => problem.en().into(),
            Self::Carry(cause) => cause.en().into(),
            Self::Private(cause) => cause.en(),
            Self::Duty(cause) => cause.en(),
            Self::Edit(cause) => cause.to_string(),
            Self::Signer(cause) => format!("{cause}; unlock the phone and try again."),
        }
    }
}

fn both(cause: &str, next: &str) -> String {
    format!("{cause} {next}")
}
