//! Cars on the pavement, bicycles heaped over the tactile strip.

use super::canvas::{Canvas, Colour, Corner, shade};
use super::street::{Facing, KERB_RIGHT, Stage, street};
use super::things::day;
use crate::demo::random::Random;

/// Metres across.
const CAR_WIDTH: f32 = 1.8;

/// 机动车乱停放: cars on the pavement.
pub(super) fn parked_cars(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Kerb, weather, random);
    let paints: [Colour; 6] = [
        [222, 224, 226],
        [34, 38, 46],
        [148, 36, 40],
        [70, 98, 140],
        [170, 174, 178],
        [120, 104, 80],
    ];
    for place in (0..4).rev() {
        let ahead = 5.4 + place as f32 * 5.4;
        let right = KERB_RIGHT + 0.1 + random.between(0.0, 0.7) as f32;
        let paint = random.pick(&paints).copied().unwrap_or([200, 200, 200]);
        car(canvas, &stage, (right, ahead), shade(paint, stage.light));
    }
}

fn car(canvas: &mut Canvas, stage: &Stage, at: (f32, f32), paint: Colour) {
    let (right, ahead) = at;
    let (wide, long) = (CAR_WIDTH, 4.3);
    let corner = |x: f32, up: f32, z: f32| stage.raised(right + x, up, ahead + z);
    let shadow = [
        corner(-0.2, 0.0, 0.0),
        corner(wide + 0.2, 0.0, 0.0),
        corner(wide + 0.2, 0.0, long),
        corner(-0.2, 0.0, long),
    ];
    canvas.fill(&shadow, [14, 14, 16], 0.5);
    // The side that faces the carriageway, then the roof, then the rear.
    let side = [
        corner(0.0, 0.25, 0.0),
        corner(0.0, 0.86, 0.0),
        corner(0.12, 1.42, 0.7),
        corner(0.12, 1.46, 2.5),
        corner(0.0, 0.95, 3.3),
        corner(0.0, 0.7, long),
        corner(0.0, 0.25, long),
    ];
    canvas.fill(&side, shade(paint, 0.78), 1.0);
    let glass = [
        corner(0.06, 0.92, 0.35),
        corner(0.11, 1.34, 0.8),
        corner(0.11, 1.38, 2.4),
        corner(0.04, 0.96, 3.0),
    ];
    canvas.fill(&glass, [34, 42, 52], 0.95);
    for wheel in [0.8, 3.4] {
        let hub = corner(0.0, 0.32, wheel);
        let scale = stage.scale(ahead + wheel);
        canvas.ellipse(hub, (0.16 * scale, 0.33 * scale), [20, 20, 22], 1.0);
        canvas.ellipse(hub, (0.08 * scale, 0.18 * scale), [142, 144, 148], 1.0);
    }
    let roof = [
        corner(0.12, 1.44, 0.7),
        corner(wide - 0.12, 1.44, 0.7),
        corner(wide - 0.12, 1.47, 2.5),
        corner(0.12, 1.47, 2.5),
    ];
    canvas.fill(&roof, shade(paint, 1.08), 1.0);
    tail(canvas, stage, at, paint);
}

/// The end of a car that faces the camera.
fn tail(canvas: &mut Canvas, stage: &Stage, (right, ahead): (f32, f32), paint: Colour) {
    let wide = CAR_WIDTH;
    let corner = |x: f32, up: f32, z: f32| stage.raised(right + x, up, ahead + z);
    let rear = [
        corner(0.0, 0.25, 0.0),
        corner(wide, 0.25, 0.0),
        corner(wide, 0.86, 0.0),
        corner(wide - 0.14, 1.42, 0.55),
        corner(0.14, 1.42, 0.55),
        corner(0.0, 0.86, 0.0),
    ];
    canvas.fill(&rear, paint, 1.0);
    let window = [
        corner(0.12, 0.92, 0.04),
        corner(wide - 0.12, 0.92, 0.04),
        corner(wide - 0.26, 1.34, 0.5),
        corner(0.26, 1.34, 0.5),
    ];
    canvas.fill(&window, [46, 56, 68], 0.95);
    for light in [0.05, wide - 0.35] {
        let lamp = [
            corner(light, 0.62, 0.0),
            corner(light + 0.3, 0.62, 0.0),
            corner(light + 0.3, 0.78, 0.0),
            corner(light, 0.78, 0.0),
        ];
        canvas.fill(&lamp, [186, 34, 30], 1.0);
    }
    let bumper = [
        corner(0.0, 0.25, 0.0),
        corner(wide, 0.25, 0.0),
        corner(wide, 0.44, 0.0),
        corner(0.0, 0.44, 0.0),
    ];
    canvas.fill(&bumper, shade(paint, 0.62), 1.0);
}

/// 非机动车乱停放: shared bicycles heaped over the tactile strip.
pub(super) fn bicycles(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Kerb, weather, random);
    let frames: [Colour; 3] = [[246, 196, 40], [38, 142, 214], [64, 178, 126]];
    for row in (0..13).rev() {
        let at = (
            KERB_RIGHT - 0.5 + random.between(0.0, 1.3) as f32,
            3.6 + row as f32 * 0.42,
        );
        let lean = random.between(-0.3, 0.3) as f32;
        let colour = shade(
            random.pick(&frames).copied().unwrap_or([240, 190, 40]),
            stage.light,
        );
        bicycle(canvas, &stage, at, lean, colour);
    }
}

fn bicycle(canvas: &mut Canvas, stage: &Stage, at: (f32, f32), lean: f32, colour: Colour) {
    let scale = stage.scale(at.1);
    let foot = stage.ground(at.0, at.1);
    let place = |x: f32, up: f32| (foot.0 + (x + lean * up) * scale, foot.1 - up * scale);
    let thick = (0.05 * scale).max(1.5);
    for wheel in [0.0, 1.02] {
        let ring: Vec<Corner> = (0..=26)
            .map(|step| {
                let angle = step as f32 * std::f32::consts::TAU / 26.0;
                place(wheel + 0.3 * angle.cos(), 0.31 + 0.3 * angle.sin())
            })
            .collect();
        canvas.line(&ring, thick * 0.9, [26, 26, 28], 1.0);
        for spoke in 0..4 {
            let angle = spoke as f32 * std::f32::consts::FRAC_PI_4;
            let ends = [
                place(wheel + 0.28 * angle.cos(), 0.31 + 0.28 * angle.sin()),
                place(wheel - 0.28 * angle.cos(), 0.31 - 0.28 * angle.sin()),
            ];
            canvas.line(&ends, 1.0, [130, 132, 136], 0.8);
        }
    }
    let tubes = [
        [place(0.0, 0.31), place(0.42, 0.28)],
        [place(0.42, 0.28), place(0.84, 0.72)],
        [place(0.42, 0.28), place(0.3, 0.8)],
        [place(0.34, 0.66), place(0.84, 0.72)],
        [place(0.86, 0.86), place(1.02, 0.31)],
        [place(0.0, 0.31), place(0.34, 0.66)],
    ];
    for tube in &tubes {
        canvas.line(tube, thick, colour, 1.0);
    }
    canvas.line(
        &[place(0.18, 0.82), place(0.42, 0.84)],
        thick * 1.8,
        [30, 30, 32],
        1.0,
    );
    canvas.line(
        &[place(0.74, 0.94), place(0.86, 0.88), place(0.98, 0.98)],
        thick,
        [60, 62, 66],
        1.0,
    );
    let basket = [
        place(0.92, 0.92),
        place(1.26, 0.94),
        place(1.2, 0.68),
        place(0.98, 0.66),
    ];
    canvas.fill(&basket, shade(colour, 0.75), 0.9);
}
