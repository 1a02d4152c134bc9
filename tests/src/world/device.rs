//! A device as processes of `field-device` over one store.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::binary;

/// A device: a folder, and the binary that opens it.
#[derive(Debug, Clone)]
pub struct DeviceProcess {
    store: PathBuf,
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

    /// Starts a command without waiting for it.
    #[expect(clippy::expect_used, reason = "a test without its device should stop")]
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .spawn()
            .expect("field-device starts")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary("field-device"));
        command
            .arg("--store")
            .arg(&self.store)
            .arg("--json")
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }
}
