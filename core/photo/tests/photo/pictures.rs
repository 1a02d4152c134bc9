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
