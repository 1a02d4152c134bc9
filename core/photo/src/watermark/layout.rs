//! Where the letters stand: lines wrapped to the width, letters made smaller until all fit.

use super::font::Font;

/// Smaller letters than this, in pixels, cannot be read.
pub(super) const SIZE_MIN: f32 = 13.0;

/// From one line to the next, in sizes.
const LINE: f32 = 1.35;

/// Free space around the text, in sizes.
const MARGIN: f32 = 0.6;

/// The watermark may hide at most a third of the picture's height.
const HEIGHT_SHARE: f32 = 1.0 / 3.0;

/// Lines that fit, at the size of `font`.
pub(super) struct Layout {
    pub(super) font: Font,
    pub(super) lines: Vec<String>,
    /// Of the box with its margins.
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Layout {
    /// The largest layout from `size` downwards that a picture can hold; `None` where it could not be read.
    pub(super) fn fit(lines: &[Vec<String>], size: f32, picture: (u32, u32)) -> Option<Self> {
        let (width, height) = (picture.0 as f32, picture.1 as f32);
        let mut font = Font::at(size.max(SIZE_MIN))?;
        loop {
            let room = width - 2.0 * MARGIN * font.size();
            if let Some(wrapped) = wrap_all(&font, lines, room) {
                let layout = Self::of(font, wrapped);
                if layout.height <= height * HEIGHT_SHARE {
                    return Some(layout);
                }
                font = layout.font;
            }
            if font.size() <= SIZE_MIN {
                return None;
            }
            let smaller = (font.size() * 0.92).max(SIZE_MIN);
            font = font.resized(smaller);
        }
    }

    fn of(font: Font, lines: Vec<String>) -> Self {
        let widest = lines
            .iter()
            .map(|line| measure(&font, line))
            .fold(0.0, f32::max);
        let margins = 2.0 * MARGIN * font.size();
        Self {
            width: widest + margins,
            height: lines.len() as f32 * LINE * font.size() + margins,
            font,
            lines,
        }
    }

    /// Each letter and its top left corner within the box.
    pub(super) fn letters(&self) -> impl Iterator<Item = (char, f32, f32)> + '_ {
        let size = self.font.size();
        self.lines
            .iter()
            .enumerate()
            .flat_map(move |(number, line)| {
                let y = MARGIN * size + (number as f32 * LINE + (LINE - 1.0) / 2.0) * size;
                let mut pen = MARGIN * size;
                line.chars().map(move |character| {
                    let x = pen;
                    pen += self.font.advance(character);
                    (character, x, y)
                })
            })
    }
}

fn measure(font: &Font, text: &str) -> f32 {
    text.chars().map(|character| font.advance(character)).sum()
}

/// `None` when not even one letter fits a line.
fn wrap_all(font: &Font, lines: &[Vec<String>], room: f32) -> Option<Vec<String>> {
    let mut wrapped = Vec::new();
    for parts in lines {
        wrap(font, parts, room, &mut wrapped)?;
    }
    Some(wrapped)
}

/// Breaks before parts that begin with a space first, so that a word and its fact stay together; then anywhere, because
/// Chinese has no spaces.
fn wrap(font: &Font, parts: &[String], room: f32, wrapped: &mut Vec<String>) -> Option<()> {
    let mut groups: Vec<String> = Vec::new();
    for part in parts {
        match groups.last_mut() {
            Some(group) if !part.starts_with(char::is_whitespace) => group.push_str(part),
            _ => groups.push(part.clone()),
        }
    }
    let mut line = String::new();
    for group in &groups {
        let fits = measure(font, &line) + measure(font, group.trim_end()) <= room;
        let fits_alone = measure(font, group.trim()) <= room;
        if !fits && fits_alone && !line.trim().is_empty() {
            wrapped.push(std::mem::take(&mut line));
            line.push_str(group.trim_start());
            continue;
        }
        for character in group.chars() {
            if measure(font, &line) + font.advance(character) > room {
                if line.is_empty() {
                    return None;
                }
                wrapped.push(std::mem::take(&mut line));
                if character.is_whitespace() {
                    continue;
                }
            }
            line.push(character);
        }
    }
    if !line.trim().is_empty() {
        wrapped.push(line);
    }
    Some(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{Layout, SIZE_MIN};

    fn lines(texts: &[&[&str]]) -> Vec<Vec<String>> {
        let line = |parts: &&[&str]| parts.iter().map(|&part| part.to_owned()).collect();
        texts.iter().map(line).collect()
    }

    #[test]
    fn what_fits_stands_as_it_is() {
        let layout =
            Layout::fit(&lines(&[&["案件 ", "0012"], &["位置"]]), 34.0, (2048, 1536)).unwrap();
        assert_eq!(layout.lines, ["案件 0012", "位置"]);
        assert_eq!(layout.font.size(), 34.0);
        for (character, x, y) in layout.letters() {
            assert!(x + layout.font.advance(character) <= layout.width);
            assert!(y + layout.font.size() <= layout.height);
        }
    }

    #[test]
    fn a_long_line_breaks_between_parts_and_then_anywhere() {
        let long = "至德街与商都路交叉口向南二百米路西".repeat(2);
        let layout = Layout::fit(
            &lines(&[&["时间 ", "09:41", "　位置 ", &long]]),
            20.0,
            (400, 1500),
        )
        .unwrap();
        assert!(layout.lines[0].starts_with("时间 09:41　位置 至德街"));
        assert!(layout.lines.concat().ends_with(&long));
        assert!(layout.width <= 400.0);

        let two = lines(&[&["时间 ", "2025-06-30 09:41", "　拍摄 ", "王建国"]]);
        let layout = Layout::fit(&two, 20.0, (300, 1500)).unwrap();
        assert_eq!(layout.lines, ["时间 2025-06-30 09:41", "拍摄 王建国"]);
    }

    #[test]
    fn letters_shrink_before_the_text_hides_the_picture() {
        let long = "路".repeat(60);
        let text = lines(&[&[&long], &[&long], &[&long]]);
        let layout = Layout::fit(&text, 40.0, (600, 500)).unwrap();
        assert!(layout.font.size() < 40.0 && layout.font.size() >= SIZE_MIN);
        assert!(layout.height <= 500.0 / 3.0);
    }

    #[test]
    fn a_picture_too_small_to_read_gets_none() {
        for picture in [(1, 1), (2048, 20), (20, 2048), (60, 40)] {
            assert!(
                Layout::fit(&lines(&[&["案件 0012"]]), 34.0, picture).is_none(),
                "{picture:?}"
            );
        }
    }
}
