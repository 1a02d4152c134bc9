//! What the simulation knows independently of the product: everything a device called saved.

use std::collections::BTreeSet;

use xunge_field::domain::ids::{Digest, DocumentId, IntentId, PersonId};

/// One write that a device called saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Acknowledged {
    /// The case.
    pub(super) case: DocumentId,
    /// What of it.
    pub(super) what: Saved,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saved {
    /// A report with its photos.
    Report {
        /// Unique.
        title: String,
        /// Originals.
        photos: Vec<Digest>,
    },
    /// A comment; its id is not known when the device never answered.
    Comment(Option<IntentId>, String),
    /// A hazard note.
    Hazard(IntentId, String),
    /// A photo.
    Photo(Option<IntentId>, Digest),
    /// A request for a decision.
    Action(IntentId),
    /// One character appended to the description; no other write has it.
    Description(char),
}

/// A forged change, put into a device's store past the facade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forged {
    /// The document it is for.
    pub(super) case: DocumentId,
    /// Its name.
    pub(super) hash: Digest,
    /// Which rule it breaks.
    pub(super) kind: &'static str,
}

/// The whole model.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// By device.
    pub(super) acknowledged: Vec<Vec<Acknowledged>>,
    /// All forgeries.
    pub(super) forged: Vec<Forged>,
    /// Every case anybody began to report, saved or not.
    pub(super) begun: BTreeSet<DocumentId>,
    /// How many unique texts were given out.
    texts: u32,
}

/// The first of the characters that descriptions grow by.
const FIRST_CHARACTER: u32 = 0x4E00;

impl Model {
    /// A text nobody else writes.
    pub(super) fn unique_text(&mut self, kind: &str, author: &PersonId) -> String {
        self.texts += 1;
        format!("{kind} {} of {author}", self.texts)
    }

    /// The cases a device called anything saved in.
    pub(super) fn cases_of(&self, device: usize) -> BTreeSet<DocumentId> {
        let acknowledged = self.acknowledged[device].iter();
        acknowledged.map(|saved| saved.case).collect()
    }

    /// A character nobody else writes.
    pub(super) fn unique_character(&mut self) -> char {
        self.texts += 1;
        char::from_u32(FIRST_CHARACTER + self.texts).unwrap_or('一')
    }
}
