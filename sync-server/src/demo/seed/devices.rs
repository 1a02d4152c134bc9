//! Everybody who works outside has an enrolled device in the demo city. Its keys come from the seed and are nobody's:
//! whoever tries the demo enrols a device of their own.

use std::collections::BTreeMap;

use xunge_domain::ids::{InstallationId, PersonId};
use xunge_domain::person::{Person, Role};
use xunge_sync::hub::OriginInstallation;
use xunge_sync::keys::{PublicKey, Signer as _, SoftwareKey};

use super::SeedError;
use crate::demo::city::City;
use crate::demo::random::Random;

/// One device of the demo city.
pub(super) struct Device {
    pub(super) origin: OriginInstallation,
    pub(super) public_key: PublicKey,
    /// For what it seals.
    pub(super) key: SoftwareKey,
}

fn carries_a_device(person: &Person) -> bool {
    [Role::GridWorker, Role::DisposalDept, Role::BranchSecretary]
        .iter()
        .any(|role| person.has(*role))
}

fn bytes<const LENGTH: usize>(random: &mut Random) -> [u8; LENGTH] {
    std::array::from_fn(|_| random.below(256) as u8)
}

/// A device for each of them.
pub(super) fn enrol_everybody(
    city: &City,
    seed: u64,
) -> Result<BTreeMap<PersonId, Device>, SeedError> {
    let mut random = Random::new(seed, "devices");
    let mut devices = BTreeMap::new();
    for person in city.people.iter().filter(|person| carries_a_device(person)) {
        let key = SoftwareKey::from_bytes(&bytes::<32>(&mut random)).map_err(|error| {
            SeedError::Plan {
                title: person.name.clone(),
                why: error.to_string(),
            }
        })?;
        let origin = OriginInstallation {
            installation: InstallationId::from_bytes(bytes(&mut random)),
            predecessors: Vec::new(),
            keys: vec![key.public_key()],
            person: person.clone(),
            revoked: false,
            former: Vec::new(),
        };
        let device = Device {
            origin,
            public_key: key.public_key(),
            key,
        };
        devices.insert(person.id.clone(), device);
    }
    Ok(devices)
}
