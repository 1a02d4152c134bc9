//! What sort of personal data a record holds.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What sort of personal data a record holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum PrivateKind {
    /// 证人: who saw it, and what they say.
    #[n(0)]
    Witness,
    /// 居民: a resident's name, or what else tells who it is.
    #[n(1)]
    Resident,
    /// 电话.
    #[n(2)]
    Phone,
    /// 住址: where somebody lives; the place of a case is a fact of its document.
    #[n(3)]
    Address,
    /// 语音: a voice is as personal as a face.
    #[n(4)]
    VoiceNote,
}

impl PrivateKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Witness,
        Self::Resident,
        Self::Phone,
        Self::Address,
        Self::VoiceNote,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Witness => "witness",
            Self::Resident => "resident",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::VoiceNote => "voice_note",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Witness => "证人",
            Self::Resident => "居民",
            Self::Phone => "电话",
            Self::Address => "住址",
            Self::VoiceNote => "语音",
        }
    }

    /// The English word.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Witness => "Witness",
            Self::Resident => "Resident",
            Self::Phone => "Phone",
            Self::Address => "Home address",
            Self::VoiceNote => "Voice note",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}
