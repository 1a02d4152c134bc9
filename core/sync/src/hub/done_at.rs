//! When an act was done, where that is proven: its device heard the hub's clock before, and counted since on a clock nobody
//! sets (domain design §4). Clocks stop then, and not when the signal came back.

use xunge_domain::case::Action;
use xunge_domain::ids::IntentId;
use xunge_domain::time::Timestamp;
use xunge_evidence::record::{Record, beacon_message};

use crate::hub::directory::HubKey;
use crate::keys::Signer as _;

/// When a request was made at the latest, where its seal proves that this was before `received`. The seal was found to hold
/// when its change was taken in. What begins a case stops no clock, and is not looked at: a push may bring a thousand of
/// them. Cost: a verification, 0.2 ms.
pub(crate) fn proven(
    id: &IntentId,
    action: &Action,
    hub: &HubKey,
    received: Timestamp,
) -> Option<Timestamp> {
    if action.act.begins_a_case() {
        return None;
    }
    let record = Record::from_bytes(&action.seal.as_ref()?.record).ok()?;
    let done_at = record.moment.at_the_latest()?;
    let beacon = record.moment.beacon?;
    // Neither what another device heard nor what nobody said.
    let message = beacon_message(&record.installation, &beacon.nonce, beacon.at);
    let heard = record.installation.prefix() == id.prefix()
        && hub
            .key
            .public_key()
            .verifies(&message, beacon.signature.as_slice());
    (heard && done_at < received).then_some(done_at)
}
