//! What is seen facing a wall or a lamp: dead and lit lamps, hanging cables, posters, goods before a shop.

use super::canvas::{Canvas, Colour, Corner, HEIGHT, WIDTH, mix, shade};
use super::street::{Facing, KERB_RIGHT, Stage, Weather, street};
use crate::demo::random::Random;

/// 路灯不亮: a row of lamps at dusk, the near ones dark; or all of them lit.
pub(super) fn lamps(canvas: &mut Canvas, lit: bool, random: &mut Random) {
    let stage = street(canvas, Facing::Kerb, Weather::Dusk, random);
    let dark = 1 + random.below(2);
    for lamp in (0..6).rev() {
        let ahead = 7.0 + lamp as f32 * 9.0;
        let on = lit || lamp > dark;
        lamp_post(canvas, &stage, ahead, on);
    }
    if lit {
        canvas.glow(stage.ground(1.4, 7.0), 380.0, [255, 214, 150], 0.34);
    }
}

fn lamp_post(canvas: &mut Canvas, stage: &Stage, ahead: f32, on: bool) {
    let scale = stage.scale(ahead);
    let at = |right: f32, up: f32| stage.raised(KERB_RIGHT + 0.4 + right, up, ahead);
    let pole: Colour = [58, 62, 70];
    canvas.line(&[at(0.0, 0.0), at(0.0, 4.4)], 0.13 * scale, pole, 1.0);
    canvas.line(
        &[at(0.0, 4.4), at(-0.5, 4.75), at(-1.5, 4.9)],
        0.09 * scale,
        pole,
        1.0,
    );
    let head = [
        at(-2.1, 4.98),
        at(-1.2, 5.0),
        at(-1.2, 4.82),
        at(-2.1, 4.86),
    ];
    if on {
        let bulb = at(-1.65, 4.8);
        canvas.glow(bulb, 1.5 * scale, [255, 216, 150], 0.9);
        canvas.fill(&head, [74, 78, 86], 1.0);
        canvas.line(
            &[at(-2.05, 4.83), at(-1.25, 4.8)],
            0.1 * scale,
            [255, 244, 214],
            1.0,
        );
        let pool = stage.ground(KERB_RIGHT - 1.4, ahead);
        canvas.ellipse(pool, (2.6 * scale, 0.4 * scale), [255, 206, 138], 0.16);
    } else {
        canvas.fill(&head, [44, 47, 54], 1.0);
        canvas.line(
            &[at(-2.05, 4.83), at(-1.25, 4.8)],
            0.08 * scale,
            [92, 98, 108],
            1.0,
        );
    }
}

/// A wall of bricks or plaster, a pavement before it.
fn wall(canvas: &mut Canvas, random: &mut Random) -> Colour {
    let bricks = random.chance(50);
    let colour: Colour = if bricks {
        [158, 100, 82]
    } else {
        [206, 198, 180]
    };
    canvas.gradient(0, 760, shade(colour, 1.06), shade(colour, 0.86));
    let mortar = mix(colour, [214, 208, 198], 0.6);
    if bricks {
        for row in 0..20 {
            let y = row as f32 * 40.0;
            canvas.line(&[(0.0, y), (WIDTH as f32, y)], 3.0, mortar, 0.6);
            for brick in 0..14 {
                let x = brick as f32 * 100.0 + if row % 2 == 0 { 0.0 } else { 50.0 };
                let tone = shade(colour, random.between(0.86, 1.1) as f32);
                canvas.rectangle(x + 2.0, y + 2.0, x + 98.0, y + 38.0, tone);
                canvas.line(&[(x, y), (x, y + 40.0)], 3.0, mortar, 0.6);
            }
        }
    } else {
        for _ in 0..26 {
            let at = (
                random.between(0.0, 1_280.0) as f32,
                random.between(0.0, 740.0) as f32,
            );
            let size = random.between(40.0, 170.0) as f32;
            canvas.ellipse(
                at,
                (size, size * 0.6),
                shade(colour, random.between(0.9, 1.06) as f32),
                0.35,
            );
        }
    }
    canvas.rectangle(0.0, 700.0, WIDTH as f32, 764.0, [112, 108, 102]);
    canvas.gradient(764, HEIGHT, [150, 144, 136], [182, 174, 164]);
    for line in 0..14 {
        let x = line as f32 * 150.0 - 330.0;
        canvas.line(
            &[(x, 960.0), (320.0 + x * 0.62, 764.0)],
            2.0,
            [116, 110, 102],
            0.6,
        );
    }
    canvas.line(&[(0.0, 830.0), (1_280.0, 830.0)], 2.0, [116, 110, 102], 0.6);
    canvas.grain(0, HEIGHT, 6.0, 13.0);
    colour
}

/// A cable that hangs between two places.
fn hanging(from: Corner, to: Corner, sag: f32) -> Vec<Corner> {
    (0..=28)
        .map(|step| {
            let share = step as f32 / 28.0;
            let drop = 4.0 * share * (1.0 - share) * sag;
            (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share + drop,
            )
        })
        .collect()
}

/// 线缆裸露: a box with its door open and cables hanging; or all of it in a duct.
pub(super) fn cables(canvas: &mut Canvas, tidy: bool, random: &mut Random) {
    wall(canvas, random);
    let left = random.between(420.0, 640.0) as f32;
    let (right, top, bottom) = (left + BOX_WIDTH, BOX_TOP, BOX_BOTTOM);
    let steel: Colour = [176, 182, 184];
    canvas.rectangle(
        left + 12.0,
        top + 14.0,
        right + 14.0,
        bottom + 16.0,
        [60, 50, 46],
    );
    canvas.rectangle(left, top, right, bottom, steel);
    if tidy {
        closed_box(canvas, left, steel);
    } else {
        open_box(canvas, left, steel, random);
    }
}

/// Where the box hangs, whatever is in it.
const BOX_TOP: f32 = 300.0;
const BOX_BOTTOM: f32 = 560.0;
const BOX_WIDTH: f32 = 230.0;

fn closed_box(canvas: &mut Canvas, left: f32, steel: Colour) {
    let (right, top, bottom) = (left + BOX_WIDTH, BOX_TOP, BOX_BOTTOM);
    canvas.rectangle(
        left + 10.0,
        top + 10.0,
        right - 10.0,
        bottom - 10.0,
        shade(steel, 1.08),
    );
    canvas.rectangle(
        right - 34.0,
        top + 110.0,
        right - 22.0,
        top + 156.0,
        [70, 74, 78],
    );
    for duct in [0.3, 0.6] {
        let x = left + 230.0 * duct;
        canvas.rectangle(x, 0.0, x + 30.0, top, [214, 214, 208]);
        canvas.rectangle(x + 24.0, 0.0, x + 30.0, top, [166, 166, 160]);
        canvas.rectangle(x, bottom, x + 30.0, 702.0, [214, 214, 208]);
    }
    canvas.rectangle(0.0, 120.0, WIDTH as f32, 150.0, [214, 214, 208]);
    canvas.rectangle(0.0, 144.0, WIDTH as f32, 150.0, [166, 166, 160]);
}

fn open_box(canvas: &mut Canvas, left: f32, steel: Colour, random: &mut Random) {
    let (right, top, bottom) = (left + BOX_WIDTH, BOX_TOP, BOX_BOTTOM);
    canvas.rectangle(
        left + 12.0,
        top + 12.0,
        right - 12.0,
        bottom - 12.0,
        [38, 40, 44],
    );
    for row in 0..3 {
        let y = top + 40.0 + row as f32 * 72.0;
        canvas.rectangle(left + 34.0, y, right - 34.0, y + 38.0, [216, 214, 206]);
        for breaker in 0..4 {
            let x = left + 44.0 + breaker as f32 * 38.0;
            canvas.rectangle(x, y + 8.0, x + 22.0, y + 30.0, [54, 58, 66]);
        }
    }
    let door = [
        (right, top),
        (right + 96.0, top - 34.0),
        (right + 96.0, bottom + 42.0),
        (right, bottom),
    ];
    canvas.fill(&door, shade(steel, 0.86), 1.0);
    loose_ends(canvas, (left, right), random);
}

fn loose_ends(canvas: &mut Canvas, (left, right): (f32, f32), random: &mut Random) {
    let colours: [Colour; 5] = [
        [24, 24, 26],
        [36, 36, 40],
        [150, 40, 34],
        [40, 68, 120],
        [60, 58, 56],
    ];
    for _ in 0..16 {
        let from = (
            random.between(f64::from(left), f64::from(right)) as f32,
            random.between(500.0, 566.0) as f32,
        );
        let to = (
            from.0 + random.between(-420.0, 420.0) as f32,
            random.between(180.0, 740.0) as f32,
        );
        let sag = random.between(60.0, 190.0) as f32;
        let colour = random.pick(&colours).copied().unwrap_or([24, 24, 26]);
        let curve = hanging(from, to, sag);
        let thick = random.between(4.0, 9.0) as f32;
        canvas.line(&curve, thick, colour, 1.0);
        if let Some(end) = curve.last() {
            canvas.ellipse(*end, (thick * 0.7, thick * 0.7), [206, 132, 70], 1.0);
        }
    }
    for bundle in 0..5 {
        let y = 90.0 + bundle as f32 * 17.0;
        let curve = hanging(
            (-20.0, y),
            (1_300.0, y + random.between(-30.0, 30.0) as f32),
            70.0,
        );
        canvas.line(&curve, 6.0, [28, 28, 30], 1.0);
    }
}

/// 非法小广告: leaflets glued over a wall; or the wall painted over.
pub(super) fn posters(canvas: &mut Canvas, clean: bool, random: &mut Random) {
    let colour = wall(canvas, random);
    if clean {
        for _ in 0..6 {
            let (x, y) = (
                random.between(160.0, 900.0) as f32,
                random.between(140.0, 460.0) as f32,
            );
            canvas.rectangle(x, y, x + 230.0, y + 170.0, shade(colour, 1.03));
        }
        canvas.grain(0, 700, 4.0, 6.0);
        return;
    }
    let papers: [Colour; 6] = [
        [244, 242, 232],
        [248, 220, 84],
        [236, 120, 120],
        [150, 206, 236],
        [238, 238, 240],
        [170, 220, 150],
    ];
    for _ in 0..24 {
        let middle = (
            random.between(160.0, 1_120.0) as f32,
            random.between(150.0, 600.0) as f32,
        );
        let (half, tall) = (
            random.between(46.0, 84.0) as f32,
            random.between(60.0, 104.0) as f32,
        );
        let turn = random.between(-0.2, 0.2) as f32;
        let at = |x: f32, y: f32| {
            (
                middle.0 + x * turn.cos() - y * turn.sin(),
                middle.1 + x * turn.sin() + y * turn.cos(),
            )
        };
        let paper = random.pick(&papers).copied().unwrap_or([240, 240, 240]);
        leaflet(canvas, (half, tall), paper, &at);
    }
}

fn leaflet(
    canvas: &mut Canvas,
    (half, tall): (f32, f32),
    paper: Colour,
    at: &dyn Fn(f32, f32) -> Corner,
) {
    let shadow = [
        at(-half + 5.0, -tall + 6.0),
        at(half + 5.0, -tall + 6.0),
        at(half + 5.0, tall + 6.0),
        at(-half + 5.0, tall + 6.0),
    ];
    canvas.fill(&shadow, [40, 34, 30], 0.35);
    canvas.fill(
        &[
            at(-half, -tall),
            at(half, -tall),
            at(half, tall),
            at(-half, tall * 0.94),
        ],
        paper,
        1.0,
    );
    canvas.line(
        &[at(-half * 0.7, -tall * 0.68), at(half * 0.7, -tall * 0.68)],
        15.0,
        shade(paper, 0.42),
        0.9,
    );
    for line in 0..5 {
        let y = -tall * 0.3 + line as f32 * tall * 0.24;
        canvas.line(
            &[at(-half * 0.7, y), at(half * (0.3 + 0.1 * line as f32), y)],
            5.0,
            shade(paper, 0.55),
            0.75,
        );
    }
}

/// 店外经营: crates and a stall before a shop; or the shop alone.
pub(super) fn shop(canvas: &mut Canvas, tidy: bool, random: &mut Random) {
    wall(canvas, random);
    let awning: [Colour; 4] = [[196, 58, 50], [46, 110, 150], [58, 128, 84], [222, 150, 52]];
    let cloth = random.pick(&awning).copied().unwrap_or([196, 58, 50]);
    canvas.rectangle(180.0, 90.0, 1_100.0, 200.0, shade(cloth, 0.72));
    for mark in 0..5 {
        let x = 380.0 + mark as f32 * 112.0;
        canvas.rectangle(x, 114.0, x + 76.0, 176.0, [246, 238, 214]);
        canvas.rectangle(x + 14.0, 128.0, x + 62.0, 162.0, shade(cloth, 0.72));
    }
    canvas.gradient_box(200.0, 230.0, 1_080.0, 720.0, [66, 82, 96], [38, 46, 54]);
    for pane in 1..4 {
        let x = 200.0 + pane as f32 * 220.0;
        canvas.rectangle(x - 5.0, 230.0, x + 5.0, 720.0, [190, 194, 196]);
    }
    for stripe in 0..12 {
        let x = 180.0 + stripe as f32 * 76.7;
        let tone = if stripe % 2 == 0 {
            cloth
        } else {
            [240, 236, 226]
        };
        canvas.fill(
            &[
                (x, 200.0),
                (x + 76.7, 200.0),
                (x + 70.0, 280.0),
                (x - 7.0, 280.0),
            ],
            tone,
            1.0,
        );
    }
    if tidy {
        return;
    }
    let fruits: [Colour; 5] = [
        [224, 96, 50],
        [232, 190, 60],
        [120, 166, 70],
        [190, 44, 60],
        [240, 140, 60],
    ];
    for place in 0..8 {
        let (x, y) = (
            150.0 + place as f32 * 126.0,
            700.0 + random.between(0.0, 110.0) as f32,
        );
        let fruit = random.pick(&fruits).copied().unwrap_or([224, 96, 50]);
        canvas.ellipse((x + 60.0, y + 104.0), (86.0, 16.0), [30, 28, 26], 0.4);
        canvas.rectangle(x, y, x + 118.0, y + 100.0, [176, 132, 84]);
        for slat in 1..4 {
            let line = y + slat as f32 * 25.0;
            canvas.rectangle(x, line, x + 118.0, line + 4.0, [120, 86, 52]);
        }
        for berry in 0..18 {
            let at = (
                x + 12.0 + (berry % 6) as f32 * 19.0,
                y + 4.0 - (berry / 6) as f32 * 14.0,
            );
            canvas.ellipse(
                at,
                (12.0, 11.0),
                shade(fruit, random.between(0.84, 1.14) as f32),
                1.0,
            );
        }
    }
}
