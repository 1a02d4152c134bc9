//! What each device is told, and how often.

use std::collections::BTreeMap;

use xunge_domain::ids::DocumentId;
use xunge_sync::device::DeviceMachine;

use crate::device::{Device, frames, perform};
use crate::town::Town;

/// How often each change came.
fn counted(device: &Device) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (id, hash) in &device.pulled {
        *counts.entry(format!("{id} {hash:?}")).or_default() += 1;
    }
    counts
}

fn each_once(device: &Device) {
    for (change, times) in counted(device) {
        assert_eq!(times, 1, "{change}");
    }
}

fn holds(device: &Device, author: &Device, id: &DocumentId) {
    assert_eq!(device.documents[id].heads(), author.documents[id].heads());
}

#[test]
fn two_devices_in_two_scopes_get_each_change_once() {
    let town = Town::new();
    // Beat and person are two feeds of the first; the second has the beat alone in common.
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let mut far = town.device("worker-erqi", 3);
    let shared = one.person.duty_grids.iter();
    let shared = shared.filter(|grid| two.person.duty_grids.contains(grid));
    assert!(shared.count() > 0, "the two share a beat");
    let id = one.report();
    for device in [&mut one, &mut two, &mut far] {
        device.sync();
    }
    two.comment(id, "从东侧看更深");
    two.sync();
    one.sync();
    one.comment(id, "收到");
    one.sync();
    two.sync();
    far.sync();
    holds(&two, &one, &id);
    each_once(&one);
    each_once(&two);
    assert!(far.documents.is_empty(), "another beat is told nothing");
    assert_eq!(town.changes(), 4, "report, ruling, two comments");
    assert_eq!(counted(&two).len(), 3, "not what it wrote itself");
    assert_eq!(counted(&one).len(), 2);
}

#[test]
fn a_new_phone_of_the_reporter_gets_everything_once_though_two_feeds_hold_it() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let ids: Vec<DocumentId> = (0..40).map(|_| worker.report()).collect();
    worker.sync();
    let mut phone = town.device("worker-putian", 2);
    // One frame at a time comes through.
    for _ in 0..200 {
        let mut machine = DeviceMachine::default();
        let request = phone.sync_request(&mut machine);
        let (status, body) = perform(&phone.base, &request);
        let ends = frames(&body);
        let second = ends.get(1).map_or(body.len(), |(_, end)| *end);
        let whole = second == body.len();
        phone.take(&mut machine, status, body[..second].to_vec());
        if whole || phone.documents.len() == ids.len() {
            break;
        }
    }
    phone.sync();
    for id in &ids {
        holds(&phone, &worker, id);
    }
    each_once(&phone);
}

#[test]
fn a_feed_that_a_device_begins_again_is_sent_whole() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.sync();
    // A hole in the store: nothing is there, and only the last of two feeds is asked for again.
    worker.documents.clear();
    worker.pulled.clear();
    let last = worker.cursors.keys().next_back().unwrap().clone();
    worker.cursors.insert(last, 0);
    worker.sync();
    assert_eq!(worker.pulled.len(), 2, "report and ruling");
    assert!(worker.documents.contains_key(&id));
}

#[test]
fn another_epoch_and_a_cursor_from_the_future_begin_again() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    worker.sync();
    for future in [true, false] {
        worker.documents.clear();
        worker.pulled.clear();
        if future {
            // The hub was put back without a new epoch.
            worker.cursors.values_mut().for_each(|seq| *seq += 1_000);
        } else {
            worker.session.epoch += 1;
        }
        let mut machine = DeviceMachine::default();
        let request = worker.sync_request(&mut machine);
        let (status, body) = perform(&worker.base, &request);
        worker.take(&mut machine, status, body);
        assert_eq!(worker.pulled.len(), 2, "future: {future}");
        assert_eq!(worker.session.epoch, 1);
    }
}
