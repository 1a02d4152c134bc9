//! One hub and one device, killed again and again; after each kill what was called saved must be there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use sha2::Digest as _;
use tempfile::TempDir;

use super::ledger::{Ledger, Saved, Shown};
use super::phase::{Moment, Phase, Table};
use super::running::Running;
use crate::proxy::{ChaosProxy, SplitMix, Weather};
use crate::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";
/// Size of the photos drawn: a few chunks of the wire, and quick to look at.
const PHOTO_PIXELS: (u32, u32) = (480, 360);
/// The link of the rounds: slow enough that a number of bytes is a moment.
const RATE_BYTES_PER_SECOND: u64 = 1_500_000;
/// What a command takes from its first write to its end, before it was measured.
const SPAN_GUESS: Duration = Duration::from_millis(20);
/// How long after the bytes the hub may be killed: an ingest takes a few milliseconds.
const HUB_SPAN: Duration = Duration::from_millis(5);

/// What runs, and what is known of it.
pub(super) struct Campaign {
    folder: TempDir,
    server: ServerProcess,
    proxy: ChaosProxy,
    device: DeviceProcess,
    random: SplitMix,
    ledger: Ledger,
    /// Cases the device has, newest last.
    cases: Vec<String>,
    /// From the first write to the end, by phase, as last measured.
    spans: [Duration; Phase::ALL.len()],
    /// Bytes of a whole round, both ways, as last measured.
    round_bytes: u64,
    made: u64,
    pub(super) table: Table,
}

impl Campaign {
    /// A small demo city and one enrolled device.
    #[expect(
        clippy::expect_used,
        reason = "a harness without its world should stop"
    )]
    pub(super) fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = ServerProcess::demo(&folder.path().join("hub"), 10);
        let weather = Weather {
            rate_bytes_per_second: Some(RATE_BYTES_PER_SECOND),
            seed,
            ..Weather::fair()
        };
        let proxy = ChaosProxy::start(server.address, weather).expect("a proxy");
        let device = DeviceProcess::new(folder.path(), "worker");
        device.enrol(&server, "worker-putian");
        let mut campaign = Self {
            folder,
            server,
            proxy,
            device,
            random: SplitMix::new(seed),
            ledger: Ledger::default(),
            cases: Vec::new(),
            spans: [SPAN_GUESS; Phase::ALL.len()],
            round_bytes: 0,
            made: 0,
            table: Table::default(),
        };
        campaign.write(Phase::Report, false);
        campaign.finish_round();
        campaign
    }

    /// One kill of this phase. False when the command was over before it: then it is no kill.
    pub(super) fn kill(&mut self, phase: Phase) -> bool {
        let struck = match phase {
            Phase::Report | Phase::Attach | Phase::Comment => self.write(phase, true),
            Phase::Round => self.kill_round(),
            Phase::Ingest | Phase::Upload => self.kill_hub(phase),
        };
        self.table.missed += u64::from(!struck);
        struck
    }

    fn span(&mut self, phase: Phase) -> Duration {
        let micros = u64::try_from(self.spans[phase as usize].as_micros()).unwrap_or(u64::MAX);
        // The last third is mostly the end of the process, after its answer.
        Duration::from_micros(self.random.below((micros * 2 / 3).max(1)))
    }

    /// Writes with the device, and kills it in the middle when told so. True when it was killed.
    fn write(&mut self, phase: Phase, kill: bool) -> bool {
        let (arguments, saved) = self.command(phase);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let store = self.device.store().to_owned();
        let before = Fingerprint::of(&store);
        let longer = self.span(phase);
        let mut running = Running::new(self.device.start(&arguments));
        let mut first_write = None;
        if kill && running.until(|| Fingerprint::of(&store) != before, longer) {
            let printed = running.kill();
            let moment = match (printed.is_object(), Fingerprint::of(&store) == before) {
                (true, _) => Moment::After,
                (false, true) => Moment::Before,
                (false, false) => Moment::Inside,
            };
            self.note(&printed, saved);
            self.table.add(phase, moment);
            self.check_device();
            return true;
        }
        if !kill {
            running.until(|| Fingerprint::of(&store) != before, Duration::ZERO);
            first_write = Some(Instant::now());
        }
        let printed = running.end();
        assert!(
            printed.is_object(),
            "field-device {arguments:?} said nothing"
        );
        if let Some(first_write) = first_write {
            self.spans[phase as usize] = first_write.elapsed();
        }
        self.note(&printed, saved);
        false
    }

    /// A command that nobody gave before, and what it saves.
    fn command(&mut self, phase: Phase) -> (Vec<String>, Saved) {
        self.made += 1;
        let number = self.made;
        let chosen = self.random.below(self.cases.len().clamp(1, 4) as u64);
        let case = || {
            let newest_first = self.cases.iter().rev();
            let mut newest_first = newest_first.skip(usize::try_from(chosen).unwrap_or(0));
            newest_first.next().cloned().unwrap_or_default()
        };
        let own = |arguments: &[&str]| arguments.iter().map(|&text| text.to_owned()).collect();
        if phase == Phase::Comment {
            let text = format!("comment {number}");
            return (own(&["comment", &case(), &text]), Saved::Comment(text));
        }
        let (width, height) = PHOTO_PIXELS;
        let name = format!("photo-{number}");
        let file = photo::draw(self.folder.path(), &name, number, width, height);
        let sha256 = sha256(&file);
        let file = file.display().to_string();
        if phase == Phase::Attach {
            let arguments = own(&["attach", &case(), "--photo", &file, "--purpose", "found"]);
            return (arguments, Saved::Photo(sha256));
        }
        let address = format!("address {number}");
        let arguments = own(&[
            "report",
            "--class",
            "road_damage",
            "--at",
            PLACE,
            "--photo",
            &file,
            "--address",
            &address,
        ]);
        let photo = sha256;
        (arguments, Saved::Report { address, photo })
    }

    /// Takes the answer of a write into the ledger; without an answer nothing was promised.
    fn note(&mut self, printed: &Value, saved: Saved) {
        if printed["error"].is_object() {
            self.table.lost.push(format!("a verb failed: {printed}"));
            return;
        }
        let case = match &saved {
            Saved::Report { .. } => printed["case"].as_str().map(str::to_owned),
            _ => printed["id"].as_str().and_then(|_| self.case_of(&saved)),
        };
        let Some(case) = case else { return };
        if matches!(saved, Saved::Report { .. }) {
            self.cases.push(case.clone());
        }
        self.table.saved += 1;
        self.ledger.cases.entry(case).or_default().push(saved);
    }

    /// The case that shows something saved; a saved thing that none shows is lost.
    fn case_of(&mut self, saved: &Saved) -> Option<String> {
        let recent: Vec<String> = self.cases.iter().rev().take(4).cloned().collect();
        for case in recent {
            let view = self.device.done(&["show", &case]);
            let shown = Shown::on_device(&view);
            if shown.missing(std::slice::from_ref(saved)).next().is_none() {
                return Some(case);
            }
        }
        self.table
            .lost
            .push(format!("{saved:?} at once on the device"));
        None
    }

    /// Everything called saved in the newest cases is on the device.
    fn check_device(&mut self) {
        let recent: Vec<String> = self.cases.iter().rev().take(4).cloned().collect();
        for case in recent {
            self.check_device_case(&case);
        }
    }

    fn check_device_case(&mut self, case: &str) {
        let view = self.device.done(&["show", case]);
        let shown = Shown::on_device(&view);
        let saved = self.ledger.cases.get(case).map_or(&[][..], Vec::as_slice);
        let missing = shown.missing(saved);
        self.table
            .lost
            .extend(missing.map(|saved| format!("{saved:?} of {case} on the device")));
        let twice = shown.twice().into_iter();
        self.table
            .duplicated
            .extend(twice.map(|text| format!("{text} of {case} on the device")));
    }

    /// A round through the proxy, started.
    fn start_round(&self) -> Running {
        let url = self.proxy.url();
        Running::new(self.device.start(&[
            "sync",
            "--server",
            &url,
            "--tries",
            "1",
            "--wait-millis-max",
            "1",
        ]))
    }

    fn bytes(&self) -> u64 {
        let counters = self.proxy.counters();
        counters.bytes_up() + counters.bytes_down()
    }

    /// Makes sure that something waits to be sent: a text, and a photo when asked.
    fn something_to_send(&mut self, photo: bool) {
        self.write(if photo { Phase::Attach } else { Phase::Comment }, false);
    }

    fn kill_round(&mut self) -> bool {
        let photo = self.random.chance(0.5);
        self.something_to_send(photo);
        let (from, whole) = (self.bytes(), self.round_bytes.max(1_000));
        let wanted = from + self.random.below(whole);
        let longer = Duration::from_micros(self.random.below(3_000));
        let mut running = self.start_round();
        let proxy = &self.proxy;
        let passed = || proxy.counters().bytes_up() + proxy.counters().bytes_down();
        if !running.until(|| passed() > wanted, longer) {
            running.end();
            self.round_bytes = self.bytes() - from;
            return false;
        }
        let printed = running.kill();
        let moment = if printed.is_object() {
            Moment::After
        } else {
            Moment::Inside
        };
        self.table.add(Phase::Round, moment);
        self.check_device();
        self.check_received();
        true
    }

    fn kill_hub(&mut self, phase: Phase) -> bool {
        self.finish_round();
        self.something_to_send(phase == Phase::Upload);
        let from = self.proxy.counters().bytes_up();
        // A push is a kilobyte or two; a photo and its preview are what was drawn.
        let whole = if phase == Phase::Upload {
            80_000
        } else {
            1_500
        };
        let wanted = from + self.random.below(whole);
        let micros = u64::try_from(HUB_SPAN.as_micros()).unwrap_or(0);
        let longer = Duration::from_micros(self.random.below(micros));
        let mut running = self.start_round();
        let proxy = &self.proxy;
        if !running.until(|| proxy.counters().bytes_up() > wanted, longer) {
            running.end();
            return false;
        }
        self.server.kill();
        let printed = running.end();
        let broken = printed["failures"].as_u64().unwrap_or(0) > 0;
        self.table.add(
            phase,
            if broken {
                Moment::Inside
            } else {
                Moment::After
            },
        );
        self.server.restart();
        self.check_device();
        self.check_received();
        true
    }

    /// A whole round over the fair part of the link.
    fn finish_round(&mut self) {
        let from = self.bytes();
        let url = self.proxy.url();
        let run = self.device.run(&[
            "sync",
            "--server",
            &url,
            "--tries",
            "20",
            "--wait-millis-max",
            "20",
        ]);
        let left = (&run.json["texts_unsent"], &run.json["photo_files_unsent"]);
        assert_eq!(left, (&json!(0), &json!(0)), "does not drain: {}", run.json);
        self.round_bytes = self.bytes() - from;
    }

    /// What the device calls received in its newest cases is at the hub.
    fn check_received(&mut self) {
        let recent: Vec<String> = self.cases.iter().rev().take(4).cloned().collect();
        let browser = Browser::log_in(&self.server.url(), "shift-leader");
        for case in recent {
            let view = self.device.done(&["show", &case]);
            if view["delivery"] == "received" {
                self.check_hub_case(&browser, &case);
            }
        }
    }

    fn check_hub_case(&mut self, browser: &Browser, case: &str) -> Option<String> {
        let (status, answer) = browser.get(&format!("/api/cases/{case}"));
        if status != 200 {
            self.table.lost.push(format!("{case} at the hub: {status}"));
            return None;
        }
        let shown = Shown::at_hub(&answer);
        let saved = self.ledger.cases.get(case).map_or(&[][..], Vec::as_slice);
        let missing = shown.missing(saved);
        self.table
            .lost
            .extend(missing.map(|saved| format!("{saved:?} of {case} at the hub")));
        let unstored = shown
            .photos()
            .iter()
            .filter(|photo| answer["evidence"][**photo] != true);
        let unstored = unstored.map(|photo| format!("the bytes of {photo} of {case} at the hub"));
        self.table.lost.extend(unstored);
        let twice = shown.twice().into_iter();
        self.table
            .duplicated
            .extend(twice.map(|text| format!("{text} of {case} at the hub")));
        Some(shown.address().to_owned())
    }

    /// The faults stop: everything drains, and everything ever called saved is on the device and at the hub, once.
    pub(super) fn settle(&mut self) {
        self.server.restart();
        self.finish_round();
        let listed = self.device.done(&["list", "--limit", "10000"]);
        let listed = listed["cases"].as_array().into_iter().flatten();
        let listed = listed.filter(|case| {
            case["address"]
                .as_str()
                .is_some_and(|address| address.starts_with("address "))
        });
        let mut cases: BTreeSet<String> = listed
            .filter_map(|case| Some(case["id"].as_str()?.to_owned()))
            .collect();
        cases.extend(self.ledger.cases.keys().cloned());
        let browser = Browser::log_in(&self.server.url(), "shift-leader");
        let mut addresses = BTreeSet::new();
        for case in &cases {
            self.check_device_case(case);
            let address = self.check_hub_case(&browser, case);
            if let Some(address) = address
                && !addresses.insert(address.clone())
            {
                self.table
                    .duplicated
                    .push(format!("the report of {address}"));
            }
        }
        let report = self.server.command(&["doctor", "--json"]);
        let findings = report["findings"].as_array().into_iter().flatten();
        let findings = findings.map(|finding| format!("doctor: {finding}"));
        self.table.lost.extend(findings);
    }
}

/// What a write changes on the disk first: the log, or the folder of photos.
#[derive(Debug, PartialEq, Eq)]
struct Fingerprint {
    log: Option<(u64, SystemTime)>,
    blobs: Option<SystemTime>,
}

impl Fingerprint {
    fn of(store: &Path) -> Self {
        let log = std::fs::metadata(store.join("xunge.db-wal")).ok();
        let blobs = std::fs::metadata(store.join("blobs")).ok();
        Self {
            // A log of no bytes is one that was just opened.
            log: log
                .filter(|log| log.len() > 0)
                .and_then(|log| Some((log.len(), log.modified().ok()?))),
            blobs: blobs.and_then(|folder| folder.modified().ok()),
        }
    }
}

#[expect(clippy::expect_used, reason = "the harness has just written it")]
fn sha256(file: &PathBuf) -> String {
    let bytes = std::fs::read(file).expect("a photo");
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(bytes))
}
