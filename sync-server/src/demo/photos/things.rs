//! What stands or lies about: waste, a fallen tree, heaps of soil, a bent railing.

use super::canvas::{Canvas, Colour, Corner, shade};
use super::ground::cone;
use super::street::{Facing, KERB_RIGHT, Stage, Weather, street, tree};
use crate::demo::random::Random;

pub(super) fn day(random: &mut Random) -> Weather {
    if random.chance(50) {
        Weather::Sunny
    } else {
        Weather::Overcast
    }
}

/// What rubbish bags are made of.
const BAGS: [Colour; 6] = [
    [40, 42, 46],
    [206, 204, 198],
    [62, 92, 132],
    [170, 52, 46],
    [52, 50, 54],
    [92, 128, 84],
];

/// 暴露垃圾: bags and boxes on the pavement.
pub(super) fn waste(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Kerb, weather, random);
    let middle = (KERB_RIGHT - 0.2, random.between(5.2, 6.0) as f32);
    for _ in 0..24 {
        let at = (
            middle.0 + random.between(-1.3, 1.3) as f32,
            (middle.1 + random.between(-1.0, 1.0) as f32).max(3.6),
        );
        let scale = stage.scale(at.1);
        let foot = stage.ground(at.0, at.1);
        let colour = random.pick(&BAGS).copied().unwrap_or([80, 80, 80]);
        let colour = shade(colour, stage.light);
        let shadow = (0.34 * scale, 0.1 * scale);
        canvas.ellipse((foot.0 + 0.08 * scale, foot.1), shadow, [20, 20, 20], 0.35);
        if random.chance(68) {
            bag(
                canvas,
                foot,
                random.between(0.2, 0.34) as f32 * scale,
                colour,
            );
        } else {
            let tall = random.between(0.24, 0.4) as f32 * scale;
            carton(canvas, foot, (0.24 * scale, tall), stage.light);
        }
    }
    for _ in 0..60 {
        let at = (
            middle.0 + random.between(-2.2, 1.8) as f32,
            (middle.1 + random.between(-2.0, 1.6) as f32).max(2.2),
        );
        let size = random.between(0.02, 0.07) as f32 * stage.scale(at.1);
        let tone = random.pick(&BAGS).copied().unwrap_or([200, 200, 200]);
        canvas.ellipse(
            stage.ground(at.0, at.1),
            (size, size * 0.5),
            shade(tone, 1.1),
            0.9,
        );
    }
}

fn carton(canvas: &mut Canvas, foot: Corner, (half, tall): (f32, f32), light: f32) {
    let card = shade([186, 146, 98], light);
    let (left, top, right) = (foot.0 - half, foot.1 - tall, foot.0 + half);
    canvas.rectangle(left, top, right, foot.1, card);
    canvas.rectangle(left, top, right, foot.1 - tall * 0.86, shade(card, 1.18));
    canvas.rectangle(foot.0 - 3.0, top, foot.0 + 3.0, foot.1, shade(card, 0.8));
}

fn bag(canvas: &mut Canvas, foot: Corner, size: f32, colour: Colour) {
    canvas.ellipse(
        (foot.0, foot.1 - size * 0.8),
        (size, size * 0.86),
        shade(colour, 0.85),
        1.0,
    );
    canvas.ellipse(
        (foot.0 - size * 0.2, foot.1 - size),
        (size * 0.66, size * 0.58),
        shade(colour, 1.12),
        0.8,
    );
    canvas.ellipse(
        (foot.0 - size * 0.34, foot.1 - size * 1.16),
        (size * 0.2, size * 0.15),
        shade(colour, 1.6),
        0.6,
    );
    let neck = [
        (foot.0 - size * 0.14, foot.1 - size * 1.5),
        (foot.0 + size * 0.2, foot.1 - size * 1.96),
        (foot.0 + size * 0.04, foot.1 - size * 2.0),
        (foot.0 + size * 0.16, foot.1 - size * 1.5),
    ];
    canvas.fill(&neck, shade(colour, 0.95), 1.0);
}

/// The place swept, a bin beside it.
pub(super) fn clear_pavement(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Kerb, weather, random);
    let at = (KERB_RIGHT + 0.6, random.between(5.0, 6.4) as f32);
    let (foot, scale) = (stage.ground(at.0, at.1), stage.scale(at.1));
    canvas.ellipse(
        (foot.0 + 0.1 * scale, foot.1),
        (0.5 * scale, 0.1 * scale),
        [20, 20, 20],
        0.35,
    );
    for (left, colour) in [(-0.44, [56, 112, 78]), (0.02, [68, 74, 82])] {
        let colour = shade(colour, stage.light);
        let x = foot.0 + left * scale;
        canvas.rectangle(x, foot.1 - 0.9 * scale, x + 0.42 * scale, foot.1, colour);
        canvas.rectangle(
            x + 0.05 * scale,
            foot.1 - 0.76 * scale,
            x + 0.37 * scale,
            foot.1 - 0.64 * scale,
            [18, 20, 22],
        );
        canvas.rectangle(
            x - 0.03 * scale,
            foot.1 - 0.97 * scale,
            x + 0.45 * scale,
            foot.1 - 0.88 * scale,
            shade(colour, 1.3),
        );
    }
}

/// 树木倒伏: a trunk across the road.
pub(super) fn fallen_tree(canvas: &mut Canvas, random: &mut Random) {
    let stage = street(canvas, Facing::Road, Weather::Overcast, random);
    let ahead = random.between(5.6, 6.6) as f32;
    let bark = shade([96, 78, 60], stage.light);
    let trunk = [
        stage.raised(KERB_RIGHT + 1.6, 0.62, ahead + 0.4),
        stage.raised(-1.2, 0.5, ahead),
        stage.raised(-1.2, 0.24, ahead),
        stage.raised(KERB_RIGHT + 1.6, 0.06, ahead + 0.4),
    ];
    canvas.ellipse(
        stage.ground(0.6, ahead - 0.2),
        (3.3 * stage.scale(ahead), 0.28 * stage.scale(ahead)),
        [18, 18, 18],
        0.4,
    );
    canvas.fill(&trunk, bark, 1.0);
    let light = [
        stage.raised(KERB_RIGHT + 1.6, 0.6, ahead + 0.4),
        stage.raised(-1.2, 0.5, ahead),
        stage.raised(-1.2, 0.42, ahead),
        stage.raised(KERB_RIGHT + 1.6, 0.44, ahead + 0.4),
    ];
    canvas.fill(&light, shade(bark, 1.3), 0.7);
    for _ in 0..9 {
        let right = random.between(-3.4, -0.6) as f32;
        let from = stage.raised(-0.8, 0.4, ahead);
        let to = stage.raised(
            right,
            random.between(0.1, 1.5) as f32,
            ahead + random.between(-0.6, 0.9) as f32,
        );
        canvas.line(
            &[from, to],
            0.07 * stage.scale(ahead),
            shade(bark, 0.85),
            1.0,
        );
    }
    for _ in 0..150 {
        let at = (
            random.between(-3.9, -0.4) as f32,
            random.between(0.05, 1.7) as f32,
        );
        let size = random.between(0.12, 0.3) as f32 * stage.scale(ahead);
        let tone = shade(
            [70, 112, 58],
            stage.light * random.between(0.6, 1.25) as f32,
        );
        canvas.ellipse(
            stage.raised(at.0, at.1, ahead + random.between(-0.5, 0.7) as f32),
            (size, size * 0.6),
            tone,
            0.92,
        );
    }
    cone(canvas, &stage, (0.8, ahead - 1.8));
    cone(canvas, &stage, (-2.4, ahead - 1.9));
}

/// The tree taken away, a young one planted.
pub(super) fn replanted(canvas: &mut Canvas, random: &mut Random) {
    let stage = street(canvas, Facing::Kerb, Weather::Sunny, random);
    let at = (KERB_RIGHT + 0.9, 7.0);
    tree(canvas, &stage, at, [84, 140, 70], random);
    let (foot, scale) = (stage.ground(at.0, at.1), stage.scale(at.1));
    for side in [-0.5, 0.5] {
        let stake = [
            (foot.0 + side * scale, foot.1),
            (foot.0 + side * 0.15 * scale, foot.1 - 1.7 * scale),
        ];
        canvas.line(
            &stake,
            0.07 * scale,
            shade([150, 112, 74], stage.light),
            1.0,
        );
    }
}

/// 施工扬尘 and heaps of soil, uncovered.
pub(super) fn soil_heap(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Road, weather, random);
    heap(canvas, &stage, [150, 112, 76], random);
    for _ in 0..5 {
        let at = stage.raised(
            random.between(-1.0, 2.4) as f32,
            random.between(0.6, 1.6) as f32,
            6.0,
        );
        canvas.glow(at, random.between(70.0, 150.0) as f32, [206, 190, 164], 0.5);
    }
}

/// The heap under a green net.
pub(super) fn covered_heap(canvas: &mut Canvas, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Road, weather, random);
    heap(canvas, &stage, [62, 126, 88], random);
    let base = stage.scale(6.0);
    let foot = stage.ground(0.9, 6.0);
    for line in 0..22 {
        let x = foot.0 + (line as f32 - 11.0) * 0.19 * base;
        let tall = (1.0 - ((line as f32 - 11.0) / 11.0).powi(2)).max(0.0) * 1.3 * base;
        canvas.line(
            &[(x, foot.1), (x + 0.1 * base, foot.1 - tall)],
            1.6,
            [36, 84, 58],
            0.6,
        );
    }
}

fn heap(canvas: &mut Canvas, stage: &Stage, colour: Colour, random: &mut Random) {
    let (scale, foot) = (stage.scale(6.0), stage.ground(0.9, 6.0));
    canvas.ellipse(
        (foot.0 + 0.2 * scale, foot.1),
        (2.4 * scale, 0.3 * scale),
        [20, 18, 16],
        0.4,
    );
    for layer in 0..4 {
        let share = 1.0 - layer as f32 * 0.2;
        let outline: Vec<Corner> = (0..=30)
            .map(|step| {
                let x = (step as f32 / 15.0 - 1.0) * share;
                let up = (1.0 - (x / share).powi(2)).max(0.0) * 1.35 * share
                    + random.between(0.0, 0.05) as f32;
                (
                    foot.0 + (x * 2.2 - layer as f32 * 0.18) * scale,
                    foot.1 - up * scale,
                )
            })
            .collect();
        canvas.fill(
            &outline,
            shade(colour, stage.light * (0.72 + 0.13 * layer as f32)),
            1.0,
        );
    }
    for _ in 0..90 {
        let x = random.between(-2.3, 2.3) as f32;
        let up = random.between(0.0, 1.0) as f32 * (1.0 - (x / 2.4).powi(2)) * 1.1;
        let size = random.between(0.02, 0.07) as f32 * scale;
        let tone = shade(colour, stage.light * random.between(0.6, 1.2) as f32);
        canvas.ellipse(
            (foot.0 + x * scale, foot.1 - up * scale),
            (size, size * 0.7),
            tone,
            0.7,
        );
    }
}

/// A railing: broken over one stretch, or whole.
pub(super) fn railing(canvas: &mut Canvas, broken: bool, random: &mut Random) {
    let weather = day(random);
    let stage = street(canvas, Facing::Road, weather, random);
    let right = random.between(1.2, 2.0) as f32;
    let steel = shade([226, 230, 232], stage.light.max(0.7));
    for post in (0..12).rev() {
        let ahead = 4.0 + post as f32 * 1.5;
        let down = broken && (1..=2).contains(&post);
        let at = |along: f32, up: f32| {
            if down {
                stage.raised(right - up * 1.2, 0.06 + up * 0.16, ahead + along)
            } else {
                stage.raised(right, up, ahead + along)
            }
        };
        let thick = 0.05 * stage.scale(ahead);
        for up in [0.2, 0.95] {
            canvas.line(&[at(0.0, up), at(1.45, up)], thick, steel, 1.0);
        }
        for bar in 0..8 {
            let along = 0.1 + bar as f32 * 0.18;
            canvas.line(&[at(along, 0.2), at(along, 0.95)], thick * 0.5, steel, 1.0);
        }
        canvas.line(
            &[at(0.0, 0.0), at(0.0, 1.05)],
            thick * 1.6,
            shade(steel, 0.8),
            1.0,
        );
        canvas.line(
            &[at(0.0, 0.86), at(0.0, 0.97)],
            thick * 1.7,
            [214, 60, 46],
            1.0,
        );
    }
    if broken {
        cone(canvas, &stage, (right - 1.5, 4.8));
    }
}
