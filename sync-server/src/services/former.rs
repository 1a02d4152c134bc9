//! What a device was before it enrolled again: a hub restored from a backup that is older than the device knows neither
//! it nor what it was since, and must take its unsent work all the same.

use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::keys::PublicKey;

use crate::app::App;
use crate::services::device_session::key_hex;
use crate::services::device_session::{SessionError, predecessors};
use crate::store::HubTransaction;
use crate::store::rows::InstallationRow;

/// Most installations one device names; the rest is passed over.
pub const FORMER_MAX: usize = 64;

/// Makes one line of what a device says it was, and answers its newest end, to which the new installation is joined.
///
/// What this hub knows must be this person's, of this very key and in good standing. What it does not know is noted as
/// this device's: the code proves the person, entries prove their author by its name, and the ids are random, so nobody
/// takes over what is somebody else's. Nobody can speak as one of them: there is no token for it.
///
/// # Errors
/// The store's, or no randomness.
pub fn take_over(
    app: &App,
    write: &mut dyn HubTransaction,
    person: &Person,
    key: &PublicKey,
    former: &[InstallationId],
    now: Timestamp,
) -> Result<Option<InstallationId>, SessionError> {
    let mut longest: Option<(usize, InstallationId)> = None;
    let mut unknown = Vec::new();
    for id in former.iter().take(FORMER_MAX) {
        match write.installation(id)? {
            None if unknown.contains(id) => {}
            None => unknown.push(*id),
            Some(row) => {
                let theirs = row.person == person.id && row.public_key == key.as_bytes();
                if theirs && row.revoked_at.is_none() {
                    let line = (predecessors(&*write, &row)?.len(), *id);
                    longest = longest.max(Some(line));
                }
            }
        }
    }
    let mut newest = longest.map(|(_, id)| id);
    for id in unknown.into_iter().rev() {
        let nobodys: [u8; 32] = app.entropy.array()?;
        write.add_installation(&InstallationRow {
            id,
            person: person.id.clone(),
            public_key: key.as_bytes().to_vec(),
            token_current: Digest::from_bytes(nobodys),
            token_previous: None,
            predecessor: newest,
            superseded_by: None,
            revoked_at: None,
            created_at: now,
        })?;
        let detail = serde_json::json!({ "installation": id, "key": key_hex(key.as_bytes()) });
        write.append_audit(now, person.id.as_str(), "device_taken_over", &detail)?;
        newest = Some(id);
    }
    Ok(newest)
}
