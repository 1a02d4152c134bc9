//! What is burnt into the working copy: which case, who, when, where, and the original it belongs to.
//!
//! It is there for the eye. Proof is the record and its signature; a watermark can be painted by anyone.

mod font;
mod layout;
mod mask;
mod template;

use image::RgbImage;

pub use self::template::{Facts, Field, LINES_MAX, PART_CHARACTERS_MAX, Part, Place, Template};

use self::layout::Layout;
use self::mask::Mask;

/// A watermark to be burnt in.
#[derive(Debug, Clone, Copy)]
pub struct Watermark<'a> {
    /// How it looks.
    pub template: &'a Template,
    /// What it says.
    pub facts: Facts<'a>,
}

/// What was burnt in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Characters that the font lacks, each once, in the order of the text; a crossed box stands for them.
    pub missing: Vec<char>,
}

/// Burns it in; `None` when the picture is too small for letters that can be read, and then it is left alone.
pub(crate) fn draw(
    picture: &mut RgbImage,
    watermark: &Watermark<'_>,
    original_sha256: &[u8; 32],
) -> Option<Drawn> {
    let Watermark { template, facts } = watermark;
    let line = |parts: &Vec<Part>| -> Vec<String> {
        let say = |part| template::words(part, facts, original_sha256);
        // A line break inside a fact would be a box.
        let clean = |text: String| text.replace(char::is_control, " ");
        parts.iter().map(say).map(clean).collect()
    };
    let lines: Vec<_> = template.lines.iter().take(LINES_MAX).map(line).collect();
    let long_edge = picture.width().max(picture.height()) as f32;
    let size = long_edge * f32::from(template.size_permille.min(200)) / 1000.0;
    let layout = Layout::fit(&lines, size, picture.dimensions())?;

    let mut missing = Vec::new();
    for (character, _, _) in layout.letters() {
        if !layout.font.has(character) && !missing.contains(&character) {
            missing.push(character);
        }
    }
    paint(picture, template, &layout);
    Some(Drawn { missing })
}

/// Ground, then the edge of the letters, then the letters.
fn paint(picture: &mut RgbImage, template: &Template, layout: &Layout) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let box_width = match template.place {
        Place::Foot => width,
        _ => (layout.width.ceil() as usize).min(width),
    };
    let box_height = (layout.height.ceil() as usize).min(height);
    let left = match template.place {
        Place::TopRight | Place::BottomRight => width - box_width,
        _ => 0,
    };
    let top = match template.place {
        Place::TopLeft | Place::TopRight => 0,
        _ => height - box_height,
    };

    let mut letters = Mask::new(box_width, box_height);
    for (character, x, y) in layout.letters() {
        layout.font.draw(character, x, y, &mut letters);
    }
    let edge = letters.spread(((layout.font.size() / 14.0).round() as usize).max(1));
    let ground = u32::from(template.ground_percent.min(100)) * 255 / 100;
    for y in 0..box_height {
        for x in 0..box_width {
            let pixel = picture.get_pixel_mut((left + x) as u32, (top + y) as u32);
            let dark = ground.max(u32::from(edge.at(x, y)) * 4 / 5);
            let ink = u32::from(letters.at(x, y));
            for channel in 0..3 {
                let value = blend(pixel.0[channel], template.ground[channel], dark);
                pixel.0[channel] = blend(value, template.ink[channel], ink);
            }
        }
    }
}

/// `share` of 255 parts of the second colour.
fn blend(below: u8, above: u8, share: u32) -> u8 {
    let sum = u32::from(below) * (255 - share) + u32::from(above) * share;
    ((sum + 127) / 255) as u8
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use image::{Rgb, RgbImage};

    use super::{Facts, Field, Part, Place, Template, Watermark, draw};

    fn facts() -> Facts<'static> {
        Facts {
            number: "K7QX-2M9D",
            grid: "普田社区第三网格",
            person: "王建国",
            time: "2025-06-30 09:41:07",
            position: Some((113.786_1, 34.755_2)),
        }
    }

    fn drawn(shade: u8, size: (u32, u32), template: &Template) -> RgbImage {
        let mut picture = RgbImage::from_pixel(size.0, size.1, Rgb([shade; 3]));
        let watermark = Watermark {
            template,
            facts: facts(),
        };
        let drawn = draw(&mut picture, &watermark, &[0x5A; 32]).unwrap();
        assert!(drawn.missing.is_empty());
        picture
    }

    /// Share of the foot's pixels as light as the letters, in hundredths.
    fn light_percent(picture: &RgbImage) -> u64 {
        let (width, height) = picture.dimensions();
        let foot = picture
            .enumerate_pixels()
            .filter(|(_, y, _)| *y > height - height / 12);
        let light = foot.filter(|(_, _, pixel)| pixel.0[1] > 220).count() as u64;
        light * 100 / (u64::from(width) * u64::from(height / 12))
    }

    #[test]
    fn letters_stand_out_on_light_and_on_dark_at_both_sizes() {
        for size in [(2048, 1536), (1536, 2048), (1024, 768), (768, 1024)] {
            for shade in [0, 128, 255] {
                let picture = drawn(shade, size, &Template::default());
                let light = light_percent(&picture);
                assert!((2..30).contains(&light), "{size:?} {shade}: {light}");
                // Beside the letters the ground is dark enough, above the band nothing changed.
                assert!(picture.get_pixel(1, size.1 - 1).0[0] <= 150);
                assert_eq!(picture.get_pixel(1, size.1 / 2).0, [shade; 3]);
            }
        }
    }

    #[test]
    fn every_place_leaves_the_other_corners_alone() {
        let corners = [(0, 0), (2047, 0), (0, 1535), (2047, 1535)];
        for (place, changed) in [
            (Place::TopLeft, [true, false, false, false]),
            (Place::TopRight, [false, true, false, false]),
            (Place::BottomLeft, [false, false, true, false]),
            (Place::BottomRight, [false, false, false, true]),
            (Place::Foot, [false, false, true, true]),
        ] {
            let template = Template {
                place,
                ..Template::default()
            };
            let picture = drawn(200, (2048, 1536), &template);
            let found = corners.map(|(x, y)| picture.get_pixel(x, y).0 != [200; 3]);
            assert_eq!(found, changed, "{place:?}");
        }
    }

    #[test]
    fn without_a_ground_the_edge_keeps_letters_readable_on_white() {
        let template = Template {
            ground_percent: 0,
            ..Template::default()
        };
        let picture = drawn(255, (2048, 1536), &template);
        assert_eq!(picture.get_pixel(0, 1535).0, [255; 3]);
        assert!(picture.pixels().filter(|pixel| pixel.0[0] < 90).count() > 10_000);
    }

    #[test]
    fn missing_letters_are_told_once_each_and_line_breaks_are_spaces() {
        let template = Template {
            lines: vec![vec![Part::Field(Field::Person), Part::Field(Field::Grid)]],
            ..Template::default()
        };
        let mut picture = RgbImage::new(800, 600);
        let watermark = Watermark {
            template: &template,
            facts: Facts {
                person: "龘\n王龘",
                grid: "😀",
                ..Facts::default()
            },
        };
        let drawn = draw(&mut picture, &watermark, &[0; 32]).unwrap();
        assert_eq!(drawn.missing, ['龘', '😀']);
    }

    #[test]
    fn a_picture_too_small_is_left_alone() {
        let mut picture = RgbImage::from_pixel(40, 30, Rgb([9; 3]));
        let template = Template::default();
        let watermark = Watermark {
            template: &template,
            facts: facts(),
        };
        assert_eq!(draw(&mut picture, &watermark, &[0; 32]), None);
        assert!(picture.pixels().all(|pixel| pixel.0 == [9; 3]));
    }
}
