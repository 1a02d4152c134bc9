//! A store that lives twice.

use xunge_sync::device::DeviceMachine;
use xunge_sync::wire::Verdict;

use crate::device::perform;
use crate::town::Town;

#[test]
fn a_copied_store_goes_on_as_an_installation_of_its_own_and_loses_nothing() {
    let town = Town::new();
    let mut original = town.device("worker-putian", 1);
    let id = original.report();
    original.sync();
    // Unsent work is in the copy as well.
    original.comment(id, "写在复制之前");
    let mut copy = original.clone();
    original.sync();
    original.sync();
    copy.sync();
    assert_eq!((original.superseded, copy.superseded), (0, 1));
    assert_ne!(original.session.installation, copy.session.installation);
    assert_eq!(copy.pending.len(), 0, "its unsent work went through");
    let row = town
        .hub
        .state
        .store
        .reading(|read| read.installation(&copy.session.installation))
        .unwrap()
        .unwrap();
    assert_eq!(row.predecessor, Some(original.session.installation));
    assert_eq!(row.person, original.person.id);
    original.comment(id, "原机");
    copy.comment(id, "副本");
    for device in [&mut original, &mut copy] {
        device.sync();
        let received = |(_, _, verdict): &_| *verdict == Verdict::Received;
        assert!(
            device.verdicts.iter().all(received),
            "{:?}",
            device.verdicts
        );
    }
    original.sync();
    let comments = original.documents[&id].read(id).case.comments;
    assert_eq!(comments.len(), 3, "each once");
    assert_eq!(original.documents[&id].heads(), copy.documents[&id].heads());
    assert_eq!(town.hub.audit("store_lives_twice").len(), 1);
    town.is_healthy();
}

#[test]
fn a_request_that_a_link_brings_twice_makes_no_clone() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
        let mut machine = DeviceMachine::default();
        let request = worker.sync_request(&mut machine);
        let (status, body) = perform(&worker.base, &request);
        // The second copy arrives after the first was answered.
        perform(&worker.base, &request);
        worker.take(&mut machine, status, body);
    }
    worker.sync();
    assert_eq!(worker.superseded, 0);
    assert_eq!(town.hub.audit("store_lives_twice").len(), 0);
}
