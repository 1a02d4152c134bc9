//! A phone that is full: a device whose store holds as many cases as a district has in years, for `store-bench`.
//!
//! The cases are real documents of real changes (a report, its ruling, for most how it ended), and the device takes them in by the verbs it
//! takes every answer in by: signed frames, inspected, applied, projected, committed. What is left out is the hub's work
//! and the network. The few cases that are the worker's own are written through the ordinary verbs.

mod documents;
mod made_up_hub;

use std::path::Path;

use xunge_field::{Answered, FieldApp, FieldError, HttpAnswer, SoftwareKey};
use xunge_sync::wire::{SyncRequest, unpack};

use crate::device::{HostError, Link, SyncEnd, synchronise};
use crate::workload;
use crate::world::ServerProcess;
use documents::MadeUpCases;
use made_up_hub::MadeUpHub;

/// Whose phone it is.
pub const WORKER: &str = "worker-putian";
/// Where a push and pull goes to.
const SYNC_PATH: &str = "/api/sync";
/// Cases of one answer: about what a frame of the hub holds.
const CASES_AN_ANSWER: u64 = 200;
/// Cases the worker wrote without signal, that wait to be sent.
const OWN_CASES: u64 = 20;
/// Most requests for something else before a push and pull.
const ERRANDS_MAX: usize = 20;

/// What keeps a phone from being filled.
#[derive(Debug, thiserror::Error)]
pub enum FullPhoneError {
    /// The device.
    #[error(transparent)]
    Device(#[from] HostError),
    /// The hub's key cannot be read.
    #[error("the hub's key cannot be read: {0}")]
    Key(#[from] std::io::Error),
    /// The hub has no key.
    #[error("the hub has no key")]
    NoKey,
    /// A case that could not be made.
    #[error("a case could not be made: {0}")]
    Case(#[from] xunge_documents::EditError),
    /// The device did not take an answer.
    #[error("the device did not take an answer: {0}")]
    NotTaken(String),
}

impl From<FieldError> for FullPhoneError {
    fn from(cause: FieldError) -> Self {
        Self::Device(HostError::Field(cause))
    }
}

/// Enrols a new device at a hub of the demo city, which gives it the city's tables, and fills it. The cases are a function
/// of the seed; the last of them are the worker's own and wait to be sent.
///
/// # Errors
/// The device, or the hub's key.
pub fn fill(
    app: &mut FieldApp,
    server: &ServerProcess,
    hub_folder: &Path,
    cases: u64,
    seed: u64,
) -> Result<(), FullPhoneError> {
    let link = Link::new(&server.url());
    let (enrolment, request) =
        app.begin_enrolment(&server.url(), &server.enrolment_code(WORKER))?;
    app.finish_enrolment(&enrolment, link.perform(&request))?;
    let report = synchronise(app, &link, 1, &mut |_| {})?;
    if report.end != SyncEnd::Done {
        return Err(FullPhoneError::NotTaken(format!("{:?}", report.end)));
    }
    let own = OWN_CASES.min(cases / 10);
    let key = hub_key(hub_folder)?;
    pull(app, MadeUpHub::new(key), cases - own, seed)?;
    workload::write(app, own, seed)?;
    Ok(())
}

fn hub_key(folder: &Path) -> Result<SoftwareKey, FullPhoneError> {
    let folder = xunge_server::data_folder::DataFolder::at(folder);
    xunge_server::server_key::read(&folder.key())?.ok_or(FullPhoneError::NoKey)
}

/// The device asks, and gets the next few cases, until it has all.
fn pull(
    app: &mut FieldApp,
    mut hub: MadeUpHub,
    cases: u64,
    seed: u64,
) -> Result<(), FullPhoneError> {
    let classes = app.classes()?.into_iter().map(|class| class.code);
    let mut made = MadeUpCases::new(classes.collect(), seed, app.now());
    let mut left = cases;
    while left > 0 {
        let now = left.min(CASES_AN_ANSWER);
        let documents = (0..now)
            .map(|_| made.next(hub.key()))
            .collect::<Result<Vec<_>, _>>()?;
        left -= now;
        let answer = hub.answer(&asked(app)?, documents);
        let answered = app.on_answer(answer)?;
        if answered != Answered::default() {
            return Err(FullPhoneError::NotTaken(format!("{answered:?}")));
        }
    }
    Ok(())
}

/// The next push and pull of the device. Of everything else it wants this hub knows nothing, as an old one.
fn asked(app: &mut FieldApp) -> Result<SyncRequest, FullPhoneError> {
    app.start_sync();
    for _ in 0..ERRANDS_MAX {
        let Some(request) = app.next_request()? else {
            break;
        };
        if let Ok(asked) = unpack::<SyncRequest>(&request.body)
            && request.path == SYNC_PATH
        {
            return Ok(asked);
        }
        app.on_answer(HttpAnswer::Answered {
            status: 404,
            body: b"{}".to_vec(),
        })?;
    }
    Err(FullPhoneError::NotTaken("it asked for no cases".into()))
}
