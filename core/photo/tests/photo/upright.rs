//! What comes out stands upright, is small enough, and carries nothing over.

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, Rgba, RgbaImage};
use xunge_photo::{Derivative, Exif, Format, PREVIEW_BYTES_MAX, PhotoError, derive, probe, sha256};

use crate::pictures::{
    CORNERS, file, jpeg, orientation_block, png_with_exif, progressive_jpeg, quarters, stored,
    webp_with_exif, with_exif,
};

pub(crate) fn assert_corners(copy: &Derivative, context: &str) {
    let decoded = image::load_from_memory(&copy.bytes).unwrap().into_rgb8();
    let (width, height) = decoded.dimensions();
    assert_eq!((width, height), (copy.width, copy.height), "{context}");
    let centres = [(1, 1), (3, 1), (1, 3), (3, 3)];
    for ((x, y), Rgb(expected)) in centres.into_iter().zip(CORNERS) {
        let Rgb(found) = *decoded.get_pixel(width * x / 4, height * y / 4);
        let near = |(a, b): (u8, u8)| a.abs_diff(b) <= 12;
        assert!(
            found.into_iter().zip(expected).all(near),
            "{context}: quarter {x},{y} is {found:?}, not {expected:?}"
        );
    }
}

#[test]
fn all_eight_orientations_come_out_upright() {
    // Smaller and larger than the working copy, so with and without a resize.
    for (width, height) in [(120, 80), (2560, 1600)] {
        let upright = quarters(width, height);
        for orientation in 1..=8 {
            let plain = jpeg(&stored(&upright, orientation));
            let original = with_exif(&plain, &orientation_block(orientation));
            assert_eq!(probe(&original).unwrap().exif.orientation, orientation);
            let made = derive(&original).unwrap();
            for (name, copy) in [
                ("working", &made.working),
                ("thumb", &made.thumb),
                ("preview", &made.preview),
            ] {
                let context = format!("{name} of {width}×{height}, orientation {orientation}");
                assert_corners(copy, &context);
                assert!(copy.width > copy.height, "{context}");
                assert_eq!(probe(&copy.bytes).unwrap().exif, Exif::default());
                assert_eq!(copy.sha256, sha256(&copy.bytes));
            }
        }
    }
}

#[test]
fn copies_have_their_sizes_and_never_grow() {
    let large = derive(&jpeg(&quarters(2560, 1600))).unwrap();
    assert_eq!((large.working.width, large.working.height), (2048, 1280));
    assert_eq!((large.thumb.width, large.thumb.height), (320, 200));
    assert_eq!((large.preview.width, large.preview.height), (800, 500));
    assert!(large.complete);

    let tiny = derive(&jpeg(&quarters(3, 2))).unwrap();
    for copy in [&tiny.working, &tiny.thumb, &tiny.preview] {
        assert_eq!((copy.width, copy.height), (3, 2));
        assert!(copy.bytes.len() <= PREVIEW_BYTES_MAX);
    }
}

#[test]
fn png_and_webp_go_the_same_way() {
    let upright = quarters(400, 300);
    let stored = stored(&upright, 6);
    for (image_format, format) in [
        (ImageFormat::Png, Format::Png),
        (ImageFormat::WebP, Format::Webp),
    ] {
        let picture = DynamicImage::ImageRgb8(stored.clone());
        let original = match format {
            Format::Png => png_with_exif(&file(picture, image_format), &orientation_block(6)),
            _ => webp_with_exif(&file(picture, image_format), &orientation_block(6)),
        };
        let probe = probe(&original).unwrap();
        assert_eq!(
            (probe.format, probe.width, probe.height),
            (format, 300, 400)
        );
        assert_eq!(probe.exif.orientation, 6);
        assert!(probe.complete);
        let made = derive(&original).unwrap();
        assert_corners(&made.working, format.mime());
        assert_eq!((made.working.width, made.working.height), (400, 300));
    }
}

#[test]
fn other_pixels_than_rgb_are_brought_to_it() {
    let grey = GrayImage::from_pixel(500, 400, Luma([77]));
    let see_through = RgbaImage::from_pixel(500, 400, Rgba([9, 9, 9, 0]));
    let deep = DynamicImage::ImageRgb8(quarters(500, 400)).into_rgb16();
    let cases: [(DynamicImage, u8); 2] = [
        (DynamicImage::ImageLuma8(grey), 77),
        (DynamicImage::ImageRgba8(see_through), 255),
    ];
    for (picture, expected) in cases {
        let made = derive(&file(picture, ImageFormat::Png)).unwrap();
        for copy in [&made.working, &made.thumb, &made.preview] {
            let decoded = image::load_from_memory(&copy.bytes).unwrap().into_rgb8();
            let Rgb([red, green, blue]) = *decoded.get_pixel(10, 10);
            for channel in [red, green, blue] {
                assert!(channel.abs_diff(expected) <= 2, "{channel} not {expected}");
            }
        }
    }
    let made = derive(&file(DynamicImage::ImageRgb16(deep), ImageFormat::Png)).unwrap();
    assert_corners(&made.thumb, "16-bit");
}

#[test]
fn progressive_jpegs_are_pictures_too() {
    let made = derive(&progressive_jpeg(&quarters(500, 400))).unwrap();
    assert!(made.complete);
    assert_corners(&made.working, "progressive");
}

#[test]
fn heic_is_refused_with_a_way_out() {
    let error = derive(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap_err();
    assert_eq!(error, PhotoError::Unsupported { format: "heic" });
    assert!(error.message_zh().contains("JPEG"));
}

#[test]
fn broken_exif_never_stops_a_picture() {
    let plain = jpeg(&quarters(120, 80));
    let mut junk = orientation_block(6);
    for at in 0..junk.len() {
        junk[at] ^= 0xFF;
        let made = derive(&with_exif(&plain, &junk)).unwrap();
        assert!(made.complete, "byte {at}");
        junk[at] ^= 0xFF;
    }
    for length in 0..junk.len() {
        derive(&with_exif(&plain, &junk[..length])).unwrap();
    }
}
