//! What each frame of an answer means.

use crate::device::answer::{Commit, Effect};
use crate::device::machine::{DeviceMachine, Sent};
use crate::device::packs::PacksTold;
use crate::wire::{EndFrame, Frame, compares};

impl DeviceMachine {
    /// Nothing, where a frame says nothing to commit.
    pub(super) fn on_frame(&mut self, frame: Frame, sent: &Sent) -> Option<Effect> {
        match frame {
            Frame::Head(head) => {
                self.comparing.hub_compares = compares(&head.capabilities);
                Some(Effect::Commit(self.on_head(head, sent)))
            }
            Frame::Documents(frame) => Some(Effect::Commit(Commit {
                documents: frame.documents,
                whole: sent.comparison.is_some(),
                cursors: frame.cursors,
                evicted: frame.evicted,
                left: frame.left,
                ..Commit::default()
            })),
            Frame::Columns(frame) => Some(Effect::Commit(Commit {
                batch: Some(frame.batch.into()),
                whole: sent.comparison.is_some(),
                cursors: frame.cursors,
                evicted: frame.evicted,
                ..Commit::default()
            })),
            Frame::End(end) => self.on_end(end, sent),
            Frame::Blob(answer) => {
                let blobs = self.on_blobs(vec![answer]);
                (!blobs.is_empty()).then(|| {
                    Effect::Commit(Commit {
                        blobs,
                        ..Commit::default()
                    })
                })
            }
            Frame::Superseded(frame) => {
                self.round_due = true;
                self.untold = None;
                Some(Effect::Superseded {
                    installation: frame.installation,
                    token: *frame.token,
                })
            }
            Frame::Refused(refusal) => {
                self.round_due = false;
                // A device that is refused sends no photos either, and compares nothing.
                self.gaps.clear();
                self.comparing.give_up();
                Some(Effect::Refused(refusal))
            }
            Frame::Carried(frame) => Some(Effect::Carried(frame)),
            Frame::Certified(certificate) => Some(Effect::Certified(certificate)),
            Frame::Receipts(receipts) => Some(Effect::Receipts(receipts)),
            Frame::PrivateKept(kept) => Some(Effect::PrivateKept(kept)),
            Frame::Tables(tables) => Some(Effect::Tables(tables)),
            Frame::Duty(told) => Some(Effect::Duty(told)),
            Frame::BaseMap(told) => Some(Effect::BaseMapTold(Box::new(told))),
            // Only ever the answer to an enrolment, which has no machine yet.
            Frame::Enrolled(_) => None,
        }
    }

    fn on_end(&mut self, end: EndFrame, sent: &Sent) -> Option<Effect> {
        self.round_due = end.more;
        self.tails_due = false;
        // An answer about a blob that was not offered would only tell what others have.
        let blobs = end.blobs.into_iter();
        let blobs = blobs.filter(|answer| sent.offered.contains(&answer.sha256));
        let blobs = self.on_blobs(blobs.collect());
        if !end.more && end.packs.is_empty() {
            self.packs.begin_anew();
        }
        let packs = (sent.packs_known || !end.packs.is_empty()).then_some(PacksTold {
            offers: end.packs,
            more: end.more,
        });
        let asked = sent.comparison.as_ref();
        let finding = asked.and_then(|asked| self.comparing.told(asked, end.compared));
        let refused = end.refused;
        let tasks = (end.tasks != self.tasks).then(|| {
            self.tasks.clone_from(&end.tasks);
            end.tasks
        });
        let says_more =
            packs.is_some() || finding.is_some() || !refused.is_empty() || tasks.is_some();
        (says_more || !blobs.is_empty()).then(|| {
            Effect::Commit(Commit {
                blobs,
                packs,
                finding,
                refused,
                tasks,
                ..Commit::default()
            })
        })
    }
}
