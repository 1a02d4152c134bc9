//! What a limit depends on (domain.md §4).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// 管理区域类别: how closely an area is looked after. In files 1, 2 or 3.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(try_from = "AreaClassWritten", into = "u8")]
#[cbor(index_only)]
pub enum AreaClass {
    /// 一类.
    #[n(0)]
    First,
    /// 二类.
    #[n(1)]
    Second,
    /// 三类.
    #[n(2)]
    Third,
}

/// Files say 1, 2 or 3; a word is taken as well.
#[derive(Deserialize)]
#[serde(untagged)]
enum AreaClassWritten {
    Number(u8),
    Word(AreaClassWord),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AreaClassWord {
    First,
    Second,
    Third,
}

impl AreaClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// 1, 2 or 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    /// [`Self::number`] as text.
    pub const fn id(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::First => "一类",
            Self::Second => "二类",
            Self::Third => "三类",
        }
    }
}

/// A number that is no area class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no area class: write 1, 2 or 3")]
pub struct AreaClassUnknown(pub u8);

impl TryFrom<u8> for AreaClass {
    type Error = AreaClassUnknown;

    fn try_from(number: u8) -> Result<Self, AreaClassUnknown> {
        let mut classes = Self::ALL.into_iter();
        classes
            .find(|class| class.number() == number)
            .ok_or(AreaClassUnknown(number))
    }
}

impl TryFrom<AreaClassWritten> for AreaClass {
    type Error = AreaClassUnknown;

    fn try_from(written: AreaClassWritten) -> Result<Self, AreaClassUnknown> {
        match written {
            AreaClassWritten::Number(number) => number.try_into(),
            AreaClassWritten::Word(AreaClassWord::First) => Ok(Self::First),
            AreaClassWritten::Word(AreaClassWord::Second) => Ok(Self::Second),
            AreaClassWritten::Word(AreaClassWord::Third) => Ok(Self::Third),
        }
    }
}

impl From<AreaClass> for u8 {
    fn from(class: AreaClass) -> Self {
        class.number()
    }
}

/// 处置类别: how a matter is disposed of: by hand, by works, or by a way of its own.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum HandlingClass {
    /// 一般: what holds where nobody says another.
    #[default]
    #[n(0)]
    General,
    /// 工程.
    #[n(1)]
    Engineering,
    /// 特殊.
    #[n(2)]
    Special,
}

impl HandlingClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::General, Self::Engineering, Self::Special];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Engineering => "engineering",
            Self::Special => "special",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::General => "一般",
            Self::Engineering => "工程",
            Self::Special => "特殊",
        }
    }

    /// By its name in files.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.id() == id)
    }

    /// Whether it is the ordinary one.
    pub const fn is_general(&self) -> bool {
        matches!(self, Self::General)
    }
}

/// What a limit depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
pub struct LimitKey {
    /// Code of the minor class, five digits.
    #[n(0)]
    pub class: String,
    /// Code of the filing condition within it.
    #[n(1)]
    pub condition: String,
    /// 管理区域类别: where.
    #[n(2)]
    pub area_class: AreaClass,
    /// 一般, 工程 or 特殊: how much work.
    #[n(3)]
    pub handling_class: HandlingClass,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn an_area_class_is_read_as_number_and_as_word_and_written_as_number() {
        for class in AreaClass::ALL {
            let number = serde_json::to_string(&class).unwrap();
            assert_eq!(number, class.id());
            assert_eq!(serde_json::from_str::<AreaClass>(&number).unwrap(), class);
        }
        let word = serde_json::from_str::<AreaClass>(r#""third""#).unwrap();
        assert_eq!(word, AreaClass::Third);
        assert!(serde_json::from_str::<AreaClass>("4").is_err());
        assert!(serde_json::from_str::<AreaClass>(r#""fourth""#).is_err());
    }
}
