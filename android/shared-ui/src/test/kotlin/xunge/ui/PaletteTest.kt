package xunge.ui

import androidx.compose.ui.graphics.Color
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import xunge.ui.theme.CONTRAST_MIN
import xunge.ui.theme.DarkPalette
import xunge.ui.theme.Inked
import xunge.ui.theme.LightPalette
import xunge.ui.theme.Tone
import xunge.ui.theme.contrast
import xunge.ui.theme.pairs

class PaletteTest {
    @Test
    fun `contrast is what WCAG says it is`() {
        assertEquals(21f, Inked(Color.Black, Color.White).contrast, 0.01f)
        assertEquals(1f, Inked(Color.Red, Color.Red).contrast, 0.01f)
        // The textbook's grey that just passes AA on white.
        assertEquals(4.54f, Inked(Color(0xFF767676), Color.White).contrast, 0.01f)
    }

    @Test
    fun `everything that is read can be read in the sun`() {
        for (palette in listOf(LightPalette, DarkPalette)) {
            assertEquals(Tone.entries.toSet(), palette.tones.keys)
            for ((name, pair) in palette.pairs) {
                assertTrue(pair.contrast >= CONTRAST_MIN, "$name (dark: ${palette.dark}): ${pair.contrast}")
            }
        }
    }

    @Test
    fun `signs are told from the card they stand on`() {
        for (palette in listOf(LightPalette, DarkPalette)) {
            for ((tone, pair) in palette.tones) {
                val onCard = Inked(pair.ink, palette.card.ground).contrast
                assertTrue(onCard >= CONTRAST_MIN, "$tone (dark: ${palette.dark}): $onCard")
            }
        }
    }
}
