//! The folders of a day: as it went, as it stood before every step, and copies to break.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde_json::Value;
use tempfile::TempDir;

use super::call::{Ended, Watcher};
use super::check;
use super::script::{Argument, Promise, Step, script};
use super::tracer;
use super::watchers::{Entry, Record, Recorder, Shared, note};
use crate::world::{Browser, DeviceProcess, ServerProcess, WHATEVER_THE_DISK, binary};

/// Folders in memory: what is tried here is which bytes are where, not a disk.
const MEMORY_FOLDER: &str = "/dev/shm";
const DEVICE: &str = "worker";
const HUB: &str = "hub";

/// One place with a device and a hub.
#[derive(Debug, Clone)]
pub(super) struct Place(PathBuf);

impl Place {
    pub(super) fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(super) fn device(&self) -> PathBuf {
        self.0.join(DEVICE)
    }

    pub(super) fn hub(&self) -> PathBuf {
        self.0.join(HUB)
    }

    /// Runs a command to its end, unwatched.
    pub(super) fn run(&self, arguments: &[String]) -> Run {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = DeviceProcess::new(&self.0, DEVICE).run(&arguments);
        Run {
            ended: Ended {
                code: run.code,
                killed: false,
            },
            json: run.json,
            stderr: String::new(),
        }
    }

    /// Runs a command to its end under watch.
    #[expect(
        clippy::expect_used,
        reason = "a harness that cannot watch should stop"
    )]
    pub(super) fn watch(&self, arguments: &[String], watcher: &mut dyn Watcher) -> Run {
        let stderr = self.0.join("device.stderr");
        let out = File::create(&stderr).expect("a file");
        let mut all: Vec<OsString> = vec!["--store".into(), self.device().into(), "--json".into()];
        all.extend(arguments.iter().map(OsString::from));
        let program = binary("field-device");
        let root = self.device();
        let (tell, told) = channel();
        let ended = tracer::trace(&program, &all, out.into(), &root, watcher, |_, stdout| {
            std::thread::spawn(move || {
                let mut text = String::new();
                let _ = BufReader::new(stdout).read_to_string(&mut text);
                let _ = tell.send(text);
            });
        });
        let ended = ended.expect("field-device runs under watch");
        let text = told.recv().unwrap_or_default();
        Run {
            ended,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            stderr: fs::read_to_string(stderr).unwrap_or_default(),
        }
    }

    /// Serves its hub, unwatched.
    pub(super) fn serve(&self) -> ServerProcess {
        ServerProcess::serve(&self.hub(), None)
    }
}

/// What a command came to.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) ended: Ended,
    pub(super) json: Value,
    pub(super) stderr: String,
}

/// A hub under watch.
pub(super) struct WatchedHub {
    pub(super) url: String,
    process: u32,
    stderr: PathBuf,
    thread: JoinHandle<io::Result<Ended>>,
}

impl WatchedHub {
    /// Serves a hub; its calls count from the moment on when it listens.
    #[expect(clippy::expect_used, reason = "a harness without its hub should stop")]
    pub(super) fn serve(
        place: &Place,
        shared: &Arc<Shared>,
        mut watcher: impl Watcher + Send + 'static,
    ) -> Self {
        let data = place.hub();
        let stderr = place.0.join("hub.stderr");
        let out = File::create(&stderr).expect("a file");
        let mut arguments: Vec<OsString> = vec![
            "serve".into(),
            "--listen".into(),
            "127.0.0.1:0".into(),
            "--data".into(),
            data.clone().into(),
        ];
        arguments.extend(WHATEVER_THE_DISK.map(OsString::from));
        let program = binary("xunge");
        let (tell, told) = channel();
        let thread = std::thread::spawn(move || {
            tracer::trace(
                &program,
                &arguments,
                out.into(),
                &data,
                &mut watcher,
                |id, stdout| {
                    std::thread::spawn(move || {
                        let lines = BufReader::new(stdout).lines().map_while(Result::ok);
                        for line in lines {
                            if let Some(url) = line.strip_prefix("listening on ") {
                                let _ = tell.send((id, url.to_owned()));
                            }
                        }
                    });
                },
            )
        });
        let (process, url) = told.recv().expect("the hub says where it listens");
        shared.armed.store(true, Ordering::SeqCst);
        Self {
            url,
            process,
            stderr,
            thread,
        }
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Ends it, if it has not ended; returns how it ended, and what it said.
    #[expect(
        clippy::expect_used,
        reason = "a harness that cannot watch should stop"
    )]
    pub(super) fn stop(self) -> (Ended, String) {
        if !self.thread.is_finished() {
            tracer::end(self.process);
        }
        let ended = self.thread.join().expect("the tracer ends");
        let said = fs::read_to_string(self.stderr).unwrap_or_default();
        (ended.expect("the hub runs under watch"), said)
    }
}

/// A day that was played once.
pub(super) struct Stage {
    folder: TempDir,
    pub(super) steps: Vec<Step>,
    cases: BTreeMap<String, String>,
    code: String,
    /// Everything that device and hub did on their disks.
    pub(super) device_record: Vec<Entry>,
    pub(super) hub_record: Vec<Entry>,
}

impl Stage {
    /// Plays the day, keeping a copy before every step and a record of everything.
    #[expect(
        clippy::expect_used,
        reason = "a harness without its world should stop"
    )]
    pub(super) fn play() -> Self {
        let shared = Path::new(MEMORY_FOLDER);
        let folder = if shared.is_dir() {
            TempDir::new_in(shared)
        } else {
            TempDir::new()
        };
        let folder = folder.expect("a folder");
        let steps = script(folder.path());
        let mut stage = Self {
            folder,
            steps,
            cases: BTreeMap::new(),
            code: String::new(),
            device_record: Vec::new(),
            hub_record: Vec::new(),
        };
        let line = stage.line();
        let mut hub = ServerProcess::demo(&line.hub(), 0);
        // The demo has a clock of its own; the code must be good by the clock of `serve`.
        hub.restart();
        stage.code = hub.enrolment_code("worker-putian");
        drop(hub);
        copy(&line.hub(), &stage.hub_at_first());
        let (device_record, hub_record) = (Record::default(), Record::default());
        for number in 0..stage.steps.len() {
            stage.play_step(number, &device_record, &hub_record);
            note(&device_record, Entry::Promised(number + 1));
            note(&hub_record, Entry::Promised(number + 1));
        }
        let take = |record: Record| {
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *record)
        };
        stage.device_record = take(device_record);
        stage.hub_record = take(hub_record);
        stage
    }

    fn play_step(&mut self, number: usize, device_record: &Record, hub_record: &Record) {
        let step = self.steps[number].clone();
        let line = self.line();
        let shared = Shared::armed();
        let serve = || WatchedHub::serve(&line, &shared, Recorder(Arc::clone(hub_record)));
        if let Some(decision) = &step.decision {
            let hub = serve();
            let case = self.cases.get(decision.address).cloned();
            Browser::log_in(&hub.url, decision.person)
                .accepted(&case.unwrap_or_default(), &decision.act);
            hub.stop();
        }
        self.copy_before(number);
        let hub = step.speaks().then(serve);
        let url = hub.as_ref().map_or("", |hub| hub.url.as_str());
        let arguments = self.arguments(&step, url);
        let run = line.watch(&arguments, &mut Recorder(Arc::clone(device_record)));
        assert_eq!(run.ended.code, Some(0), "{arguments:?}: {}", run.json);
        if let Some(hub) = hub {
            hub.stop();
        }
        if let Promise::Case { address, .. } = step.promise {
            let case = run.json["case"].as_str().unwrap_or_default().to_owned();
            self.cases.insert(address.to_owned(), case);
        }
        let kept = self.promises(number + 1);
        let shown = check::device(&line.device()).map(|shown| shown.violations(&kept, None));
        assert_eq!(shown, Ok(vec![]), "without any fault");
    }

    fn line(&self) -> Place {
        Place::at(self.folder.path().join("line"))
    }

    /// The hub before the first step.
    pub(super) fn hub_at_first(&self) -> PathBuf {
        self.folder.path().join("hub-at-first")
    }

    /// The roots that the records speak of.
    pub(super) fn roots(&self) -> (PathBuf, PathBuf) {
        (self.line().device(), self.line().hub())
    }

    fn copy_before(&self, number: usize) {
        let before = self.folder.path().join(format!("before-{number}"));
        copy(&self.line().0, &before);
    }

    /// A folder of its own for a worker of the harness.
    pub(super) fn room(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A place as it stood before a step, to break.
    pub(super) fn place_before(&self, number: usize, name: &str) -> Place {
        let place = self.room(name);
        let _ = fs::remove_dir_all(&place);
        copy(&self.folder.path().join(format!("before-{number}")), &place);
        Place::at(place)
    }

    /// What the first so many steps promise.
    pub(super) fn promises(&self, steps: usize) -> Vec<Promise> {
        let steps = self.steps.iter().take(steps);
        steps.map(|step| step.promise.clone()).collect()
    }

    /// The command line of a step.
    pub(super) fn arguments(&self, step: &Step, hub: &str) -> Vec<String> {
        let text = |argument: &Argument| match argument {
            Argument::Text(text) => text.clone(),
            Argument::Case(address) => self.cases.get(*address).cloned().unwrap_or_default(),
            Argument::Hub => hub.to_owned(),
            Argument::Code => self.code.clone(),
        };
        step.arguments.iter().map(text).collect()
    }

    /// The command line of a synchronisation.
    pub(super) fn synchronise(&self, hub: &str) -> Vec<String> {
        let last = self.steps.last();
        last.map_or_else(Vec::new, |step| self.arguments(step, hub))
    }
}

/// Copies a folder. Finished photo files are linked: nobody writes into one.
#[expect(
    clippy::expect_used,
    reason = "a harness without its world should stop"
)]
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else if is_finished_photo(&entry.path()) {
            fs::hard_link(entry.path(), target).expect("a link");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// `blobs/ab/cdef…`
fn is_finished_photo(path: &Path) -> bool {
    let mut folders = path.ancestors().skip(1).filter_map(Path::file_name);
    let (head, root) = (folders.next(), folders.next());
    head.is_some_and(|head| head.len() == 2) && root.is_some_and(|root| root == "blobs")
}

/// A value behind a lock that several workers add to.
pub(super) fn add<T>(list: &Mutex<Vec<T>>, items: impl IntoIterator<Item = T>) {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.extend(items);
}
