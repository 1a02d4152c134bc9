//! Applications: what a department or dispatcher asked somebody else to approve.

use serde::Serialize;

use crate::case::asked::{ApplicationKind, ExtensionAsked, HoldCause, SendBackCause};
use crate::ids::{IntentId, PersonId};
use crate::time::Timestamp;

/// What is applied for, with what its clock needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Asked {
    /// 延期.
    Extend {
        /// How much more time.
        asked: ExtensionAsked,
    },
    /// 回退.
    SendBack {
        /// Which kind of mistake.
        cause: SendBackCause,
    },
    /// 挂账.
    Hold {
        /// Which kind of obstacle.
        cause: HoldCause,
        /// When it is looked at again.
        review_at: Timestamp,
    },
    /// 作废.
    Void,
}

impl Asked {
    /// Which of the four.
    pub const fn kind(&self) -> ApplicationKind {
        match self {
            Self::Extend { .. } => ApplicationKind::Extend,
            Self::SendBack { .. } => ApplicationKind::SendBack,
            Self::Hold { .. } => ApplicationKind::Hold,
            Self::Void => ApplicationKind::Void,
        }
    }
}

/// One that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Application {
    /// The request.
    pub id: IntentId,
    /// Who applied.
    pub by: PersonId,
    /// When that was ruled.
    pub at: Timestamp,
    /// What for.
    #[serde(flatten)]
    pub asked: Asked,
    /// In words.
    pub reason: String,
}

/// An extension that was granted: it moves the deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// The application it grants.
    pub application: IntentId,
    /// How much more time.
    pub asked: ExtensionAsked,
    /// Who granted it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// On whom a send-back counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SendBackCounts {
    /// 误派: it was granted, the dispatch was mistaken.
    MisDispatch,
    /// 推诿: it was refused, the department shirked.
    Shirking,
}

/// A send-back that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SendBack {
    /// The application it answers.
    pub application: IntentId,
    /// Which kind of mistake.
    pub cause: SendBackCause,
    /// On whom it counts.
    pub counts_as: SendBackCounts,
    /// When it was answered.
    pub at: Timestamp,
}

/// A stretch on hold, during which the overall clock stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// Which kind of obstacle.
    pub cause: HoldCause,
    /// When it is looked at again.
    pub review_at: Timestamp,
    /// From when.
    pub since: Timestamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Timestamp>,
}
