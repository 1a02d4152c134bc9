//! What a hub is told before its first case: bodies, people, grids, passwords, devices. The class table comes last of
//! all, as the sign that the city is whole.

use std::collections::BTreeMap;

use xunge_domain::ids::{Digest, PersonId};
use xunge_domain::time::Timestamp;

use super::SeedError;
use super::devices::Device;
use super::roster;
use crate::app::App;
use crate::demo::city::City;
use crate::demo::people::DEMO_PASSWORD;
use crate::services::passwords;
use crate::store::HubTransaction;
use crate::store::rows::{CredentialRow, InstallationRow};
use crate::tables::note_tables_changed;

pub(super) fn write(
    app: &App,
    city: &City,
    devices: &BTreeMap<PersonId, Device>,
    (at, clock): (Timestamp, Timestamp),
) -> Result<(), SeedError> {
    // One hash for everybody: argon2 is slow on purpose, and there is one password anyway.
    let argon2 = passwords::hash(DEMO_PASSWORD, &*app.entropy)?;
    app.store.writing(|write| {
        for body in &city.organisations {
            write.put_organisation(body)?;
        }
        for person in &city.people {
            write.put_person(person)?;
            write.put_credential(&CredentialRow {
                person: person.id.clone(),
                argon2: argon2.clone(),
                failures: 0,
                locked_until: None,
            })?;
        }
        for (person, device) in devices {
            write.add_installation(&installation(person, device, at))?;
        }
        write.put_unit_grids(&city.unit_grids)?;
        roster::write(write, city, clock)?;
        note_tables_changed(write as &mut dyn HubTransaction)
    })?;
    Ok(())
}

fn installation(person: &PersonId, device: &Device, at: Timestamp) -> InstallationRow {
    let id = device.origin.installation;
    InstallationRow {
        id,
        person: person.clone(),
        public_key: device.public_key.as_bytes().to_vec(),
        // No token hashes to this: these devices exist in the history alone.
        token_current: Digest::of(&[b"demo device".as_slice(), id.as_bytes()].concat()),
        token_previous: None,
        predecessor: None,
        superseded_by: None,
        revoked_at: None,
        created_at: at,
    }
}
