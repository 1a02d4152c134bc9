//! Changes of other editions than the one that is here.

use xunge_documents::change_parts::ChangeHash;
use xunge_documents::guard::Inspected;
use xunge_documents::{Document, edition_begun_by};

use super::Ingest;
use crate::hub::quarantine::Quarantine;
use crate::wire::{PushedChange, Verdict};

impl Ingest<'_> {
    /// The verdict on a change that begins a later edition, or is of a former one; `None` for any other.
    pub(super) fn take_of_editions(
        &mut self,
        pushed: &PushedChange,
        inspected: &Inspected<'_>,
        refused: &mut Vec<ChangeHash>,
    ) -> Option<Verdict> {
        let begins = edition_begun_by(inspected.parts()).filter(|_| pushed.signature.is_some());
        if begins.is_some_and(|number| number > self.known.document.edition()) {
            return Some(self.begin_edition(pushed, inspected, refused));
        }
        if !self.is_of_former_edition(inspected) || self.origin.revoked {
            return None;
        }
        let hash = inspected.hash();
        // Its author takes the new edition, and makes anew there what is not in it.
        Some(if self.party {
            refused.push(hash);
            Verdict::Blocked
        } else {
            self.set_aside(hash, pushed, Quarantine::Replaced, refused)
        })
    }

    /// Whether a change belongs to a history that was replaced.
    pub(super) fn is_of_former_edition(&self, change: &Inspected<'_>) -> bool {
        let mut dependencies = change.parts().dependencies.iter();
        self.known.document.is_of_former_edition(change.parts())
            || dependencies.any(|hash| self.known.replaced.contains(hash))
    }

    /// A hub that was put back to a backup of before an erasure takes the edition back from any device: what it has goes.
    fn begin_edition(
        &mut self,
        pushed: &PushedChange,
        foundation: &Inspected<'_>,
        refused: &mut Vec<ChangeHash>,
    ) -> Verdict {
        let hash = foundation.hash();
        if let Err(reason) = self.authorise(foundation, pushed) {
            return self.set_aside(hash, pushed, reason, refused);
        }
        let mut document = Document::new();
        if let Err(cause) = document.apply_inspected(foundation) {
            return self.set_aside(hash, pushed, Quarantine::Malformed(cause.code()), refused);
        }
        self.known.document = document;
        self.appended.clear();
        self.requested.clear();
        self.replaces = true;
        self.append(foundation, pushed);
        Verdict::Received
    }
}
