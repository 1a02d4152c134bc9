//! Receipts, through real processes: what a device can prove without its hub, and when it may let go of a photo.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use xunge_tests::world::{DeviceProcess, ServerProcess, binary, photo};

fn enrolled(folder: &Path, server: &ServerProcess, name: &str) -> DeviceProcess {
    let phone = DeviceProcess::new(folder, name);
    phone.enrol(server, "worker-putian");
    phone
}

/// Reports with a photo, and answers the case and the photo.
fn report(folder: &Path, phone: &DeviceProcess, seed: u32) -> (String, PathBuf) {
    let picture = photo::draw(folder, &format!("picture-{seed}"), seed.into(), 640, 480);
    (phone.report_road(&picture, &[]), picture)
}

fn proofs(phone: &DeviceProcess, case: &str) -> Vec<Value> {
    let proofs = phone.done(&["proofs", case]);
    proofs["proofs"].as_array().unwrap().clone()
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| match entry.metadata().unwrap() {
            found if found.is_dir() => bytes_in(&entry.path()),
            found => found.len(),
        })
        .sum()
}

fn back_up(server: &ServerProcess, to: &Path) {
    server.command(&["backup", "--to", to.to_str().unwrap()]);
}

#[test]
fn a_device_proves_what_the_hub_received_and_frees_a_photo_only_behind_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let phone = enrolled(folder.path(), &server, "phone");
    let (case, picture) = report(folder.path(), &phone, 7);
    let unsent = proofs(&phone, &case);
    assert_eq!(unsent.len(), 2, "the photo and the report: {unsent:?}");
    assert!(unsent.iter().all(|proof| proof["received_at"].is_null()));

    phone.done(&["sync"]);
    let young = proofs(&phone, &case);
    assert!(
        young.iter().all(|proof| proof["received_at"].is_null()),
        "within the hour"
    );
    phone.done(&["sync", "--receipts"]);
    for proof in proofs(&phone, &case) {
        assert!(
            proof["received_at"].is_number() && proof["line"].as_u64() > Some(0),
            "{proof}"
        );
        assert_eq!(
            proof["stored_at"].is_number(),
            proof["original"].is_string(),
            "{proof}"
        );
    }

    let freed = phone.done(&["free"]);
    assert_eq!(freed["files"], 0, "there is no backup: {freed}");
    back_up(&server, &folder.path().join("backup"));
    assert_eq!(phone.done(&["free"])["files"], 0, "the phone was not told");
    let (later, _) = report(folder.path(), &phone, 8);
    phone.done(&["sync"]);
    phone.done(&["sync", "--receipts"]);
    let before = bytes_in(&phone.store().join("sealed"));
    let freed = phone.done(&["free"]);
    assert_eq!(
        freed["files"], 1,
        "the one that was there before the backup: {freed}"
    );
    assert_eq!(freed["bytes"], fs::metadata(&picture).unwrap().len());
    let length = fs::metadata(&picture).unwrap().len();
    assert!(
        bytes_in(&phone.store().join("sealed")) + length <= before,
        "the file is gone"
    );
    for case in [&case, &later] {
        let photos = phone.done(&["show", case])["photos"].clone();
        assert_eq!(photos[0]["state"], "received", "{photos}");
    }
    assert_eq!(proofs(&phone, &case).len(), 2, "the proof stays");
    phone.done(&["sync", "--compare"]);
    assert_eq!(server.command(&["doctor", "--json"])["findings"], json!([]));
}

#[test]
fn a_hub_that_lost_its_photos_gets_them_back_from_who_did_not_free_them() {
    let folder = tempfile::tempdir().unwrap();
    let hub = folder.path().join("hub");
    let server = ServerProcess::demo(&hub, 0);
    let phone = enrolled(folder.path(), &server, "phone");
    let (first, _) = report(folder.path(), &phone, 7);
    phone.done(&["sync"]);
    let backup = folder.path().join("backup");
    back_up(&server, &backup);
    let (second, picture) = report(folder.path(), &phone, 8);
    phone.done(&["sync"]);
    phone.done(&["sync", "--receipts"]);
    assert_eq!(phone.done(&["free"])["files"], 1, "the first");
    let address = server.address;
    drop(server);

    // Failover to what the backup holds.
    let other = folder.path().join("other");
    let restored = Command::new(binary("xunge"))
        .arg("restore")
        .args([
            "--from".as_ref(),
            backup.as_path(),
            "--data".as_ref(),
            other.as_path(),
        ])
        .status();
    assert!(restored.unwrap().success());
    let server = ServerProcess::serve(&other, Some(address));
    phone.done(&["sync"]);
    phone.done(&["sync", "--receipts"]);
    assert_eq!(
        phone.done(&["free"])["files"],
        0,
        "the second is in no backup of this hub"
    );
    for case in [&first, &second] {
        let photos = phone.done(&["show", case])["photos"].clone();
        assert!(!photos.as_array().unwrap().is_empty());
    }
    let sha256 = phone.done(&["show", &second])["photos"][0]["sha256"].clone();
    let kept = folder.path().join("kept.jpg");
    server.command(&[
        "export-photo",
        "--sha256",
        sha256.as_str().unwrap(),
        "--to",
        kept.to_str().unwrap(),
    ]);
    assert_eq!(fs::read(kept).unwrap(), fs::read(picture).unwrap());
    assert_eq!(server.command(&["doctor", "--json"])["findings"], json!([]));
    let status = phone.done(&["sync"]);
    assert_eq!(
        status["log_contradicted"], false,
        "a restored hub says so by its epoch"
    );
}
