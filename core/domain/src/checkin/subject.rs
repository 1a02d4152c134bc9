//! What a check-in is about, and how it came to be.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::ids::{CaseId, DocumentId};

/// The matter. A body, a case or a project is named by its id, never by words.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A case.
    #[n(0)]
    Case(#[n(0)] CaseId),
    /// A livelihood project 为民办实事项目.
    #[n(1)]
    Project(#[n(0)] DocumentId),
    /// A place that is no case (yet): a courtyard, an estate.
    #[n(2)]
    Place {
        /// In words.
        #[n(0)]
        address: String,
        /// On the map.
        #[n(1)]
        point: Option<Point>,
    },
}

impl Subject {
    /// The case, where it is one.
    pub const fn case(&self) -> Option<&CaseId> {
        match self {
            Self::Case(case) => Some(case),
            _ => None,
        }
    }
}

/// How a check-in came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Initiation {
    /// 走访: found on a visit.
    #[n(0)]
    Visit,
    /// 会同: two sides took it up together.
    #[n(1)]
    Joint,
    /// 吹哨: the sub-district called, each called body has an obligation and a time.
    #[n(2)]
    Whistle,
    /// 共建: under a standing agreement.
    #[n(3)]
    CoBuilding,
    /// 项目清单: from the list of projects.
    #[n(4)]
    ProjectList,
}

impl Initiation {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Visit,
        Self::Joint,
        Self::Whistle,
        Self::CoBuilding,
        Self::ProjectList,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Joint => "joint",
            Self::Whistle => "whistle",
            Self::CoBuilding => "co_building",
            Self::ProjectList => "project_list",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Visit => "走访",
            Self::Joint => "会同",
            Self::Whistle => "吹哨",
            Self::CoBuilding => "共建",
            Self::ProjectList => "项目清单",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|initiation| initiation.id() == id)
    }
}
