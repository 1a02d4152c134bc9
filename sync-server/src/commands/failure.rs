//! What a command says when it fails.

use std::borrow::Cow;
use std::fmt;

use xunge_domain::working_time::{HoursError, WorkingTimeError};

use crate::data_folder::DataFolderError;
use crate::error::ApiError;
use crate::messages::{self, Message};
use crate::private_key::PrivateKeyError;
use crate::services::backup::BackupError;
use crate::services::collect::CollectError;
use crate::store::StoreError;
use crate::tls::TlsError;

/// A failure: stable code, words in two languages, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    /// Stable code.
    pub code: Cow<'static, str>,
    /// What happened and what to do, in Chinese.
    pub zh: String,
    /// What happened and what to do, in English.
    pub en: String,
    /// Which file, address or cause.
    pub detail: String,
}

impl std::error::Error for CommandError {}

impl CommandError {
    /// The words of a message, about something.
    pub fn new(message: &Message, detail: impl fmt::Display) -> Self {
        Self {
            code: message.code.into(),
            zh: format!("{}{}", message.zh, message.next_zh),
            en: format!("{} {}", message.en, message.next_en),
            detail: detail.to_string(),
        }
    }
}

/// Three lines for stderr.
impl fmt::Display for CommandError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "错误：{}", self.zh)?;
        write!(out, "error: {} [{}]", self.en, self.code)?;
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(out, "\n  {}", self.detail)
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let message = match &error {
            StoreError::DiskFull => &messages::DISK_FULL,
            StoreError::Busy => &messages::BUSY,
            StoreError::NewerSchema { .. } => &messages::STORE_NEWER,
            StoreError::Damaged { .. } | StoreError::Open { .. } => &messages::FOLDER_UNUSABLE,
            _ => &messages::INTERNAL,
        };
        Self::new(message, error)
    }
}

impl From<DataFolderError> for CommandError {
    fn from(error: DataFolderError) -> Self {
        match error {
            DataFolderError::Store(error) => error.into(),
            DataFolderError::Empty(_) => Self::new(&messages::FOLDER_EMPTY, error),
            DataFolderError::InUse(_) => Self::new(&messages::FOLDER_IN_USE, error),
            DataFolderError::Io { .. } | DataFolderError::Blobs(_) => {
                Self::new(&messages::FOLDER_UNUSABLE, error)
            }
            DataFolderError::Exposed(_) => Self::new(&messages::KEY_EXPOSED, error),
            DataFolderError::Entropy(_) => Self::new(&messages::INTERNAL, error),
        }
    }
}

impl From<TlsError> for CommandError {
    fn from(error: TlsError) -> Self {
        let message = match &error {
            TlsError::Unreadable { .. } => &messages::FILE_UNREADABLE,
            TlsError::NoCertificates(_) => &messages::TLS_CERTIFICATE_UNFIT,
            TlsError::Open { .. } => &messages::TLS_CHAIN_OPEN,
            TlsError::Exposed(_) => &messages::KEY_EXPOSED,
            TlsError::NoKey(_) | TlsError::Unusable { .. } => &messages::TLS_KEY_UNFIT,
        };
        Self::new(message, error)
    }
}

impl From<BackupError> for CommandError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error.into(),
            BackupError::NotEmpty(_) => Self::new(&messages::FOLDER_NOT_EMPTY, error),
            BackupError::Damaged(_) | BackupError::Blob(_) => {
                Self::new(&messages::BACKUP_DAMAGED, error)
            }
            BackupError::PrivateKey(PrivateKeyError::Exposed(_)) => {
                Self::new(&messages::KEY_EXPOSED, error)
            }
            BackupError::PrivateKey(_) => Self::new(&messages::FOLDER_UNUSABLE, error),
            BackupError::Entropy(_) => Self::new(&messages::INTERNAL, error),
            BackupError::Newer(_) => Self::new(&messages::STORE_NEWER, error),
            BackupError::Io { .. } => Self::new(&messages::FOLDER_UNUSABLE, error),
        }
    }
}

impl From<CollectError> for CommandError {
    fn from(error: CollectError) -> Self {
        match error {
            CollectError::Store(error) => error.into(),
            CollectError::Files(_) => Self::new(&messages::FOLDER_UNUSABLE, error),
            CollectError::CitationsIncomplete => Self::new(&messages::CITATIONS_INCOMPLETE, ""),
        }
    }
}

impl From<WorkingTimeError> for CommandError {
    fn from(error: WorkingTimeError) -> Self {
        Self {
            code: error.code().into(),
            zh: error.zh(),
            en: error.en(),
            detail: String::new(),
        }
    }
}

impl From<HoursError> for CommandError {
    fn from(error: HoursError) -> Self {
        Self {
            code: error.code().into(),
            zh: error.zh(),
            en: error.en(),
            detail: String::new(),
        }
    }
}

/// A service's error has its words in the envelope already.
impl From<ApiError> for CommandError {
    fn from(error: ApiError) -> Self {
        Self {
            code: error.body.code.clone(),
            zh: format!("{}{}", error.body.zh, error.body.next_zh),
            en: format!("{} {}", error.body.en, error.body.next_en),
            detail: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_reads_in_both_languages_and_says_what_it_is_about() {
        let error = CommandError::from(DataFolderError::InUse("/hub".into()));
        let text = error.to_string();
        assert!(text.contains("数据目录正被另一个") && text.contains("[data_folder_in_use]"));
        assert!(text.contains("/hub"));
    }
}
