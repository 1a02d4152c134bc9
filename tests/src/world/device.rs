//! A device as processes of `field-device` over one store.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::{ServerProcess, binary};

/// 至德街 and 商都路, in the beat of `worker-putian`.
const ROAD: &str = "113.7861,34.7552";

/// A device: a folder, and the binary that opens it.
#[derive(Debug, Clone)]
pub struct DeviceProcess {
    store: PathBuf,
    unencrypted: bool,
}

/// What a command printed and how it ended.
#[derive(Debug, Clone)]
pub struct DeviceRun {
    /// Exit code; `None` when it was killed.
    pub code: Option<i32>,
    /// Its JSON; `Null` when it printed none.
    pub json: Value,
}

impl DeviceProcess {
    /// A device with its store in `folder/name`.
    pub fn new(folder: &Path, name: &str) -> Self {
        Self {
            store: folder.join(name),
            unencrypted: false,
        }
    }

    /// The same, whose store is not encrypted: what a search through its files can find.
    pub fn unencrypted(folder: &Path, name: &str) -> Self {
        Self {
            unencrypted: true,
            ..Self::new(folder, name)
        }
    }

    /// Where its store lies.
    pub fn store(&self) -> &Path {
        &self.store
    }

    /// Runs one command to its end.
    #[expect(clippy::expect_used, reason = "a test without its device should stop")]
    pub fn run(&self, arguments: &[&str]) -> DeviceRun {
        let output = self.command(arguments).output().expect("field-device runs");
        DeviceRun {
            code: output.status.code(),
            json: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        }
    }

    /// Runs one command that must succeed.
    pub fn done(&self, arguments: &[&str]) -> Value {
        let run = self.run(arguments);
        assert_eq!(
            run.code,
            Some(0),
            "field-device {arguments:?}: {}",
            run.json
        );
        run.json
    }

    /// Enrols it for a person; who that is.
    pub fn enrol(&self, server: &ServerProcess, person: &str) -> Value {
        let code = server.enrolment_code(person);
        self.done(&["enrol", "--server", &server.url(), "--code", &code])
    }

    /// Reports a damaged road in the middle of the demo city; more arguments behind. The case.
    pub fn report_road(&self, photo: &Path, more: &[&str]) -> String {
        let photo = photo.to_string_lossy();
        let road = [
            "report",
            "--class",
            "road_damage",
            "--at",
            ROAD,
            "--photo",
            &photo,
        ];
        let told = self.done(&[&road[..], more].concat());
        told["case"].as_str().unwrap_or_default().to_owned()
    }

    /// What one command that must succeed prints for a person.
    #[expect(clippy::expect_used, reason = "a test without its device should stop")]
    pub fn text(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(binary("field-device"));
        command.arg("--store").arg(&self.store);
        command.args(self.unencrypted.then_some("--unencrypted"));
        let output = command.args(arguments).output().expect("field-device runs");
        assert!(output.status.success(), "field-device {arguments:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts a command without waiting for it.
    #[expect(clippy::expect_used, reason = "a test without its device should stop")]
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .spawn()
            .expect("field-device starts")
    }

    /// Has it meet another device over a socket; what each of the two was brought.
    #[expect(clippy::expect_used, reason = "a test without its devices should stop")]
    pub fn meet(&self, other: &Self) -> (Value, Value) {
        let mut listener = self.start(&["share", "--listen", "127.0.0.1:0"]);
        let stdout = listener.stdout.take().expect("stdout is piped");
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let mut told = || -> Value {
            let line = lines.next().expect("the listener says something");
            serde_json::from_str(&line).expect("a line of JSON")
        };
        let address = told()["listening"].as_str().unwrap_or_default().to_owned();
        let brought = other.done(&["share", "--connect", &address]);
        let here = told();
        assert!(listener.wait().is_ok_and(|status| status.success()));
        (here, brought)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary("field-device"));
        command
            .arg("--store")
            .arg(&self.store)
            .arg("--json")
            .args(self.unencrypted.then_some("--unencrypted"))
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }
}
