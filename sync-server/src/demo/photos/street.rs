//! The stage of most pictures: a street in perspective under some weather.

use super::canvas::{Canvas, Colour, Corner, HEIGHT, WIDTH, mix, shade};
use crate::demo::random::Random;

/// Metres the camera is above the ground.
const EYE_METRES: f32 = 1.5;
/// Pixels of one metre at one metre's distance.
const FOCAL: f32 = 1_020.0;

/// The light of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weather {
    /// Blue sky.
    Sunny,
    /// Flat light.
    Overcast,
    /// After sunset.
    Dusk,
}

/// Where the camera looks, and the colours of the light.
pub(super) struct Stage {
    /// Row of the horizon.
    pub(super) horizon: f32,
    /// Column of the vanishing point.
    pub(super) centre: f32,
    /// The light.
    pub(super) weather: Weather,
    /// What the sky looks like, for water to mirror.
    pub(super) sky: Colour,
    /// How bright the ground is.
    pub(super) light: f32,
}

impl Stage {
    /// A place on the ground: metres to the right, metres ahead.
    pub(super) fn ground(&self, right: f32, ahead: f32) -> Corner {
        self.raised(right, 0.0, ahead)
    }

    /// A place above the ground.
    pub(super) fn raised(&self, right: f32, up: f32, ahead: f32) -> Corner {
        let ahead = ahead.max(0.4);
        (
            self.centre + FOCAL * right / ahead,
            self.horizon + FOCAL * (EYE_METRES - up) / ahead,
        )
    }

    /// Pixels of one metre at a distance.
    pub(super) fn scale(&self, ahead: f32) -> f32 {
        FOCAL / ahead.max(0.4)
    }

    /// An irregular patch on the ground.
    pub(super) fn patch(
        &self,
        middle: (f32, f32),
        radius: (f32, f32),
        rough: f64,
        random: &mut Random,
    ) -> Vec<Corner> {
        (0..26)
            .map(|step| {
                let angle = step as f32 * std::f32::consts::TAU / 26.0;
                let reach = random.between(1.0 - rough, 1.0 + rough) as f32;
                self.ground(
                    middle.0 + radius.0 * reach * angle.cos(),
                    middle.1 + radius.1 * reach * angle.sin(),
                )
            })
            .collect()
    }
}

/// Right edge of the carriageway in metres from the camera's line.
pub(super) const KERB_RIGHT: f32 = 3.2;
const KERB_LEFT: f32 = -5.0;
const FAR: f32 = 160.0;
const NEAR: f32 = 1.2;

/// Which part of the street the camera faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facing {
    /// The carriageway.
    Road,
    /// The kerb and the pavement on the right.
    Kerb,
}

/// Paints a street and says where things are on it.
pub(super) fn street(
    canvas: &mut Canvas,
    facing: Facing,
    weather: Weather,
    random: &mut Random,
) -> Stage {
    let (zenith, haze, light) = match weather {
        Weather::Sunny => ([104, 160, 214], [206, 224, 236], 1.0),
        Weather::Overcast => ([164, 174, 184], [206, 211, 214], 0.86),
        Weather::Dusk => ([38, 46, 78], [196, 138, 112], 0.42),
    };
    let stage = Stage {
        horizon: random.between(350.0, 400.0) as f32,
        centre: match facing {
            Facing::Road => random.between(560.0, 720.0),
            Facing::Kerb => random.between(120.0, 260.0),
        } as f32,
        weather,
        sky: mix(zenith, haze, 0.55),
        light,
    };
    canvas.gradient(0, stage.horizon as u32 + 2, zenith, haze);
    skyline(canvas, &stage, haze, random);
    let pavement = shade([176, 168, 158], light);
    canvas.gradient(
        stage.horizon as u32,
        HEIGHT,
        mix(pavement, haze, 0.5),
        pavement,
    );
    trees(canvas, &stage, haze, random);
    carriageway(canvas, &stage, haze);
    slabs(canvas, &stage);
    canvas.grain(stage.horizon as u32, HEIGHT, 2.0, 15.0);
    stage
}

fn skyline(canvas: &mut Canvas, stage: &Stage, haze: Colour, random: &mut Random) {
    let mut left = -30.0;
    while left < WIDTH as f32 {
        let width = random.between(60.0, 170.0) as f32;
        let height = random.between(50.0, 250.0) as f32;
        let wall = [
            (178, 164, 150),
            (150, 156, 166),
            (196, 186, 172),
            (160, 142, 130),
        ];
        let (red, green, blue) = random.pick(&wall).copied().unwrap_or((170, 160, 150));
        let wall = mix(shade([red, green, blue], stage.light), haze, 0.38);
        let top = stage.horizon - height;
        canvas.rectangle(left, top, left + width, stage.horizon + 3.0, wall);
        canvas.rectangle(left, top, left + width, top + 4.0, shade(wall, 0.85));
        let lit = stage.weather == Weather::Dusk;
        let mut y = top + 14.0;
        while y < stage.horizon - 14.0 {
            let mut x = left + 9.0;
            while x < left + width - 14.0 {
                let pane = if lit && random.chance(32) {
                    [244, 208, 132]
                } else {
                    shade(wall, 0.72)
                };
                canvas.rectangle(x, y, x + 9.0, y + 12.0, pane);
                x += 19.0;
            }
            y += 23.0;
        }
        left += width + random.between(-6.0, 30.0) as f32;
    }
}

fn trees(canvas: &mut Canvas, stage: &Stage, haze: Colour, random: &mut Random) {
    for row in (1..=5).rev() {
        let ahead = 8.0 + row as f32 * 9.0;
        for side in [KERB_LEFT - 1.4, KERB_RIGHT + 3.4] {
            let green = [
                58 + random.below(26) as u8,
                98 + random.below(30) as u8,
                56 + random.below(18) as u8,
            ];
            let green = mix(shade(green, stage.light), haze, 0.08 * row as f32);
            tree(canvas, stage, (side, ahead), green, random);
        }
    }
}

/// A street tree standing at a place.
pub(super) fn tree(
    canvas: &mut Canvas,
    stage: &Stage,
    at: (f32, f32),
    green: Colour,
    random: &mut Random,
) {
    let scale = stage.scale(at.1);
    let foot = stage.ground(at.0, at.1);
    canvas.ellipse(foot, (1.3 * scale, 0.16 * scale), [30, 32, 30], 0.28);
    let crown = (foot.0, foot.1 - 3.6 * scale);
    canvas.line(
        &[foot, crown],
        0.24 * scale,
        shade([92, 76, 62], stage.light),
        1.0,
    );
    for _ in 0..15 {
        let (dx, dy) = (
            random.between(-1.2, 1.2) as f32,
            random.between(-1.1, 0.9) as f32,
        );
        let size = random.between(0.5, 0.95) as f32 * scale;
        let tone = shade(
            green,
            0.8 + 0.22 * (0.9 - dy) / 2.0 + random.between(0.0, 0.12) as f32,
        );
        canvas.ellipse(
            (crown.0 + dx * scale, crown.1 + dy * scale),
            (size, size * 0.8),
            tone,
            0.95,
        );
    }
}

fn carriageway(canvas: &mut Canvas, stage: &Stage, haze: Colour) {
    let asphalt = shade([96, 97, 100], stage.light);
    // Bands from far to near, so that distance fades.
    let mut ahead = FAR;
    while ahead > NEAR {
        let next = (ahead * 0.8).max(NEAR);
        // Bands overlap, so that no seam shows.
        let band = [
            stage.ground(KERB_LEFT, ahead),
            stage.ground(KERB_RIGHT, ahead),
            stage.ground(KERB_RIGHT, next * 0.9),
            stage.ground(KERB_LEFT, next * 0.9),
        ];
        canvas.fill(&band, mix(asphalt, haze, (ahead / 260.0).min(0.5)), 1.0);
        ahead = next;
    }
    let stripe = |canvas: &mut Canvas,
                  right: f32,
                  width: f32,
                  from: f32,
                  to: f32,
                  colour: Colour,
                  opacity: f32| {
        let quad = [
            stage.ground(right - width / 2.0, to),
            stage.ground(right + width / 2.0, to),
            stage.ground(right + width / 2.0, from),
            stage.ground(right - width / 2.0, from),
        ];
        canvas.fill(&quad, colour, opacity);
    };
    let white = shade([232, 232, 226], stage.light.max(0.5));
    for dash in 0..12 {
        let from = 3.0 + dash as f32 * 7.0;
        stripe(canvas, -0.9, 0.14, from, from + 3.4, white, 0.8);
    }
    for (edge, inner) in [
        (KERB_RIGHT, KERB_RIGHT - 0.45),
        (KERB_LEFT, KERB_LEFT + 0.45),
    ] {
        stripe(canvas, inner, 0.12, NEAR, FAR, white, 0.7);
        stripe(
            canvas,
            edge,
            0.24,
            NEAR,
            FAR,
            shade([206, 202, 194], stage.light),
            1.0,
        );
        stripe(
            canvas,
            edge - 0.14,
            0.05,
            NEAR,
            FAR,
            shade([70, 68, 66], stage.light),
            0.8,
        );
    }
}

fn slabs(canvas: &mut Canvas, stage: &Stage) {
    let joint = shade([118, 110, 102], stage.light);
    let walk = |right: f32| {
        [
            stage.ground(right, NEAR),
            stage.ground(right, 8.0),
            stage.ground(right, 40.0),
        ]
    };
    for step in 1..8 {
        canvas.line(&walk(KERB_RIGHT + step as f32 * 0.6), 1.6, joint, 0.5);
    }
    for step in 0..44 {
        let ahead = 1.6 + step as f32 * 0.6;
        let line = [
            stage.ground(KERB_RIGHT + 0.2, ahead),
            stage.ground(KERB_RIGHT + 5.0, ahead),
        ];
        canvas.line(&line, 1.4, joint, (0.5 - step as f32 * 0.01).max(0.05));
    }
    // The tactile strip for the blind.
    let yellow = shade([206, 172, 82], stage.light);
    let strip = [
        stage.ground(KERB_RIGHT + 1.3, 60.0),
        stage.ground(KERB_RIGHT + 1.8, 60.0),
        stage.ground(KERB_RIGHT + 1.8, NEAR),
        stage.ground(KERB_RIGHT + 1.3, NEAR),
    ];
    canvas.fill(&strip, yellow, 0.8);
}
