//! The binary as a process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;
use xunge_domain::person::{Person, Role};
use xunge_domain::time::Timestamp;
use xunge_server::app::SystemEntropy;
use xunge_server::data_folder::DataFolder;
use xunge_server::services::people;

use crate::support::{Browser, PASSWORD};

/// Where SQLite keeps the schema version of an application (`user_version`).
const VERSION_IN_HEADER: std::ops::Range<usize> = 60..64;

fn xunge(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunge"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    xunge(arguments).output().unwrap()
}

pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A serving process, ended when dropped.
pub(crate) struct Serving {
    child: Child,
    lines: BufReader<ChildStdout>,
    url: String,
}

impl Serving {
    pub(crate) fn start(folder: &str) -> Self {
        let mut child = xunge(&["serve", "--data", folder, "--listen", "127.0.0.1:0"])
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let url = first
            .strip_prefix("listening on ")
            .expect("the first line tells the address")
            .trim()
            .to_owned();
        Self { child, lines, url }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    fn browser(&self) -> Browser {
        Browser {
            base: self.url.clone(),
            cookie: None,
            csrf: None,
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn add_worker(folder: &Path) {
    let app = DataFolder::at(folder)
        .open_beside(std::sync::Arc::new(SystemEntropy))
        .unwrap();
    let worker = Person {
        id: "worker-putian".parse().unwrap(),
        name: "网格员甲".into(),
        roles: vec![Role::GridWorker],
        organisation: None,
        duty_grids: vec![],
    };
    people::put_person(&app, "test", &worker).unwrap();
}

#[test]
fn an_empty_folder_is_set_up_and_codes_are_issued_beside_the_serving_hub() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("hub");
    let data = folder.to_str().unwrap();
    let mut serving = Serving::start(data);
    let link = serving.line();
    assert!(
        link.starts_with(&format!("set-up: {}/setup?token=", serving.url)),
        "{link}"
    );
    assert_eq!(serving.browser().get("/healthz").status, 200);

    add_worker(&folder);
    let output = run(&[
        "enrol",
        "--data",
        data,
        "--person",
        "worker-putian",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let issued: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(issued["server"], serving.url.as_str());
    assert!(issued["expires_at"].as_str().unwrap().ends_with("+08:00"));
    assert_eq!(issued["code"].as_str().unwrap().len(), 46);

    let other = [
        "enrol",
        "--data",
        data,
        "--person",
        "worker-putian",
        "--server",
        "https://hub.example/",
        "--json",
    ];
    let issued: Value = serde_json::from_slice(&run(&other).stdout).unwrap();
    assert_eq!(issued["server"], "https://hub.example");

    let second = run(&["serve", "--data", data, "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(errors(&second).contains("data_folder_in_use") && errors(&second).contains("数据目录"));
}

#[cfg(unix)]
#[test]
fn a_polite_end_is_no_failure_and_the_hub_starts_again() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().to_str().unwrap();
    let mut serving = Serving::start(data);
    assert_eq!(serving.browser().get("/healthz").status, 200);
    let ended = Command::new("kill")
        .args(["-TERM", &serving.child.id().to_string()])
        .status()
        .unwrap();
    assert!(ended.success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let again = Serving::start(data);
    assert_eq!(again.browser().get("/healthz").json()["epoch"], 1);
}

#[cfg(unix)]
#[test]
fn an_open_live_answer_does_not_hold_up_the_end() {
    let place = tempfile::tempdir().unwrap();
    let mut serving = Serving::start(place.path().to_str().unwrap());
    add_worker(place.path());
    let app = DataFolder::at(place.path())
        .open_beside(std::sync::Arc::new(SystemEntropy))
        .unwrap();
    let worker = "worker-putian".parse().unwrap();
    people::set_password(&app, "test", &worker, PASSWORD).unwrap();
    let mut browser = serving.browser();
    assert_eq!(browser.log_in(worker.as_str(), PASSWORD).status, 200);
    let cookie = browser.cookie.unwrap();
    let mut stream = TcpStream::connect(serving.url.strip_prefix("http://").unwrap()).unwrap();
    let request = format!("GET /api/live HTTP/1.1\r\nhost: hub\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut status = String::new();
    let mut answer = BufReader::new(stream);
    answer.read_line(&mut status).unwrap();
    assert!(status.contains(" 200 "), "{status}");
    let ended = Command::new("kill")
        .args(["-TERM", &serving.child.id().to_string()])
        .status()
        .unwrap();
    assert!(ended.success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    // Whatever was still on its way comes, and then the end.
    let mut rest = Vec::new();
    answer.read_to_end(&mut rest).unwrap();
}

#[test]
fn collect_as_a_command() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().to_str().unwrap();
    let _serving = Serving::start(data);
    let sha256 = {
        let app = DataFolder::at(place.path())
            .open_beside(std::sync::Arc::new(SystemEntropy))
            .unwrap();
        let sha256 = app.blobs.store(b"nobody cites me").unwrap();
        app.store
            .writing(|write| write.mark_blob_stored(&sha256, 15, Timestamp::from_millis(0)))
            .unwrap();
        sha256
    };
    let file = DataFolder::at(place.path()).blobs();
    let file = file.join(&sha256.to_string()[..2]).join(sha256.to_string());
    let told = |arguments: &[&str]| {
        let output = run(&[&["collect", "--data", data, "--json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    assert_eq!(told(&["--dry-run"])["stored"], 1);
    assert!(file.exists());
    let expected = serde_json::json!({
        "stored": 1, "partial": 0, "bytes": 15, "unknown": 0, "expired_subjects": 0
    });
    assert_eq!(told(&["--older-than", "1"]), expected);
    assert!(!file.exists());
    assert_eq!(told(&[])["stored"], 0);
}

#[test]
fn backup_and_restore_as_commands() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let serving = Serving::start(&path("hub"));
    let output = run(&["backup", "--data", &path("hub"), "--to", &path("copy")]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    drop(serving);
    let output = run(&["restore", "--from", &path("copy"), "--data", &path("new")]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let epoch = || {
        let serving = Serving::start(&path("new"));
        let health = serving.browser().get("/healthz").json();
        health["epoch"].as_u64().unwrap()
    };
    let first = epoch();
    assert!(first > 1);
    assert_eq!(epoch(), first, "a restart is no restore");
    std::fs::remove_dir_all(path("new")).unwrap();
    let output = run(&["restore", "--from", &path("copy"), "--data", &path("new")]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert_ne!(epoch(), first, "another hub from the same backup");
    let again = run(&["restore", "--from", &path("copy"), "--data", &path("new")]);
    assert_eq!(again.status.code(), Some(1));
    assert!(errors(&again).contains("folder_not_empty"));
}

#[test]
fn failures_end_with_one_wrong_usage_with_two() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().to_str().unwrap();
    let empty = run(&["enrol", "--data", data, "--person", "worker-putian"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(errors(&empty).contains("data_folder_empty") && errors(&empty).contains("错误："));
    drop(Serving::start(data));
    let unknown = run(&["enrol", "--data", data, "--person", "nobody"]);
    assert!(errors(&unknown).contains("unknown_person"));
    let unfit = run(&["enrol", "--data", data, "--person", "No Body"]);
    assert!(errors(&unfit).contains("id_unfit"));
    for wrong in [
        &["enrol", "--data", data][..],
        &["fly"],
        &[],
        &["serve", "--data", data, "--listen", "here"],
    ] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_newer_database_is_refused_politely_and_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().to_str().unwrap();
    drop(Serving::start(data));
    // Opened and closed in peace, so that everything lies in the main file and not in the log beside it.
    drop(
        DataFolder::at(place.path())
            .open_beside(std::sync::Arc::new(SystemEntropy))
            .unwrap(),
    );
    let file = place.path().join("xunge.db");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[VERSION_IN_HEADER].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    for command in [
        &["serve", "--data", data, "--listen", "127.0.0.1:0"][..],
        &["enrol", "--data", data, "--person", "a"],
    ] {
        let refused = run(command);
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            errors(&refused).contains("store_newer"),
            "{}",
            errors(&refused)
        );
    }
    assert_eq!(
        std::fs::read(&file).unwrap()[VERSION_IN_HEADER],
        99_u32.to_be_bytes()
    );
}

#[test]
fn the_recovery_key_is_made_once_and_its_private_half_is_not_in_the_hub() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("hub");
    let data = folder.to_str().unwrap();
    let _serving = Serving::start(data);
    let file = place.path().join("recovery.key");
    let to = file.to_str().unwrap();
    let made = run(&["recovery-key", "--data", data, "--to", to]);
    assert_eq!(made.status.code(), Some(0), "{}", errors(&made));
    let text = std::fs::read_to_string(&file).unwrap();
    let secret = data_encoding::HEXLOWER
        .decode(text.trim().as_bytes())
        .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let key = xunge_sync::keys::SoftwareKey::from_bytes(&secret).unwrap();
    let beside = DataFolder::at(&folder)
        .open_beside(std::sync::Arc::new(SystemEntropy))
        .unwrap();
    let public = beside
        .store
        .reading(xunge_server::services::recovery_key::public_half)
        .unwrap();
    assert_eq!(public, Some(xunge_sync::keys::Signer::public_key(&key)));
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let found = |wanted: &[u8]| bytes.windows(wanted.len()).any(|part| part == wanted);
        assert!(
            !found(&secret) && !found(text.trim().as_bytes()),
            "{}",
            path.display()
        );
    }
    let other = place.path().join("second.key");
    let again = run(&[
        "recovery-key",
        "--data",
        data,
        "--to",
        other.to_str().unwrap(),
    ]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        errors(&again).contains("recovery_key_exists"),
        "{}",
        errors(&again)
    );
    assert!(!other.exists());
}
