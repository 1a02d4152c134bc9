//! The same questions to the facade in Rust, in the same order as `foreign.py` asks them.

use std::error::Error;
use std::fs;
use std::path::Path;

use xunge_field::domain::case::PhotoPurpose;
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::DocumentId;
use xunge_field::{
    AroundQuestion, CaseFilter, CaseListItem, DraftContent, FieldApp, FieldError, PhotoInput,
};
use xunge_tests::device::{HostError, open, open_unencrypted};
use xunge_tests::figures::memory;
use xunge_tests::proxy::SplitMix;

use crate::measured::Measured;

/// Rows of a page on a screen.
const ROWS: usize = 50;
/// Pages that are turned before a deep one.
const PAGES_MAX: usize = 1_000;
/// Each question to one place or of one word, so many times a run.
const QUESTIONS: u32 = 10;
const CORNER: Point = Point {
    longitude_e7: 1_137_861_000,
    latitude_e7: 347_552_000,
};
/// Half the side of the beat, in ten-millionths of a degree.
const BEAT_UNITS: u64 = 200_000;
const PHOTOS_MAX: u32 = 3;

/// Opens the store as often as asked and asks everything a screen asks.
pub(crate) fn measure(
    store: &Path,
    unencrypted: bool,
    photo: &Path,
    runs: u32,
) -> Result<Measured, Box<dyn Error>> {
    let mut measured = Measured {
        memory_before_kb: memory(std::process::id()).now_kb,
        ..Measured::default()
    };
    let open_store = || -> Result<FieldApp, HostError> {
        if unencrypted {
            open_unencrypted(store)
        } else {
            open(store)
        }
    };
    for _ in 0..runs {
        let mut app = measured.time("open", open_store)?;
        let first = measured.time("first page", || app.cases(None, ROWS))?;
        let end = first.last().map(|row| (row.updated_at, row.id));
        measured.time("next page", || app.cases(end, ROWS))?;
        measured.time("home", || app.home(Some(CORNER), 20))?;
        measured.time("suspend", || app.suspend())?;
    }
    let mut app = open_store()?;
    let sample = turn_pages(&mut measured, &app, runs)?;
    let mut random = SplitMix::new(7);
    look_up(&mut measured, &app, &sample, runs * QUESTIONS, &mut random)?;
    measured.memory_kb = memory(std::process::id()).now_kb;
    let photo = fs::read(photo)?;
    for _ in 0..runs.min(PHOTOS_MAX) {
        take_photo(&mut measured, &mut app, &photo)?;
    }
    measured.memory_peak_kb = memory(std::process::id()).peak_kb;
    Ok(measured)
}

/// Walks through the list, and times the pages far behind and those of a filter. A row of each page.
fn turn_pages(
    measured: &mut Measured,
    app: &FieldApp,
    runs: u32,
) -> Result<Vec<CaseListItem>, FieldError> {
    let mut sample = Vec::new();
    let mut end = None;
    for number in 0..PAGES_MAX {
        let page = measured.time("deep page", || app.cases(end, ROWS))?;
        let Some(last) = page.last() else { break };
        end = Some((last.updated_at, last.id));
        sample.extend(page.into_iter().nth(number % ROWS));
    }
    measured.keep_last("deep page", runs as usize);
    for _ in 0..runs {
        let page = measured.time("filtered page", || {
            app.filtered_cases(CaseFilter::Open, None, ROWS)
        })?;
        let end = page.last().map(|row| (row.updated_at, row.id));
        measured.time("filtered page", || {
            app.filtered_cases(CaseFilter::Open, end, ROWS)
        })?;
    }
    Ok(sample)
}

fn look_up(
    measured: &mut Measured,
    app: &FieldApp,
    sample: &[CaseListItem],
    questions: u32,
    random: &mut SplitMix,
) -> Result<(), FieldError> {
    for _ in 0..questions {
        let case = sample
            .get(below(random, sample.len()))
            .ok_or(FieldError::NotFound { what: "case" })?;
        let title: Vec<char> = case.title.chars().collect();
        let word = |length: usize, random: &mut SplitMix| -> String {
            let from = below(random, title.len().saturating_sub(length) + 1);
            title.iter().skip(from).take(length).collect()
        };
        let (pair, four, single) = (word(2, random), word(4, random), word(1, random));
        measured.time("search, 2 characters", || app.search(&pair, None, ROWS))?;
        measured.time("search, 4 characters", || app.search(&four, None, ROWS))?;
        measured.time("search, 1 character", || app.search(&single, None, ROWS))?;
        measured.time("search, a code", || {
            app.search(&case.local_code, None, ROWS)
        })?;
        let place = Point {
            longitude_e7: CORNER.longitude_e7 + unit(random),
            latitude_e7: CORNER.latitude_e7 + unit(random),
        };
        measured.time("nearby", || app.near(place, CaseFilter::All, 20))?;
        measured.time("nearby, filtered", || app.near(place, CaseFilter::Open, 20))?;
        measured.time("case page", || app.show(case.id))?;
        let question = AroundQuestion {
            point: Some(place),
            accuracy_metres: Some(10),
            class: None,
        };
        measured.time("class suggestions", || app.around(&question))?;
        measured.time("sync page", || app.sync_status())?;
    }
    Ok(())
}

/// A photo taken in, and the report of the draft with it.
fn take_photo(
    measured: &mut Measured,
    app: &mut FieldApp,
    bytes: &[u8],
) -> Result<DocumentId, FieldError> {
    let draft = app.new_draft()?;
    let input = PhotoInput {
        bytes,
        purpose: PhotoPurpose::Found,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    };
    let photo = measured.time("photo kept with its copies", || {
        app.attach_to_draft(draft, input)
    })?;
    let content = DraftContent {
        class: Some("road_damage".into()),
        point: Some(CORNER),
        ..app.draft(draft)?.content
    };
    measured.time("draft saved", || app.save_draft(draft, &content))?;
    let case = measured.time("report", || app.report(draft))?;
    measured.time("comment", || app.comment(case, "夜间无照明"))?;
    measured.time("photo read", || app.photo_bytes(photo))?;
    Ok(case)
}

fn below(random: &mut SplitMix, bound: usize) -> usize {
    usize::try_from(random.below(bound as u64)).unwrap_or(0)
}

fn unit(random: &mut SplitMix) -> i32 {
    let drawn = i64::try_from(random.below(2 * BEAT_UNITS)).unwrap_or(0);
    i32::try_from(drawn - BEAT_UNITS.cast_signed()).unwrap_or(0)
}
