//! Evidence, end to end: what a device seals is received, entered into the log, and proves itself in a bundle; what a forger
//! makes of it is named.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xunge_server::bundle::{self, Report, Trust};
use xunge_sync::keys::{Signer as _, SoftwareKey, pem_of};
use xunge_tests::world::{DeviceProcess, ServerProcess, binary, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";

fn enrol(server: &ServerProcess, folder: &Path, name: &str, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, name);
    device.enrol(server, person);
    device.done(&["sync"]);
    device
}

fn report(device: &DeviceProcess, folder: &Path, seeds: &[u64]) -> String {
    let photos: Vec<PathBuf> = seeds
        .iter()
        .map(|seed| photo::draw(folder, &format!("photo-{seed}"), *seed, 96, 64))
        .collect();
    let fix = format!("{PLACE},8");
    let mut arguments = vec![
        "report",
        "--class",
        "road_damage",
        "--at",
        PLACE,
        "--fix",
        &fix,
        "--description",
        "路面破损",
    ];
    for photo in &photos {
        arguments.extend(["--photo", photo.to_str().unwrap()]);
    }
    let reported = device.done(&arguments);
    reported["case"].as_str().unwrap().to_owned()
}

/// A hub with two devices, the keys of all, and a bundle of a case of each.
struct Given {
    server: ServerProcess,
    folder: tempfile::TempDir,
    case: String,
}

impl Given {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 5);
        let worker = enrol(&server, folder.path(), "worker", "worker-putian");
        let colleague = enrol(&server, folder.path(), "colleague", "worker-putian-2");
        let case = report(&worker, folder.path(), &[1, 2]);
        report(&worker, folder.path(), &[3]);
        let late = photo::draw(folder.path(), "late", 4, 96, 64);
        let late = late.to_str().unwrap();
        worker.done(&["attach", &case, "--photo", late, "--purpose", "found"]);
        worker.done(&["sync"]);
        let other = report(&colleague, folder.path(), &[5]);
        colleague.done(&["sync"]);
        let given = Self {
            server,
            folder,
            case,
        };
        given.write("hub.pem", pem_of(&given.hub_key().public_key()).as_bytes());
        given.write(
            "witness.txt",
            given.xunge(&["log", "checkpoint"]).as_bytes(),
        );
        given.bundle(&given.case, "honest.zip");
        given.bundle(&other, "other.zip");
        given
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    fn hub_key(&self) -> SoftwareKey {
        let secret = std::fs::read(self.path("hub/server.key")).unwrap();
        SoftwareKey::from_bytes(&secret).unwrap()
    }

    fn xunge(&self, arguments: &[&str]) -> String {
        let output = Command::new(binary("xunge"))
            .args(arguments)
            .arg("--data")
            .arg(self.path("hub"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn bundle(&self, case: &str, name: &str) {
        let (to, since) = (self.path(name), self.path("witness.txt"));
        let (to, since) = (to.to_str().unwrap(), since.to_str().unwrap());
        // One more line than the witness knows of.
        self.server.enrolment_code("worker-erqi");
        self.xunge(&["bundle", "--case", case, "--to", to, "--since", since]);
    }

    fn verify(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = Command::new(binary("xunge"))
            .args(["verify", "--json"])
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code(), json)
    }
}

#[test]
fn a_bundle_proves_itself_and_each_forgery_is_named_in_its_layer() {
    let given = Given::new();
    let all = [
        "honest.zip",
        "--hub-key",
        "hub.pem",
        "--witness",
        "witness.txt",
    ];
    let (code, report) = given.verify(&all);
    assert_eq!(code, Some(0), "{report:#}");
    assert_eq!(
        (&report["sealed"], &report["photos"]),
        (&4.into(), &3.into())
    );
    // The device had synced before: not before is proven, and not after.
    for bracket in report["brackets"].as_array().unwrap() {
        assert!(
            bracket["not_before"].is_string() && bracket["not_after"].is_string(),
            "{bracket}"
        );
    }
    let findings: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    // The hub's clock is the demo's, a day of 2025; the photo that came later has no answer of positioning.
    let clock = "clock_differs";
    assert_eq!(findings, [clock, clock, clock, clock, "no_fix"]);

    by_hand(&given);
    forged(&given);
}

/// As its VERIFY.md says, without xunge.
fn by_hand(given: &Given) {
    let (files, _) = bundle::read(&std::fs::read(given.path("honest.zip")).unwrap()).unwrap();
    let folder = given.path("by-hand");
    for (path, bytes) in &files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let guide = String::from_utf8(files["VERIFY.md"].clone()).unwrap();
    let script = guide
        .split("```sh\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let run = || {
        Command::new("bash")
            .arg("-c")
            .arg(script)
            .current_dir(&folder)
            .output()
            .unwrap()
    };
    let output = run();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.ends_with("all of it holds\n"),
        "{output:?}"
    );
    // The script is no formality: it stops at what was changed, the list of checksums made again.
    let entry = files
        .keys()
        .find(|path| path.ends_with("/entry.cbor"))
        .unwrap();
    let mut changed = files[entry].clone();
    *changed.last_mut().unwrap() ^= 1;
    std::fs::write(folder.join(entry), changed).unwrap();
    assert!(!run().status.success());
}

fn forged(given: &Given) {
    let file = |name: &str| given.path(name).to_str().unwrap().to_owned();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("forgeries/forge.py");
    let output = Command::new("python3")
        .arg(script)
        .args(["--xunge", binary("xunge").to_str().unwrap()])
        .args([
            "--bundle",
            &file("honest.zip"),
            "--other",
            &file("other.zip"),
        ])
        .args([
            "--hub-key",
            &file("hub.pem"),
            "--witness",
            &file("witness.txt"),
        ])
        .args(["--hub-secret", &file("hub/server.key")])
        .args(["--device-secret", &file("worker/device.key")])
        .args(["--colleague-secret", &file("colleague/device.key")])
        .args(["--folder", &file("")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    assert_eq!(said.matches("ok  ").count(), 22, "{said}");
}

/// One bit of each byte, another one in each; all bits where a signature or the list of checksums stands.
#[test]
fn no_flipped_bit_of_any_file_goes_unseen() {
    let given = Given::new();
    let archive = std::fs::read(given.path("honest.zip")).unwrap();
    let (mut files, in_form) = bundle::read(&archive).unwrap();
    assert!(in_form);
    let trust = Trust::default();
    let look = |files: &bundle::Files| -> Report { bundle::verify(files, true, &trust) };
    assert!(look(&files).holds());
    let paths: Vec<String> = files.keys().cloned().collect();
    let mut flipped = 0;
    for path in paths {
        let length = files[&path].len();
        // The hash of a file finds a bit wherever it stands: of a picture, some are tried.
        let step = (length / 64).max(1);
        for place in (0..length).step_by(step) {
            files.get_mut(&path).unwrap()[place] ^= 1 << (place % 8);
            assert!(!look(&files).holds(), "{path} {place}");
            files.get_mut(&path).unwrap()[place] ^= 1 << (place % 8);
            flipped += 1;
        }
    }
    assert!(flipped > 1_000, "{flipped}");
    // And outside of the files, in the archive itself.
    for place in (0..archive.len()).step_by(archive.len() / 500) {
        let mut archive = archive.clone();
        archive[place] ^= 1 << (place % 8);
        let holds = bundle::read(&archive)
            .is_ok_and(|(files, in_form)| bundle::verify(&files, in_form, &trust).holds());
        assert!(!holds, "{place}");
    }
}
