//! Collecting beside everything that may cite: what somebody cites is never taken, a receipt never lies.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use proptest::prelude::*;
use xunge_documents::Edit;
use xunge_domain::case::{PhotoEntry, PhotoPurpose};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_server::services::collect::{CollectError, Collected, collect};
use xunge_server::services::{backup, citations, doctor};
use xunge_server::store::StoreError;
use xunge_server::store::rows::MetaKey;
use xunge_sync::device::PendingChange;
use xunge_sync::wire::Verdict;

use crate::device::Device;
use crate::town::Town;
use crate::uploads::{blob_of, chunk, picture};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Ends the collector also when the test fails: a scope waits for its threads.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

fn age(town: &Town) {
    town.hub.clock.advance_millis(2 * 60 * 60 * 1_000);
}

fn stored(town: &Town, sha256: &Digest) -> bool {
    let read = town
        .hub
        .state
        .store
        .reading(|read| read.blob_stored(sha256));
    let stored = read.unwrap();
    if stored {
        town.hub.state.blobs.verify(sha256).unwrap();
    }
    stored
}

fn upload(device: &mut Device, bytes: &[u8]) {
    let told = chunk(device, blob_of(bytes), 0, bytes);
    assert_eq!(told, (200, Some(Vec::new())));
}

/// Cites without sending the bytes.
fn cite(device: &mut Device, id: DocumentId, bytes: &[u8]) {
    let photo = device.photo(bytes, PhotoPurpose::Found, true);
    device.write(id, vec![photo]);
    device.sync();
    let [.., (_, _, verdict)] = &device.verdicts[..] else {
        panic!("no verdict");
    };
    assert_eq!(*verdict, Verdict::Received);
}

fn quarantined(device: &Device) {
    let [.., (_, _, verdict)] = &device.verdicts[..] else {
        panic!("no verdict");
    };
    assert!(
        matches!(verdict, Verdict::Quarantined { .. }),
        "{verdict:?}"
    );
}

/// A change in another's name: readable, kept aside.
fn cite_forged(device: &mut Device, bytes: &[u8]) {
    let id = device.report();
    device.sync();
    let Edit::Photo(intent, entry) = device.photo(bytes, PhotoPurpose::Found, true) else {
        panic!("not a photo");
    };
    let forged = PhotoEntry {
        author: "somebody-else".parse().unwrap(),
        ..entry
    };
    device.write(id, vec![Edit::Photo(intent, forged)]);
    device.sync();
    quarantined(device);
}

/// Bytes that are no change at all, with a photo's name somewhere in them.
fn cite_unreadable(device: &mut Device, id: DocumentId, sha256: &Digest) {
    let bytes = [b"rubbish".as_slice(), sha256.as_bytes(), b"\0rest"].concat();
    let hash = xunge_sync::hub::name_of(&bytes);
    let pending = PendingChange {
        hash,
        bytes,
        signature: None,
    };
    device.pending.push((id, pending));
    device.sync();
    quarantined(device);
}

#[test]
fn what_nobody_cites_goes_after_its_time_and_is_asked_for_again() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.sync();
    let [lost, begun, kept] = [picture(100), picture(300), picture(500)];
    upload(&mut worker, &lost);
    upload(&mut worker, &kept);
    chunk(&mut worker, blob_of(&begun), 0, &begun[..100]);
    cite(&mut worker, id, &kept);
    let look = |only_look| collect(&town.hub.state, HOUR, only_look).unwrap();
    assert_eq!(look(false), Collected::default(), "too fresh");
    age(&town);
    let expected = Collected {
        stored: 1,
        partial: 1,
        bytes: 400,
        unknown: 0,
    };
    assert_eq!(look(true), expected);
    assert_eq!(look(true), expected, "looking changes nothing");
    assert_eq!(look(false), expected);
    assert_eq!(look(false), Collected::default());
    assert!(!stored(&town, &Digest::of(&lost)) && stored(&town, &Digest::of(&kept)));
    assert!(!town.hub.state.blobs.path(&Digest::of(&lost)).exists());
    assert_eq!(town.hub.audit("blobs_collected").len(), 1);
    // Cited after all: it is sent again.
    let photo = worker.photo(&lost, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    worker.sync();
    assert!(worker.uploads.is_empty() && stored(&town, &Digest::of(&lost)));
    age(&town);
    assert_eq!(look(false), Collected::default());
    town.is_healthy();
}

#[test]
fn what_was_just_offered_is_left_alone() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let bytes = picture(100);
    upload(&mut worker, &bytes);
    age(&town);
    // Offered without being cited, e.g. because its case is still held up.
    worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.sync();
    assert!(worker.uploads.is_empty(), "it has its receipt");
    let left = collect(&town.hub.state, HOUR, false).unwrap();
    assert_eq!(left, Collected::default());
    assert!(stored(&town, &Digest::of(&bytes)));
}

#[test]
fn files_without_a_row_are_swept_with_what_was_made_of_them() {
    let town = Town::new();
    let app = &town.hub.state;
    let sha256 = app.blobs.store(b"nobody knows me").unwrap();
    let copy = app.blobs.path(&sha256).with_extension("thumb");
    std::fs::write(&copy, b"smaller").unwrap();
    let swept = |grace| collect(app, grace, false).unwrap().unknown;
    assert_eq!(swept(HOUR), 0, "just written");
    assert_eq!(swept(Duration::ZERO), 1);
    assert!(!app.blobs.path(&sha256).exists() && !copy.exists());
    assert!(app.blobs.turns.every().is_ok(), "the lock is still there");
}

#[test]
fn a_hub_older_than_the_notes_is_not_collected_before_they_are_made() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    let bytes = picture(100);
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    worker.sync();
    let forged = picture(200);
    upload(&mut worker, &forged);
    cite_forged(&mut worker, &forged);
    let app = &town.hub.state;
    let forget = |write: &mut dyn xunge_server::store::HubTransaction| {
        write.remove_meta(MetaKey::CitationsNoted).map(drop)
    };
    app.store.writing::<_, StoreError>(forget).unwrap();
    let before = collect(app, Duration::ZERO, false);
    assert!(matches!(before, Err(CollectError::CitationsIncomplete)));
    let report = doctor::examine(app).unwrap();
    assert_eq!(report.notes[0].code, "citations_incomplete");
    citations::complete(&*app.store).unwrap();
    age(&town);
    assert_eq!(collect(app, HOUR, false).unwrap(), Collected::default());
    town.is_healthy();
}

#[test]
fn a_backup_holds_the_collector_back() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let stop = AtomicBool::new(false);
    let beside = town.hub.beside();
    let place = tempfile::tempdir().unwrap();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !stop.load(Ordering::SeqCst) {
                collect(&beside, Duration::ZERO, false).unwrap();
            }
        });
        let _ending = Ending(&stop);
        for number in 0..12 {
            upload(&mut worker, &picture(1_000 + number));
            let to = place.path().join(number.to_string());
            let whole = backup::back_up(&town.hub.state, &to);
            assert!(whole.is_ok(), "{whole:?}");
        }
    });
}

/// The collector of another process never rests and leaves no grace, while devices send and cite.
#[test]
fn a_receipt_of_a_cited_photo_holds_whatever_the_collector_does() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.sync();
    let stop = AtomicBool::new(false);
    let beside = town.hub.beside();
    let taken = std::thread::scope(|threads| {
        let collector = threads.spawn(|| {
            let mut taken = 0;
            while !stop.load(Ordering::SeqCst) {
                taken += collect(&beside, Duration::ZERO, false).unwrap().stored;
            }
            taken
        });
        let ending = Ending(&stop);
        for number in 0..40 {
            let bytes = picture(2_000 + number);
            // Sent before it is cited: it may be gone when the case cites it.
            upload(&mut worker, &bytes);
            let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
            worker.write(id, vec![photo]);
            worker.sync();
            assert!(worker.uploads.is_empty(), "it has its receipt");
            assert!(stored(&town, &Digest::of(&bytes)), "and the receipt holds");
        }
        drop(ending);
        collector.join().unwrap()
    });
    for number in 0..40 {
        assert!(stored(&town, &Digest::of(&picture(2_000 + number))));
    }
    assert!(taken <= 40);
    town.is_healthy();
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Upload(usize),
    Begin(usize),
    Cite(usize),
    Forge(usize),
    Rubbish(usize),
    Age,
    Collect,
}

const PICTURES: usize = 5;

fn step() -> impl Strategy<Value = Step> {
    let which = 0..PICTURES;
    prop_oneof![
        4 => which.clone().prop_map(Step::Upload),
        2 => which.clone().prop_map(Step::Begin),
        1 => which.clone().prop_map(Step::Cite),
        1 => which.clone().prop_map(Step::Forge),
        1 => which.prop_map(Step::Rubbish),
        3 => Just(Step::Age),
        4 => Just(Step::Collect),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn a_cited_blob_is_never_taken(steps in proptest::collection::vec(step(), 1..24)) {
        let town = Town::new();
        let mut worker = town.device("worker-putian", 1);
        let mut forger = town.device("worker-putian-2", 2);
        let id = worker.report();
        worker.sync();
        let pictures: Vec<Vec<u8>> = (0..PICTURES).map(|number| picture(100 + number)).collect();
        let (mut held, mut cited) = ([false; PICTURES], [false; PICTURES]);
        for step in steps.into_iter().chain([Step::Age, Step::Collect]) {
            match step {
                Step::Upload(one) => {
                    upload(&mut worker, &pictures[one]);
                    held[one] = true;
                }
                Step::Begin(one) => {
                    chunk(&mut worker, blob_of(&pictures[one]), 0, &pictures[one][..50]);
                }
                Step::Cite(one) => {
                    cite(&mut worker, id, &pictures[one]);
                    cited[one] = true;
                }
                Step::Forge(one) => {
                    cite_forged(&mut forger, &pictures[one]);
                    cited[one] = true;
                }
                Step::Rubbish(one) => {
                    cite_unreadable(&mut worker, id, &Digest::of(&pictures[one]));
                    cited[one] = true;
                }
                Step::Age => age(&town),
                Step::Collect => {
                    collect(&town.hub.state, HOUR, false).unwrap();
                }
            }
            for one in 0..PICTURES {
                let there = stored(&town, &Digest::of(&pictures[one]));
                prop_assert!(there || !(held[one] && cited[one]), "{step:?} took {one}");
                held[one] = there;
            }
        }
        for one in 0..PICTURES {
            prop_assert!(!held[one] || cited[one], "{one} stayed without a citation");
        }
        town.is_healthy();
    }
}
