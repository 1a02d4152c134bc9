package xunge.ui.theme

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineHeightStyle
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
import xunge.core.Appearance
import xunge.core.Language
import xunge.core.Settings
import xunge.core.TextSize

/** Nothing that is touched is smaller: gloves, rain, one hand. */
val TOUCH_MIN = 56.dp

val LocalPalette = staticCompositionLocalOf { LightPalette }
val LocalLanguage = staticCompositionLocalOf { Language.CHINESE }
val LocalFonts = staticCompositionLocalOf<FontFamily> { FontFamily.Default }

/** The four kinds of text; none is smaller than 15. */
object Texts {
    val heading = style(24.sp, 32.sp, FontWeight.Bold)
    val title = style(19.sp, 27.sp, FontWeight.SemiBold)
    val body = style(17.sp, 25.sp, FontWeight.Normal)
    val label = style(15.sp, 21.sp, FontWeight.Normal)

    private fun style(size: TextUnit, line: TextUnit, weight: FontWeight) =
        TextStyle(
            fontSize = size,
            lineHeight = line,
            fontWeight = weight,
            lineHeightStyle = LineHeightStyle(LineHeightStyle.Alignment.Center, LineHeightStyle.Trim.None),
        )
}

val TextSize.scale: Float
    get() =
        when (this) {
            TextSize.ORDINARY -> 1f
            TextSize.LARGE -> 1.3f
            TextSize.LARGEST -> 1.6f
        }

/** Colours, language and text size of this person, on top of what the phone says. */
@Composable
fun XungeTheme(settings: Settings, fonts: FontFamily = FontFamily.Default, content: @Composable () -> Unit) {
    val dark =
        when (settings.appearance) {
            Appearance.AS_THE_PHONE -> isSystemInDarkTheme()
            Appearance.LIGHT -> false
            Appearance.DARK -> true
        }
    val density = LocalDensity.current
    CompositionLocalProvider(
        LocalPalette provides if (dark) DarkPalette else LightPalette,
        LocalLanguage provides settings.language,
        LocalFonts provides fonts,
        LocalDensity provides Density(density.density, density.fontScale * settings.textSize.scale),
        content = content,
    )
}
