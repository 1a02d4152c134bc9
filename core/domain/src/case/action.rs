//! Actions: append-only requests for a decision. They do not merge, they are ruled.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::act::Act;
use crate::case::entry::Seal;
use crate::ids::PersonId;
use crate::time::Timestamp;

/// The browser session of somebody who acted under the server's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StaffSession {
    /// Public id of the session, not its secret.
    #[n(0)]
    pub id: String,
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
