//! Delivery: from when on a verification is the worker's time. Before it the case is still the clerk's to send.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::IntentId;
use crate::time::Timestamp;

/// What became of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// When a device of its person was first handed it.
    #[n(0)]
    At(#[n(0)] Timestamp),
    /// None was, until now or until it ended.
    #[n(1)]
    Never,
}

/// The sending that was ruled last in a verification that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOffer {
    /// The request.
    pub send: IntentId,
    /// When it was ruled.
    pub sent_at: Timestamp,
}
