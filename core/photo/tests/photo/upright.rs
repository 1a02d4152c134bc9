//! What comes out stands upright, is small enough, and carries nothing over.

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use xunge_photo::{Derivative, Exif, Format, PREVIEW_BYTES_MAX, PhotoError, derive, probe, sha256};

use crate::pictures::{
    CORNERS, file, jpeg, orientation_block, progressive_jpeg, quarters, with_exif,
};

/// Stores an upright picture the way a camera held in that orientation does.
///
/// Written from the standard's table ("row 0 is the visual …, column 0 the
/// visual …"), not with the library that the pipeline uses.
pub(crate) fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let (width, height) = upright.dimensions();
    let (right, bottom) = (width - 1, height - 1);
    let turned = orientation >= 5;
    let (stored_width, stored_height) = if turned {
        (height, width)
    } else {
        (width, height)
    };
    RgbImage::from_fn(stored_width, stored_height, |column, row| {
        let (x, y) = match orientation {
            1 => (column, row),
            2 => (right - column, row),
            3 => (right - column, bottom - row),
            4 => (column, bottom - row),
            5 => (row, column),
            6 => (right - row, column),
            7 => (right - row, bottom - column),
            8 => (row, bottom - column),
            _ => unreachable!("1 to 8"),
        };
        *upright.get_pixel(x, y)
    })
}

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

/// An eXIf chunk behind the header chunk. Its checksum is not read by the walk,
/// and a decoder skips an ancillary chunk with a wrong one.
pub(crate) fn png_with_exif(png: &[u8], block: &[u8]) -> Vec<u8> {
    let behind_header = 8 + 12 + 13;
    let length = u32::try_from(block.len()).unwrap().to_be_bytes();
    let parts: [&[u8]; 6] = [
        &png[..behind_header],
        &length,
        b"eXIf",
        block,
        b"csum",
        &png[behind_header..],
    ];
    parts.concat()
}

/// The extended header that announces EXIF, the picture, and the EXIF chunk.
pub(crate) fn webp_with_exif(webp: &[u8], block: &[u8]) -> Vec<u8> {
    let exif_length = u32::try_from(block.len()).unwrap().to_le_bytes();
    let parts: [&[u8]; 8] = [
        b"WEBPVP8X\x0A\0\0\0\x08\0\0\0",
        &299_u32.to_le_bytes()[..3],
        &399_u32.to_le_bytes()[..3],
        &webp[12..],
        b"EXIF",
        &exif_length,
        block,
        if block.len() % 2 == 1 { b"\0" } else { b"" },
    ];
    let body = parts.concat();
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [b"RIFF", &length[..], &body].concat()
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
