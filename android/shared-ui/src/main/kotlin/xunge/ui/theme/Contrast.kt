package xunge.ui.theme

import androidx.compose.ui.graphics.luminance

/** What is read outdoors needs this much (WCAG 2.2, level AAA). */
const val CONTRAST_MIN = 7.0f

/** The contrast of a pair as WCAG 2.2 defines it: 1 to 21. */
val Inked.contrast: Float
    get() {
        val (darker, lighter) = listOf(ink.luminance(), ground.luminance()).sorted()
        return (lighter + 0.05f) / (darker + 0.05f)
    }

/** Every pair that text is drawn with. */
val Palette.pairs: Map<String, Inked>
    get() =
        mapOf(
            "page" to page,
            "card" to card,
            "faint on page" to Inked(faint, page.ground),
            "faint on card" to Inked(faint, card.ground),
            "strong" to strong,
            "soft" to soft,
        ) + tones.map { (tone, pair) -> tone.name to pair }
