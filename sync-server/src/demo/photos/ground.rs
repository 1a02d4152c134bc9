//! What lies in the road: cracks and holes, water, open shafts, and the same place put right.

use super::canvas::{Canvas, Colour, Corner, mix, shade};
use super::street::{Facing, Stage, Weather, street};
use crate::demo::random::Random;

/// A place on the near carriageway.
fn spot(random: &mut Random) -> (f32, f32) {
    (
        random.between(-0.7, 1.0) as f32,
        random.between(4.0, 5.2) as f32,
    )
}

fn daylight(random: &mut Random) -> Weather {
    if random.chance(60) {
        Weather::Overcast
    } else {
        Weather::Sunny
    }
}

/// A line that wanders over the ground.
fn crack(
    stage: &Stage,
    from: (f32, f32),
    steps: usize,
    drift: (f32, f32),
    random: &mut Random,
) -> Vec<Corner> {
    let mut at = from;
    let mut points = vec![stage.ground(at.0, at.1)];
    for _ in 0..steps {
        at.0 += drift.0 + random.between(-0.13, 0.13) as f32;
        at.1 = (at.1 + drift.1 + random.between(-0.12, 0.12) as f32).max(1.6);
        points.push(stage.ground(at.0, at.1));
    }
    points
}

/// 路面破损: a hole with a broken rim and cracks running from it.
pub(super) fn broken_road(canvas: &mut Canvas, random: &mut Random) {
    let weather = daylight(random);
    let stage = street(canvas, Facing::Road, weather, random);
    let middle = spot(random);
    let radius = (
        random.between(0.65, 0.95) as f32,
        random.between(0.7, 1.1) as f32,
    );
    let dark = shade([44, 42, 40], stage.light);
    for _ in 0..7 {
        let drift = (
            random.between(-0.26, 0.26) as f32,
            random.between(-0.3, 0.36) as f32,
        );
        let points = crack(&stage, middle, 11, drift, random);
        let thickness = random.between(3.0, 8.0) as f32;
        canvas.line(&points, thickness, dark, 0.85);
        let lit: Vec<Corner> = points
            .iter()
            .map(|point| (point.0 + 1.5, point.1 + thickness * 0.6))
            .collect();
        canvas.line(&lit, 2.0, shade([140, 138, 134], stage.light), 0.5);
    }
    let rim = stage.patch(middle, (radius.0 * 1.14, radius.1 * 1.14), 0.14, random);
    canvas.fill(&rim, shade([122, 119, 114], stage.light), 0.9);
    let hole = stage.patch(middle, radius, 0.12, random);
    canvas.fill(&hole, shade([74, 66, 58], stage.light), 1.0);
    let deep = stage.patch(
        (middle.0, middle.1 + 0.12),
        (radius.0 * 0.74, radius.1 * 0.62),
        0.16,
        random,
    );
    canvas.fill(&deep, shade([48, 42, 37], stage.light), 0.9);
    if weather == Weather::Overcast && random.chance(60) {
        let water = stage.patch(
            (middle.0 - 0.1, middle.1 - 0.1),
            (radius.0 * 0.5, radius.1 * 0.36),
            0.14,
            random,
        );
        canvas.fill(&water, shade(stage.sky, 0.72), 0.9);
    }
    rubble(canvas, &stage, middle, 46, random);
}

fn rubble(
    canvas: &mut Canvas,
    stage: &Stage,
    around: (f32, f32),
    count: usize,
    random: &mut Random,
) {
    for _ in 0..count {
        let at = (
            around.0 + random.between(-1.5, 1.5) as f32,
            (around.1 + random.between(-1.4, 1.4) as f32).max(1.8),
        );
        let size = random.between(0.02, 0.075) as f32 * stage.scale(at.1);
        let foot = stage.ground(at.0, at.1);
        canvas.ellipse(
            (foot.0 + size * 0.4, foot.1 + size * 0.3),
            (size, size * 0.5),
            [26, 24, 22],
            0.4,
        );
        let tone = shade(
            [118, 112, 104],
            stage.light * random.between(0.7, 1.15) as f32,
        );
        canvas.ellipse(foot, (size, size * 0.66), tone, 1.0);
    }
}

/// The hole filled: a square of new asphalt, its seam sealed.
pub(super) fn mended_road(canvas: &mut Canvas, random: &mut Random) {
    let weather = daylight(random);
    let stage = street(canvas, Facing::Road, weather, random);
    let middle = spot(random);
    let (half, deep) = (
        random.between(0.9, 1.2) as f32,
        random.between(0.9, 1.3) as f32,
    );
    let corners = [
        stage.ground(middle.0 - half, middle.1 + deep),
        stage.ground(middle.0 + half, middle.1 + deep),
        stage.ground(middle.0 + half, middle.1 - deep),
        stage.ground(middle.0 - half, middle.1 - deep),
    ];
    canvas.fill(&corners, shade([58, 59, 62], stage.light), 1.0);
    let [first, ..] = corners;
    let mut seam = corners.to_vec();
    seam.push(first);
    canvas.line(&seam, 7.0, shade([34, 34, 36], stage.light), 0.9);
    for _ in 0..700 {
        let at = (
            middle.0 + random.between(-0.97, 0.97) as f32 * half,
            middle.1 + random.between(-0.97, 0.97) as f32 * deep,
        );
        let size = 0.012 * stage.scale(at.1);
        let tone = shade([92, 93, 97], stage.light);
        canvas.ellipse(stage.ground(at.0, at.1), (size, size * 0.6), tone, 0.5);
    }
    cone(canvas, &stage, (middle.0 - half - 0.5, middle.1 + 0.7));
    cone(canvas, &stage, (middle.0 + half + 0.4, middle.1 + 1.1));
}

/// A traffic cone.
pub(super) fn cone(canvas: &mut Canvas, stage: &Stage, at: (f32, f32)) {
    let (foot, scale) = (stage.ground(at.0, at.1), stage.scale(at.1));
    let orange = shade([226, 92, 38], stage.light.max(0.6));
    canvas.ellipse(
        (foot.0 + 0.1 * scale, foot.1),
        (0.28 * scale, 0.07 * scale),
        [20, 20, 20],
        0.4,
    );
    let body = |from: f32, to: f32| {
        let width = |height: f32| 0.17 * (1.0 - height / 0.78) + 0.02;
        [
            (foot.0 - width(from) * scale, foot.1 - from * scale),
            (foot.0 + width(from) * scale, foot.1 - from * scale),
            (foot.0 + width(to) * scale, foot.1 - to * scale),
            (foot.0 - width(to) * scale, foot.1 - to * scale),
        ]
    };
    canvas.rectangle(
        foot.0 - 0.22 * scale,
        foot.1 - 0.05 * scale,
        foot.0 + 0.22 * scale,
        foot.1 + 0.03 * scale,
        shade(orange, 0.8),
    );
    canvas.fill(&body(0.03, 0.72), orange, 1.0);
    canvas.fill(&body(0.22, 0.36), [238, 238, 232], 0.95);
    canvas.fill(&body(0.48, 0.58), [238, 238, 232], 0.95);
}

/// 积水: a sheet of water that mirrors the sky.
pub(super) fn puddle(canvas: &mut Canvas, random: &mut Random) {
    let stage = street(canvas, Facing::Road, Weather::Overcast, random);
    let middle = (
        random.between(0.2, 1.4) as f32,
        random.between(5.0, 6.4) as f32,
    );
    let radius = (
        random.between(2.4, 3.2) as f32,
        random.between(2.1, 2.9) as f32,
    );
    let wet = stage.patch(middle, (radius.0 * 1.16, radius.1 * 1.16), 0.06, random);
    canvas.fill(&wet, shade([60, 62, 66], stage.light), 0.6);
    let edge = stage.patch(middle, radius, 0.07, random);
    canvas.fill(&edge, shade(stage.sky, 0.62), 0.95);
    let inner = stage.patch(
        (middle.0, middle.1 + 0.2),
        (radius.0 * 0.86, radius.1 * 0.82),
        0.07,
        random,
    );
    canvas.fill(&inner, shade(stage.sky, 0.8), 0.7);
    let bright = stage.patch(
        (middle.0 - 0.3, middle.1 + 0.7),
        (radius.0 * 0.55, radius.1 * 0.4),
        0.12,
        random,
    );
    canvas.fill(&bright, shade(stage.sky, 1.0), 0.6);
    for ring in 0..3 {
        let at = (
            middle.0 + random.between(-1.2, 1.2) as f32,
            middle.1 + random.between(-1.2, 1.0) as f32,
        );
        for size in 1..=3 {
            let reach = 0.11 * size as f32 + 0.05 * ring as f32;
            let points: Vec<Corner> = (0..=24)
                .map(|step| {
                    let angle = step as f32 * std::f32::consts::TAU / 24.0;
                    stage.ground(at.0 + reach * angle.cos(), at.1 + reach * angle.sin())
                })
                .collect();
            canvas.line(&points, 2.0, [236, 240, 242], 0.4);
        }
    }
    for _ in 0..9 {
        let at = (
            middle.0 + random.between(-1.8, 1.8) as f32,
            middle.1 + random.between(-1.5, 1.5) as f32,
        );
        let size = 0.06 * stage.scale(at.1);
        canvas.ellipse(
            stage.ground(at.0, at.1),
            (size, size * 0.4),
            [116, 104, 58],
            0.9,
        );
    }
}

/// The water gone, a new inlet at the kerb.
pub(super) fn drained_road(canvas: &mut Canvas, random: &mut Random) {
    let stage = street(canvas, Facing::Road, Weather::Sunny, random);
    let middle = (1.2, random.between(4.6, 5.4) as f32);
    let damp = stage.patch(middle, (2.2, 1.6), 0.12, random);
    canvas.fill(&damp, shade([70, 72, 76], stage.light), 0.4);
    let (left, right, near, far) = (2.05, 2.95, middle.1 - 0.45, middle.1 + 0.45);
    let frame = [
        stage.ground(left, far),
        stage.ground(right, far),
        stage.ground(right, near),
        stage.ground(left, near),
    ];
    canvas.fill(&frame, shade([52, 54, 58], stage.light), 1.0);
    for bar in 0..9 {
        let at = left + 0.08 + bar as f32 * 0.1;
        let slot = [stage.ground(at, far - 0.06), stage.ground(at, near + 0.06)];
        canvas.line(&slot, 0.055 * stage.scale(middle.1), [16, 17, 18], 1.0);
    }
    let [first, ..] = frame;
    let mut rim = frame.to_vec();
    rim.push(first);
    canvas.line(&rim, 5.0, shade([132, 134, 138], stage.light), 1.0);
}

fn disc(stage: &Stage, middle: (f32, f32), radius: f32) -> Vec<Corner> {
    (0..36)
        .map(|step| {
            let angle = step as f32 * std::f32::consts::TAU / 36.0;
            stage.ground(
                middle.0 + radius * angle.cos(),
                middle.1 + radius * angle.sin(),
            )
        })
        .collect()
}

/// 井盖缺失: an open shaft.
pub(super) fn open_shaft(canvas: &mut Canvas, random: &mut Random) {
    let weather = daylight(random);
    let stage = street(canvas, Facing::Road, weather, random);
    let middle = spot(random);
    canvas.fill(
        &disc(&stage, middle, 0.62),
        shade([128, 126, 120], stage.light),
        1.0,
    );
    canvas.fill(
        &disc(&stage, middle, 0.48),
        shade([92, 84, 76], stage.light),
        1.0,
    );
    canvas.fill(&disc(&stage, middle, 0.44), [14, 13, 13], 1.0);
    let wall = disc(&stage, (middle.0, middle.1 + 0.12), 0.4);
    canvas.fill(&wall, [40, 36, 33], 0.8);
    let depth = disc(&stage, (middle.0, middle.1 - 0.02), 0.36);
    canvas.fill(&depth, [8, 8, 9], 0.95);
    if random.chance(50) {
        let lid = (middle.0 + 0.95, middle.1 + 0.25);
        cover(canvas, &stage, lid, random);
    } else {
        cone(canvas, &stage, (middle.0 - 0.85, middle.1 + 0.3));
    }
    rubble(canvas, &stage, middle, 14, random);
}

fn cover(canvas: &mut Canvas, stage: &Stage, middle: (f32, f32), random: &mut Random) {
    let iron: Colour = shade([84, 80, 77], stage.light);
    canvas.fill(
        &disc(stage, (middle.0 + 0.04, middle.1 - 0.04), 0.48),
        [20, 20, 20],
        0.5,
    );
    canvas.fill(&disc(stage, middle, 0.46), iron, 1.0);
    for ring in 1..=4 {
        let mut circle = disc(stage, middle, 0.1 * ring as f32);
        circle.extend(circle.first().copied());
        canvas.line(
            &circle,
            3.0,
            shade(iron, if ring % 2 == 0 { 1.4 } else { 0.6 }),
            0.8,
        );
    }
    let turn = random.between(0.0, 0.4) as f32;
    for spoke in 0..8 {
        let angle = turn + spoke as f32 * std::f32::consts::FRAC_PI_4;
        let from = stage.ground(middle.0 + 0.12 * angle.cos(), middle.1 + 0.12 * angle.sin());
        let to = stage.ground(middle.0 + 0.42 * angle.cos(), middle.1 + 0.42 * angle.sin());
        canvas.line(&[from, to], 3.0, shade(iron, 0.6), 0.7);
    }
}

/// The shaft with its cover again.
pub(super) fn covered_shaft(canvas: &mut Canvas, random: &mut Random) {
    let weather = daylight(random);
    let stage = street(canvas, Facing::Road, weather, random);
    let middle = spot(random);
    let collar = disc(&stage, middle, 0.66);
    canvas.fill(
        &collar,
        mix(shade([58, 59, 62], stage.light), [0, 0, 0], 0.1),
        1.0,
    );
    canvas.fill(
        &disc(&stage, middle, 0.52),
        shade([136, 134, 128], stage.light),
        1.0,
    );
    cover(canvas, &stage, middle, random);
}
