//! At most 64 drawn photos: no camera was there, so none is claimed. Each scene exists as found and as put right.

mod canvas;
mod ground;
mod street;
mod things;
mod upright;
mod vehicles;

use canvas::Canvas;
use image::RgbImage;

use super::random::Random;

/// Most pictures the demo may carry.
pub const PICTURES_MAX: usize = 64;
/// JPEG quality of the drawn photos.
const QUALITY: u8 = 82;
/// JPEG quality of their previews.
const PREVIEW_QUALITY: u8 = 60;
/// How often each found scene is drawn anew.
const FOUND_VARIANTS: usize = 2;
/// How often each put-right scene is drawn anew.
const AFTER_VARIANTS: usize = 1;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scene {
    /// A hole in the road.
    Road,
    /// Water on the road.
    Water,
    /// Lamps at dusk.
    Lamp,
    /// A cable box.
    Cable,
    /// A shaft in the road.
    Shaft,
    /// Waste on the pavement.
    Waste,
    /// Posters on a wall.
    Poster,
    /// Cars on the pavement.
    Car,
    /// Heaped bicycles.
    Bicycle,
    /// A tree.
    Tree,
    /// A heap of soil.
    Soil,
    /// Goods before a shop.
    Shop,
    /// A railing.
    Railing,
}

impl Scene {
    /// Every scene.
    pub const ALL: [Self; 13] = [
        Self::Road,
        Self::Water,
        Self::Lamp,
        Self::Cable,
        Self::Shaft,
        Self::Waste,
        Self::Poster,
        Self::Car,
        Self::Bicycle,
        Self::Tree,
        Self::Soil,
        Self::Shop,
        Self::Railing,
    ];
}

/// One picture of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    /// What it shows.
    pub scene: Scene,
    /// Whether the matter is put right.
    pub after: bool,
    /// Which drawing of it.
    pub variant: usize,
}

impl Picture {
    /// A drawing of a scene, chosen at random.
    pub fn of(scene: Scene, after: bool, random: &mut Random) -> Self {
        let variants = if after {
            AFTER_VARIANTS
        } else {
            FOUND_VARIANTS
        };
        Self {
            scene,
            after,
            variant: random.below(variants),
        }
    }
}

/// The whole set, in a fixed order: a picture's place in it is its number.
pub fn catalogue() -> Vec<Picture> {
    let variants = |scene, after, count| {
        (0..count).map(move |variant| Picture {
            scene,
            after,
            variant,
        })
    };
    Scene::ALL
        .into_iter()
        .flat_map(|scene| {
            variants(scene, false, FOUND_VARIANTS)
                // A cleared pavement looks the same whatever stood there.
                .chain(
                    variants(scene, true, AFTER_VARIANTS)
                        .filter(|picture| !matches!(picture.scene, Scene::Car | Scene::Bicycle)),
                )
        })
        .collect()
}

/// Draws a picture.
pub fn draw(picture: Picture, seed: u64) -> RgbImage {
    let purpose = format!("{:?} {} {}", picture.scene, picture.after, picture.variant);
    let mut random = Random::new(seed, &purpose);
    let mut canvas = Canvas::new([128, 128, 128], &mut random);
    match (picture.scene, picture.after) {
        (Scene::Road, false) => ground::broken_road(&mut canvas, &mut random),
        (Scene::Road, true) => ground::mended_road(&mut canvas, &mut random),
        (Scene::Water, false) => ground::puddle(&mut canvas, &mut random),
        (Scene::Water, true) => ground::drained_road(&mut canvas, &mut random),
        (Scene::Shaft, false) => ground::open_shaft(&mut canvas, &mut random),
        (Scene::Shaft, true) => ground::covered_shaft(&mut canvas, &mut random),
        (Scene::Lamp, after) => upright::lamps(&mut canvas, after, &mut random),
        (Scene::Cable, after) => upright::cables(&mut canvas, after, &mut random),
        (Scene::Poster, after) => upright::posters(&mut canvas, after, &mut random),
        (Scene::Shop, after) => upright::shop(&mut canvas, after, &mut random),
        (Scene::Waste, false) => things::waste(&mut canvas, &mut random),
        (Scene::Car, false) => vehicles::parked_cars(&mut canvas, &mut random),
        (Scene::Bicycle, false) => vehicles::bicycles(&mut canvas, &mut random),
        (Scene::Waste | Scene::Car | Scene::Bicycle, true) => {
            things::clear_pavement(&mut canvas, &mut random);
        }
        (Scene::Tree, false) => things::fallen_tree(&mut canvas, &mut random),
        (Scene::Tree, true) => things::replanted(&mut canvas, &mut random),
        (Scene::Soil, false) => things::soil_heap(&mut canvas, &mut random),
        (Scene::Soil, true) => things::covered_heap(&mut canvas, &mut random),
        (Scene::Railing, after) => things::railing(&mut canvas, !after, &mut random),
    }
    canvas.vignette(0.16);
    canvas.into_pixels()
}

/// A drawn photo as JPEG bytes.
///
/// # Errors
/// The encoder refused; the size is fixed, so it does not.
pub fn jpeg(pixels: &RgbImage) -> Result<Vec<u8>, jpeg_encoder::EncodingError> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
    encoder.encode(
        pixels.as_raw(),
        canvas::WIDTH as u16,
        canvas::HEIGHT as u16,
        jpeg_encoder::ColorType::Rgb,
    )?;
    Ok(bytes)
}

/// The small copy for lists and slow links: half the size each way, every pixel the mean of four.
///
/// # Errors
/// The encoder refused; the size is fixed, so it does not.
pub fn preview_jpeg(pixels: &RgbImage) -> Result<Vec<u8>, jpeg_encoder::EncodingError> {
    let row = canvas::WIDTH as usize * 3;
    let mut small = Vec::with_capacity(pixels.as_raw().len() / 4);
    for pair in pixels.as_raw().chunks_exact(row * 2) {
        let (upper, lower) = pair.split_at(row);
        for (above, below) in upper.chunks_exact(6).zip(lower.chunks_exact(6)) {
            if let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (above, below) {
                let mean = |four: [&u8; 4]| {
                    (four.map(|value| u16::from(*value)).iter().sum::<u16>() / 4) as u8
                };
                small.extend([mean([a, d, g, j]), mean([b, e, h, k]), mean([c, f, i, l])]);
            }
        }
    }
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, PREVIEW_QUALITY).encode(
        &small,
        canvas::WIDTH as u16 / 2,
        canvas::HEIGHT as u16 / 2,
        jpeg_encoder::ColorType::Rgb,
    )?;
    Ok(bytes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_set_is_small_and_each_picture_is_its_own() {
        let pictures = catalogue();
        assert!(pictures.len() <= PICTURES_MAX, "{}", pictures.len());
        let distinct: BTreeSet<_> = pictures.iter().collect();
        assert_eq!(distinct.len(), pictures.len());
    }

    #[test]
    fn the_same_seed_draws_the_same_bytes_and_another_does_not() {
        let picture = Picture {
            scene: Scene::Road,
            after: false,
            variant: 1,
        };
        let bytes = |seed| jpeg(&draw(picture, seed)).unwrap();
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
        assert!(bytes(7).starts_with(&[0xFF, 0xD8]));
    }
}
