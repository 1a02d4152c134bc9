//! Why a note about duty is not one.

use crate::roster::LEAVE_DAYS_MAX;

/// Longest words of a note.
pub const DUTY_WORDS_CHARACTERS_MAX: usize = 200;

/// Why a note about duty is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DutyUnfit {
    /// Another reason without words.
    #[error("another reason is given in words")]
    NoWords,
    /// More than [`DUTY_WORDS_CHARACTERS_MAX`].
    #[error("{characters} characters are more than {DUTY_WORDS_CHARACTERS_MAX}")]
    WordsTooLong {
        /// How many there are.
        characters: usize,
    },
    /// A leave that ends before it begins.
    #[error("a leave ends after it begins")]
    LeaveBackwards,
    /// More than [`LEAVE_DAYS_MAX`].
    #[error("a leave is {LEAVE_DAYS_MAX} days at most")]
    LeaveTooLong,
    /// So many notes wait on the device that nobody can have meant them.
    #[error("too many notes wait to be sent")]
    TooMany,
}

impl DutyUnfit {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoWords => "duty_no_words",
            Self::WordsTooLong { .. } => "duty_words_too_long",
            Self::LeaveBackwards => "leave_backwards",
            Self::LeaveTooLong => "leave_too_long",
            Self::TooMany => "duty_too_many",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(self) -> String {
        match self {
            Self::NoWords => "选择“其他原因”时请写明原因。".into(),
            Self::WordsTooLong { characters } => {
                format!("说明有 {characters} 字，最多 {DUTY_WORDS_CHARACTERS_MAX} 字，请缩短。")
            }
            Self::LeaveBackwards => "请假的结束时间须晚于开始时间，请修改。".into(),
            Self::LeaveTooLong => format!("一次请假最多 {LEAVE_DAYS_MAX} 天，请分次填写。"),
            Self::TooMany => "待送达的拒派和请假过多；请先联网同步。".into(),
        }
    }

    /// Cause and next step, in English.
    pub fn en(self) -> String {
        let next = match self {
            Self::NoWords => "Say which.",
            Self::WordsTooLong { .. } => "Shorten them.",
            Self::LeaveBackwards => "Change its times.",
            Self::LeaveTooLong => "Say it in parts.",
            Self::TooMany => "Synchronise first.",
        };
        format!("This cannot be kept: {self}. {next}")
    }
}
