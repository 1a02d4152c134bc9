//! Workload W1: N cases of one device, each a pure function of (seed, number), each of six changes by the worker,
//! written through the ordinary verbs of the facade.

mod words;

use xunge_field::domain::case::{BlobReference, PhotoPurpose, Severity};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::{DraftContent, ElsewherePhoto, FieldApp, FieldError};

use crate::proxy::SplitMix;
pub(crate) use words::Words;

/// Where the cases of a device lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Western edge, in degrees.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Degrees from west to east.
    pub width: f64,
    /// Degrees from south to north.
    pub height: f64,
}

/// The beat of W1: 圃田乡, four duty grids.
pub const PUTIAN: Area = Area {
    west: 113.76,
    south: 34.73,
    width: 0.06,
    height: 0.05,
};
const CLASSES: [&str; 4] = [
    "road_damage",
    "standing_water",
    "street_lamp_out",
    "exposed_cable",
];
/// As long as a photo of a phone, for what the text says about it.
const PHOTO_BYTES: u64 = 3_000_000;

/// Writes `cases` cases of W1; returns their ids.
///
/// # Errors
/// The facade's.
pub fn write(app: &mut FieldApp, cases: u64, seed: u64) -> Result<Vec<DocumentId>, FieldError> {
    write_in(app, &PUTIAN, cases, seed)
}

/// The same somewhere else.
///
/// # Errors
/// The facade's.
pub fn write_in(
    app: &mut FieldApp,
    area: &Area,
    cases: u64,
    seed: u64,
) -> Result<Vec<DocumentId>, FieldError> {
    (0..cases)
        .map(|number| write_case(app, area, &mut Words::new(SplitMix::of(seed, number))))
        .collect()
}

/// Changes `touched` of the cases: two edits each, as a worker would while the link was down.
///
/// # Errors
/// The facade's.
pub fn touch(app: &mut FieldApp, touched: usize, seed: u64) -> Result<(), FieldError> {
    for (number, case) in app.cases(None, touched)?.into_iter().enumerate() {
        touch_case(
            app,
            case.id,
            &mut Words::new(SplitMix::of(seed, number as u64)),
        )?;
    }
    Ok(())
}

/// Two edits of one case.
///
/// # Errors
/// The facade's.
pub fn touch_one(app: &mut FieldApp, case: DocumentId, seed: u64) -> Result<(), FieldError> {
    touch_case(app, case, &mut Words::new(SplitMix::of(seed, 0)))
}

fn touch_case(app: &mut FieldApp, case: DocumentId, words: &mut Words) -> Result<(), FieldError> {
    app.comment(case, &words.text(26))?;
    app.set_address(case, &words.address())?;
    Ok(())
}

fn write_case(
    app: &mut FieldApp,
    area: &Area,
    words: &mut Words,
) -> Result<DocumentId, FieldError> {
    let me = app.me().ok_or(FieldError::NotEnrolled)?;
    let description = words.text(80);
    let draft = app.new_draft()?;
    let content = DraftContent {
        class: Some(CLASSES[words.below(CLASSES.len())].into()),
        title: words.text(20),
        description: description.clone(),
        point: Some(place(area, words)),
        severity: Severity::Ordinary,
        photos: vec![photo(words, "发现时的情况").entry(me.id, app.now())],
        ..DraftContent::default()
    };
    app.save_draft(draft, &content)?;
    let case = app.report(draft)?;
    app.comment(case, &words.text(26))?;
    app.hazard(case, &words.text(16))?;
    app.cite_elsewhere(case, photo(words, "近照"))?;
    let mut characters: Vec<char> = description.chars().collect();
    let at = words.below(characters.len() - 2);
    characters.splice(at..at + 2, words.text(16).chars());
    app.describe(case, &characters.into_iter().collect::<String>())?;
    app.set_address(case, &words.address())?;
    Ok(case)
}

#[expect(clippy::expect_used, reason = "the area lies on Earth")]
pub(crate) fn place(area: &Area, words: &mut Words) -> Point {
    let (east, north) = (words.fraction(), words.fraction());
    let longitude = area.west + area.width * east;
    Point::from_degrees(longitude, area.south + area.height * north).expect("a point of the area")
}

fn photo<'a>(words: &mut Words, caption: &'a str) -> ElsewherePhoto<'a> {
    let original = BlobReference {
        sha256: Digest::from_bytes(words.bytes()),
        length: PHOTO_BYTES,
    };
    ElsewherePhoto {
        original,
        purpose: PhotoPurpose::Found,
        caption,
    }
}
