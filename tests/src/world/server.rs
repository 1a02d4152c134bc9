//! A hub as a process, killed when it is dropped.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::binary;

/// The password of every persona of the demo city.
pub const DEMO_PASSWORD: &str = "xunge-demo";

/// A running `xunge`.
pub struct ServerProcess {
    child: Child,
    data: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
}

impl ServerProcess {
    /// Seeds the demo city with so many cases in `data` and serves it on a free port.
    pub fn demo(data: &Path, cases: u32) -> Self {
        let cases = cases.to_string();
        Self::start(
            data,
            &["demo", "--cases", &cases, "--listen", "127.0.0.1:0"],
        )
    }

    /// Serves what is in `data`, on a given address or a free port.
    pub fn serve(data: &Path, listen: Option<SocketAddr>) -> Self {
        let listen = listen.map_or_else(|| "127.0.0.1:0".to_owned(), |address| address.to_string());
        Self::start(data, &["serve", "--listen", &listen])
    }

    #[expect(clippy::expect_used, reason = "a test without its server should stop")]
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(binary("xunge"))
            .args(arguments)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("xunge starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://")?.parse().ok())
            .expect("xunge says where it listens");
        // The rest is read, or the pipe would fill and stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self {
            child,
            data: data.to_owned(),
            address,
        }
    }

    /// `http://host:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// A one-time enrolment code for a person.
    pub fn enrolment_code(&self, person: &str) -> String {
        let issued = self.command(&["enrol", "--person", person, "--json"]);
        issued["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Runs another `xunge` command on the same data; returns what it prints as JSON.
    #[expect(clippy::expect_used, reason = "a test whose tool fails should stop")]
    pub fn command(&self, arguments: &[&str]) -> Value {
        let output = Command::new(binary("xunge"))
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .output()
            .expect("xunge runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "xunge {arguments:?}: {errors}");
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
    }

    /// `kill -9`, and wait until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Kills it and serves the same data again on the same address.
    pub fn restart(&mut self) {
        self.kill();
        *self = Self::serve(&self.data, Some(self.address));
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
