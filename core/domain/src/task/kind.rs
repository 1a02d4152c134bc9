//! Which tasks there are.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::{Act, CaseState, Standing};
use crate::ids::PersonId;

/// What somebody is sent for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum TaskKind {
    /// 核实: whether a report is true.
    #[n(0)]
    Verify,
    /// 核查: whether works are done.
    #[n(1)]
    Check,
}

impl TaskKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Verify, Self::Check];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Check => "check",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Verify => "核实",
            Self::Check => "核查",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// What somebody can be sent for where a case stands so.
    pub fn due(standing: &Standing) -> Option<Self> {
        match standing.state {
            CaseState::Reported | CaseState::Verifying => Some(Self::Verify),
            CaseState::FedBack | CaseState::Checking => Some(Self::Check),
            CaseState::ToClose if standing.disputed() => Some(Self::Check),
            _ => None,
        }
    }

    /// The request that sends somebody.
    pub const fn send(self, to: PersonId) -> Act {
        match self {
            Self::Verify => Act::SendVerify { to },
            Self::Check => Act::SendCheck { to, also: None },
        }
    }
}
