//! Bytes that are cut, wrong, or made to hurt.

use image::{DynamicImage, ImageFormat};
use xunge_photo::{BYTES_MAX, PIXELS_MAX, PhotoError, derive, probe};

use crate::pictures::{
    file, jpeg, jpeg_in_separate_scans, orientation_block, progressive_jpeg, quarters, with_exif,
};

/// One grey channel, so that only the header has to be right.
fn jpeg_claiming(width: u16, height: u16) -> Vec<u8> {
    let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
    let parts: [&[u8]; 5] = [
        b"\xFF\xD8\xFF\xC0\x00\x0B\x08",
        &height,
        &width,
        b"\x01\x01\x11\x00",
        b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\xFF\xD9",
    ];
    parts.concat()
}

/// Replaces the size in a real PNG's header, and its checksum with it.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = file(DynamicImage::new_rgb8(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&checksum);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn no_picture_is_said_so() {
    for bytes in [&b""[..], b"\0", b"hello", &[0; 4096]] {
        assert_eq!(derive(bytes).unwrap_err(), PhotoError::NotAPicture);
    }
}

#[test]
fn the_byte_limit_is_exact() {
    let mut bytes = jpeg(&quarters(64, 48));
    bytes.resize(BYTES_MAX, 0); // a trailer behind the end is allowed
    assert!(probe(&bytes).unwrap().complete);
    bytes.push(0);
    assert_eq!(
        probe(&bytes).unwrap_err(),
        PhotoError::TooLarge {
            bytes: BYTES_MAX as u64 + 1,
            max: BYTES_MAX as u64
        }
    );
}

#[test]
fn the_pixel_limit_is_exact() {
    assert_eq!(8192 * 8192, PIXELS_MAX);
    assert!(probe(&jpeg_claiming(8192, 8192)).is_ok());
    assert!(probe(&png_claiming(8192, 8192)).is_ok());
    for (width, height) in [(8193, 8192), (8192, 8193), (65_500, 65_500)] {
        let refused = PhotoError::TooManyPixels {
            width,
            height,
            max: PIXELS_MAX,
        };
        let jpeg = jpeg_claiming(width as u16, height as u16);
        for bytes in [jpeg, png_claiming(width, height)] {
            assert_eq!(probe(&bytes).unwrap_err(), refused);
            assert_eq!(derive(&bytes).unwrap_err(), refused);
        }
    }
    assert!(matches!(
        derive(&png_claiming(0x7FFF_FFFF, 0x7FFF_FFFF)).unwrap_err(),
        PhotoError::TooManyPixels { .. }
    ));
}

#[test]
fn sixteen_bit_pictures_have_half_the_pixels() {
    let deep = |width: u32| {
        let mut bytes = png_claiming(width, 8192);
        bytes[24..26].copy_from_slice(&[16, 6]); // depth, RGB with alpha
        let checksum = crc32(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&checksum);
        bytes
    };
    assert_eq!(
        derive(&deep(4097)).unwrap_err(),
        PhotoError::TooManyPixels {
            width: 4097,
            height: 8192,
            max: PIXELS_MAX / 2
        }
    );
    // One column less passes the limit and fails on the missing pixels instead.
    assert_eq!(derive(&deep(4096)).unwrap_err(), PhotoError::Damaged);
}

#[test]
fn progressive_pictures_pay_for_their_coefficients() {
    let mut bytes = progressive_jpeg(&quarters(64, 48));
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC2])
        .unwrap();
    let edge = 5462_u16.to_be_bytes();
    bytes[frame + 5..frame + 9].copy_from_slice(&[edge, edge].concat());
    assert_eq!(
        derive(&bytes).unwrap_err(),
        PhotoError::TooManyPixels {
            width: 5462,
            height: 5462,
            max: PIXELS_MAX * 4 / 9
        }
    );
}

#[test]
fn a_webp_canvas_over_the_limit_is_refused() {
    let mut bytes = b"RIFF\x1E\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0".to_vec();
    bytes.extend_from_slice(b"\xFF\x3F\0\xFF\x3F\0"); // 16,384 × 16,384
    bytes.extend_from_slice(b"VP8 \0\0\0\0");
    assert!(
        matches!(
            probe(&bytes),
            Err(PhotoError::TooManyPixels { .. } | PhotoError::Damaged)
        ),
        "{:?}",
        probe(&bytes)
    );
}

#[test]
fn a_cut_jpeg_gives_what_is_left_and_says_so_at_every_length() {
    let picture = quarters(96, 64);
    for whole in [jpeg(&picture), progressive_jpeg(&picture)] {
        let whole = with_exif(&whole, &orientation_block(6));
        assert!(derive(&whole).unwrap().complete);
        let mut shown = 0;
        for length in 3..whole.len() {
            match derive(&whole[..length]) {
                Ok(made) => {
                    assert!(!made.complete, "{length}");
                    assert_eq!((made.working.width, made.working.height), (64, 96));
                    shown += 1;
                }
                Err(error) => assert_eq!(error, PhotoError::Truncated, "{length}"),
            }
        }
        assert!(shown > 0, "a cut inside the scan still shows a picture");
    }
}

#[test]
fn a_jpeg_with_a_tail_of_zeros_is_cut() {
    let mut bytes = jpeg(&quarters(640, 480));
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    assert!(!derive(&bytes).unwrap().complete);
}

#[test]
fn a_cut_png_or_webp_is_truncated_at_every_length() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(DynamicImage::ImageRgb8(quarters(96, 64)), format);
        assert!(derive(&whole).unwrap().complete);
        for length in 12..whole.len() {
            match derive(&whole[..length]) {
                Ok(made) => assert!(!made.complete, "{format:?} {length}"),
                Err(error) => assert_eq!(error, PhotoError::Truncated, "{format:?} {length}"),
            }
        }
    }
}

#[test]
fn colours_in_separate_scans_are_refused_and_never_shown_wrong() {
    let bytes = jpeg_in_separate_scans(&quarters(64, 48));
    assert_eq!(probe(&bytes).unwrap().width, 64);
    assert_eq!(
        derive(&bytes).unwrap_err(),
        PhotoError::Unsupported {
            format: "jpeg-separate-scans"
        }
    );
}

#[test]
fn a_second_frame_header_cannot_smuggle_a_size_past_the_limit() {
    let honest = jpeg(&quarters(64, 48));
    let large = jpeg_claiming(65_500, 65_500);
    let frame = &large[2..15];
    let bytes = [&honest[..2], frame, &honest[2..]].concat();
    assert_eq!(derive(&bytes).unwrap_err(), PhotoError::Damaged);
}

#[test]
fn flipped_bits_give_a_picture_or_an_error_and_keep_the_limits() {
    let picture = quarters(96, 64);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for whole in [
        with_exif(&jpeg(&picture), &orientation_block(6)),
        progressive_jpeg(&picture),
        file(DynamicImage::ImageRgb8(picture.clone()), ImageFormat::Png),
        file(DynamicImage::ImageRgb8(picture.clone()), ImageFormat::WebP),
    ] {
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state % bytes.len() as u64).unwrap();
                bytes[at] ^= 1 << (state >> 61);
            }
            if let Ok(probe) = probe(&bytes) {
                let pixels = u64::from(probe.width) * u64::from(probe.height);
                assert!(pixels <= PIXELS_MAX);
                // A large claim that passes the limit is slow, not wrong.
                if pixels <= 1_000_000
                    && let Ok(made) = derive(&bytes)
                {
                    assert!(made.working.width <= 2048 && made.preview.width <= 800);
                }
            }
        }
    }
}
