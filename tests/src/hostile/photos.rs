//! Photos: what the header and the EXIF say, and small pictures whole.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use xunge_photo::{derive, probe};

use super::spoil::{place, spoil};
use super::target::Verdict;
use crate::proxy::SplitMix;

/// Pixels up to which a picture is decoded here as well: what larger ones cost is measured in `docs/photos.md`.
const DECODED_PIXELS_MAX: u64 = 96 * 96;
/// Of the small pictures one in so many is decoded, by the sum of its bytes: a copy costs a thousand headers.
const DECODED_ONE_IN: u32 = 8;

/// Reads the header; decodes some.
pub(super) fn run(bytes: &[u8]) -> Verdict {
    let Ok(probe) = probe(bytes) else {
        return Verdict::Refused;
    };
    let pixels = u64::from(probe.width) * u64::from(probe.height);
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    if pixels <= DECODED_PIXELS_MAX && sum.is_multiple_of(DECODED_ONE_IN) {
        return Verdict::of(&derive(bytes));
    }
    Verdict::Accepted
}

/// Small pictures of every format, with and without EXIF, and headers that claim too much.
pub(super) fn samples() -> Vec<Vec<u8>> {
    let jpeg = encoded(ImageFormat::Jpeg);
    let exif = exif();
    vec![
        with_segment(&jpeg, &[b"Exif\0\0", exif.as_slice()].concat()),
        jpeg,
        with_chunk(&encoded(ImageFormat::Png), &exif),
        with_riff(&encoded(ImageFormat::WebP), &exif),
        claiming(65_500, 65_500),
        claiming(1, 65_535),
    ]
}

/// One grey channel, so that only the header is right.
pub(super) fn claiming(width: u16, height: u16) -> Vec<u8> {
    let parts: [&[u8]; 5] = [
        b"\xFF\xD8\xFF\xC0\x00\x0B\x08",
        &height.to_be_bytes(),
        &width.to_be_bytes(),
        b"\x01\x01\x11\x00",
        b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\xFF\xD9",
    ];
    parts.concat()
}

#[expect(clippy::expect_used, reason = "a picture in memory")]
fn encoded(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(48, 32, |x, y| image::Rgb([x as u8 * 5, y as u8 * 7, 90]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut out, format)
        .expect("a picture is written");
    out.into_inner()
}

fn with_segment(jpeg: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, payload, &jpeg[2..]].concat()
}

/// Behind the header chunk. Nobody checks the sum of an ancillary chunk before it is read.
fn with_chunk(png: &[u8], payload: &[u8]) -> Vec<u8> {
    const BEHIND_HEADER: usize = 33;
    let length = (payload.len() as u32).to_be_bytes();
    [
        &png[..BEHIND_HEADER],
        &length,
        b"eXIf",
        payload,
        &[0; 4],
        &png[BEHIND_HEADER..],
    ]
    .concat()
}

fn with_riff(webp: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    [webp, b"EXIF", &length, payload].concat()
}

/// A little-endian block: camera, orientation, times, and the position in a directory of its own.
fn exif() -> Vec<u8> {
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    let gps_at = 8 + 2 + 5 * 12 + 4;
    let data_at = gps_at + 2 + 4 * 12 + 4;
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            tag.to_le_bytes().as_slice(),
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    let letter = |letter: u8| u32::from(letter);
    let end = [0; 4].as_slice();
    let triple = |numbers: [u32; 3]| -> Vec<u8> {
        let fractions = numbers.into_iter().flat_map(|number| [number, 1]);
        fractions.flat_map(u32::to_le_bytes).collect()
    };
    [
        b"II*\0\x08\0\0\0\x05\0",
        entry(0x010f, ASCII, 4, u32::from_le_bytes(*b"Cam\0")).as_slice(),
        &entry(0x0110, ASCII, 4, u32::from_le_bytes(*b"One\0")),
        &entry(0x0112, SHORT, 1, 6),
        &entry(0x0132, ASCII, 20, data_at + 48),
        &entry(0x8825, LONG, 1, gps_at),
        end,
        b"\x04\0",
        &entry(1, ASCII, 2, letter(b'N')),
        &entry(2, RATIONAL, 3, data_at),
        &entry(3, ASCII, 2, letter(b'E')),
        &entry(4, RATIONAL, 3, data_at + 24),
        end,
        &triple([34, 45, 18]),
        &triple([113, 47, 10]),
        b"2025:06:30 08:30:00\0",
    ]
    .concat()
}

/// A spoiled picture: three times in four in its first bytes, where header and EXIF are.
pub(super) fn spoiled(samples: &[Vec<u8>], random: &mut SplitMix) -> Vec<u8> {
    const HEAD_BYTES: usize = 320;
    let at = place(random, samples.len());
    let other = place(random, samples.len());
    let (Some(sample), Some(other)) = (samples.get(at), samples.get(other)) else {
        return Vec::new();
    };
    let head = if random.below(4) == 0 {
        sample.len()
    } else {
        HEAD_BYTES.min(sample.len())
    };
    let mut bytes = sample[..head].to_vec();
    spoil(&mut bytes, other, random);
    bytes.extend_from_slice(&sample[head..]);
    bytes
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{probe, samples};

    #[test]
    fn the_samples_are_read_with_their_exif() {
        for (number, sample) in samples().iter().take(4).enumerate() {
            let read = probe(sample).unwrap();
            assert_eq!((read.width, read.height), (48, 32), "{number}");
            if number != 1 {
                assert_eq!(read.exif.orientation, 6, "{number}");
                assert!(read.exif.position.is_some(), "{number}");
                assert!(read.exif.taken_at.is_some(), "{number}");
            }
        }
    }
}
