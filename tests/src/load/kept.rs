//! What the hub has in the end, against what the devices wrote: every change by its hash, from both stores.

use std::collections::BTreeSet;

use serde::Serialize;
use xunge_field::domain::ids::Digest;
use xunge_server::store::StoreError;
use xunge_store::{ChangeState, Store};

use super::LoadError;
use super::city::City;
use super::fleet::Fleet;

/// The comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AtHub {
    /// Cases the devices wrote.
    pub cases: u64,
    /// Changes the devices wrote.
    pub changes: u64,
    /// Of those, changes the hub does not hold.
    pub missing: u64,
    /// Changes a device does not call received, whether the hub holds them or not.
    pub unacknowledged: u64,
}

/// Kills the hub and compares: only what is in its files counts.
pub(super) fn compare(mut city: City, fleet: Fleet) -> Result<AtHub, LoadError> {
    city.server.kill();
    let hub = city.hub()?;
    let mut compared = AtHub::default();
    for device in fleet.into_devices() {
        let (medium, cases) = device.close();
        let store = Store::open_medium(&medium)?;
        for case in cases {
            let held: BTreeSet<Digest> = hub.store.reading(|read| {
                let held = read.changes(&case, 1, u64::MAX)?;
                Ok::<_, StoreError>(held.into_iter().map(|change| change.hash).collect())
            })?;
            let written = store.read(|reader| reader.all_changes(case))?;
            compared.cases += 1;
            for change in written.iter().filter(|change| change.own) {
                compared.changes += 1;
                compared.missing += u64::from(!held.contains(&change.hash));
                compared.unacknowledged += u64::from(change.state != ChangeState::Received);
            }
        }
    }
    Ok(compared)
}
