//! The same pictures as the general decoder shows, at every sampling and size.

#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::decode;
use crate::resize::shrunk;

const SAMPLINGS: [SamplingFactor; 4] = [
    SamplingFactor::F_1_1,
    SamplingFactor::F_2_1,
    SamplingFactor::F_1_2,
    SamplingFactor::F_2_2,
];

/// Waves of every length and direction, in colours that change slowly (as sampled colours must).
fn waves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let luma = 128.0 + 50.0 * (x * y / 9_000.0).sin() + 40.0 * (y / 11.0).cos();
        let (red, blue) = (20.0 * (x / 170.0).sin(), 20.0 * (y / 190.0).cos());
        image::Rgb([luma + red, luma, luma + blue].map(|value| value as u8))
    })
}

fn encoded(picture: &RgbImage, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    set(&mut encoder);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder
        .encode(picture, width, height, ColorType::Rgb)
        .unwrap();
    bytes
}

/// Mean and greatest difference of a channel.
fn difference(one: &RgbImage, other: &RgbImage) -> (f64, u8) {
    assert_eq!(one.dimensions(), other.dimensions());
    let pairs = one.as_raw().iter().zip(other.as_raw());
    let differences: Vec<u8> = pairs.map(|(one, other)| one.abs_diff(*other)).collect();
    let sum: f64 = differences
        .iter()
        .map(|difference| f64::from(*difference))
        .sum();
    (
        sum / differences.len() as f64,
        differences.into_iter().max().unwrap_or(0),
    )
}

#[test]
fn at_full_size_it_shows_what_the_general_decoder_shows() {
    for sampling in SAMPLINGS {
        for (width, height) in [(97, 61), (640, 427), (16, 16), (1, 9), (33, 1)] {
            for restart in [0, 1, 5] {
                let bytes = encoded(&waves(width, height), |encoder| {
                    encoder.set_sampling_factor(sampling);
                    if restart > 0 {
                        encoder.set_restart_interval(restart);
                    }
                });
                let ours = decode(&bytes, 2048).unwrap().unwrap();
                assert!(ours.whole);
                let general = image::load_from_memory(&bytes).unwrap().into_rgb8();
                let (mean, most) = difference(&ours.picture, &general);
                // They differ in how sampled colours are spread, not in more.
                assert!(
                    mean < 1.5 && most <= 16,
                    "{sampling:?} {width}×{height} restart {restart}: {mean} {most}"
                );
            }
        }
    }
}

#[test]
fn made_smaller_it_shows_what_a_resize_of_the_whole_shows() {
    let bytes = encoded(&waves(1000, 750), |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
    });
    let whole = image::load_from_memory(&bytes).unwrap();
    for edge in [
        999, 876, 870, 625, 510, 500, 380, 251, 250, 249, 130, 125, 70, 10, 1,
    ] {
        let ours = decode(&bytes, edge).unwrap().unwrap();
        let resized = shrunk(&whole, edge).unwrap();
        let (mean, most) = difference(&ours.picture, &resized.into_rgb8());
        assert!(mean < 3.0 && most <= 30, "{edge}: {mean} {most}");
    }
}

#[test]
fn grey_pictures_have_one_plane() {
    let grey = DynamicImage::ImageRgb8(waves(123, 77)).into_luma8();
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, 92);
    encoder.encode(&grey, 123, 77, ColorType::Luma).unwrap();
    let ours = decode(&bytes, 2048).unwrap().unwrap();
    let general = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(difference(&ours.picture, &general).1 <= 2);
}

#[test]
fn what_is_not_its_kind_is_left_to_the_general_decoder() {
    let picture = waves(64, 48);
    let progressive = encoded(&picture, |encoder| encoder.set_progressive(true));
    assert!(decode(&progressive, 2048).is_none());
    // This encoder gives each colour a scan of its own here.
    let separate = encoded(&picture, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_4_1)
    });
    assert!(decode(&separate, 2048).is_none());
    let mut four = Vec::new();
    let encoder = Encoder::new(&mut four, 90);
    encoder
        .encode(&[90; 64 * 48 * 4], 64, 48, ColorType::Cmyk)
        .unwrap();
    assert!(decode(&four, 2048).is_none());
    assert!(decode(b"\xFF\xD8\xFF", 2048).is_none());
}

#[test]
fn one_damaged_interval_costs_itself_and_no_other() {
    let picture = waves(320, 320);
    let bytes = encoded(&picture, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_restart_interval(20); // a row of units
    });
    let good = decode(&bytes, 2048).unwrap().unwrap().picture;
    let restart = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xD4])
        .unwrap();
    let next = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xD5])
        .unwrap();
    // The fifth row of units loses the second half of its bits.
    let cut = [&bytes[..restart.midpoint(next)], &bytes[next..]].concat();
    let damaged = decode(&cut, 2048).unwrap().unwrap();
    assert!(!damaged.whole);
    for (x, y, pixel) in good.enumerate_pixels() {
        if !(79..97).contains(&y) {
            assert_eq!(damaged.picture.get_pixel(x, y), pixel, "{x},{y}");
        }
    }
    assert_eq!(damaged.picture.get_pixel(310, 88).0, [128; 3]);
}
