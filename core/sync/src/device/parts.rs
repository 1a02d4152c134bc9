//! Pushes in parts. What a cut of the link destroys is the part that was under way: the hub keeps those before it and
//! says so when it is asked, and only the rest is sent again.

use xunge_domain::ids::{DocumentId, InstallationId};

use crate::device::answer::{Commit, Settled, Told, on_head, settled};
use crate::device::machine::{DeviceMachine, Sent};
use crate::device::push::Named;
use crate::device::request::{PendingDocument, Session};
use crate::wire::{HeadFrame, Nonce, TakenParts};

/// A push in parts that was sent and of which no answer told anything yet. A kill forgets it: then all of it is sent
/// again, which costs bytes and nothing else.
pub(super) struct Untold {
    pub(super) installation: InstallationId,
    pub(super) nonce: Nonce,
    /// What each part named.
    pub(super) parts: Vec<Vec<Named>>,
}

/// Cuts a push into parts of at most so many bytes of raw changes. A document is in one part only, however long it is.
pub(super) fn split(pending: &[PendingDocument], part_bytes: usize) -> Vec<&[PendingDocument]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (place, document) in pending.iter().enumerate() {
        let more = document.bytes();
        if place > start && bytes + more > part_bytes {
            parts.push(&pending[start..place]);
            (start, bytes) = (place, 0);
        }
        bytes += more;
    }
    parts.push(&pending[start..]);
    parts
}

impl DeviceMachine {
    /// The push whose fate is to be asked for before anything else is pushed.
    pub(super) fn resumed_nonce(&mut self, session: &Session) -> Option<Nonce> {
        // The hub keeps it by installation: another one would ask for nothing.
        self.untold
            .take_if(|untold| untold.installation != session.installation);
        self.untold.as_ref().map(|untold| untold.nonce)
    }

    /// What the head of an answer says of its own push, or of the one it was asked for.
    pub(super) fn on_head(&mut self, mut head: HeadFrame, sent: &Sent) -> Commit {
        let taken = head.taken.take();
        if sent.in_parts || sent.resumes {
            let mut commit = on_head(head, sent.reader.nonce(), &[]);
            commit.verdicts = self.on_taken(taken);
            return commit;
        }
        self.note_unresolved(&head.unresolved, &sent.pushed);
        on_head(head, sent.reader.nonce(), &sent.pushed)
    }

    /// Takes the receipts of the parts that arrived, and of no other: a part may be lost where the end is not. Where not
    /// one did, the next parts are smaller: a link that breaks off sooner than a part takes would carry nothing for ever.
    fn on_taken(&mut self, taken: Option<Box<TakenParts>>) -> Settled {
        let Some(untold) = self.untold.take() else {
            return Vec::new();
        };
        let Some(taken) = taken.filter(|taken| taken.parts > 0) else {
            self.pace.no_part_came_through();
            return Vec::new();
        };
        let count = usize::try_from(taken.parts).unwrap_or(usize::MAX);
        let named: Vec<Named> = untold.parts.into_iter().take(count).flatten().collect();
        self.note_unresolved(&taken.unresolved, &named);
        let told = Told {
            verdicts: taken.verdicts,
            unresolved: taken.unresolved,
            rest_received: true,
        };
        settled(told, &named)
    }

    /// Notes which documents are to be spelled out, and forgets those that came through.
    fn note_unresolved(&mut self, unresolved: &[DocumentId], pushed: &[Named]) {
        for (document, _) in pushed {
            if unresolved.contains(document) {
                self.spelled.insert(*document);
            } else {
                self.spelled.remove(document);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use xunge_documents::change_parts::ChangeHash;

    use super::*;
    use crate::device::request::PendingChange;
    use crate::wire::columns::Base;

    fn pending(sizes: &[usize]) -> Vec<PendingDocument> {
        let change = |size: usize| PendingChange {
            hash: ChangeHash([0; 32]),
            bytes: vec![0; size],
            signature: None,
        };
        sizes
            .iter()
            .map(|size| PendingDocument {
                document: DocumentId::from_bytes([1; 16]),
                base: Base::New,
                changes: vec![change(size / 2), change(size - size / 2)],
            })
            .collect()
    }

    #[test]
    fn parts_hold_no_more_than_they_may_and_a_document_stays_whole() {
        let sizes = |sizes: &[usize], most| -> Vec<Vec<usize>> {
            let pending = pending(sizes);
            let parts = split(&pending, most);
            let sizes =
                |part: &&[PendingDocument]| part.iter().map(PendingDocument::bytes).collect();
            parts.iter().map(sizes).collect()
        };
        assert_eq!(sizes(&[4, 6, 1], 10), [vec![4, 6], vec![1]]);
        assert_eq!(sizes(&[4, 7, 3], 10), [vec![4], vec![7, 3]]);
        assert_eq!(sizes(&[30, 1, 30], 10), [vec![30], vec![1], vec![30]]);
        assert_eq!(sizes(&[1, 2, 3], 0), [vec![1], vec![2], vec![3]]);
        assert_eq!(sizes(&[5], 5), [vec![5]]);
    }
}
