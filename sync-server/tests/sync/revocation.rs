//! Devices that lose their rights.

use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::InstallationId;
use xunge_server::services::revocation::{DEVICE_REVOKED, DeviceView, RevocationError, revoke};

use crate::device::Device;
use crate::town::{Town, person};

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

fn revoked(
    town: &Town,
    whose: &str,
    named: Option<&InstallationId>,
    hours: u32,
) -> Result<Vec<DeviceView>, RevocationError> {
    revoke(&town.hub.state, "admin", &person(whose), named, hours)
}

fn told(device: &mut Device) -> Option<String> {
    device.sync();
    device.refusals.pop().map(|refusal| refusal.code)
}

#[test]
fn a_revoked_device_is_told_so_and_nothing_of_it_is_merged() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    let mut kept = town.device("worker-putian", 2);
    lost.report();
    let named = revoked(&town, "worker-putian", Some(&lost.session.installation), 0).unwrap();
    assert_eq!(named.len(), 1);
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
    assert_eq!(town.changes(), 0);
    assert_eq!(lost.pending.len(), 1, "nothing was called received");

    kept.report();
    assert_eq!(told(&mut kept), None, "another key goes on");
    assert_ne!(town.changes(), 0);

    let again = revoked(&town, "worker-putian", None, 0).unwrap();
    assert_eq!(
        again.len(),
        1,
        "the other one; the first was revoked before"
    );
    assert_eq!(told(&mut kept).as_deref(), Some("revoked"));
    assert_eq!(town.hub.audit(DEVICE_REVOKED).len(), 2);
}

#[test]
fn a_device_that_may_send_what_it_holds_sends_it_and_gets_nothing() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    let mut colleague = town.device("worker-putian-2", 2);
    colleague.report();
    colleague.sync();
    let id = lost.report();
    let photo = lost.photo(b"a photo", PhotoPurpose::Found, false);
    lost.write(id, vec![photo]);
    revoked(&town, "worker-putian", None, 24).unwrap();

    assert_eq!(told(&mut lost), None, "all of it is sent first");
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
    assert!(lost.pending.is_empty() && lost.uploads.is_empty());
    assert!(lost.pulled.is_empty(), "not even the ruling of its own");
    assert!(lost.evicted.is_empty());
    let known = town
        .hub
        .state
        .store
        .reading(|read| read.documents(None, 10));
    let known = known.unwrap();
    assert!(known.contains(&id), "what was called received is there");

    lost.comment(id, "迟到的话");
    town.hub.clock.advance_millis(24 * HOUR_MILLIS);
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
    assert_eq!(lost.pending.len(), 1, "too late");
    town.is_healthy();
}

#[test]
fn the_time_to_send_can_be_shortened_and_not_prolonged() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    revoked(&town, "worker-putian", None, 1).unwrap();
    assert!(revoked(&town, "worker-putian", None, 2).unwrap().is_empty());
    assert_eq!(revoked(&town, "worker-putian", None, 0).unwrap().len(), 1);
    lost.report();
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
    assert_eq!(town.changes(), 0);
}

#[test]
fn a_copy_of_a_revoked_store_gets_no_name_of_its_own() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    lost.sync();
    let stale = lost.session.token;
    for _ in 0..3 {
        lost.sync();
    }
    revoked(&town, "worker-putian", None, 24).unwrap();
    lost.session.token = stale;
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
    assert_eq!(lost.superseded, 0);
}

#[test]
fn a_stranger_and_somebody_elses_device_are_refused() {
    let town = Town::new();
    let mut theirs = town.device("worker-putian-2", 1);
    for (whose, named) in [
        ("worker-putian", None),
        ("worker-putian", Some(theirs.session.installation)),
        ("nobody", None),
    ] {
        let refused = revoked(&town, whose, named.as_ref(), 0);
        assert!(matches!(refused, Err(RevocationError::UnknownDevice)));
    }
    assert_eq!(told(&mut theirs), None);
}

#[test]
fn admins_see_and_revoke_devices() {
    let town = Town::new();
    let mut lost = town.device("worker-putian", 1);
    let (devices, revocations) = (
        "/api/people/worker-putian/devices",
        "/api/people/worker-putian/devices/revocations",
    );
    let clerk = town.browser("clerk");
    assert_eq!(clerk.get(devices).status, 403);
    let asked = serde_json::json!({ "last_push_hours": 0 });
    assert_eq!(clerk.send("POST", revocations, Some(&asked)).status, 403);
    assert_eq!(told(&mut lost), None);

    let admin = town.browser("admin");
    let listed = admin.get(devices).json();
    let id = lost.session.installation.to_string();
    assert_eq!(listed[0]["installation"], id.as_str());
    assert!(listed[0]["revoked_from"].is_null());
    let asked = serde_json::json!({ "last_push_hours": 169 });
    assert_eq!(admin.send("POST", revocations, Some(&asked)).status, 400);
    assert_eq!(told(&mut lost), None);
    let asked = serde_json::json!({ "installation": id });
    let answer = admin.send("POST", revocations, Some(&asked));
    assert_eq!(answer.status, 200);
    assert!(answer.json()[0]["revoked_from"].is_string());
    assert_eq!(told(&mut lost).as_deref(), Some("revoked"));
}
