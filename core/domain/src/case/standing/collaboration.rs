//! What others have to do with a case beside moving it: surveys, supervision, the ladder.

use serde::Serialize;

use crate::case::asked::Level;
use crate::class::Limit;
use crate::geo::Point;
use crate::ids::{IntentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// What one body found on a joint survey. Two that differ stand side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointSurvey {
    /// The request.
    pub id: IntentId,
    /// Who wrote it.
    pub by: PersonId,
    /// For which body.
    pub organisation: OrganisationId,
    /// When it was ruled.
    pub at: Timestamp,
    /// Where the author stood.
    pub point: Option<Point>,
    /// What caused the matter.
    pub cause: String,
    /// How long the surveyors think it takes.
    pub estimate: Option<Limit>,
}

/// An opinion that wants an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Supervision {
    /// The request.
    pub id: IntentId,
    /// Who supervises.
    pub by: PersonId,
    /// When it was ruled.
    pub at: Timestamp,
    /// What was said.
    pub opinion: String,
    /// Until when an answer is wanted.
    pub reply_due: Timestamp,
    /// When the body that has the case answered: by feedback or by an application.
    pub answered_at: Option<Timestamp>,
}

/// The rung a case stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// Which.
    pub level: Level,
    /// Since when; `None` on the rung where it began.
    pub since: Option<Timestamp>,
    /// Which body has it there, when it was named.
    pub organisation: Option<OrganisationId>,
}

impl Rung {
    /// Where every case begins.
    pub const fn first() -> Self {
        Self {
            level: Level::Community,
            since: None,
            organisation: None,
        }
    }
}
