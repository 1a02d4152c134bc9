//! A revoked device, through real processes: what it is told, what is left on it, and what the organisation gets back.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xunge_tests::world::{DeviceProcess, ServerProcess, photo};

/// A hub with a recovery key, and a worker's phone.
struct Scene {
    folder: tempfile::TempDir,
    server: ServerProcess,
    phone: DeviceProcess,
    recovery_key: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let recovery_key = folder.path().join("recovery.key");
        server.command(&["recovery-key", "--to", recovery_key.to_str().unwrap()]);
        let phone = DeviceProcess::new(folder.path(), "phone");
        let scene = Self {
            folder,
            server,
            phone,
            recovery_key,
        };
        scene.enrol();
        scene
    }

    fn enrol(&self) {
        self.phone.enrol(&self.server, "worker-putian");
    }

    fn report(&self, description: &str) {
        let picture = photo::draw(self.folder.path(), "picture", 7, 640, 480);
        self.phone
            .report_road(&picture, &["--description", description]);
    }

    fn revoke(&self, last_push_hours: &str) {
        let revoked = self.server.command(&[
            "revoke",
            "--person",
            "worker-putian",
            "--last-push-hours",
            last_push_hours,
            "--json",
        ]);
        assert!(!revoked.is_null());
    }

    /// The device asks its hub: what it prints, having ended with "set aside".
    fn told(&self) -> Value {
        let told = self.phone.run(&["sync"]);
        assert_eq!(told.code, Some(3), "{}", told.json);
        assert_eq!(told.json["problem"]["code"], "revoked");
        assert!(!self.phone.store().join("device.key").exists());
        told.json["store"].clone()
    }
}

fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[test]
fn a_phone_that_sent_everything_is_wiped_and_can_be_given_to_somebody() {
    let scene = Scene::new();
    scene.report("路面坑洞深约半米");
    scene.phone.done(&["sync"]);
    scene.revoke("0");
    assert_eq!(scene.told(), "wiped");
    let photos = scene.phone.store().join("sealed");
    assert_eq!(files(&photos), 0, "no photo is left");
    assert_eq!(scene.phone.done(&["list"])["cases"], json!([]));
    assert_eq!(
        scene.phone.run(&["sync"]).json["error"]["code"],
        "not_enrolled"
    );
    scene.enrol();
    scene.phone.done(&["sync"]);
    let found = scene.phone.done(&["list"]);
    assert!(!found["cases"].as_array().unwrap().is_empty());
}

#[test]
fn what_a_revoked_phone_had_not_sent_is_sealed_and_comes_back_with_the_recovery_key_alone() {
    let scene = Scene::new();
    scene.report("路面坑洞深约半米");
    scene.revoke("0");
    assert_eq!(scene.told(), "sealed");
    let refused = scene.phone.run(&["list"]);
    assert_eq!(refused.code, Some(5));
    assert_eq!(refused.json["error"]["code"], "store_sealed");
    let copy = scene.folder.path().join("copy");
    let found = scene.phone.done(&[
        "recover",
        "--recovery-key",
        scene.recovery_key.to_str().unwrap(),
        "--to",
        copy.to_str().unwrap(),
    ]);
    assert!(found["unsent_changes"].as_u64() > Some(0), "{found}");
    assert!(found["photos"].as_u64() > Some(0), "{found}");
    // Once that is done the phone is wiped, and is a new one.
    scene.phone.done(&["wipe", "--yes"]);
    scene.enrol();
}

#[test]
fn a_policy_may_leave_hours_to_send_what_is_held_and_then_nothing_is_left() {
    let scene = Scene::new();
    scene.report("井盖破损待补");
    scene.revoke("1");
    let sent = scene.phone.done(&["sync"]);
    assert_eq!(
        (&sent["texts_unsent"], &sent["photo_files_unsent"]),
        (&json!(0), &json!(0))
    );
    scene.revoke("0");
    assert_eq!(scene.told(), "wiped");
    let server = &scene.server;
    assert_eq!(server.command(&["doctor", "--json"])["findings"], json!([]));
}
