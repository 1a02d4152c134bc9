//! A case as read from its document: what merged, what was asked for, what was ruled.

use serde::Serialize;

use crate::case::action::Action;
use crate::case::entry::{Keyed, Note, PhotoEntry};
use crate::case::erased::ErasedText;
use crate::case::facts::Facts;
use crate::case::ruling::{Outcome, Ruling};
use crate::ids::{CaseId, IntentId};
use crate::time::Timestamp;

/// A case as read from its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// The document.
    pub id: CaseId,
    /// What merged.
    pub facts: Facts,
    /// By intent id.
    pub photos: Vec<Keyed<PhotoEntry>>,
    /// By intent id.
    pub hazards: Vec<Keyed<Note>>,
    /// By intent id.
    pub comments: Vec<Keyed<Note>>,
    /// By intent id.
    pub actions: Vec<Keyed<Action>>,
    /// By sequence.
    pub rulings: Vec<Keyed<Ruling>>,
    /// The marks of erased texts, by their places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<ErasedText>,
}

impl Case {
    /// An action by its id.
    pub fn action(&self, id: &IntentId) -> Option<&Action> {
        self.actions
            .iter()
            .find(|action| action.id == *id)
            .map(|action| &action.entry)
    }

    /// The ruling of an action.
    pub fn ruling(&self, id: &IntentId) -> Option<&Ruling> {
        self.rulings
            .iter()
            .find(|ruling| ruling.id == *id)
            .map(|ruling| &ruling.entry)
    }

    /// When somebody asked for it to be a case, by that person's clock.
    pub fn asked_at(&self) -> Option<Timestamp> {
        let actions = self.actions.iter().map(|action| &action.entry);
        let beginnings = actions.filter(|action| action.act.begins_a_case());
        beginnings.map(|action| action.at).min()
    }

    /// When the ruling was made that ended it, if it has ended. What is decided afterwards and leaves it so counts for nothing.
    pub fn ended_at(&self) -> Option<Timestamp> {
        let mut ended = None;
        for ruling in self.rulings.iter().map(|ruling| &ruling.entry) {
            match &ruling.outcome {
                Outcome::Accepted { to, .. } if to.is_final() => {
                    ended.get_or_insert(ruling.at);
                }
                Outcome::Accepted { .. } => ended = None,
                Outcome::Declined { .. } => {}
            }
        }
        ended
    }

    /// Actions without a ruling, in the order of their authors' clocks and then of their ids.
    pub fn unruled(&self) -> Vec<&Keyed<Action>> {
        let mut open: Vec<_> = self
            .actions
            .iter()
            .filter(|action| self.ruling(&action.id).is_none())
            .collect();
        open.sort_by_key(|action| (action.entry.at, action.id));
        open
    }
}
