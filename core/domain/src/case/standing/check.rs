//! Checks of one piece of works: who was sent, who found what, and whether they agree.

use serde::Serialize;

use crate::ids::{IntentId, PersonId};
use crate::time::Timestamp;

/// One check that was ruled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckMade {
    /// The request.
    pub id: IntentId,
    /// Who checked.
    pub by: PersonId,
    /// What was found.
    pub passed: bool,
    /// When it was ruled.
    pub at: Timestamp,
}

/// The checks since the last feedback or sending. The first one ruled decides the state.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Checks {
    /// Who was sent, those sent last first: who was sent before them did not answer in time and may still.
    pub sent_to: Vec<PersonId>,
    /// In the order of their rulings.
    pub made: Vec<CheckMade>,
}

impl Checks {
    /// Nobody was sent.
    pub const fn none() -> Self {
        Self {
            sent_to: Vec::new(),
            made: Vec::new(),
        }
    }

    /// The check that decided.
    pub fn decided(&self) -> Option<&CheckMade> {
        self.made.first()
    }

    /// Whether two of them disagree.
    pub fn disagree(&self) -> bool {
        let first = self.decided().map(|check| check.passed);
        self.made.iter().any(|check| Some(check.passed) != first)
    }

    /// Whether this person has checked already.
    pub fn made_by(&self, person: &PersonId) -> bool {
        self.made.iter().any(|check| check.by == *person)
    }
}
