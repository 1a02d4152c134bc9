//! Real and odd photos from a device to the hub: whatever becomes of their copies, the bytes that were taken are the bytes that
//! arrive.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop; what is passed over is said"
)]
#![allow(
    dead_code,
    reason = "shared with the tests of the pipeline, which use more"
)]

#[path = "../../core/photo/tests/photo/broken_exif.rs"]
mod broken_exif;
#[path = "../../core/photo/tests/photo/odd_pictures.rs"]
mod odd_pictures;
#[path = "../../core/photo/tests/photo/pictures.rs"]
mod pictures;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use odd_pictures::Becomes;
use xunge_field::domain::case::PhotoPurpose;
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::{AttachRequest, FieldApp, FieldError, PhotoInput, PhotoState};
use xunge_tests::device::{Link, SyncEnd, open, synchronise};
use xunge_tests::workload;
use xunge_tests::world::ServerProcess;

/// Beside the repository, where the shared test material lies.
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/photos");

/// Camera files, where they are; they are not part of the repository.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = std::env::var_os("XUNGE_PHOTO_SAMPLES")
        .map_or_else(|| PathBuf::from(SAMPLES), PathBuf::from);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("no camera files here; set XUNGE_PHOTO_SAMPLES");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let jpegs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "jpg"));
    jpegs
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect()
}

fn attach(app: &mut FieldApp, case: DocumentId, bytes: &[u8]) -> Result<(), FieldError> {
    let photo = PhotoInput {
        bytes,
        purpose: PhotoPurpose::During,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    };
    app.attach(AttachRequest { case, photo }).map(drop)
}

#[test]
fn the_bytes_that_were_taken_are_the_bytes_that_arrive() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::demo(&folder.path().join("hub"), 0);
    let mut app = open(&folder.path().join("phone")).unwrap();
    let code = server.enrolment_code("worker-putian");
    let (enrolment, request) = app.begin_enrolment(&server.url(), &code).unwrap();
    let link = Link::new(&server.url());
    app.finish_enrolment(&enrolment, link.perform(&request))
        .unwrap();
    let case = workload::write(&mut app, 1, 1).unwrap()[0];

    let mut kept = BTreeMap::new();
    let (mut odd, mut refused) = (0, 0);
    for (name, bytes, becomes) in odd_pictures::all() {
        odd += 1;
        match (attach(&mut app, case, &bytes), becomes) {
            (Ok(()), _) => drop(kept.insert(Digest::of(&bytes), (name, bytes))),
            (Err(error), Becomes::Refused(code)) => {
                assert_eq!(error.code(), code, "{name}");
                assert!(!error.zh().is_empty() && !error.en().is_empty());
                refused += 1;
            }
            (Err(error), _) => panic!("{name}: {error}"),
        }
    }
    let samples = samples();
    let cameras = samples.len();
    for (name, bytes) in samples {
        attach(&mut app, case, &bytes).unwrap();
        kept.insert(Digest::of(&bytes), (name, bytes));
    }
    println!("{odd} odd pictures, of them {refused} refused by name; {cameras} camera files");
    assert!(odd - refused >= 40, "{odd} - {refused}");

    let report = synchronise(&mut app, &link, 20, &mut |_| {}).unwrap();
    assert_eq!(report.end, SyncEnd::Done, "{report:?}");
    let shown = app.show(case).unwrap();
    for photo in &shown.photos {
        // The case began with one that another system keeps.
        if let Some((name, _)) = kept.get(&photo.sha256) {
            assert_eq!(photo.state, PhotoState::Received, "{name}");
        }
    }
    assert!(shown.photos.len() > kept.len());
    let to = folder.path().join("photo");
    for (digest, (name, bytes)) in &kept {
        server.command(&[
            "export-photo",
            "--sha256",
            &digest.to_string(),
            "--to",
            to.to_str().unwrap(),
        ]);
        assert!(fs::read(&to).unwrap() == *bytes, "{name}");
        fs::remove_file(&to).unwrap();
        assert!(
            app.photo_bytes(*digest).unwrap() == *bytes,
            "{name}, on the phone"
        );
    }
}
