//! What the server decided about one action.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::clock::{ClockTerms, Delivery, StageTerms};
use crate::case::decline::Decline;
use crate::case::state::CaseState;
use crate::ids::OrganisationId;
use crate::time::Timestamp;

/// What a ruling says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It holds.
    #[n(0)]
    Accepted {
        /// The state it led to.
        #[n(0)]
        to: CaseState,
        /// The number given by filing; the server fills it in.
        #[n(1)]
        case_no: Option<String>,
        /// The author's body, where it matters later (claim, feedback, survey).
        #[n(2)]
        organisation: Option<OrganisationId>,
        /// The class it was filed under: what is written among the facts later is a proposal.
        #[n(3)]
        #[serde(skip_serializing_if = "Option::is_none", default)]
        class: Option<String>,
    },
    /// It does not hold; it stays in the history.
    #[n(1)]
    Declined {
        /// Why.
        #[n(0)]
        reason: Decline,
    },
}

impl Outcome {
    /// Whether it holds.
    pub const fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }
}

/// A decision of the server, kept under the intent id of the action it rules.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Ruling {
    /// 1, 2, 3… within the case.
    #[n(0)]
    pub sequence: u32,
    /// The server's clock.
    #[n(1)]
    pub at: Timestamp,
    /// What was decided.
    #[n(2)]
    #[serde(flatten)]
    pub outcome: Outcome,
    /// When the request was made at the latest, where that is proven to be before its receipt: by the hub's last beacon and the
    /// clock nobody sets since. Clocks stop then.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub done_at: Option<Timestamp>,
    /// What filing fixed for the clock of the case.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub terms: Option<ClockTerms>,
    /// What the stage that it begins is measured by; nothing where the city has no table that says it.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<StageTerms>,
    /// Of what ends an offer to verify, its answer or the sending of somebody else: whether the offer was delivered, and when. Nothing
    /// where the hub did not know; its clock is then read from the sending.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub delivery: Option<Delivery>,
}
