//! Parts of a copy made unrecognisable, from outside.

use xunge_photo::{
    DerivativeKind, Exif, PhotoError, REGIONS_MAX, Region, derive, probe, redact, sha256,
};

use crate::pictures::{jpeg, orientation_block, quarters, with_exif};

#[test]
fn a_redacted_copy_hides_its_regions_and_names_its_original() {
    let original = jpeg(&quarters(1600, 1200));
    let made = derive(&original).unwrap();
    let middle = Region::new(0.4, 0.4, 0.6, 0.6).unwrap();
    let redacted = redact(&made.working.bytes, sha256(&original), &[middle]).unwrap();
    assert_eq!(redacted.kind, DerivativeKind::Redacted);
    assert_eq!((redacted.width, redacted.height), (1600, 1200));
    assert_eq!(redacted.original_sha256, made.working.original_sha256);
    assert_eq!(redacted.sha256, sha256(&redacted.bytes));
    assert_eq!(probe(&redacted.bytes).unwrap().exif, Exif::default());

    let before = image::load_from_memory(&made.working.bytes)
        .unwrap()
        .into_rgb8();
    let after = image::load_from_memory(&redacted.bytes)
        .unwrap()
        .into_rgb8();
    // The edge between the quarters is gone inside the region and there outside of it.
    let step = |picture: &image::RgbImage, y| {
        picture.get_pixel(796, y).0[0].abs_diff(picture.get_pixel(804, y).0[0])
    };
    assert!(step(&before, 500) > 150 && step(&after, 500) < 40);
    assert!(step(&before, 100) > 150 && step(&after, 100) > 150);
}

#[test]
fn a_turned_original_is_redacted_where_it_is_seen() {
    let original = with_exif(&jpeg(&quarters(400, 200)), &orientation_block(6));
    let corner = Region::new(0.0, 0.0, 0.1, 0.05).unwrap();
    let redacted = redact(&original, sha256(&original), &[corner]).unwrap();
    assert_eq!((redacted.width, redacted.height), (200, 400));
}

#[test]
fn the_limit_on_regions_is_exact() {
    let bytes = jpeg(&quarters(64, 48));
    let region = Region::new(0.0, 0.0, 0.5, 0.5).unwrap();
    assert!(redact(&bytes, [0; 32], &[region; REGIONS_MAX]).is_ok());
    assert_eq!(
        redact(&bytes, [0; 32], &[region; REGIONS_MAX + 1]).unwrap_err(),
        PhotoError::TooManyRegions {
            count: REGIONS_MAX + 1,
            max: REGIONS_MAX
        }
    );
    assert_eq!(
        redact(b"", [0; 32], &[]).unwrap_err(),
        PhotoError::NotAPicture
    );
}
