//! Whether what was promised is there: on the device, and at the hub.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use xunge_field::FieldApp;
use xunge_field::domain::ids::Digest;
use xunge_server::app::{App, SystemEntropy};
use xunge_server::data_folder::DataFolder;
use xunge_server::error::ApiError;
use xunge_server::services::{cases, doctor};
use xunge_server::store::StoreError;
use xunge_server::store::sqlite::SqliteStore;

use super::script::Promise;
use crate::device;

/// More cases than a day has.
const CASES_MAX: usize = 1_000;
/// Sees every case of the demo city.
const READER: &str = "shift-leader";

/// What a device or a hub shows of the day.
pub(super) struct Shown {
    enrolled: bool,
    /// Cases as JSON: `field-device show`, or the `case` of the hub's answer.
    cases: Vec<Value>,
    drained: bool,
    /// Photo files that are not what their names say.
    broken: Vec<String>,
}

/// How often something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    None,
    Once,
    /// Some of it, or more than once.
    Wrong,
}

fn count(count: usize) -> Count {
    match count {
        0 => Count::None,
        1 => Count::Once,
        _ => Count::Wrong,
    }
}

fn items<'a>(case: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    case[list].as_array().into_iter().flatten()
}

/// The hash of a photo: a device shows it flat, a hub with its copies.
fn sha256(photo: &Value) -> Option<&str> {
    let flat = photo["sha256"].as_str();
    flat.or_else(|| photo["original"]["sha256"].as_str())
}

fn actions(case: &Value) -> impl Iterator<Item = &str> {
    let timeline = items(case, "timeline").filter_map(|event| event["action"].as_str());
    let actions = items(case, "actions").filter_map(|action| {
        let act = &action["act"];
        act["action"].as_str().or_else(|| action["action"].as_str())
    });
    timeline.chain(actions)
}

impl Shown {
    fn case(&self, address: &str) -> impl Iterator<Item = &Value> {
        let cases = self.cases.iter();
        cases.filter(move |case| case["facts"]["address"] == address)
    }

    fn photos(&self, address: &str, wanted: &str) -> usize {
        let photos = self.case(address).flat_map(|case| items(case, "photos"));
        photos.filter(|photo| sha256(photo) == Some(wanted)).count()
    }

    fn texts(&self, address: &str, list: &str, wanted: &str) -> usize {
        let notes = self.case(address).flat_map(|case| items(case, list));
        notes.filter(|note| note["text"] == wanted).count()
    }

    /// How often a promise is kept.
    pub(super) fn count(&self, promise: &Promise) -> Count {
        match promise {
            Promise::Enrolled => count(usize::from(self.enrolled)),
            Promise::Synchronised => count(usize::from(self.drained)),
            Promise::Case { address, photos } => {
                let whole = photos.iter().all(|photo| self.photos(address, photo) == 1);
                match count(self.case(address).count()) {
                    Count::Once if !whole => Count::Wrong,
                    cases => cases,
                }
            }
            Promise::Photo { address, sha256 } => count(self.photos(address, sha256)),
            Promise::Comment { address, text } => count(self.texts(address, "comments", text)),
            Promise::Hazard { address, text } => count(self.texts(address, "hazards", text)),
            Promise::Request {
                address,
                action,
                photo,
            } => {
                let asked = self.case(address).flat_map(actions);
                let asked = asked.filter(|asked| asked == action).count();
                match (count(asked), self.photos(address, photo)) {
                    (Count::Once, 1) => Count::Once,
                    (Count::None, 0) => Count::None,
                    _ => Count::Wrong,
                }
            }
        }
    }

    /// What of the promises is not kept, and what is broken; the promise of a step in the middle may be kept or not,
    /// but not by half or twice.
    pub(super) fn violations(&self, kept: &[Promise], middle: Option<&Promise>) -> Vec<String> {
        let mut violations = self.broken.clone();
        for promise in kept {
            if *promise != Promise::Synchronised && self.count(promise) != Count::Once {
                violations.push(format!("{promise:?}: {:?}", self.count(promise)));
            }
        }
        if let Some(promise) = middle
            && self.count(promise) == Count::Wrong
        {
            violations.push(format!("{promise:?}: by half or twice"));
        }
        violations
    }
}

/// Opens the store of a device with the facade, as `field-device` does, and looks at everything.
pub(super) fn device(store: &Path) -> Result<Shown, String> {
    let app = device::open(store).map_err(|error| format!("the device does not open: {error}"))?;
    read_device(&app).map_err(|error| format!("the device does not show: {error}"))
}

fn read_device(app: &FieldApp) -> Result<Shown, xunge_field::FieldError> {
    let mut cases = Vec::new();
    let mut broken = Vec::new();
    for item in app.cases(None, CASES_MAX)? {
        let view = app.show(app.resolve(&item.id.to_string())?)?;
        for photo in &view.photos {
            // The day has no other device: every photo is one of its own.
            if let Err(error) = app.photo_bytes(photo.sha256) {
                broken.push(format!("photo {} on the device: {error:?}", photo.sha256));
            }
        }
        cases.push(json!(view));
    }
    let enrolled = app.me().is_some();
    let drained = enrolled && {
        let status = app.sync_status()?;
        status.texts_unsent == 0 && status.photo_files_unsent == 0
    };
    Ok(Shown {
        enrolled,
        cases,
        drained,
        broken,
    })
}

/// Opens the folder of a hub that nobody serves, as `xunge doctor` does, and looks at everything.
pub(super) fn hub(data: &Path) -> Result<Shown, String> {
    let folder = DataFolder::at(data);
    let app = folder
        .open_beside(Arc::new(SystemEntropy))
        .map_err(|error| format!("the hub does not open: {error}"))?;
    let store = SqliteStore::open(&folder.database());
    let problems = store.and_then(|store| store.integrity_problems());
    let problems = problems.map_err(|error| format!("the hub's database: {error}"))?;
    let mut shown = read_hub(&app).map_err(|error| format!("the hub does not show: {error:?}"))?;
    shown.broken.extend(problems);
    Ok(shown)
}

fn read_hub(app: &App) -> Result<Shown, ApiError> {
    let report = doctor::examine(app).map_err(ApiError::from)?;
    let findings = report.findings.iter();
    let findings =
        findings.map(|found| format!("{} {}: {}", found.code, found.subject, found.what));
    let mut broken: Vec<String> = findings.collect();
    let (reader, ids) = app.store.reading(|read| {
        let reader = READER.parse().ok();
        let reader = reader.map(|id| read.person(&id)).transpose()?.flatten();
        Ok::<_, StoreError>((reader, read.documents(None, CASES_MAX)?))
    })?;
    let reader = reader.ok_or_else(ApiError::not_found)?;
    let mut cases = Vec::new();
    for id in ids {
        let answer = cases::show(app, &reader, &id)?;
        let evidence = answer["evidence"].as_object().into_iter().flatten();
        for (name, stored) in evidence {
            let whole = name
                .parse()
                .is_ok_and(|name: Digest| app.blobs.verify(&name).is_ok());
            if *stored == true && !whole {
                broken.push(format!("photo {name} at the hub is not what it is called"));
            }
        }
        let unstored = evidence_missing(&answer);
        let mut case = answer["case"].clone();
        case["unstored"] = json!(unstored);
        cases.push(case);
    }
    Ok(Shown {
        enrolled: true,
        cases,
        drained: true,
        broken,
    })
}

fn evidence_missing(answer: &Value) -> Vec<String> {
    let evidence = answer["evidence"].as_object().into_iter().flatten();
    let missing = evidence.filter(|(_, stored)| **stored != true);
    missing.map(|(name, _)| name.clone()).collect()
}

impl Shown {
    /// What the hub called received and does not have: besides every promise, every photo file.
    pub(super) fn not_received(&self, received: &[Promise]) -> Vec<String> {
        let mut violations = self.violations(received, None);
        let photos = received.iter().flat_map(|promise| match promise {
            Promise::Case { photos, .. } => photos.clone(),
            Promise::Photo { sha256, .. } => vec![sha256.clone()],
            Promise::Request { photo, .. } => vec![photo.clone()],
            _ => Vec::new(),
        });
        let unstored: Vec<&str> = self
            .cases
            .iter()
            .flat_map(|case| items(case, "unstored"))
            .filter_map(Value::as_str)
            .collect();
        violations.extend(
            photos
                .filter(|photo| unstored.contains(&photo.as_str()))
                .map(|photo| format!("the bytes of photo {photo} at the hub")),
        );
        violations
    }
}
