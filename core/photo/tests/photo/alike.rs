//! How far the perceptual hash moves when a picture is re-used, and how far apart different pictures are.

use image::imageops::{FilterType, crop_imm, resize};
use image::{Rgb, RgbImage};
use xunge_photo::{ALIKE_DISTANCE_MAX, PerceptualHash, derive, look};

use crate::pictures::{encoded_as, jpeg};
use crate::samples::samples;

/// Blots of every size and shade: like a photo, slow waves are stronger than quick ones.
fn scene(seed: u32) -> RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut draw = |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let blots: Vec<[i32; 4]> = (0..40)
        .map(|blot| {
            let radius = 20 + draw(400 / (1 + blot / 4));
            [draw(800), draw(600), radius, draw(200)].map(|number| number as i32)
        })
        .collect();
    RgbImage::from_fn(800, 600, |x, y| {
        let mut shade = 90 + (y / 12) as i32;
        for [left, top, radius, light] in &blots {
            let (dx, dy) = (x as i32 - left, y as i32 - top);
            if dx * dx + dy * dy < radius * radius {
                shade = (shade + 2 * light) / 3;
            }
        }
        Rgb([shade as u8, (shade * 9 / 10) as u8, (shade * 8 / 10) as u8])
    })
}

fn hash(picture: &RgbImage) -> PerceptualHash {
    derive(&jpeg(picture)).unwrap().perceptual
}

/// Distances after re-encoding badly, after resizing, after cropping 2 % off each side.
fn distances(picture: &RgbImage) -> [u32; 3] {
    let (width, height) = picture.dimensions();
    let first = hash(picture);
    let mut poor = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut poor, 30);
    let colour = jpeg_encoder::ColorType::Rgb;
    encoder
        .encode(picture, width as u16, height as u16, colour)
        .unwrap();
    let smaller = resize(picture, width / 3, height / 3, FilterType::Triangle);
    let (left, top) = (width / 50, height / 50);
    let cropped = crop_imm(picture, left, top, width - 2 * left, height - 2 * top).to_image();
    [
        first.distance(derive(&poor).unwrap().perceptual),
        first.distance(hash(&smaller)),
        first.distance(hash(&cropped)),
    ]
}

fn assert_alike(pictures: &[RgbImage]) {
    let moved: Vec<_> = pictures.iter().map(distances).collect();
    let most = |kind: usize| moved.iter().map(|moved| moved[kind]).max().unwrap_or(0);
    println!(
        "re-encoded ≤ {}, resized ≤ {}, cropped ≤ {}",
        most(0),
        most(1),
        most(2)
    );
    assert!(most(0) <= 4 && most(1) <= 4, "{moved:?}");
    assert!(most(2) <= ALIKE_DISTANCE_MAX, "{moved:?}");
    let hashes: Vec<_> = pictures.iter().map(hash).collect();
    let pairs = (0..hashes.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let between: Vec<u32> = pairs
        .map(|(one, other)| hashes[one].distance(hashes[other]))
        .collect();
    println!("different pictures ≥ {:?}", between.iter().min());
    assert!(
        between
            .iter()
            .all(|distance| *distance > ALIKE_DISTANCE_MAX),
        "{between:?}"
    );
}

#[test]
fn a_picture_is_known_again_and_others_are_not() {
    assert_alike(&(1..=24).map(scene).collect::<Vec<_>>());
}

#[test]
fn camera_files_are_known_again_and_others_are_not() {
    let mut pictures = Vec::new();
    for (name, bytes) in samples().unwrap_or_default() {
        let working = derive(&bytes).unwrap().working;
        let picture = image::load_from_memory(&working.bytes).unwrap().into_rgb8();
        // One of the files shows nothing at all, and the numbered ones show one scene.
        let plain = picture
            .pixels()
            .all(|pixel| *pixel == *picture.get_pixel(0, 0));
        if !plain && name != "orientation-8.jpg" {
            pictures.push(picture);
        }
    }
    assert_alike(&pictures);
}

#[test]
fn the_watermark_is_not_part_of_the_look_and_grey_is_the_same_look() {
    let picture = scene(3);
    let grey = image::DynamicImage::ImageRgb8(picture.clone()).into_luma8();
    let bytes = encoded_as(&grey, 800, 600, jpeg_encoder::ColorType::Luma);
    assert!(hash(&picture).distance(derive(&bytes).unwrap().perceptual) <= 2);
}

#[test]
fn a_look_alone_is_the_look_of_the_copies() {
    for seed in 1..=12 {
        let bytes = jpeg(&scene(seed));
        let alone = look(&bytes).unwrap().unwrap();
        let beside = derive(&bytes).unwrap().perceptual;
        assert!(alone.distance(beside) <= 2, "{seed}");
    }
}

#[test]
fn what_shows_nothing_has_no_look_and_what_is_no_picture_says_so() {
    for shade in [0, 20, 255] {
        let bytes = jpeg(&RgbImage::from_fn(300, 200, |x, _| {
            Rgb([shade.max((x % 3) as u8); 3])
        }));
        assert_eq!(look(&bytes), Ok(None), "{shade}");
    }
    assert!(look(b"no picture").is_err());
    let bytes = jpeg(&scene(1));
    assert!(look(&bytes[..200]).is_err());
}
