//! A process that runs and will be killed: waiting is for its end or for a condition, never for a clock alone.

use std::io::Read as _;
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How often a condition is looked at.
const GLANCE: Duration = Duration::from_micros(200);
/// A command that takes longer hangs.
const COMMAND_LIMIT: Duration = Duration::from_secs(120);

/// A started command whose standard output is read.
pub(super) struct Running {
    child: Child,
    ended: Receiver<String>,
    output: Option<String>,
}

impl Running {
    /// Watches a child whose standard output is piped.
    #[expect(clippy::expect_used, reason = "the harness pipes it")]
    pub(super) fn new(mut child: Child) -> Self {
        let mut stdout = child.stdout.take().expect("standard output is piped");
        let (tell, ended) = channel();
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stdout.read_to_string(&mut text);
            // Nobody listens any more when the harness has ended.
            let _ = tell.send(text);
        });
        Self {
            child,
            ended,
            output: None,
        }
    }

    /// Waits until the condition holds, and then so much longer. False when the command ended first.
    pub(super) fn until(&mut self, condition: impl Fn() -> bool, longer: Duration) -> bool {
        let limit = Instant::now() + COMMAND_LIMIT;
        while !condition() {
            if self.ends_within(GLANCE) {
                return false;
            }
            assert!(Instant::now() < limit, "a command hangs");
        }
        !self.ends_within(longer)
    }

    fn ends_within(&mut self, wait: Duration) -> bool {
        match self.ended.recv_timeout(wait) {
            Ok(text) => {
                self.output = Some(text);
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        }
    }

    /// `kill -9`; returns what it had printed.
    pub(super) fn kill(mut self) -> Value {
        let _ = self.child.kill();
        self.end()
    }

    /// Waits for its end; returns what it printed, `Null` when that is no JSON.
    pub(super) fn end(&mut self) -> Value {
        let text = self
            .output
            .take()
            .or_else(|| self.ended.recv_timeout(COMMAND_LIMIT).ok());
        let _ = self.child.wait();
        text.and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or(Value::Null)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
