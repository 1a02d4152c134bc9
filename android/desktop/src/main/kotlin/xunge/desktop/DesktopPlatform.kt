@file:OptIn(ExperimentalTextApi::class)

package xunge.desktop

import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.text.ExperimentalTextApi
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.platform.SystemFont
import java.nio.file.Path
import org.jetbrains.skia.FontMgr
import org.jetbrains.skia.FontStyle
import org.jetbrains.skia.Image
import xunge.core.Instant
import xunge.core.Link
import xunge.link.OkHttpLink
import xunge.ui.state.Camera
import xunge.ui.state.Pictures
import xunge.ui.state.Platform
import xunge.ui.state.Positions

/** Fonts with Chinese, the best first; where none is installed the system's own choice is taken. */
private val CHINESE_FONTS = listOf("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei")

/** A desktop in place of a phone: a photo is a file, the position is typed into a file of the data folder. */
class DesktopPlatform(
    folder: Path,
    override val threads: DesktopThreads = DesktopThreads(),
    override val positions: Positions = PositionFile(folder.resolve("position.txt"), threads),
    override val camera: Camera = PhotoFromFile(positionOf = { PositionFile.read(folder.resolve("position.txt")) }, threads = threads),
    override val link: Link = OkHttpLink(),
) : Platform {
    override val settings = SettingsFile(folder.resolve("settings.properties"))

    override val pictures = Pictures { bytes ->
        // Skia throws at what is no picture; a blank frame is the answer to that.
        runCatching { Image.makeFromEncoded(bytes).toComposeImageBitmap() }.getOrNull()
    }

    override val fonts: FontFamily =
        CHINESE_FONTS.firstOrNull { FontMgr.default.matchFamilyStyle(it, FontStyle.NORMAL) != null }
            ?.let { FontFamily(SystemFont(it)) }
            ?: FontFamily.Default

    /** A desktop hangs on a cable, as far as anybody here can know. */
    override fun isMetered(): Boolean = false

    override fun now(): Instant = Instant(System.currentTimeMillis())
}
