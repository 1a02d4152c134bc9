//! A record of personal data, and what may stand in one.

use std::fmt;

use minicbor::{Decode, Encode};

use super::PrivateKind;
use crate::ids::{CaseId, PersonId, PrivateRecordId, SubjectId};
use crate::time::Timestamp;

/// Longest text of a record.
pub const PRIVATE_TEXT_CHARACTERS_MAX: usize = 2_000;
/// Longest voice note: two minutes of speech at 64 kbit/s.
pub const VOICE_NOTE_BYTES_MAX: usize = 1024 * 1024;
/// Highest number of a subject within a case.
pub const SUBJECT_NUMBER_MAX: u8 = 99;

/// What one person left with a case, written once by whoever heard it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PrivateRecord {
    /// Its name: sending it twice makes it once.
    #[n(0)]
    pub id: PrivateRecordId,
    /// The case it was left with.
    #[n(1)]
    pub case: CaseId,
    /// Whom it is about. What is kept under one subject is erased together.
    #[n(2)]
    pub subject: SubjectId,
    /// How people tell the subjects of a case apart, from 1: a number, so that the label says nothing of who it is.
    #[n(3)]
    pub number: u8,
    /// What sort.
    #[n(4)]
    pub kind: PrivateKind,
    /// The personal data itself.
    #[n(5)]
    pub content: PrivateContent,
    /// The author's clock.
    #[n(6)]
    pub made_at: Timestamp,
    /// Who wrote it down.
    #[n(7)]
    pub author: PersonId,
}

/// The personal data of a record. Shown to debuggers and logs as its length alone.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum PrivateContent {
    /// In words.
    #[n(0)]
    Text(#[n(0)] String),
    /// A recording, as the device made it.
    #[n(1)]
    Voice(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

impl fmt::Debug for PrivateContent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "Text({} bytes)", text.len()),
            Self::Voice(bytes) => write!(out, "Voice({} bytes)", bytes.len()),
        }
    }
}

impl PrivateContent {
    /// Its length in bytes.
    pub const fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Voice(bytes) => bytes.len(),
        }
    }

    /// The text; `None` of a recording.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Voice(_) => None,
        }
    }

    /// Whether it may stand in a record of that kind.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, kind: PrivateKind) -> Result<(), PrivateUnfit> {
        match (kind, self) {
            (PrivateKind::VoiceNote, Self::Text(_)) => Err(PrivateUnfit::NoVoice),
            (PrivateKind::VoiceNote, Self::Voice(bytes)) => match bytes.len() {
                0 => Err(PrivateUnfit::Empty),
                bytes if bytes > VOICE_NOTE_BYTES_MAX => Err(PrivateUnfit::VoiceTooLong { bytes }),
                _ => Ok(()),
            },
            (_, Self::Voice(_)) => Err(PrivateUnfit::NoText),
            (_, Self::Text(text)) if text.trim().is_empty() => Err(PrivateUnfit::Empty),
            (_, Self::Text(text)) => match text.chars().count() {
                characters if characters > PRIVATE_TEXT_CHARACTERS_MAX => {
                    Err(PrivateUnfit::TextTooLong { characters })
                }
                _ => Ok(()),
            },
        }
    }
}

impl PrivateRecord {
    /// Whether it keeps to the limits.
    ///
    /// # Errors
    /// Which one it does not keep to.
    pub fn check(&self) -> Result<(), PrivateUnfit> {
        if !(1..=SUBJECT_NUMBER_MAX).contains(&self.number) {
            return Err(PrivateUnfit::Number);
        }
        self.content.check(self.kind)
    }
}

/// Why something cannot be kept as personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrivateUnfit {
    /// Nothing in it.
    #[error("there is nothing in it")]
    Empty,
    /// More than [`PRIVATE_TEXT_CHARACTERS_MAX`].
    #[error("{characters} characters are more than {PRIVATE_TEXT_CHARACTERS_MAX}")]
    TextTooLong {
        /// How many there are.
        characters: usize,
    },
    /// More than [`VOICE_NOTE_BYTES_MAX`].
    #[error("a voice note of {bytes} bytes is longer than {VOICE_NOTE_BYTES_MAX}")]
    VoiceTooLong {
        /// How many there are.
        bytes: usize,
    },
    /// A text as a voice note.
    #[error("a voice note is a recording")]
    NoVoice,
    /// A recording as something else.
    #[error("a recording is kept as a voice note")]
    NoText,
    /// No number of a subject.
    #[error("subjects of a case are numbered from 1 to {SUBJECT_NUMBER_MAX}")]
    Number,
}

impl PrivateUnfit {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "private_empty",
            Self::TextTooLong { .. } => "private_text_too_long",
            Self::VoiceTooLong { .. } => "voice_note_too_long",
            Self::NoVoice => "private_no_voice",
            Self::NoText => "private_no_text",
            Self::Number => "subject_number",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(self) -> String {
        match self {
            Self::Empty => "内容为空，请填写后再存。".into(),
            Self::TextTooLong { characters } => format!(
                "内容有 {characters} 字，最多 {PRIVATE_TEXT_CHARACTERS_MAX} 字，请分几条保存。"
            ),
            Self::VoiceTooLong { bytes } => {
                format!("语音有 {bytes} 字节，最多 {VOICE_NOTE_BYTES_MAX} 字节，请分几段录制。")
            }
            Self::NoVoice => "语音须为录音，文字请选其他类别。".into(),
            Self::NoText => "录音请选“语音”类别。".into(),
            Self::Number => format!("当事人编号为 1 至 {SUBJECT_NUMBER_MAX}，请修改。"),
        }
    }

    /// Cause and next step, in English.
    pub fn en(self) -> String {
        let next = match self {
            Self::Empty => "Write something first.",
            Self::TextTooLong { .. } => "Keep it as several records.",
            Self::VoiceTooLong { .. } => "Record it in parts.",
            Self::NoVoice => "Choose another kind for a text.",
            Self::NoText => "Choose the kind voice_note for it.",
            Self::Number => "Choose another number.",
        };
        format!("The record does not fit: {self}. {next}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(characters: usize) -> PrivateContent {
        PrivateContent::Text("电".repeat(characters))
    }

    fn voice(bytes: usize) -> PrivateContent {
        PrivateContent::Voice(vec![1; bytes])
    }

    fn record(number: u8) -> PrivateRecord {
        PrivateRecord {
            id: PrivateRecordId::from_bytes([1; 16]),
            case: CaseId::from_bytes([2; 16]),
            subject: SubjectId::from_bytes([3; 16]),
            number,
            kind: PrivateKind::Phone,
            content: PrivateContent::Text("13800000000".into()),
            made_at: Timestamp::from_millis(4),
            author: "worker".parse().unwrap_or_else(|_| unreachable!()),
        }
    }

    #[test]
    fn the_limits_are_in_characters_and_bytes() {
        use PrivateKind::{Phone, VoiceNote};
        for (kind, content, fits) in [
            (Phone, text(PRIVATE_TEXT_CHARACTERS_MAX), Ok(())),
            (
                Phone,
                text(PRIVATE_TEXT_CHARACTERS_MAX + 1),
                Err(PrivateUnfit::TextTooLong {
                    characters: PRIVATE_TEXT_CHARACTERS_MAX + 1,
                }),
            ),
            (Phone, text(0), Err(PrivateUnfit::Empty)),
            (
                Phone,
                PrivateContent::Text(" \n".into()),
                Err(PrivateUnfit::Empty),
            ),
            (Phone, voice(1), Err(PrivateUnfit::NoText)),
            (VoiceNote, text(1), Err(PrivateUnfit::NoVoice)),
            (VoiceNote, voice(0), Err(PrivateUnfit::Empty)),
            (VoiceNote, voice(VOICE_NOTE_BYTES_MAX), Ok(())),
            (
                VoiceNote,
                voice(VOICE_NOTE_BYTES_MAX + 1),
                Err(PrivateUnfit::VoiceTooLong {
                    bytes: VOICE_NOTE_BYTES_MAX + 1,
                }),
            ),
        ] {
            assert_eq!(content.check(kind), fits, "{kind:?} {content:?}");
        }
        for (number, fits) in [
            (0, false),
            (1, true),
            (SUBJECT_NUMBER_MAX, true),
            (100, false),
        ] {
            assert_eq!(record(number).check().is_ok(), fits, "{number}");
        }
    }

    #[test]
    fn whoever_prints_a_record_prints_no_personal_data() {
        let printed = format!("{:?}", record(1));
        assert!(
            !printed.contains("138") && printed.contains("11 bytes"),
            "{printed}"
        );
    }

    #[test]
    fn reasons_have_one_code_each_and_two_texts() {
        let reasons = [
            PrivateUnfit::Empty,
            PrivateUnfit::TextTooLong { characters: 2_001 },
            PrivateUnfit::VoiceTooLong { bytes: 9 },
            PrivateUnfit::NoVoice,
            PrivateUnfit::NoText,
            PrivateUnfit::Number,
        ];
        let codes: std::collections::BTreeSet<_> =
            reasons.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), reasons.len());
        for reason in reasons {
            assert!(
                reason.zh().ends_with('。') && reason.en().ends_with('.'),
                "{reason:?}"
            );
        }
    }

    #[test]
    fn words_name_their_kind() {
        for kind in PrivateKind::ALL {
            assert_eq!(PrivateKind::from_id(kind.id()), Some(kind));
            assert_eq!(serde_json::json!(kind), kind.id());
        }
        assert_eq!(PrivateKind::from_id("face"), None);
    }
}
