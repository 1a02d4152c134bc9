//! On answer: every frame is committed whole, together with its cursors; what a cut answer brought counts.

use xunge_sync::device::{Effect, HttpAnswer, LinkProblem};
use xunge_sync::wire::RefusedFrame;

use crate::app::FieldApp;
use crate::enrol::set_forgotten;
use crate::error::FieldError;
use crate::sync::revoked::{REVOKED, RevokedStore};

/// What the host should know after an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// Wait so many milliseconds before asking for the next request, and why.
    pub retry: Option<(u64, LinkProblem)>,
    /// The server refuses this device: stop, show the reason.
    pub refused: Option<RefusedFrame>,
    /// The device was revoked, and this became of its store. The host destroys the signing key as well.
    pub revoked: Option<RevokedStore>,
}

impl FieldApp {
    /// Takes the answer to the last request, whole or cut. One commit a frame.
    ///
    /// # Errors
    /// The store's; what was committed before stays, the rest is asked for again.
    pub fn on_answer(&mut self, answer: HttpAnswer) -> Result<Answered, FieldError> {
        let mut answered = Answered::default();
        let mut resolved = true;
        let took = self.took_millis();
        self.whole.clear();
        for effect in self.machine.on_answer_after(answer, took) {
            match effect {
                // The cursors behind a frame that could not be taken whole would pass over it.
                Effect::Commit(commit)
                    if !resolved && (!commit.cursors.is_empty() || commit.pack.is_some()) => {}
                Effect::Commit(commit) => {
                    if !self.commit(&commit)? {
                        resolved = false;
                        match commit.pack {
                            Some(_) => self.machine.refuse_packs(),
                            None => self.machine.pull_plain(),
                        }
                    }
                }
                Effect::Superseded {
                    installation,
                    token,
                } => self.become_installation(installation, token)?,
                Effect::Refused(refusal) => {
                    answered.refused = self.told(refusal)?;
                    let refused = answered.refused.as_ref();
                    if refused.is_some_and(|refused| refused.code == REVOKED) {
                        answered.revoked = Some(self.on_revoked()?);
                        return Ok(answered);
                    }
                }
                Effect::Carried(told) => self.take_carried(&told)?,
                Effect::Certified(given) => self.take_certificate(&given)?,
                Effect::Receipts(receipts) => self.take_receipts(&receipts)?,
                Effect::PrivateKept(told) => self.take_private_kept(&told)?,
                Effect::Tables(tables) => self.take_tables(&tables)?,
                Effect::Duty(told) => self.take_duty(&told)?,
                Effect::BaseMapTold(told) => self.take_base_map(&told)?,
                Effect::BaseMapPiece {
                    sha256,
                    from,
                    bytes,
                } => self.take_base_map_piece(sha256, from, &bytes)?,
                Effect::BaseMapGone(sha256) => self.base_map_is_gone(sha256)?,
                Effect::Retry {
                    after_millis,
                    problem,
                } => {
                    if problem == LinkProblem::Unknown {
                        self.note_forgotten(true)?;
                    }
                    answered.retry = Some((after_millis, problem));
                }
            }
        }
        self.empty_drained()?;
        self.rewrite_where_due()?;
        Ok(answered)
    }

    /// Keeps whether the hub knows this device, where that is news.
    pub(crate) fn note_forgotten(&mut self, forgotten: bool) -> Result<(), FieldError> {
        if let Some(identity) = self.identity.as_mut()
            && identity.forgotten != forgotten
        {
            self.store.transaction(|tx| set_forgotten(tx, forgotten))?;
            identity.forgotten = forgotten;
        }
        Ok(())
    }

    /// How long the push and pull under way took by the device's clock. Somebody may have set it meanwhile; then this
    /// is nothing, or a wrong size for one push.
    fn took_millis(&mut self) -> Option<u64> {
        let asked_at = self.asked_at.take()?;
        u64::try_from(self.now().millis_since(asked_at)).ok()
    }
}
