//! Real camera files, in a folder named by `XUNGE_PHOTO_SAMPLES`.
//!
//! They are not part of the repository, so the tests pass over a missing folder
//! and print that they did.

use std::path::PathBuf;

use xunge_photo::{PREVIEW_BYTES_MAX, Probe, derive, probe};

/// Beside the repository, where the shared test material lies.
const DEFAULT_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/photos");

/// Name and bytes of every JPEG; `None`, with a printed reason, when there is no folder.
pub(crate) fn samples() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = std::env::var_os("XUNGE_PHOTO_SAMPLES")
        .map_or_else(|| PathBuf::from(DEFAULT_FOLDER), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!(
            "skipped: no folder {}; set XUNGE_PHOTO_SAMPLES",
            folder.display()
        );
        return None;
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let jpegs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "jpg"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(path).unwrap())
    };
    let found: Vec<_> = jpegs.map(read).collect();
    assert!(!found.is_empty(), "no .jpg in {}", folder.display());
    Some(found)
}

#[test]
fn every_camera_file_becomes_three_copies() {
    for (name, bytes) in samples().unwrap_or_default() {
        let Probe {
            width,
            height,
            exif,
            complete,
            ..
        } = probe(&bytes).unwrap();
        assert!(complete, "{name}");
        let made = derive(&bytes).unwrap();
        assert!(made.complete, "{name}");
        let upright = if exif.orientation >= 5 {
            (height, width)
        } else {
            (width, height)
        };
        for (copy, edge_max) in [
            (&made.working, 2048),
            (&made.thumb, 320),
            (&made.preview, 800),
        ] {
            assert!(copy.width.max(copy.height) <= edge_max, "{name}");
            assert_eq!(
                copy.width > copy.height,
                upright.0 > upright.1,
                "{name}: the shape of the upright picture"
            );
        }
        let preview = made.preview.bytes.len();
        println!(
            "{name}: {width}×{height} {exif:?}, working {} B, thumb {} B, preview {preview} B at {}×{}",
            made.working.bytes.len(),
            made.thumb.bytes.len(),
            made.preview.width,
            made.preview.height,
        );
        assert!(preview <= PREVIEW_BYTES_MAX, "{name}: {preview}");
    }
}

#[test]
fn the_known_files_are_read_right() {
    for (name, bytes) in samples().unwrap_or_default() {
        let exif = probe(&bytes).unwrap().exif;
        match name.as_str() {
            "iphone-8mp-gps.jpg" => {
                assert_eq!(exif.camera.as_deref(), Some("Apple iPhone 6"));
                assert!(exif.position.is_some() && exif.taken_at.is_some());
            }
            "nokia-9mp-gps.jpg" | "coolpix-gps.jpg" => assert!(exif.position.is_some(), "{name}"),
            "jolla-8mp.jpg" => assert_eq!(exif.position, None),
            "orientation-6.jpg" => assert_eq!(exif.orientation, 6),
            "orientation-8.jpg" => assert_eq!(exif.orientation, 8),
            _ => {}
        }
    }
}
