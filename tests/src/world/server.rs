//! A hub as a process, killed when it is dropped.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::binary;

/// The password of every persona of the demo city.
pub const DEMO_PASSWORD: &str = "xunge-demo";

/// A hub that takes photos however full the disk of this machine is.
pub const WHATEVER_THE_DISK: [&str; 2] = ["--refuse-photos-at", "100"];

/// Whose code the hub runs.
#[derive(Debug, Clone)]
pub struct HubProgram {
    file: PathBuf,
    first: Option<&'static str>,
}

impl HubProgram {
    /// The product.
    pub fn product() -> Self {
        Self {
            file: binary("xunge"),
            first: None,
        }
    }

    /// The running binary itself, that becomes a hub when its first argument is this word: a hub with switches that
    /// the product does not have.
    ///
    /// # Errors
    /// The operating system does not say which binary runs.
    pub fn this_binary(word: &'static str) -> std::io::Result<Self> {
        Ok(Self {
            file: std::env::current_exe()?,
            first: Some(word),
        })
    }

    fn command(&self, arguments: &[&str], data: &Path) -> Command {
        let mut command = Command::new(&self.file);
        command
            .args(self.first)
            .args(arguments)
            .arg("--data")
            .arg(data);
        command
    }
}

/// A running `xunge`.
pub struct ServerProcess {
    program: HubProgram,
    child: Child,
    data: PathBuf,
    /// Certificate and key, where it speaks TLS.
    tls: Option<[PathBuf; 2]>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl ServerProcess {
    /// Seeds the demo city with so many cases in `data` and serves it on a free port.
    pub fn demo(data: &Path, cases: u32) -> Self {
        Self::demo_of(HubProgram::product(), data, cases)
    }

    /// The same by another program.
    pub fn demo_of(program: HubProgram, data: &Path, cases: u32) -> Self {
        let cases = cases.to_string();
        Self::start(
            program,
            data,
            &["demo", "--cases", &cases, "--listen", "127.0.0.1:0"],
            None,
        )
    }

    /// Serves an empty demo city from an instant on ("2025-06-28 10:02"), made in `data` unless one is there.
    pub fn demo_on(data: &Path, now: &str, listen: Option<SocketAddr>) -> Self {
        let listen = listen.map_or_else(|| "127.0.0.1:0".to_owned(), |address| address.to_string());
        let arguments = ["demo", "--cases", "0", "--now", now, "--listen", &listen];
        Self::start(HubProgram::product(), data, &arguments, None)
    }

    /// Makes an authority of its own in `certificates`, unless one is there, and serves the demo city under TLS.
    #[expect(clippy::expect_used, reason = "a test without its server should stop")]
    pub fn demo_with_tls(data: &Path, certificates: &Path, cases: u32) -> Self {
        let program = HubProgram::product();
        let tls = ["tls.pem", "tls.key"].map(|name| certificates.join(name));
        if !tls[0].exists() {
            let made = program
                .command(&["tls-certificate", "--host", "127.0.0.1"], certificates)
                .stdout(Stdio::null())
                .status()
                .expect("xunge runs");
            assert!(made.success(), "a certificate is made");
        }
        let cases = cases.to_string();
        let arguments = ["demo", "--cases", &cases, "--listen", "127.0.0.1:0"];
        Self::start(program, data, &arguments, Some(tls))
    }

    /// Serves what is in `data`, on a given address or a free port.
    pub fn serve(data: &Path, listen: Option<SocketAddr>) -> Self {
        Self::serve_with(data, listen, None)
    }

    fn serve_with(data: &Path, listen: Option<SocketAddr>, tls: Option<[PathBuf; 2]>) -> Self {
        let listen = listen.map_or_else(|| "127.0.0.1:0".to_owned(), |address| address.to_string());
        let arguments = ["serve", "--listen", &listen];
        Self::start(HubProgram::product(), data, &arguments, tls)
    }

    #[expect(clippy::expect_used, reason = "a test without its server should stop")]
    fn start(
        program: HubProgram,
        data: &Path,
        arguments: &[&str],
        tls: Option<[PathBuf; 2]>,
    ) -> Self {
        let mut command = program.command(arguments, data);
        if let Some([certificate, key]) = &tls {
            command.arg("--tls-cert").arg(certificate);
            command.arg("--tls-key").arg(key);
        }
        let scheme = scheme(&tls);
        let mut child = command
            .args(WHATEVER_THE_DISK)
            .stdout(Stdio::piped())
            .spawn()
            .expect("xunge starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let url = line.strip_prefix("listening on ")?;
                url.strip_prefix(scheme)?.parse().ok()
            })
            .expect("xunge says where it listens");
        // The rest is read, or the pipe would fill and stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self {
            program,
            child,
            data: data.to_owned(),
            tls,
            address,
        }
    }

    /// `http://host:port`, or `https://host:port`.
    pub fn url(&self) -> String {
        format!("{}{}", scheme(&self.tls), self.address)
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
        self.try_command(arguments).expect("the command succeeds")
    }

    /// The same, for a command that may fail.
    ///
    /// # Errors
    /// What it says about its failure.
    #[expect(clippy::expect_used, reason = "a test without its tool should stop")]
    pub fn try_command(&self, arguments: &[&str]) -> Result<Value, String> {
        let output = self
            .program
            .command(arguments, &self.data)
            .output()
            .expect("xunge runs");
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("xunge {arguments:?}: {errors}"));
        }
        Ok(serde_json::from_slice(&output.stdout).unwrap_or(Value::Null))
    }

    /// `kill -9`, and wait until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Kills it, and serves the demo city again on the same address, from an instant on ("2025-06-30 11:40").
    pub fn restart_demo_at(&mut self, now: &str) {
        self.kill();
        let listen = self.address.to_string();
        let arguments = ["demo", "--listen", &listen, "--now", now];
        let program = self.program.clone();
        *self = Self::start(program, &self.data, &arguments, self.tls.take());
    }

    /// Where it keeps everything.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Kills it and serves the same data again on the same address.
    pub fn restart(&mut self) {
        self.kill();
        *self = Self::serve_with(&self.data, Some(self.address), self.tls.take());
    }
}

const fn scheme(tls: &Option<[PathBuf; 2]>) -> &'static str {
    if tls.is_some() { "https://" } else { "http://" }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
