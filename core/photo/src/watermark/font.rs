//! The letters: a subset of Noto Sans CJK SC, compiled in (`font/` says what is in it and how it was made).
//!
//! The bytes lie in the program and are looked at only when a watermark is drawn.

use ab_glyph::{Font as _, FontRef, GlyphId, PxScale, ScaleFont as _, point};

use super::mask::Mask;

static FONT: &[u8] = include_bytes!("../../font/watermark.otf");

/// The font at one size.
pub(super) struct Font {
    font: FontRef<'static>,
    /// Edge of a Chinese character, in pixels.
    size: f32,
}

impl Font {
    /// `None` only if the compiled-in font were broken; a test shows that it is not.
    pub(super) fn at(size: f32) -> Option<Self> {
        let font = FontRef::try_from_slice(FONT).ok()?;
        Some(Self { font, size })
    }

    pub(super) fn resized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub(super) fn size(&self) -> f32 {
        self.size
    }

    /// The library scales by the height of a line; a size is that of an em here.
    fn scale(&self) -> PxScale {
        let em = self.font.units_per_em().unwrap_or(1000.0);
        PxScale::from(self.size * self.font.height_unscaled() / em)
    }

    fn glyph(&self, character: char) -> Option<GlyphId> {
        let id = self.font.glyph_id(character);
        (id.0 != 0).then_some(id)
    }

    /// Whether there is a letter for it, or nothing to be seen anyway.
    pub(super) fn has(&self, character: char) -> bool {
        character.is_whitespace() || self.glyph(character).is_some()
    }

    /// How far the pen moves.
    pub(super) fn advance(&self, character: char) -> f32 {
        match (self.glyph(character), character) {
            (Some(id), _) => self.font.as_scaled(self.scale()).h_advance(id),
            (None, '\u{3000}') => self.size,
            (None, _) if character.is_whitespace() => self.size / 4.0,
            (None, _) => self.size,
        }
    }

    /// Draws a letter whose top left corner is at `x`, `y`; what has none becomes a crossed box.
    pub(super) fn draw(&self, character: char, x: f32, y: f32, mask: &mut Mask) {
        let Some(id) = self.glyph(character) else {
            if !character.is_whitespace() {
                self.draw_box(x, y, mask);
            }
            return;
        };
        let scaled = self.font.as_scaled(self.scale());
        // The em box of Chinese letters reaches 0.88 above the line they stand on.
        let glyph = id.with_scale_and_position(self.scale(), point(x, y + 0.88 * self.size));
        if let Some(outline) = scaled.outline_glyph(glyph) {
            let bounds = outline.px_bounds();
            outline.draw(|column, row, coverage| {
                let at = |start: f32, step: u32| start as i64 + i64::from(step);
                mask.raise(at(bounds.min.x, column), at(bounds.min.y, row), coverage);
            });
        }
    }

    fn draw_box(&self, x: f32, y: f32, mask: &mut Mask) {
        let edge = (self.size * 0.8).max(3.0) as i64;
        let line = (self.size / 16.0).max(1.0) as i64;
        let (left, top) = ((x + self.size * 0.1) as i64, (y + self.size * 0.1) as i64);
        for row in 0..edge {
            for column in 0..edge {
                let on_edge = row.min(column).min(edge - 1 - row).min(edge - 1 - column) < line;
                let on_cross =
                    (row - column).abs() < line || (row + column + 1 - edge).abs() < line;
                if on_edge || on_cross {
                    mask.raise(left + column, top + row, 1.0);
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{Font, Mask};

    #[test]
    fn the_font_has_what_the_trade_writes() {
        let font = Font::at(32.0).unwrap();
        let words = "案件网格时间拍摄位置原图郑州市金水区荥阳嵩山路普田社区网格员 09:41+08:00 °·—…（）：　Xy#";
        for character in words.chars() {
            assert!(font.has(character), "{character}");
        }
        for character in ['龘', '😀', 'ж'] {
            assert!(!font.has(character), "{character}");
        }
    }

    #[test]
    fn a_chinese_letter_is_as_wide_as_its_size_and_stays_in_its_square() {
        let font = Font::at(40.0).unwrap();
        for character in "国路坏灯".chars() {
            assert!((font.advance(character) - 40.0).abs() < 0.01);
            let mut mask = Mask::new(60, 60);
            font.draw(character, 10.0, 10.0, &mut mask);
            let (mut inside, mut outside) = (0, 0);
            for y in 0..60 {
                for x in 0..60 {
                    let drawn = u32::from(mask.at(x, y) > 64);
                    if (9..51).contains(&x) && (9..51).contains(&y) {
                        inside += drawn;
                    } else {
                        outside += drawn;
                    }
                }
            }
            assert!(
                inside > 200 && outside == 0,
                "{character}: {inside} {outside}"
            );
        }
    }

    #[test]
    fn what_is_missing_becomes_a_box() {
        let font = Font::at(40.0).unwrap();
        let mut mask = Mask::new(40, 40);
        font.draw('龘', 0.0, 0.0, &mut mask);
        assert_eq!(
            (mask.at(5, 5), mask.at(35, 5), mask.at(5, 35)),
            (255, 255, 255)
        );
        assert_eq!(mask.at(20, 8), 0);
    }
}
