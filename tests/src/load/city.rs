//! The hub and its registers: the demo city without cases, and in it the beats and workers of the load.

use std::sync::Arc;

use tempfile::TempDir;
use xunge_field::domain::ids::PersonId;
use xunge_field::domain::person::{Person, Role};
use xunge_server::app::{App, SystemEntropy};
use xunge_server::data_folder::DataFolder;
use xunge_server::services::enrol_codes;
use xunge_server::store::{HubTransaction, StoreError};
use xunge_server::tables::note_tables_changed;

use super::beats::{Beat, beats};
use super::fleet::{Device, Fleet};
use super::{LoadError, LoadPlan};
use crate::world::ServerProcess;

/// Two workers in shifts.
const DEVICES_OF_BEAT: usize = 2;
/// The body they work for; the demo city has it.
const BODY: &str = "command-centre";
/// Who issues the codes.
const ISSUER: &str = "admin";
const DATA: &str = "hub";

/// A hub that serves, with people who have no devices yet.
pub(super) struct City {
    /// Stopped before its folder goes.
    pub(super) server: ServerProcess,
    pub(super) folder: TempDir,
    beats: Vec<Beat>,
}

impl City {
    pub(super) fn build(plan: &LoadPlan) -> Result<Self, LoadError> {
        let folder = TempDir::new()?;
        let data = folder.path().join(DATA);
        // Seeds the registers; the city under load goes by today's clock, so it is served anew.
        drop(ServerProcess::demo(&data, 0));
        let beats = beats(plan.devices.div_ceil(DEVICES_OF_BEAT)).ok_or(LoadError::Room)?;
        let hub = DataFolder::at(&data).open_beside(Arc::new(SystemEntropy))?;
        register(&hub, &beats, plan.devices)?;
        drop(hub);
        let server = ServerProcess::serve(&data, None);
        Ok(Self {
            server,
            folder,
            beats,
        })
    }

    pub(super) fn hub(&self) -> Result<App, LoadError> {
        let data = DataFolder::at(self.folder.path().join(DATA));
        Ok(data.open_beside(Arc::new(SystemEntropy))?)
    }

    /// Gives every worker a device, over HTTP as phones do.
    pub(super) fn enrol(&self, plan: &LoadPlan) -> Result<Fleet, LoadError> {
        let hub = self.hub()?;
        let url = self.server.url();
        let devices = (0..plan.devices).map(|number| {
            let person = person_id(number)?;
            let beat = self.beats.get(number / DEVICES_OF_BEAT);
            let area = beat.ok_or(LoadError::Room)?.area;
            let issued = enrol_codes::issue(&hub, ISSUER, &person, Some(&url))?;
            Device::enrol(number, area, &url, &issued.code)
        });
        Ok(Fleet::new(devices.collect::<Result<_, _>>()?))
    }
}

fn person_id(number: usize) -> Result<PersonId, LoadError> {
    let id = format!("load-worker-{}", number + 1);
    id.parse().map_err(|_| LoadError::Room)
}

fn register(hub: &App, beats: &[Beat], devices: usize) -> Result<(), LoadError> {
    let grids: Vec<_> = beats.iter().map(|beat| beat.grid.clone()).collect();
    let people = (0..devices).map(|number| {
        Ok(Person {
            id: person_id(number)?,
            name: format!("网格员{}", number + 1),
            roles: vec![Role::GridWorker],
            organisation: BODY.parse().ok(),
            duty_grids: beats
                .get(number / DEVICES_OF_BEAT)
                .map(|beat| beat.id().clone())
                .into_iter()
                .collect(),
        })
    });
    let people = people.collect::<Result<Vec<_>, LoadError>>()?;
    hub.store.writing(|write| -> Result<(), StoreError> {
        write.put_unit_grids(&grids)?;
        for person in &people {
            write.put_person(person)?;
        }
        note_tables_changed(write as &mut dyn HubTransaction)
    })?;
    Ok(())
}
