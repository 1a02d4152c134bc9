//! Pictures made by hand, so that every test knows what must come out.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Top left, top right, bottom left, bottom right of the upright picture.
pub(crate) const CORNERS: [Rgb<u8>; 4] = [
    Rgb([220, 30, 30]),
    Rgb([30, 200, 30]),
    Rgb([30, 30, 220]),
    Rgb([230, 230, 230]),
];

/// A picture of four quarters in the colours of [`CORNERS`].
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        CORNERS[usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2)]
    })
}

pub(crate) fn jpeg(picture: &RgbImage) -> Vec<u8> {
    encoded(picture, |_| {})
}

pub(crate) fn progressive_jpeg(picture: &RgbImage) -> Vec<u8> {
    encoded(picture, |encoder| encoder.set_progressive(true))
}

/// This encoder writes one scan per colour when its tables are made to measure.
pub(crate) fn jpeg_in_separate_scans(picture: &RgbImage) -> Vec<u8> {
    encoded(picture, |encoder| {
        encoder.set_optimized_huffman_tables(true)
    })
}

pub(crate) fn encoded(picture: &RgbImage, set: impl Fn(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    // As cameras do it: half the colour resolution both ways.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    set(&mut encoder);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder
        .encode(picture, width, height, ColorType::Rgb)
        .unwrap();
    bytes
}

/// From pixels of any kind.
pub(crate) fn encoded_as(pixels: &[u8], width: u16, height: u16, kind: ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, 90);
    encoder.encode(pixels, width, height, kind).unwrap();
    bytes
}

pub(crate) fn file(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The TIFF block of an EXIF that says nothing but which side is up.
pub(crate) fn orientation_block(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    block
}

/// Puts an EXIF segment right behind the start of a JPEG.
pub(crate) fn with_exif(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + 6 + block.len()).unwrap().to_be_bytes();
    let parts: [&[u8]; 6] = [
        &jpeg[..2],
        b"\xFF\xE1",
        &length,
        b"Exif\0\0",
        block,
        &jpeg[2..],
    ];
    parts.concat()
}

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
