//! Phrases 常用语: what is typed every day, ready to be picked.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Longest phrase.
pub const PHRASE_CHARACTERS_MAX: usize = 200;

/// Where a phrase is offered.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum PhraseUse {
    /// 上报: the description of a report.
    #[n(0)]
    Report,
    /// 反馈: what was done.
    #[n(1)]
    Feedback,
    /// 核查: what a verification or check found.
    #[n(2)]
    Check,
    /// 意见: an opinion or a reason.
    #[n(3)]
    Opinion,
}

impl PhraseUse {
    /// Every use.
    pub const ALL: [Self; 4] = [Self::Report, Self::Feedback, Self::Check, Self::Opinion];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Feedback => "feedback",
            Self::Check => "check",
            Self::Opinion => "opinion",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Report => "上报",
            Self::Feedback => "反馈",
            Self::Check => "核查",
            Self::Opinion => "意见",
        }
    }
}

/// One phrase.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Phrase {
    /// Its number or name in the table; lists are sorted by it.
    #[n(0)]
    pub code: String,
    /// Where it is offered.
    #[n(1)]
    pub used_for: PhraseUse,
    /// Only with this minor class.
    #[cbor(n(2), default)]
    pub class: Option<String>,
    /// The words.
    #[n(3)]
    pub text: String,
}
