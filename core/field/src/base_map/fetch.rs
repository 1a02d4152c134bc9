//! Fetch: the file grows piece by piece, each on the disk before the next is asked for, and takes the place of the map before once its
//! digest was seen to be right. Nothing here fails a round: the base map is none of the work.

use xunge_domain::ids::Digest;
use xunge_sync::device::BaseMapProgress;
use xunge_sync::wire::BaseMapOffer;

use super::kept::{held, offer, set_asked, set_held};
use super::problem::{BaseMapProblem, forget, note, pauses};
use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// What of the base map is to be fetched now. Not on a metered link, and for some hours not where it went wrong. Cost: two values
    /// of the store; where one is on its way, a look at the disk.
    pub(crate) fn base_map_wanted(&mut self) -> Result<Option<BaseMapProgress>, FieldError> {
        if !self.store.keeps_base_map() {
            return Ok(None);
        }
        let now = self.ports.clock.now();
        let wanted = self.store.read(|reader| {
            let Some(offer) = offer(reader)? else {
                return Ok::<_, FieldError>(None);
            };
            Ok((!pauses(reader, offer.sha256, now)?).then_some((offer, held(reader)?)))
        })?;
        let Some((offer, held)) = wanted else {
            return Ok(None);
        };
        let here = match self.store.base_map_bytes_here(offer.sha256) {
            Ok(here) => here,
            Err(error) => {
                self.base_map_failed(offer.sha256, BaseMapProblem::of_store(&error))?;
                return Ok(None);
            }
        };
        let is_held = held.is_some_and(|held| held.sha256 == offer.sha256);
        match here.cmp(&offer.length) {
            std::cmp::Ordering::Less if is_held => {
                // Somebody cut it short, or took it away.
                self.drop_held_base_map()?;
                Ok(None)
            }
            std::cmp::Ordering::Less => Ok((!self.metered).then_some(BaseMapProgress {
                sha256: offer.sha256,
                length: offer.length,
                here,
            })),
            std::cmp::Ordering::Equal if is_held => Ok(None),
            _ => {
                self.finish_base_map(&offer)?;
                Ok(None)
            }
        }
    }

    /// Puts a piece behind those that are here.
    pub(crate) fn take_base_map_piece(
        &mut self,
        sha256: Digest,
        from: u64,
        bytes: &[u8],
    ) -> Result<(), FieldError> {
        let offer = self.store.read(offer)?;
        // The hub told another one meanwhile.
        let Some(offer) = offer.filter(|offer| offer.sha256 == sha256) else {
            return Ok(());
        };
        match self.store.append_base_map(sha256, from, bytes) {
            Err(error) => self.base_map_failed(sha256, BaseMapProblem::of_store(&error)),
            Ok(()) if from.saturating_add(bytes.len() as u64) >= offer.length => {
                self.finish_base_map(&offer)
            }
            Ok(()) => Ok(()),
        }
    }

    /// The hub has no such file any more: it is asked again.
    pub(crate) fn base_map_is_gone(&mut self, sha256: Digest) -> Result<(), FieldError> {
        self.store.transaction(|tx| {
            if offer(tx)?.is_some_and(|offer| offer.sha256 == sha256) {
                set_asked(tx, None)?;
            }
            Ok(())
        })
    }

    /// All bytes are here.
    fn finish_base_map(&mut self, offer: &BaseMapOffer) -> Result<(), FieldError> {
        let finished = self.store.finish_base_map(offer.sha256);
        let problem = match finished {
            Ok(finish) => BaseMapProblem::of_finish(finish),
            Err(error) => Some(BaseMapProblem::of_store(&error)),
        };
        if let Some(problem) = problem {
            return self.base_map_failed(offer.sha256, problem);
        }
        self.store.transaction(|tx| {
            set_held(tx, Some(offer))?;
            forget(tx)
        })?;
        self.let_go_of_base_maps();
        Ok(())
    }

    /// What came goes, and is fetched again hours later; what is held stays.
    fn base_map_failed(
        &mut self,
        sha256: Digest,
        problem: BaseMapProblem,
    ) -> Result<(), FieldError> {
        let held = self.store.read(held)?;
        let kept: Vec<Digest> = held.iter().map(|held| held.sha256).collect();
        // Before anything is written: a full disk needs the room. What cannot be removed now is with the next change of maps.
        let _ = self.store.keep_base_maps(&kept);
        let now = self.ports.clock.now();
        self.store.transaction(|tx| note(tx, sha256, problem, now))
    }

    /// What is here whole is not what it was: it goes, and is fetched again with the next round.
    pub(crate) fn drop_held_base_map(&mut self) -> Result<(), FieldError> {
        self.store.transaction(|tx| set_held(tx, None))?;
        let _ = self.store.keep_base_maps(&[]);
        Ok(())
    }

    /// Removes the files that are neither offered nor held. Best effort: what stays is with the next change of maps.
    pub(crate) fn let_go_of_base_maps(&self) {
        let kept = self.store.read(|reader| {
            let both = [offer(reader)?, held(reader)?];
            Ok::<Vec<Digest>, FieldError>(
                both.into_iter().flatten().map(|map| map.sha256).collect(),
            )
        });
        if let Ok(kept) = kept {
            let _ = self.store.keep_base_maps(&kept);
        }
    }
}
