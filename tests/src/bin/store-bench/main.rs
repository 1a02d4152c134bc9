//! `store-bench`: what encryption at rest costs a device: the same verbs on an encrypted store and on one that is not, by turns,
//! in one run.

#![expect(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use clap::Parser;
use xunge_field::domain::case::PhotoPurpose;
use xunge_field::{DraftContent, FieldApp, FieldError, PhotoInput};
use xunge_tests::device::{HostError, Link, open, open_unencrypted};
use xunge_tests::workload;
use xunge_tests::world::{ServerProcess, photo};

/// The verbs of a device on an encrypted store beside one that is not.
#[derive(Debug, Parser)]
#[command(name = "store-bench", version)]
struct Arguments {
    /// Cases in the store.
    #[arg(long, default_value_t = 1_000)]
    cases: u64,
    /// How often each verb is timed; the report holds medians.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// How a store of either kind is opened.
type Opening = fn(&Path) -> Result<FieldApp, HostError>;

const PERSON: &str = "worker-putian";
/// A page of a list, the largest that the store gives.
const PAGE_ROWS: usize = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let picture = photo::draw(folder.path(), "picture", 1, 2048, 1536);
    let picture = fs::read(picture)?;
    let stores: [(&str, Opening); 2] = [("encrypted", open), ("plain", open_unencrypted)];
    for (name, opening) in stores {
        fill(&server, opening, &folder.path().join(name), arguments.cases)?;
    }
    let mut figures = [Figures::default(), Figures::default()];
    for _ in 0..arguments.runs {
        for ((name, opening), figures) in stores.iter().zip(&mut figures) {
            round(*opening, &folder.path().join(name), &picture, figures)?;
        }
    }
    println!(
        "{} cases, a photo of {} kB, medians of {} in ms",
        arguments.cases,
        picture.len() / 1_000,
        arguments.runs
    );
    println!("{:24} {:>10} {:>10}", "", stores[0].0, stores[1].0);
    let [encrypted, plain] = figures.map(Figures::medians);
    for ((what, encrypted), (_, plain)) in encrypted.into_iter().zip(plain) {
        println!("{what:24} {encrypted:>10.2} {plain:>10.2}");
    }
    Ok(())
}

/// What was timed, in milliseconds, by what it is.
#[derive(Default)]
struct Figures(Vec<(&'static str, Vec<f64>)>);

impl Figures {
    fn time<Answer>(&mut self, what: &'static str, work: impl FnOnce() -> Answer) -> Answer {
        let start = Instant::now();
        let answer = work();
        let millis = start.elapsed().as_secs_f64() * 1_000.0;
        match self.0.iter_mut().find(|(name, _)| *name == what) {
            Some((_, taken)) => taken.push(millis),
            None => self.0.push((what, vec![millis])),
        }
        answer
    }

    fn medians(self) -> Vec<(&'static str, f64)> {
        let median = |mut taken: Vec<f64>| {
            taken.sort_by(f64::total_cmp);
            taken.get(taken.len() / 2).copied().unwrap_or_default()
        };
        self.0
            .into_iter()
            .map(|(what, taken)| (what, median(taken)))
            .collect()
    }
}

fn fill(
    server: &ServerProcess,
    opening: Opening,
    store: &Path,
    cases: u64,
) -> Result<(), Box<dyn Error>> {
    let mut app = opening(store)?;
    let (enrolment, request) =
        app.begin_enrolment(&server.url(), &server.enrolment_code(PERSON))?;
    app.finish_enrolment(&enrolment, Link::new(&server.url()).perform(&request))?;
    workload::write(&mut app, cases, 1)?;
    Ok(())
}

fn round(
    opening: Opening,
    store: &Path,
    picture: &[u8],
    figures: &mut Figures,
) -> Result<(), Box<dyn Error>> {
    let mut app = figures.time("open", || opening(store))?;
    figures.time("list of all cases", || list(&app))?;
    let draft = app.new_draft()?;
    let input = PhotoInput {
        bytes: picture,
        purpose: PhotoPurpose::Found,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    };
    let photo = figures.time("photo to a draft", || app.attach_to_draft(draft, input))?;
    let content = DraftContent {
        class: Some("road_damage".into()),
        point: "113.7861,34.7552".parse().ok(),
        ..app.draft(draft)?.content
    };
    app.save_draft(draft, &content)?;
    figures.time("report", || app.report(draft))?;
    figures.time("photo read", || app.photo_bytes(photo))?;
    figures.time("suspend", || app.suspend())?;
    Ok(())
}

/// Every row of the list, page by page.
fn list(app: &FieldApp) -> Result<usize, FieldError> {
    let mut rows = 0;
    let mut last = None;
    loop {
        let page = app.cases(last, PAGE_ROWS)?;
        rows += page.len();
        match page.last() {
            Some(item) if page.len() == PAGE_ROWS => last = Some((item.updated_at, item.id)),
            _ => return Ok(rows),
        }
    }
}
