//! A disk that fills up: photos wait, text goes on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::Digest;
use xunge_server::services::disk::{DiskSpace, Space};
use xunge_sync::device::DeviceMachine;

use crate::device::Device;
use crate::town::Town;
use crate::uploads::picture;

/// So many per cent full.
struct Filled(Arc<AtomicU64>);

impl DiskSpace for Filled {
    fn space(&self) -> io::Result<Space> {
        Ok(Space {
            total_bytes: 100,
            free_bytes: 100 - self.0.load(Ordering::SeqCst),
        })
    }
}

fn town() -> (Town, Arc<AtomicU64>) {
    let filled = Arc::new(AtomicU64::new(10));
    let disk = Filled(Arc::clone(&filled));
    let town = Town::prepared(|mut app| {
        app.blobs = app.blobs.on_disk(disk);
        app
    });
    (town, filled)
}

/// Rounds of one machine, as an app keeps it, until nothing is left to do.
fn go_on(machine: &mut DeviceMachine, device: &mut Device) {
    device.go_on(machine, |_, answer| answer);
}

#[test]
fn photos_wait_and_text_goes_on_until_there_is_room() {
    let (town, filled) = town();
    let mut worker = town.device("worker-putian", 1);
    let mut machine = DeviceMachine::default();
    let id = worker.report();
    let bytes = picture(600 * 1024);
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    filled.store(95, Ordering::SeqCst);
    machine.start_round();
    go_on(&mut machine, &mut worker);
    let changes = town.changes();
    assert_eq!(changes, 3, "report, photo entry, ruling");
    let refusal = worker.refusals.pop().unwrap();
    assert_eq!(
        (refusal.code.as_str(), worker.refusals.len()),
        ("disk_full", 0)
    );
    assert!(refusal.zh.contains("照片暂时传不上去，文字不受影响"));
    assert!(refusal.en.contains("text is not affected"));
    assert_eq!(worker.uploads.len(), 1, "the photo is kept");
    // Written while photos wait: it goes without anybody asking for a round, and no photo is tried again before.
    worker.comment(id, "照片还没传完，先看文字。");
    go_on(&mut machine, &mut worker);
    assert_eq!(town.changes(), changes + 1);
    assert!(worker.pending.is_empty() && worker.refusals.is_empty());
    filled.store(94, Ordering::SeqCst);
    machine.start_round();
    go_on(&mut machine, &mut worker);
    assert!(worker.uploads.is_empty() && worker.refusals.is_empty());
    assert!(town.hub.state.blobs.verify(&Digest::of(&bytes)).is_ok());
    town.is_healthy();
}

#[test]
fn a_photo_that_is_there_already_has_its_receipt_on_a_full_disk_too() {
    let (town, filled) = town();
    let mut worker = town.device("worker-putian", 1);
    let bytes = picture(10);
    let id = worker.report();
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    worker.sync();
    filled.store(99, Ordering::SeqCst);
    let again = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![again]);
    worker.sync();
    assert!(worker.uploads.is_empty() && worker.refusals.is_empty());
}

#[test]
fn health_and_pages_tell_staff_how_full_the_disk_is() {
    let (town, filled) = town();
    let clerk = town.browser("clerk");
    let told = || clerk.get("/healthz").json()["disk"].clone();
    for (percent, state, line) in [
        (79, "ok", None),
        (80, "warn", Some("磁盘")),
        (95, "refuses_photos", Some("照片")),
    ] {
        filled.store(percent, Ordering::SeqCst);
        assert_eq!(told(), json!({ "state": state, "used_percent": percent }));
        let page = clerk.get("/cases").text;
        assert_eq!(page.contains("class=\"notice disk\""), line.is_some());
        assert!(line.is_none_or(|line| page.contains(line)));
    }
    let nobody = town.hub.browser().get("/login").text;
    assert!(!nobody.contains("notice disk"), "only for staff");
}
