//! Facts: what any party may write offline, and what merges.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::component::ComponentCode;
use crate::geo::Point;
use crate::grid::UnitGridCode;
use crate::ids::CaseId;
use crate::time::Timestamp;

/// How bad it looks to the one who found it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Default,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Severity {
    /// 一般.
    #[default]
    #[n(0)]
    Ordinary,
    /// 较重.
    #[n(1)]
    Serious,
    /// 紧急: travels first under a bad link.
    #[n(2)]
    Urgent,
}

impl Severity {
    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Serious => "serious",
            Self::Urgent => "urgent",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Ordinary => "一般",
            Self::Serious => "较重",
            Self::Urgent => "紧急",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Ordinary, Self::Serious, Self::Urgent]
            .into_iter()
            .find(|severity| severity.id() == id)
    }
}

/// One answer of a positioning provider, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Fix {
    /// Where, WGS-84.
    #[n(0)]
    pub point: Point,
    /// Radius of the 68 % circle in metres, as the provider claims.
    #[n(1)]
    pub accuracy_metres: Option<u32>,
    /// `gps`, `network`, `fused`, `manual`…
    #[n(2)]
    pub provider: String,
    /// The device's clock: a claim.
    #[n(3)]
    pub at: Timestamp,
    /// Whether the platform marked it as mocked.
    #[n(4)]
    pub mock: bool,
}

/// Most fixes one position carries: a form left open for an hour must not make a report too large.
pub const FIXES_MAX: usize = 64;

/// Where the matter is, and everything that was used to say so.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Position {
    /// The place shown.
    #[n(0)]
    pub point: Point,
    /// All fixes used.
    #[n(1)]
    pub fixes: Vec<Fix>,
}

/// Which unit grid, or why none.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GridAnswer {
    /// Inside this unit grid.
    #[n(0)]
    Known(#[n(0)] UnitGridCode),
    /// The worker says there is none here, and why.
    #[n(1)]
    NoGrid(#[n(0)] String),
}

/// The merging fields of a case. Where two people wrote at once, the reader keeps one and names the other in
/// its anomalies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Code of the minor class.
    pub class: Option<String>,
    /// Code of the filing condition within the class.
    pub condition: Option<String>,
    /// One line.
    pub title: String,
    /// What is wrong; merges character by character.
    pub description: String,
    /// Where.
    pub position: Option<Position>,
    /// Where, in words.
    pub address: String,
    /// Which unit grid.
    pub unit_grid: Option<GridAnswer>,
    /// How bad.
    pub severity: Severity,
    /// The component it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentCode>,
    /// The case that this one may repeat, as somebody on site says: a hint to the clerk, who links or does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub possible_duplicate_of: Option<CaseId>,
}
