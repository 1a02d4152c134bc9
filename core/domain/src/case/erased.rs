//! Erasing a text of a case: which texts there are, and the mark that stays where one was.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::GridAnswer;
use crate::ids::{Digest, IntentId, ParseIdError, text_form};
use crate::time::Timestamp;

/// What stands in the place of an erased text: readable by whoever knows nothing of marks, and not empty, because rules ask
/// for a reason.
pub const ERASED_TEXT: &str = "【已删除】";

/// A text of a case that somebody may have typed personal data into.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextPlace {
    /// The title.
    Title,
    /// The description.
    Description,
    /// The address.
    Address,
    /// Why the place is in no unit grid.
    GridReason,
    /// The text of a note, the caption of a photo, the reason or note of an action.
    Entry(IntentId),
}

text_form!(TextPlace);

const ENTRY: &str = "entry:";

impl TextPlace {
    /// The places that are no entry, each with its word.
    pub const FACTS: [(Self, &'static str); 4] = [
        (Self::Title, "title"),
        (Self::Description, "description"),
        (Self::Address, "address"),
        (Self::GridReason, "grid_reason"),
    ];
}

impl fmt::Display for TextPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(id) => write!(out, "{ENTRY}{id}"),
            fact => {
                let named = Self::FACTS.iter().find(|(place, _)| place == fact);
                out.write_str(named.map_or("", |(_, word)| word))
            }
        }
    }
}

impl FromStr for TextPlace {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some((place, _)) = Self::FACTS.iter().find(|(_, word)| *word == text) {
            return Ok(*place);
        }
        text.strip_prefix(ENTRY)
            .unwrap_or(text)
            .parse()
            .map(Self::Entry)
    }
}

/// Why a text was erased.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum TextErasureCause {
    /// Whom it is about asked for it.
    #[n(0)]
    Asked,
    /// It was typed where it does not belong.
    #[n(1)]
    Misplaced,
    /// An authority or a court ordered it.
    #[n(2)]
    Ordered,
}

impl TextErasureCause {
    /// Every cause.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Misplaced, Self::Ordered];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Misplaced => "misplaced",
            Self::Ordered => "ordered",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Asked => "应本人要求",
            Self::Misplaced => "误填个人信息",
            Self::Ordered => "依法责令",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Asked => "on request",
            Self::Misplaced => "typed where it does not belong",
            Self::Ordered => "by order of an authority",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.id() == id)
    }
}

/// The mark of an erased text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedText {
    /// Which text.
    pub place: TextPlace,
    /// The order it was erased by.
    #[serde(flatten)]
    pub erasure: TextErasure,
}

/// When, by whose order and why a text was erased, and what is left to prove of its entry.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct TextErasure {
    /// The hub's clock.
    #[n(0)]
    pub at: Timestamp,
    /// Who ordered it: a person, or `system` for a command on the hub's machine.
    #[n(1)]
    pub by: String,
    /// Why.
    #[n(2)]
    pub cause: TextErasureCause,
    /// SHA-256 of the entry as its author sealed it, without the seal: what the seal is still verified by. `None` where nothing was sealed.
    #[n(3)]
    pub was: Option<Digest>,
    /// SHA-256 of the entry as it is now, without the seal; `None` of a fact.
    #[n(4)]
    pub is: Option<Digest>,
}

impl GridAnswer {
    /// The reason in words, to be changed.
    pub const fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::NoGrid(reason) => Some(reason),
            Self::Known(_) => None,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_word_and_an_entry_by_its_intent() {
        let entry = TextPlace::Entry(IntentId::from_bytes([7; 15]));
        let all = TextPlace::FACTS.map(|(place, _)| place);
        for place in all.into_iter().chain([entry]) {
            assert_eq!(place.to_string().parse::<TextPlace>().unwrap(), place);
        }
        let bare = IntentId::from_bytes([7; 15]).to_string();
        assert_eq!(bare.parse::<TextPlace>().unwrap(), entry);
        for wrong in ["", "Title", "entry:", "entry:title", "severity"] {
            assert!(wrong.parse::<TextPlace>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mark_survives_json_and_cbor() {
        let mark = ErasedText {
            place: TextPlace::Title,
            erasure: TextErasure {
                at: Timestamp::from_millis(5),
                by: "admin".into(),
                cause: TextErasureCause::Ordered,
                was: None,
                is: Some(Digest::of(b"entry")),
            },
        };
        let json = serde_json::to_string(&mark).unwrap();
        assert_eq!(serde_json::from_str::<ErasedText>(&json).unwrap(), mark);
        let bytes = minicbor::to_vec(&mark.erasure).unwrap();
        assert_eq!(
            minicbor::decode::<TextErasure>(&bytes).unwrap(),
            mark.erasure
        );
        for cause in TextErasureCause::ALL {
            assert_eq!(TextErasureCause::from_id(cause.id()), Some(cause));
        }
    }
}
