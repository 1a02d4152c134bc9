//! Workload W1 through a real hub process behind the proxy, phase by phase.
//!
//! Bytes are counted on the device's socket, headers included. Processor time of the hub is that of its process, of the
//! device that of its thread: the proxy, which stands for the network, is in neither.

mod gates;
mod phase;
mod show;

use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;
use xunge_field::{FieldApp, FieldError};

pub use gates::{growth, w1};
pub use phase::Phase;

use crate::device::{HostError, Link, open, open_unencrypted};
use crate::figures::{memory, thread_processor_seconds};
use crate::proxy::{ChaosProxy, Weather};
use crate::workload;
use crate::world::{HubProgram, ServerProcess};

/// Cases that are changed while the link is down.
const TOUCHED: usize = 5;
/// The worker whose device writes, and the one whose fresh device pulls.
const WRITER: &str = "worker-putian";
const READER: &str = "worker-putian-2";

/// What keeps a measurement from being made.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A temporary folder or the proxy's socket.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A device.
    #[error(transparent)]
    Device(#[from] HostError),
    /// A round that did not come through whole.
    #[error("the {phase} did not come through: {said}")]
    Round {
        /// Which phase.
        phase: &'static str,
        /// What became of it.
        said: String,
    },
}

impl From<FieldError> for BenchError {
    fn from(cause: FieldError) -> Self {
        Self::Device(HostError::Field(cause))
    }
}

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BenchPlan {
    /// Cases of six changes.
    pub cases: u64,
    /// One-way delay in milliseconds.
    pub delay_ms: u64,
    /// Rate of the link in kilobits a second, each way; as fast as the machine when not given.
    pub kbps: Option<u64>,
    /// Without signatures: only where the build has them off.
    pub unsigned: bool,
    /// The devices speak plain alone, as an old client.
    pub plain: bool,
    /// The devices' stores are not encrypted.
    pub unencrypted: bool,
}

impl BenchPlan {
    fn weather(&self) -> Weather {
        Weather {
            delay: Duration::from_millis(self.delay_ms),
            rate_bytes_per_second: self.kbps.map(|kbps| kbps * 1_000 / 8),
            ..Weather::fair()
        }
    }
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BenchRun {
    /// How.
    #[serde(flatten)]
    pub plan: BenchPlan,
    /// Writing the cases on the device, without a link.
    pub write_seconds: f64,
    /// Processor time of that.
    pub write_cpu_seconds: f64,
    /// All cases to an empty hub, until nothing is left: rulings come back in it.
    pub push: Phase,
    /// Asking again, over the connection that is open.
    pub nothing_new: Phase,
    /// The same, and a comparison with the hub that finds nothing.
    pub comparison: Phase,
    /// Five of them changed while the link was down: a new connection.
    pub resync_of_5: Phase,
    /// All cases to a fresh device.
    pub pull: Phase,
    /// The most memory the hub ever had.
    pub hub_peak_memory_kb: u64,
}

/// Measures one plan, with a hub and devices of its own.
///
/// # Errors
/// What keeps the measurement from being made.
pub fn run(plan: BenchPlan, program: HubProgram) -> Result<BenchRun, BenchError> {
    let folder = tempfile::tempdir()?;
    let server = ServerProcess::demo_of(program, &folder.path().join("hub"), 0);
    let proxy = ChaosProxy::start(server.address, Weather::fair())?;
    let mut first = device(&server, plan, folder.path(), "first", WRITER)?;
    let (began, cpu) = (Instant::now(), thread_processor_seconds());
    workload::write(&mut first, plan.cases, 1)?;
    let write_seconds = began.elapsed().as_secs_f64();
    let write_cpu_seconds = thread_processor_seconds() - cpu;
    proxy.set_weather(plan.weather());
    let link = Link::new(&proxy.url());
    let push = phase::measure("push", &mut first, &link, &proxy, server.id())?;
    let nothing_new = phase::measure("asking again", &mut first, &link, &proxy, server.id())?;
    first.compare_with_hub()?;
    let comparison = phase::measure("comparison", &mut first, &link, &proxy, server.id())?;
    workload::touch(&mut first, TOUCHED, 2)?;
    let link = Link::new(&proxy.url());
    let resync_of_5 = phase::measure("resync", &mut first, &link, &proxy, server.id())?;
    let mut second = device(&server, plan, folder.path(), "second", READER)?;
    let link = Link::new(&proxy.url());
    let pull = phase::measure("pull", &mut second, &link, &proxy, server.id())?;
    Ok(BenchRun {
        plan,
        write_seconds,
        write_cpu_seconds,
        push,
        nothing_new,
        comparison,
        resync_of_5,
        pull,
        hub_peak_memory_kb: memory(server.id()).peak_kb,
    })
}

/// An enrolled device with its store on disk. Enrolling is not measured.
fn device(
    server: &ServerProcess,
    plan: BenchPlan,
    folder: &Path,
    name: &str,
    person: &str,
) -> Result<FieldApp, BenchError> {
    let open = if plan.unencrypted {
        open_unencrypted
    } else {
        open
    };
    let mut app = open(&folder.join(name))?;
    if plan.plain {
        app.speak_plain();
    }
    let code = server.enrolment_code(person);
    let (enrolment, request) = app.begin_enrolment(&server.url(), &code)?;
    app.finish_enrolment(&enrolment, Link::new(&server.url()).perform(&request))?;
    Ok(app)
}
