//! A code is good for one device.

use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_server::services::recovery_key;
use xunge_sync::device::{DeviceMachine, Effect, HttpAnswer, LinkProblem};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::Verdict;

use crate::device::{Device, perform};
use crate::town::Town;

#[test]
fn a_code_makes_one_device_and_gives_it_all_it_needs() {
    let town = Town::new();
    let code = town.code("worker-putian");
    let device = Device::enrol(&town.hub.url, &code, 1).unwrap();
    assert_eq!(device.person.id.as_str(), "worker-putian");
    assert!(!device.enrolled.grids.is_empty());
    let beats = &device.person.duty_grids;
    let own = |grid: &xunge_domain::grid::UnitGrid| beats.contains(&grid.duty_grid);
    assert!(device.enrolled.grids.iter().all(own));
    let other = Device::enrol(&town.hub.url, &code, 2);
    assert_eq!(
        other.err(),
        Some((403, "enrolment_code_used".to_owned())),
        "another key"
    );
}

#[test]
fn a_device_is_given_the_recovery_key_once_the_organisation_has_one() {
    let town = Town::new();
    let before = Device::enrol(&town.hub.url, &town.code("worker-putian"), 1).unwrap();
    assert_eq!(before.enrolled.recovery_key, None);
    let app = town.hub.beside();
    let [first, second] = [7, 8].map(|number| SoftwareKey::from_bytes(&[number; 32]).unwrap());
    assert!(recovery_key::keep_public_half(&app, &first).unwrap());
    assert!(
        !recovery_key::keep_public_half(&app, &second).unwrap(),
        "the first one stays"
    );
    assert_eq!(town.hub.audit("recovery_key_made").len(), 1);
    let after = Device::enrol(&town.hub.url, &town.code("worker-erqi"), 2).unwrap();
    let given = after.enrolled.recovery_key.as_deref();
    assert_eq!(given, Some(first.public_key().as_bytes()));
}

#[test]
fn a_lost_answer_is_given_again_to_the_same_key_until_the_device_is_heard_of() {
    let town = Town::new();
    let code = town.code("worker-putian");
    let lost = Device::enrol(&town.hub.url, &code, 1).unwrap();
    let mut again = Device::enrol(&town.hub.url, &code, 1).unwrap();
    assert_eq!(lost.session.installation, again.session.installation);
    again.sync();
    assert_eq!(again.superseded, 0);
    let late = Device::enrol(&town.hub.url, &code, 1);
    assert_eq!(late.err(), Some((403, "enrolment_code_used".to_owned())));
    again.report();
    again.sync();
    assert_eq!(again.superseded, 0, "the session was not taken");
}

#[test]
fn a_code_ends_after_its_time_for_its_own_device_too() {
    let town = Town::new();
    let (never, taken) = (town.code("worker-putian"), town.code("worker-erqi"));
    Device::enrol(&town.hub.url, &taken, 1).unwrap();
    town.hub
        .clock
        .advance_millis(xunge_server::services::enrol_codes::CODE_MILLIS);
    let refused = |code, number| Device::enrol(&town.hub.url, code, number).err().unwrap().1;
    assert_eq!(refused(&never, 2), "enrolment_code_expired");
    assert_eq!(refused(&taken, 1), "enrolment_code_used");
}

/// A device whose store says that it is an installation this hub has never heard of, and work written as that.
fn forgotten(town: &Town, former: InstallationId) -> (Device, DocumentId) {
    let mut device = town.device("worker-putian", 1);
    device.session.installation = former;
    let id = device.report();
    device.comment(id, "恢复之前写的");
    (device, id)
}

fn again(town: &Town, device: &Device, number: u8, former: &[InstallationId]) -> Device {
    let code = town.code(device.person.id.as_str());
    let fresh = Device::enrol_after(&town.hub.url, &code, number, former.to_vec()).unwrap();
    let mut device = device.clone();
    (device.session, device.key, device.cursors) = (fresh.session, fresh.key, fresh.cursors);
    device
}

#[test]
fn a_device_that_a_restored_hub_forgot_enrols_again_and_its_work_is_its_own() {
    let town = Town::new();
    let former = [3, 4].map(|number| InstallationId::from_bytes([number; 16]));
    let (device, id) = forgotten(&town, former[0]);
    let mut machine = DeviceMachine::default();
    let request = device.clone().sync_request(&mut machine);
    let (status, body) = perform(&device.base, &request);
    let told = machine.on_answer(HttpAnswer::Answered { status, body });
    assert!(
        matches!(
            &told[..],
            [Effect::Retry {
                problem: LinkProblem::Unknown,
                ..
            }]
        ),
        "{told:?}"
    );
    let mut device = again(&town, &device, 1, &former);
    device.sync();
    assert!(device.pending.is_empty());
    assert_eq!(town.changes(), 3, "report, ruling, comment");
    // Named once more, known by now: joined to what is there, and the older one is its as well.
    let mut device = again(&town, &device, 1, &[former[1], former[0], former[1]]);
    let session = device.session.clone();
    device.session.installation = former[1];
    device.comment(id, "更早的安装写的");
    device.session = session;
    device.sync();
    assert_eq!((device.pending.len(), town.changes()), (0, 4));
    town.is_healthy();
}

#[test]
fn nobody_becomes_what_another_key_or_a_revoked_device_was() {
    let town = Town::new();
    let former = InstallationId::from_bytes([3; 16]);
    let refused = |mut device: Device, why: &str| {
        device.sync();
        let forged = |verdict: &Verdict| matches!(verdict, Verdict::Quarantined { code, .. } if code == "forged_actor");
        let (_, _, first) = device.verdicts.first().unwrap();
        assert!(forged(first), "{why}: {first:?}");
    };
    let (device, _) = forgotten(&town, former);
    again(&town, &device, 1, &[former]);
    refused(again(&town, &device, 9, &[former]), "another key");
    let mut unsent = town.device("worker-putian", 5);
    let was = unsent.session.installation;
    unsent.report();
    let now = xunge_domain::time::Timestamp::from_millis(1);
    town.hub
        .state
        .store
        .writing(|write| write.revoke_installation(&was, now))
        .unwrap();
    refused(again(&town, &unsent, 5, &[was]), "a revoked device");
}
