package xunge.ui.theme

import androidx.compose.runtime.Immutable
import androidx.compose.ui.graphics.Color

/** Ink on a ground: what is read always comes with what it is read on. */
@Immutable
data class Inked(val ink: Color, val ground: Color)

/** What a sign says by its colour; never by that alone. */
enum class Tone {
    /** Nothing more will happen. */
    NEUTRAL,

    /** Somebody has to do something. */
    WAITING,

    /** It goes its way. */
    ACTIVE,

    /** Good, or safe. */
    GOOD,

    /** Refused. */
    BAD,

    /** Put aside on purpose. */
    PAUSED,
}

/** The colours. Every pair keeps a contrast of 7:1 and more, in the sun and at night: a test computes it. */
@Immutable
data class Palette(
    val dark: Boolean,
    /** Behind everything. */
    val page: Inked,
    /** Cards. */
    val card: Inked,
    /** Text beside the point, on page and card. */
    val faint: Color,
    /** Edges of cards and fields; carries no meaning. */
    val line: Color,
    /** The one thing to do. */
    val strong: Inked,
    /** Things that can be done as well. */
    val soft: Inked,
    val tones: Map<Tone, Inked>,
) {
    fun of(tone: Tone): Inked = tones.getValue(tone)
}

val LightPalette =
    Palette(
        dark = false,
        page = Inked(ink = Color(0xFF10191F), ground = Color(0xFFF3F5F8)),
        card = Inked(ink = Color(0xFF10191F), ground = Color(0xFFFFFFFF)),
        faint = Color(0xFF3B4750),
        line = Color(0xFFD3DADC),
        strong = Inked(ink = Color(0xFFFFFFFF), ground = Color(0xFF0A4F88)),
        soft = Inked(ink = Color(0xFF0A4475), ground = Color(0xFFE1EEFA)),
        tones =
            mapOf(
                Tone.NEUTRAL to Inked(ink = Color(0xFF2B363E), ground = Color(0xFFE5EAED)),
                Tone.WAITING to Inked(ink = Color(0xFF573400), ground = Color(0xFFFFEBC7)),
                Tone.ACTIVE to Inked(ink = Color(0xFF0B3D70), ground = Color(0xFFDEECFA)),
                Tone.GOOD to Inked(ink = Color(0xFF0A4A2A), ground = Color(0xFFD9F2E2)),
                Tone.BAD to Inked(ink = Color(0xFF7A0D13), ground = Color(0xFFFDE2E0)),
                Tone.PAUSED to Inked(ink = Color(0xFF462478), ground = Color(0xFFECE3FA)),
            ),
    )

val DarkPalette =
    Palette(
        dark = true,
        page = Inked(ink = Color(0xFFF0F4F5), ground = Color(0xFF0E1318)),
        card = Inked(ink = Color(0xFFF0F4F5), ground = Color(0xFF18212A)),
        faint = Color(0xFFBAC6CC),
        line = Color(0xFF35424A),
        strong = Inked(ink = Color(0xFF05192A), ground = Color(0xFF8CC8F7)),
        soft = Inked(ink = Color(0xFFB9DDFA), ground = Color(0xFF1A3148)),
        tones =
            mapOf(
                Tone.NEUTRAL to Inked(ink = Color(0xFFD6DEE3), ground = Color(0xFF2B363D)),
                Tone.WAITING to Inked(ink = Color(0xFFFFD68F), ground = Color(0xFF3B2B0D)),
                Tone.ACTIVE to Inked(ink = Color(0xFFB9DBFF), ground = Color(0xFF13314F)),
                Tone.GOOD to Inked(ink = Color(0xFFA3EABF), ground = Color(0xFF0F3621)),
                Tone.BAD to Inked(ink = Color(0xFFFFC7C3), ground = Color(0xFF4B1517)),
                Tone.PAUSED to Inked(ink = Color(0xFFDDCAFF), ground = Color(0xFF34225B)),
            ),
    )
