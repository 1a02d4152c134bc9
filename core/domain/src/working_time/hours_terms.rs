//! Whose hours a clock counts in, as it stands in rulings: hours that change later move no deadline that was given.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::ids::OrganisationId;

/// Whose hours they are.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursOf {
    /// Of a body: the one that is meant, or the nearest above it that has hours of its own.
    #[n(0)]
    Organisation(#[n(0)] OrganisationId),
    /// The city's: the table has none for the body and those above it.
    #[n(1)]
    City,
    /// The ordinary ones: the table has none for the city either.
    #[n(2)]
    Ordinary,
}

impl HoursOf {
    /// In Chinese.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Organisation(_) => "主办部门（或其上级）的工作时间",
            Self::City => "全市的工作时间",
            Self::Ordinary => "一般工作时间（表中没有规定）",
        }
    }

    /// In English.
    pub const fn en(&self) -> &'static str {
        match self {
            Self::Organisation(_) => "the hours of the lead department (or of a body above it)",
            Self::City => "the hours of the city",
            Self::Ordinary => "ordinary hours, since the table has none",
        }
    }
}

/// Which table says so.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct HoursSource {
    /// Whose hours.
    #[n(0)]
    pub of: HoursOf,
    /// The edition of the table of hours.
    #[n(1)]
    pub edition: String,
}

impl HoursSource {
    /// In Chinese, without an end.
    pub fn zh(&self) -> String {
        format!("{}（工作时间表版本 {}）", self.of.zh(), self.edition)
    }

    /// In English, without an end.
    pub fn en(&self) -> String {
        format!(
            "{} (table of hours, edition {})",
            self.of.en(),
            self.edition
        )
    }
}

/// Hours and where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct HoursTerms {
    /// The hours of a working day.
    #[n(0)]
    pub hours: Hours,
    /// Whose they are.
    #[n(1)]
    pub source: HoursSource,
}
