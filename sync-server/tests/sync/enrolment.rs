//! A code is good for one device.

use crate::device::Device;
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
