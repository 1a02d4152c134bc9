//! Actions of a check-in: append-only requests for a decision. They do not merge, they are ruled.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::{Seal, StaffSession};
use crate::checkin::subject::{Initiation, Subject};
use crate::ids::{OrganisationId, PersonId};
use crate::time::Timestamp;

/// What a whistle asks of one called body.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Call {
    /// Who is called: one of the visiting parties.
    #[n(0)]
    pub party: OrganisationId,
    /// What it has to do.
    #[n(1)]
    pub obligation: String,
    /// When it has to be there.
    #[n(2)]
    pub due: Timestamp,
}

/// What is asked for, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Act {
    /// 发起报到.
    #[n(0)]
    Open {
        /// One line.
        #[n(0)]
        title: String,
        /// How it came to be.
        #[n(1)]
        initiation: Initiation,
        /// The matter.
        #[n(2)]
        subject: Subject,
        /// 报到方.
        #[n(3)]
        visiting: Vec<OrganisationId>,
        /// 接待方.
        #[n(4)]
        hosts: Vec<OrganisationId>,
        /// Of a whistle: whom it calls.
        #[n(5)]
        #[serde(default)]
        calls: Vec<Call>,
    },
    /// 应答.
    #[n(1)]
    Answer {
        /// For which party.
        #[n(0)]
        party: OrganisationId,
        /// Whether it takes part.
        #[n(1)]
        accepts: bool,
        /// In words.
        #[n(2)]
        note: String,
    },
    /// 办结.
    #[n(2)]
    Close {
        /// How it ended; the reason, where nothing was completed.
        #[n(0)]
        note: String,
    },
}

/// The verb alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActName {
    /// 发起报到.
    Open,
    /// 应答.
    Answer,
    /// 办结.
    Close,
}

impl ActName {
    /// Every verb.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answer, Self::Close];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answer => "answer",
            Self::Close => "close",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Open => "发起报到",
            Self::Answer => "应答",
            Self::Close => "办结",
        }
    }
}

impl Act {
    /// The verb of this request.
    pub const fn name(&self) -> ActName {
        match self {
            Self::Open { .. } => ActName::Open,
            Self::Answer { .. } => ActName::Answer,
            Self::Close { .. } => ActName::Close,
        }
    }
}

/// One request, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Action {
    /// Who asks.
    #[n(0)]
    pub author: PersonId,
    /// The author's clock: a claim.
    #[n(1)]
    pub at: Timestamp,
    /// What for.
    #[n(2)]
    #[serde(flatten)]
    pub act: Act,
    /// The author's signature, from a device.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<Seal>,
    /// The session, from a browser.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<StaffSession>,
}
