//! What befalls stores and people: copies that run on, older copies put back, a hub replaced by its backup, a device
//! shut out, a worker given another beat.

use xunge_field::FieldError;
use xunge_field::domain::ids::{Digest, DocumentId, DutyGridId};
use xunge_server::services::people;
use xunge_store::{BlobKind, BlobState, CaseFilter, ChangeState};

use super::cast;
use super::device::Medium;
use super::model::Acknowledged;
use super::tally::Event;
use super::violation::Violation;
use super::world::World;

/// A store put away, and what its device had called saved by then.
pub(super) struct KeptCopy {
    device: usize,
    medium: Medium,
    acknowledged: Vec<Acknowledged>,
}

/// The changes and photos that devices have from their own hands.
struct HeldByAuthors {
    changes: Vec<(DocumentId, Digest)>,
    blobs: Vec<Digest>,
}

impl World {
    /// The store of a device is copied; both run on, as two devices with one identity.
    pub(super) fn clone_store(&mut self, number: usize) -> Result<(), Violation> {
        let medium = self.devices[number].copy_medium()?;
        let copy = self.devices.len();
        self.tally.add(Event::Clone, 1);
        self.note_of(number, || {
            "the store is copied, and the copy runs on".into()
        });
        let device = self.devices[number].twin(medium, self.seed, copy)?;
        self.devices.push(device);
        let acknowledged = self.model.acknowledged[number].clone();
        self.model.acknowledged.push(acknowledged);
        self.check_device(copy)
    }

    /// The store of a device is copied and the copy put away.
    pub(super) fn keep_copy(&mut self, number: usize) -> Result<(), Violation> {
        self.forget_what_left(number)?;
        let medium = self.devices[number].copy_medium()?;
        self.note_of(number, || {
            "the store is copied, the copy is put away".into()
        });
        self.kept = Some(KeptCopy {
            device: number,
            medium,
            acknowledged: self.model.acknowledged[number].clone(),
        });
        Ok(())
    }

    /// The store put away takes the place of the newer one. What was saved since and not sent is gone with that.
    pub(super) fn restore_store(&mut self) -> Result<(), Violation> {
        let Some(kept) = self.kept.take() else {
            return Ok(());
        };
        let number = kept.device;
        self.tally.add(Event::StoreRestored, 1);
        self.note_of(number, || "the older store is put back".into());
        self.devices[number].put_back(kept.medium)?;
        self.model.acknowledged[number] = kept.acknowledged;
        self.check_device(number)
    }

    /// The hub is backed up by its own service.
    pub(super) fn back_up_hub(&mut self) -> Result<(), Violation> {
        self.hub.back_up()?;
        self.note(|| "    the hub is backed up".into());
        Ok(())
    }

    /// The hub is replaced by its backup. What it had received since must come back from the devices that wrote it.
    pub(super) fn restore_hub(&mut self) -> Result<(), Violation> {
        if !self.hub.restore()? {
            return Ok(());
        }
        self.tally.add(Event::HubRestored, 1);
        let epoch = self.hub.app.hub_key.epoch;
        self.note(|| format!("    the hub is restored from its backup, epoch {epoch}"));
        let HeldByAuthors { changes, blobs } = self.held_by_authors()?;
        for (document, hash) in self.hub.receipts.changes.keys().copied() {
            if !self.hub.has_change(&document, &hash)? && !changes.contains(&(document, hash)) {
                self.gone_changes.insert((document, hash));
            }
        }
        for sha256 in self.hub.receipts.blobs.clone() {
            if !self.hub.has_blob(&sha256)? && !blobs.contains(&sha256) {
                self.gone_blobs.insert(sha256);
            }
        }
        (0..self.devices.len()).try_for_each(|number| self.forget_what_left(number))
    }

    /// What a device has let go of, once all of it was sent, it cannot give back: that was the hub's to keep, and what the
    /// hub called received is looked at elsewhere.
    fn forget_what_left(&mut self, number: usize) -> Result<(), Violation> {
        let mut left = Vec::new();
        for case in self.model.cases_of(number) {
            let shown = self.devices[number].look(|app| match app.show(case) {
                Err(FieldError::NotFound { .. }) => Ok(false),
                shown => shown.map(|_| true),
            })?;
            if !shown {
                left.push(case);
            }
        }
        self.model.acknowledged[number].retain(|saved| !left.contains(&saved.case));
        Ok(())
    }

    /// Own changes that a device has written anew, because they built on what a hub that was put back has no more. That
    /// their content is there is seen on the device, which then has to be like the hub.
    pub(super) fn note_made_anew(&mut self) -> Result<(), Violation> {
        if self.hub.app.hub_key.epoch == 1 {
            return Ok(());
        }
        for number in 0..self.devices.len() {
            let store = self.devices[number].open_store()?;
            let listed = store.read(|reader| reader.case_page(CaseFilter::All, None, 100))?;
            for document in listed.into_iter().map(|row| row.document) {
                let changes = store.read(|reader| reader.all_changes(document))?;
                let anew = changes
                    .into_iter()
                    .filter(|change| change.own && change.state == ChangeState::Dropped)
                    .map(|change| (document, change.hash));
                self.hub.receipts.made_anew.extend(anew);
            }
            drop(store);
            self.devices[number].restart()?;
        }
        Ok(())
    }

    /// The changes and photos that devices of their own have, and can give back.
    fn held_by_authors(&mut self) -> Result<HeldByAuthors, Violation> {
        let (mut changes, mut blobs) = (Vec::new(), Vec::new());
        for number in 0..self.devices.len() {
            if self.is_shut_out(number)? {
                continue;
            }
            let store = self.devices[number].open_store()?;
            let listed = store.read(|reader| reader.case_page(CaseFilter::All, None, 100))?;
            for document in listed.into_iter().map(|row| row.document) {
                store.read(|reader| -> Result<(), xunge_store::StoreError> {
                    let kept = reader.all_changes(document)?.into_iter();
                    let own = kept.filter(|change| {
                        matches!(change.state, ChangeState::Pending | ChangeState::Received)
                    });
                    changes.extend(own.map(|change| (document, change.hash)));
                    let used = reader.blobs_of(document)?.into_iter();
                    let own = used.filter(|used| {
                        matches!(used.kind, BlobKind::Original | BlobKind::Preview)
                            && used.blob.state != BlobState::Elsewhere
                    });
                    blobs.extend(own.map(|used| used.blob.digest));
                    Ok(())
                })?;
            }
            drop(store);
            self.devices[number].restart()?;
        }
        Ok(HeldByAuthors { changes, blobs })
    }

    /// Somebody in the centre revokes a device.
    pub(super) fn revoke(&mut self, number: usize) -> Result<(), Violation> {
        let Some(installation) = self.devices[number].installation()? else {
            return Ok(());
        };
        self.note_of(number, || format!("is revoked as {installation}"));
        let now = self.hub.advance(0);
        self.hub
            .app
            .store
            .writing(|write| write.revoke_installation(&installation, now))?;
        self.revoked.insert(installation);
        Ok(())
    }

    /// Whether the hub talks to a device no more.
    pub(super) fn is_shut_out(&mut self, number: usize) -> Result<bool, Violation> {
        let installation = self.devices[number].installation()?;
        Ok(installation.is_none_or(|installation| self.revoked.contains(&installation)))
    }

    /// A device that a restored hub does not know is told so, and enrolled again.
    pub(super) fn enrol_again(&mut self, number: usize) -> Result<(), Violation> {
        let Some(installation) = self.devices[number].installation()? else {
            return Ok(());
        };
        let app = &self.hub.app;
        let known = app
            .store
            .reading(|read| read.installation(&installation))?
            .is_some();
        if known {
            return Ok(());
        }
        self.drain(number)?;
        self.tally.add(Event::EnrolledAgain, 1);
        self.note_of(number, || "is enrolled again".into());
        self.enrol(number)
    }

    /// The neighbour is given the worker's second beat beside his own.
    pub(super) fn give_beat(&mut self) -> Result<(), Violation> {
        self.tally.add(Event::BeatGiven, 1);
        self.note(|| "    the neighbour is given beat-2 as well".into());
        self.assign_neighbour(|beats| {
            if !beats.contains(&cast::second_beat()) {
                beats.push(cast::second_beat());
            }
        })
    }

    /// The neighbour is moved from the first beat to the second, or back.
    pub(super) fn move_beat(&mut self) -> Result<(), Violation> {
        self.tally.add(Event::BeatMoved, 1);
        self.note(|| "    the neighbour is moved to the other beat".into());
        self.assign_neighbour(|beats| {
            let away = beats.contains(&cast::first_beat());
            *beats = vec![if away {
                cast::second_beat()
            } else {
                cast::first_beat()
            }];
        })
    }

    fn assign_neighbour(
        &mut self,
        assign: impl FnOnce(&mut Vec<DutyGridId>),
    ) -> Result<(), Violation> {
        let app = &self.hub.app;
        let id = cast::person_id(cast::NEIGHBOUR);
        let Some(mut neighbour) = app.store.reading(|read| read.person(&id))? else {
            return Ok(());
        };
        assign(&mut neighbour.duty_grids);
        people::put_person(app, "admin", &neighbour).map_err(|cause| Violation::trouble(&cause))
    }
}
